#include "evidence/judgement/knowledge.h"

#include <pthread.h>

#include "evidence/judgement/claim/curated_claim.h"
#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/signs/signs.h"
#include "evidence/model/rulebooks.h"
#include "evidence/store/history.h"

/* The rule books need no study: they are read while the studies are loaded and rated and the words
 * of the base are indexed, on a thread and in an arena of their own. Either takes as long. */
struct books {
    struct base base; /* may lack the studies */
    struct problems problems;
    const struct rulebooks *books;
    pthread_t thread;
    bool beside;
};

static void *read_books(void *context)
{
    struct books *books = context;
    books->books = books->base.rulebooks == NULL
                       ? rulebooks_read(&books->base, NULL, &books->problems)
                       : books->base.rulebooks;
    return NULL;
}

static void start_books(const struct base *base, void *context)
{
    struct books *books = context;
    *books = (struct books){.base = *base, .problems = {.arena = arena_new()}};
    books->beside = pthread_create(&books->thread, NULL, read_books, books) == 0;
}

static void finish_books(struct books *books)
{
    if (books->beside)
        pthread_join(books->thread, NULL);
    else
        read_books(books);
}

/* The rated base and its lexicon; NULL on failure. */
static struct catalog *rate_and_index(struct arena *arena, const struct base *base,
                                      const struct catalog_stamp *stamp,
                                      const struct lexicon **lexicon, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct catalog *catalog = catalog_new(arena, base, stamp, err);
    if (catalog == NULL)
        return NULL;
    *lexicon = lexicon_new(catalog_base(catalog), arena, &problems);
    if (problems_none(&problems, err))
        return catalog;
    error_while(err, "reading the words of the base");
    return NULL;
}

/* The same with its rule books, which were started. */
static struct catalog *rate_beside(struct books *books, struct arena *arena,
                                   const struct base *base, const struct catalog_stamp *stamp,
                                   struct error *err)
{
    const struct lexicon *lexicon = NULL;
    struct catalog *catalog = rate_and_index(arena, base, stamp, &lexicon, err);
    finish_books(books);
    if (catalog == NULL || !problems_none(&books->problems, err)) {
        error_while(err, "reading the base");
        arena_free(books->problems.arena);
        return NULL;
    }
    catalog_attach_words(catalog, lexicon, books->books, books->problems.arena);
    return catalog;
}

struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                             const struct catalog_stamp *stamp, struct error *err)
{
    struct books books;
    start_books(base, &books);
    return rate_beside(&books, arena, base, stamp, err);
}

/* In `arena`, which on failure stays the caller's. */
static struct catalog *load(struct store *store, struct arena *arena, struct error *err)
{
    struct books books = {0};
    struct base base;
    struct store_stamp stored;
    if (store_load_base_telling(store, arena, start_books, &books, &base, err) &&
        store_stamp(store, &stored, err)) {
        struct catalog_stamp stamp = {.hash = stored.hash, .changed = stored.changed};
        return rate_beside(&books, arena, &base, &stamp, err);
    }
    if (books.beside)
        pthread_join(books.thread, NULL); /* what it reads lies in the arena */
    arena_free(books.problems.arena);
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
