#include "evidence/judgement/knowledge.h"

#include <pthread.h>

#include "evidence/judgement/claim/curated_claim.h"
#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/signs/signs.h"
#include "evidence/model/rulebooks.h"
#include "evidence/store/history.h"

/* The rule books, the words of the base and those of signs of danger, which the first to ask need,
 * need no study: they are read and made ready while the studies are loaded and indexed, on a thread
 * and in an arena of their own. Either takes about as long. */
struct beside {
    struct base base; /* may lack the studies */
    struct problems problems;
    const struct rulebooks *books;
    struct lexicon *lexicon;
    const struct sign_matcher *signs; /* NULL where the books are at fault */
    pthread_t thread;
    bool started;
};

static void *read_beside(void *context)
{
    struct beside *beside = context;
    beside->books = beside->base.rulebooks == NULL
                        ? rulebooks_read(&beside->base, NULL, &beside->problems)
                        : beside->base.rulebooks;
    beside->lexicon = lexicon_new(&beside->base, beside->problems.arena, &beside->problems);
    if (beside->problems.count == 0)
        beside->signs = signs_of(beside->books, beside->lexicon, beside->problems.arena);
    return NULL;
}

static void start_beside(const struct base *base, void *context)
{
    struct beside *beside = context;
    *beside = (struct beside){.base = *base, .problems = {.arena = arena_new()}};
    beside->started = pthread_create(&beside->thread, NULL, read_beside, beside) == 0;
}

static void finish_beside(struct beside *beside)
{
    if (beside->started)
        pthread_join(beside->thread, NULL);
    else
        read_beside(beside);
}

/* The catalog with what was read beside it; NULL on failure. */
static struct catalog *rate_beside(struct beside *beside, struct arena *arena,
                                   const struct base *base, const struct catalog_stamp *stamp,
                                   struct error *err)
{
    struct catalog *catalog = catalog_new(arena, base, stamp, err);
    finish_beside(beside);
    if (catalog == NULL || !problems_none(&beside->problems, err)) {
        error_while(err, "reading the base");
        catalog_give_up(catalog);
        arena_free(beside->problems.arena);
        return NULL;
    }
    lexicon_belongs_to(beside->lexicon, catalog_base(catalog));
    catalog_attach_words(catalog, beside->lexicon, beside->books, beside->problems.arena);
    signs_attach(catalog, beside->signs);
    return catalog;
}

struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                             const struct catalog_stamp *stamp, struct error *err)
{
    struct beside beside;
    start_beside(base, &beside);
    return rate_beside(&beside, arena, base, stamp, err);
}

/* In `arena`, which on failure stays the caller's. */
static struct catalog *load(struct store *store, struct arena *arena, struct error *err)
{
    struct beside beside = {0};
    struct base base;
    struct store_stamp stored;
    if (store_load_base_telling(store, arena, start_beside, &beside, &base, err) &&
        store_stamp(store, &stored, err)) {
        struct catalog_stamp stamp = {.hash = stored.hash, .changed = stored.changed};
        return rate_beside(&beside, arena, &base, &stamp, err);
    }
    if (beside.started)
        pthread_join(beside.thread, NULL); /* what it reads lies in the arena */
    arena_free(beside.problems.arena);
    return NULL;
}

/* In `arena`, which on failure stays the caller's. */
static struct catalog *load_as_of(struct store *store, const char *as_of, struct arena *arena,
                                  struct error *err)
{
    struct edition edition;
    struct base base;
    if (!store_find_edition(store, as_of, arena, &edition, err) ||
        !store_load_base_as_of(store, &edition, arena, &base, err))
        return NULL;
    struct catalog_stamp stamp = {.hash = edition.base_hash, .changed = edition.at};
    return knowledge_of(arena, &base, &stamp, err);
}

struct catalog *knowledge_load_as_of(struct store *store, const char *as_of, struct error *err)
{
    struct arena *arena = arena_new();
    struct catalog *catalog = load_as_of(store, as_of, arena, err);
    if (catalog == NULL)
        arena_free(arena);
    return catalog;
}

struct catalog *knowledge_load(struct store *store, struct error *err)
{
    struct arena *arena = arena_new();
    struct catalog *catalog = load(store, arena, err);
    if (catalog == NULL)
        arena_free(arena);
    return catalog;
}

void knowledge_warm(const struct catalog *catalog)
{
    struct arena *arena = arena_new();
    struct raised_flags none;
    red_flags_in(catalog, "", 0, arena, &none);
    curated_claims_of(catalog);
    arena_free(arena);
}
