#include "evidence/judgement/knowledge.h"

#include <pthread.h>

#include "evidence/judgement/curated_claim.h"
#include "evidence/judgement/lexicon.h"
#include "evidence/judgement/signs.h"
#include "evidence/model/rulebooks.h"

/* The rule books and the lexicon, which need no study: they are read while the studies are loaded
 * and rated, on a thread and in an arena of their own. Together that is what a start consists of.
 */
struct words {
    struct base base; /* may lack the studies */
    struct problems problems;
    const struct rulebooks *books;
    struct lexicon *lexicon;
    pthread_t thread;
    bool beside;
};

static void *read_words(void *context)
{
    struct words *words = context;
    words->books = words->base.rulebooks == NULL
                       ? rulebooks_read(&words->base, NULL, &words->problems)
                       : words->base.rulebooks;
    words->lexicon = lexicon_new(&words->base, words->problems.arena, &words->problems);
    return NULL;
}

static void start_words(const struct base *base, void *context)
{
    struct words *words = context;
    *words = (struct words){.base = *base, .problems = {.arena = arena_new()}};
    words->beside = pthread_create(&words->thread, NULL, read_words, words) == 0;
}

static void finish_words(struct words *words)
{
    if (words->beside)
        pthread_join(words->thread, NULL);
    else
        read_words(words);
}

/* The rated base with its words, which were started; NULL on failure. */
static struct catalog *rate_beside(struct words *words, struct arena *arena,
                                   const struct base *base, const struct catalog_stamp *stamp,
                                   struct error *err)
{
    struct catalog *catalog = catalog_new(arena, base, stamp, err);
    finish_words(words);
    if (catalog == NULL || !problems_none(&words->problems, err)) {
        error_while(err, "reading the base");
        arena_free(words->problems.arena);
        return NULL;
    }
    lexicon_set_base(words->lexicon, catalog_base(catalog));
    catalog_attach_words(catalog, words->lexicon, words->books, words->problems.arena);
    return catalog;
}

struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                             const struct catalog_stamp *stamp, struct error *err)
{
    struct words words;
    start_words(base, &words);
    return rate_beside(&words, arena, base, stamp, err);
}

/* In `arena`, which on failure stays the caller's. */
static struct catalog *load(struct store *store, struct arena *arena, struct error *err)
{
    struct words words = {0};
    struct base base;
    struct store_stamp stored;
    if (store_load_base_telling(store, arena, start_words, &words, &base, err) &&
        store_stamp(store, &stored, err)) {
        struct catalog_stamp stamp = {.hash = stored.hash, .changed = stored.changed};
        return rate_beside(&words, arena, &base, &stamp, err);
    }
    if (words.beside)
        pthread_join(words.thread, NULL); /* what it reads lies in the arena */
    arena_free(words.problems.arena);
    return NULL;
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
