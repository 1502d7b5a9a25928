/* Questions to a catalog that rate again: what if, and what would change this. */
#include "evidence/rating/catalog_private.h"
#include "evidence/rating/stability.h"
#include "evidence/rating/what_if.h"

/* What a rating was made from. A rating that is not in the catalog (a borrowed one) has none of it.
 */
static const struct gathered *gathered_of(const struct catalog *catalog,
                                          const struct rating *rating)
{
    for (size_t i = 0; i < catalog->count; i++)
        if (catalog->ratings[i] == rating)
            return &catalog->questions[i];
    return NULL;
}

const struct rating *catalog_what_if(const struct catalog *catalog, const struct rating *rating,
                                     const struct what_if *changes, struct arena *arena,
                                     struct error *err)
{
    const struct gathered *gathered = gathered_of(catalog, rating);
    if (gathered == NULL) {
        error_set(err, ERROR_NOT_FOUND, "this rating is borrowed; ask the question it stands on");
        return NULL;
    }
    return rate_what_if(&catalog->context, gathered, rating, changes, arena, err);
}

struct stability catalog_stability(const struct catalog *catalog, const struct rating *rating,
                                   struct arena *arena)
{
    const struct gathered *gathered = gathered_of(catalog, rating);
    if (gathered == NULL)
        return (struct stability){.people_needed = COUNT_UNKNOWN, .since = COUNT_UNKNOWN};
    return stability_of(&catalog->context, gathered, rating, arena);
}
