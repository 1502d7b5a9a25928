#include "evidence/judgement/knowledge.h"

#include <pthread.h>

#include "evidence/judgement/wording.h"
#include "evidence/model/rulebooks.h"

/* The rule books are read beside the rating, on a thread and in an arena of their own: together
 * they are what a start consists of. */
struct reading {
    const struct base *base;
    struct problems problems;
    const struct rulebooks *books;
};

static void *read_books(void *context)
{
    struct reading *reading = context;
    reading->books = rulebooks_read(reading->base, NULL, &reading->problems);
    return NULL;
}

/* The catalog with its lexicon, without the rule books; NULL on failure. */
static struct catalog *rate_and_index(struct arena *arena, const struct base *base,
                                      const struct catalog_stamp *stamp, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct catalog *catalog = catalog_new(arena, base, stamp, err);
    if (catalog == NULL)
        return NULL;
    const struct lexicon *lexicon = lexicon_new(catalog_base(catalog), arena, &problems);
    if (!problems_none(&problems, err)) {
        error_while(err, "reading the words of the base");
        return NULL;
    }
    catalog_attach_lexicon(catalog, lexicon);
    return catalog;
}

/* A base without words of claims is whole: nothing is vetted by it. */
static bool attach_wording(struct catalog *catalog, const struct rulebooks *books,
                           struct arena *arena, struct error *err)
{
    struct problems problems = {.arena = arena};
    catalog_attach_wording(catalog, wording_new(catalog_lexicon(catalog),
                                                &books->regulatory_actions, arena, &problems));
    if (problems_none(&problems, err))
        return true;
    error_while(err, "reading the words of claims");
    return false;
}

struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                             const struct catalog_stamp *stamp, struct error *err)
{
    if (base->rulebooks != NULL) {
        struct catalog *whole = rate_and_index(arena, base, stamp, err);
        return whole != NULL && attach_wording(whole, base->rulebooks, arena, err) ? whole : NULL;
    }
    struct reading reading = {.base = base, .problems = {.arena = arena_new()}};
    pthread_t thread;
    bool beside = pthread_create(&thread, NULL, read_books, &reading) == 0;
    struct catalog *catalog = rate_and_index(arena, base, stamp, err);
    if (beside)
        pthread_join(thread, NULL);
    else
        read_books(&reading);
    if (catalog == NULL || !problems_none(&reading.problems, err) ||
        !attach_wording(catalog, reading.books, reading.problems.arena, err)) {
        error_while(err, "reading the base");
        arena_free(reading.problems.arena);
        return NULL;
    }
    catalog_attach_rulebooks(catalog, reading.books, reading.problems.arena);
    return catalog;
}

struct catalog *knowledge_load(struct store *store, struct error *err)
{
    struct arena *arena = arena_new();
    struct base base;
    struct store_stamp stored;
    if (store_load_base(store, arena, &base, err) && store_stamp(store, &stored, err)) {
        struct catalog_stamp stamp = {.hash = stored.hash, .changed = stored.changed};
        struct catalog *catalog = knowledge_of(arena, &base, &stamp, err);
        if (catalog != NULL)
            return catalog;
    }
    arena_free(arena);
    return NULL;
}
