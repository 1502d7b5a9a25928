#include "evidence/judgement/kept_headlines.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

/* Twice as many as there may be headlines, so that there is always an empty one to stop at. */
enum { HEADLINE_SLOTS = 2 * KEPT_HEADLINES_MOST };

struct one {
    const struct outcome *outcome; /* that was asked for, or NULL */
    struct headline headline;
};

/* Slots are filled and never emptied, so that reading needs no lock. */
struct kept_headlines {
    pthread_mutex_t lock; /* of what is added, and of the arena */
    struct arena *arena;
    _Atomic(const struct one *) slots[HEADLINE_SLOTS]; /* by hash, then the next free */
    size_t count;
};

static void *make_headlines(const struct catalog *catalog, struct arena *arena)
{
    struct kept_headlines *headlines = arena_alloc(arena, sizeof *headlines);
    (void)catalog;
    headlines->arena = arena;
    pthread_mutex_init(&headlines->lock, NULL);
    return headlines;
}

/* Of the three addresses. The multiplier is Knuth's, 2^64 over the golden ratio. */
static size_t slot_of(const struct one *key)
{
    const uint64_t golden = 0x9E3779B97F4A7C15u;
    uint64_t hash = (uintptr_t)key->headline.intervention;
    hash = (hash * golden) ^ (uintptr_t)key->headline.condition;
    hash = (hash * golden) ^ (uintptr_t)key->outcome;
    return (size_t)((hash * golden) >> 32) % HEADLINE_SLOTS;
}

static bool is_same(const struct one *a, const struct one *b)
{
    return a->headline.intervention == b->headline.intervention &&
           a->headline.condition == b->headline.condition && a->outcome == b->outcome;
}

/* Where the one for a key is, or would be. */
static size_t find_slot(const struct kept_headlines *headlines, const struct one *key,
                        const struct one **found)
{
    size_t slot = slot_of(key);
    while ((*found = atomic_load_explicit(&headlines->slots[slot], memory_order_acquire)) != NULL &&
           !is_same(*found, key))
        slot = (slot + 1) % HEADLINE_SLOTS;
    return slot;
}

/* Working one out leaves much more behind than it is: what is its own is copied. */
static struct one *copy_of(const struct one *one, struct arena *arena)
{
    struct one *copy = arena_alloc(arena, sizeof *copy);
    size_t besides = 1;
    while (one->headline.besides[besides - 1] != NULL)
        besides++;
    const struct condition **kin = arena_array(arena, besides, sizeof *kin);
    memcpy(kin, one->headline.besides, besides * sizeof *kin);
    *copy = *one;
    copy->headline.besides = kin;
    copy->headline.sentence = arena_strdup(arena, one->headline.sentence);
    return copy;
}

/* The kept one, where another thread was not faster; NULL where there is no room. */
static const struct one *keep(struct kept_headlines *headlines, const struct one *one)
{
    const struct one *kept;
    pthread_mutex_lock(&headlines->lock);
    size_t slot = find_slot(headlines, one, &kept);
    if (kept == NULL && headlines->count < KEPT_HEADLINES_MOST) {
        kept = copy_of(one, headlines->arena);
        headlines->count++;
        atomic_store_explicit(&headlines->slots[slot], kept, memory_order_release);
    }
    pthread_mutex_unlock(&headlines->lock);
    return kept;
}

const struct headline *kept_headline(const struct catalog *catalog,
                                     const struct intervention *intervention,
                                     const struct condition *condition,
                                     const struct outcome *outcome, struct arena *arena)
{
    struct kept_headlines *headlines = catalog_keep(catalog, KEPT_HEADLINES, make_headlines);
    struct one key = {.outcome = outcome,
                      .headline = {.intervention = intervention, .condition = condition}};
    const struct one *kept;
    find_slot(headlines, &key, &kept);
    if (kept != NULL)
        return &kept->headline;
    const struct headline *made =
        catalog_headline(catalog, intervention, condition, outcome, arena);
    if (made->borrowed) /* its rating is the arena's, and large */
        return made;
    key.headline = *made;
    kept = keep(headlines, &key);
    return kept == NULL ? made : &kept->headline;
}
