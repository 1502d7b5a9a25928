/* What is rated for a condition, best first: worked out once a condition and kept. */
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/asking.h"
#include "evidence/rating/verdict.h"

/* The interventions with any study for one condition; `items` NULL: not asked for yet. */
struct ranking {
    _Atomic(const struct headline **) items;
    size_t count; /* set before `items` */
};

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
    int rank = verdict_rank(one->verdict);
    if (rank >= verdict_rank("unproven") || one->intervention == other->intervention)
        return false;
    int order = rank - verdict_rank(other->verdict);
    return order < 0 || (order == 0 && one->certainty > other->certainty);
}

static void rank(const struct catalog *catalog, const struct condition *condition,
                 struct arena *arena, struct ranking *out)
{
    const struct base *base = &catalog->base;
    const struct headline **items = arena_array(arena, base->intervention_count, sizeof *items);
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct asking ask = {
            .catalog = catalog, .intervention = &base->interventions[i], .condition = condition};
        if (!account_speaks(&ask))
            continue;
        const struct headline *headline =
            catalog_headline(catalog, &base->interventions[i], condition, NULL, arena);
        if (strcmp(headline->verdict, "untested") != 0)
            items[out->count++] = headline;
    }
    qsort(items, out->count, sizeof *items, by_rank);
    atomic_store_explicit(&out->items, items, memory_order_release);
}

static void *make_rankings(const struct catalog *catalog, struct arena *arena)
{
    return arena_array(arena, catalog->base.condition_count, sizeof(struct ranking));
}

/* The one kept for a condition of the catalog's own base. */
static const struct ranking *kept_ranking(const struct catalog *catalog,
                                          const struct condition *condition)
{
    struct catalog *own = (struct catalog *)catalog; /* a cache: nobody sees it change */
    struct ranking *rankings = catalog_keep(catalog, KEPT_RANKINGS, make_rankings);
    struct ranking *ranking = &rankings[condition - catalog->base.conditions];
    if (atomic_load_explicit(&ranking->items, memory_order_acquire) != NULL)
        return ranking;
    struct kept *kept = &own->kept[KEPT_RANKINGS];
    pthread_mutex_lock(&kept->lock);
    if (ranking->items == NULL)
        rank(catalog, condition, kept->arena, ranking);
    pthread_mutex_unlock(&kept->lock);
    return ranking;
}

size_t catalog_ranked(const struct catalog *catalog, const struct condition *condition,
                      struct arena *arena, const struct headline ***out)
{
    const struct ranking *kept = kept_ranking(catalog, condition);
    *out = arena_array(arena, kept->count, sizeof **out);
    if (kept->count > 0)
        memcpy(*out, kept->items, kept->count * sizeof **out);
    return kept->count;
}
