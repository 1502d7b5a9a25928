#include "evidence/judgement/knowledge.h"

#include "evidence/judgement/lexicon.h"
#include "evidence/model/rulebooks.h"

struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                             const struct catalog_stamp *stamp, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct base whole = *base;
    if (whole.rulebooks == NULL)
        whole.rulebooks = rulebooks_read(base, NULL, &problems);
    if (!problems_none(&problems, err)) {
        error_while(err, "reading the rule books");
        return NULL;
    }
    struct catalog *catalog = catalog_new(arena, &whole, stamp, err);
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
