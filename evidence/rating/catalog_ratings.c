/* The ratings of a catalog: made when they are first asked for, and found by question. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/rate_many.h"

/* ---- made when asked for ---- */

struct gathered catalog_gathered(const struct catalog *catalog, size_t index, struct arena *arena)
{
    return question_gather(&catalog->base, &catalog->questions[index], arena);
}

/* Under the lock. */
static const struct rating *rate(struct catalog *catalog, size_t index)
{
    struct arena *scratch = arena_new();
    const struct gathered gathered = catalog_gathered(catalog, index, scratch);
    const struct rating *rating =
        rate_question(&catalog->context, &gathered, 0, catalog->made.arena);
    arena_free(scratch);
    return rating;
}

static const struct rating *make(struct catalog *catalog, size_t index)
{
    struct made_ratings *made = &catalog->made;
    pthread_mutex_lock(&made->lock);
    const struct rating *rating = atomic_load_explicit(&made->items[index], memory_order_relaxed);
    if (rating == NULL) {
        rating = rate(catalog, index);
        atomic_store_explicit(&made->items[index], rating, memory_order_release);
        made->missing--;
    }
    pthread_mutex_unlock(&made->lock);
    return rating;
}

const struct rating *catalog_made(const struct catalog *catalog, size_t index)
{
    const struct rating *rating =
        atomic_load_explicit(&catalog->made.items[index], memory_order_acquire);
    if (rating != NULL)
        return rating;
    return make((struct catalog *)catalog, index); /* a cache: nobody sees it change */
}

/* Under the lock. */
static void make_missing(struct catalog *catalog)
{
    struct made_ratings *made = &catalog->made;
    struct arena *scratch = arena_new();
    struct open_question *missing = arena_array(scratch, made->missing, sizeof *missing);
    size_t *places = arena_array(scratch, made->missing, sizeof *places);
    size_t count = 0;
    for (size_t i = 0; i < catalog->count; i++) {
        if (atomic_load_explicit(&made->items[i], memory_order_relaxed) != NULL)
            continue;
        missing[count] = catalog->questions[i];
        places[count++] = i;
    }
    struct rating **rated = arena_array(scratch, count, sizeof *rated);
    rate_many(&catalog->context, missing, count, made->arena, rated);
    for (size_t i = 0; i < count; i++)
        atomic_store_explicit(&made->items[places[i]], rated[i], memory_order_release);
    made->missing = 0;
    arena_free(scratch);
}

void catalog_rate_all(const struct catalog *catalog)
{
    struct catalog *own = (struct catalog *)catalog; /* a cache: nobody sees it change */
    pthread_mutex_lock(&own->made.lock);
    if (own->made.missing > 0)
        make_missing(own);
    pthread_mutex_unlock(&own->made.lock);
}

/* ---- found by question ---- */

size_t catalog_rating_count(const struct catalog *catalog)
{
    return catalog->count;
}

const struct rating *catalog_rating(const struct catalog *catalog, size_t index)
{
    return catalog_made(catalog, index);
}

/* The first question whose id is not before `id`. */
static size_t lower_bound(const struct catalog *catalog, const char *id)
{
    size_t low = 0;
    size_t high = catalog->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(catalog->questions[middle].question.id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct question *catalog_question(const struct catalog *catalog, size_t index)
{
    return &catalog->questions[index].question;
}

const struct rating *catalog_find_rating(const struct catalog *catalog, const char *id)
{
    size_t at = lower_bound(catalog, id);
    if (at == catalog->count || strcmp(catalog->questions[at].question.id, id) != 0)
        return NULL;
    return catalog_made(catalog, at);
}

size_t catalog_ratings_of(const struct catalog *catalog, const char *intervention,
                          const char *condition, size_t *from)
{
    struct buffer prefix = {0};
    buffer_printf(&prefix, "%s.%s.", intervention, condition);
    size_t first = lower_bound(catalog, buffer_string(&prefix));
    size_t at = first;
    while (at < catalog->count &&
           strncmp(catalog->questions[at].question.id, buffer_string(&prefix), prefix.length) == 0)
        at++;
    buffer_release(&prefix);
    *from = first;
    return at - first;
}

/* True if a result of the study at that place speaks to the question. */
static bool is_asked(const struct open_question *question, size_t place)
{
    for (size_t i = 0; i < question->count; i++)
        if (question->speakers[i].study == place)
            return true;
    return false;
}

static int by_index(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    return a < b ? -1 : a > b;
}

/* Sorted, each once; gives how many are left. */
static size_t each_once(size_t *places, size_t count)
{
    size_t kept = 0;
    qsort(places, count, sizeof *places, by_index);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || places[kept - 1] != places[i])
            places[kept++] = places[i];
    return kept;
}

const size_t *catalog_ratings_fed_by(const struct catalog *catalog, const struct study *study,
                                     struct arena *arena)
{
    size_t *found = arena_array(arena, study->result_count + 1, sizeof *found);
    size_t place = base_study_place(&catalog->base, study->id);
    struct arena *scratch = arena_new();
    size_t count = 0;
    for (size_t i = 0; i < study->result_count; i++) {
        size_t at = lower_bound(catalog, question_id(&study->results[i], scratch));
        if (at < catalog->count && is_asked(&catalog->questions[at], place))
            found[count++] = at;
    }
    arena_free(scratch);
    found[each_once(found, count)] = SIZE_MAX;
    return found;
}

size_t catalog_place_of(const struct catalog *catalog, const struct rating *rating)
{
    size_t at = lower_bound(catalog, rating->question.id);
    if (at < catalog->count &&
        atomic_load_explicit(&catalog->made.items[at], memory_order_acquire) == rating)
        return at;
    return catalog->count;
}
