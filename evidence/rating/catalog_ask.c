/* Questions to a catalog that rate again: by which steps, what if, and what would change this. */
#include "evidence/rating/catalog_private.h"
#include "evidence/rating/stability.h"
#include "evidence/rating/what_if.h"

/* What a rating was made from, in `arena`. False for one that is not in the catalog (a borrowed
 * one), which has none of it. */
static bool gathered_of(const struct catalog *catalog, const struct rating *rating,
                        struct arena *arena, struct gathered *out)
{
    size_t place = catalog_place_of(catalog, rating);
    if (place == catalog->count)
        return false;
    *out = catalog_gathered(catalog, place, arena);
    return true;
}

static struct rating_context traced(const struct catalog *catalog)
{
    struct rating_context context = catalog->context;
    context.untraced = false;
    return context;
}

const struct trace *catalog_trace(const struct catalog *catalog, const struct rating *rating,
                                  struct arena *arena)
{
    const struct rating_context context = traced(catalog);
    struct gathered gathered;
    return gathered_of(catalog, rating, arena, &gathered)
               ? &rate_question(&context, &gathered, 0, arena)->trace
               : &rating->trace;
}

const struct rating *catalog_what_if(const struct catalog *catalog, const struct rating *rating,
                                     const struct what_if *changes, struct arena *arena,
                                     struct error *err)
{
    struct gathered gathered;
    if (!gathered_of(catalog, rating, arena, &gathered)) {
        error_set(err, ERROR_NOT_FOUND, "this rating is borrowed; ask the question it stands on");
        return NULL;
    }
    const struct rating_context context = traced(catalog);
    return rate_what_if(&context, &gathered, rating, changes, arena, err);
}

struct stability catalog_stability(const struct catalog *catalog, const struct rating *rating,
                                   struct arena *arena)
{
    struct gathered gathered;
    if (!gathered_of(catalog, rating, arena, &gathered))
        return (struct stability){.people_needed = COUNT_UNKNOWN, .since = COUNT_UNKNOWN};
    return stability_of(&catalog->context, &gathered, rating, arena);
}
