/* What is rated for a condition, best first. */
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/verdict.h"

static int by_rank(const void *left, const void *right)
{
    const struct headline *a = *(const struct headline *const *)left;
    const struct headline *b = *(const struct headline *const *)right;
    int order = verdict_rank(a->verdict) - verdict_rank(b->verdict);
    if (order == 0)
        order = (int)b->certainty - (int)a->certainty;
    return order != 0 ? order : strcmp(a->intervention->id, b->intervention->id);
}

bool headline_is_better(const struct headline *one, const struct headline *other)
{
    if (verdict_rank(one->verdict) >= verdict_rank("unproven") ||
        one->intervention == other->intervention)
        return false;
    int order = verdict_rank(one->verdict) - verdict_rank(other->verdict);
    return order < 0 || (order == 0 && one->certainty > other->certainty);
}

size_t catalog_ranked(const struct catalog *catalog, const struct condition *condition,
                      struct arena *arena, const struct headline ***out)
{
    const struct base *base = &catalog->base;
    const struct headline **list = arena_array(arena, base->intervention_count, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct headline *headline =
            catalog_headline(catalog, &base->interventions[i], condition, NULL, arena);
        if (strcmp(headline->verdict, "untested") != 0)
            list[count++] = headline;
    }
    qsort(list, count, sizeof *list, by_rank);
    *out = list;
    return count;
}
