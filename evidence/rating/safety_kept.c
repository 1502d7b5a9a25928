#include "evidence/rating/safety_kept.h"

#include <pthread.h>
#include <stdatomic.h>

/* One place an intervention, in the base's order. */
struct kept_safeties {
    pthread_mutex_t lock; /* of the making, and of the arena */
    struct arena *arena;
    _Atomic(const struct safety *) items[];
};

static void *make_places(const struct catalog *catalog, struct arena *arena)
{
    size_t count = catalog_base(catalog)->intervention_count;
    struct kept_safeties *kept = arena_alloc(arena, sizeof *kept + count * sizeof kept->items[0]);
    kept->arena = arena;
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static const struct safety *make(struct kept_safeties *kept, size_t place,
                                 const struct catalog *catalog)
{
    const struct intervention *intervention = &catalog_base(catalog)->interventions[place];
    pthread_mutex_lock(&kept->lock);
    const struct safety *known = atomic_load_explicit(&kept->items[place], memory_order_relaxed);
    if (known == NULL) {
        struct arena *working = arena_new();
        size_t count;
        const uint32_t *places =
            catalog_places_of(catalog, intervention->id, NULL, working, &count);
        struct safety *made = arena_alloc(kept->arena, sizeof *made);
        *made = safety_of(catalog_base(catalog), places, count, intervention, kept->arena);
        arena_free(working);
        atomic_store_explicit(&kept->items[place], made, memory_order_release);
        known = made;
    }
    pthread_mutex_unlock(&kept->lock);
    return known;
}

const struct safety *safety_kept(const struct catalog *catalog,
                                 const struct intervention *intervention)
{
    static const struct safety unknown = {.level = SAFETY_NOT_RECORDED};
    const struct base *base = catalog_base(catalog);
    const struct intervention *own = base_intervention(base, intervention->id);
    struct kept_safeties *kept = catalog_keep(catalog, KEPT_SAFETIES, make_places);
    if (own == NULL)
        return &unknown; /* of another base: no study here can speak of it */
    size_t place = (size_t)(own - base->interventions);
    const struct safety *known = atomic_load_explicit(&kept->items[place], memory_order_acquire);
    return known != NULL ? known : make(kept, place, catalog);
}
