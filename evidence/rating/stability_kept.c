#include "evidence/rating/stability_kept.h"

#include "evidence/rating/catalog_private.h"

/* One place a rating, in the catalog's order. */
struct kept_stabilities {
    pthread_mutex_t lock; /* of the making, and of the arena */
    struct arena *arena;
    _Atomic(const struct stability *) items[];
};

static void *make_places(const struct catalog *catalog, struct arena *arena)
{
    size_t count = catalog_rating_count(catalog);
    struct kept_stabilities *kept =
        arena_alloc(arena, sizeof *kept + count * sizeof kept->items[0]);
    kept->arena = arena;
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static const struct stability *make(struct kept_stabilities *kept, size_t place,
                                    const struct catalog *catalog, const struct rating *rating)
{
    pthread_mutex_lock(&kept->lock);
    const struct stability *known = atomic_load_explicit(&kept->items[place], memory_order_relaxed);
    if (known == NULL) {
        struct arena *working = arena_new();
        struct stability found = catalog_stability(catalog, rating, working);
        struct stability *made = arena_alloc(kept->arena, sizeof *made);
        struct flip *flips = arena_array(kept->arena, found.flip_count, sizeof *flips);
        for (size_t i = 0; i < found.flip_count; i++)
            flips[i] = found.flips[i];
        *made = found;
        made->flips = flips;
        arena_free(working);
        atomic_store_explicit(&kept->items[place], made, memory_order_release);
        known = made;
    }
    pthread_mutex_unlock(&kept->lock);
    return known;
}

const struct stability *stability_kept(const struct catalog *catalog, const struct rating *rating)
{
    static const struct stability unknown = {.people_needed = COUNT_UNKNOWN,
                                             .since = COUNT_UNKNOWN};
    struct kept_stabilities *kept = catalog_keep(catalog, KEPT_STABILITIES, make_places);
    size_t place = catalog_place_of(catalog, rating);
    if (place == catalog->count) /* a rating of another catalog */
        return &unknown;
    const struct stability *known = atomic_load_explicit(&kept->items[place], memory_order_acquire);
    return known != NULL ? known : make(kept, place, catalog, rating);
}
