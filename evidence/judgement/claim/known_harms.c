#include "evidence/judgement/claim/known_harms.h"

#include <string.h>

#include "evidence/rating/safety_kept.h"

static struct known_harms harms_of(const struct catalog *catalog,
                                   const struct intervention *intervention, struct arena *arena)
{
    struct known_harms known = {.safety = *safety_kept(catalog, intervention)};
    struct text_words *events = arena_array(arena, known.safety.count + 1, sizeof *events);
    for (size_t i = 0; i < known.safety.count; i++) {
        const char *event = known.safety.harms[i].harm->event;
        events[i] = text_cut(event, strlen(event), arena);
    }
    known.events = events;
    return known;
}

/* By intervention. */
static void *make_all(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    struct known_harms *all = arena_array(arena, base->intervention_count + 1, sizeof *all);
    for (size_t i = 0; i < base->intervention_count; i++)
        all[i] = harms_of(catalog, &base->interventions[i], arena);
    return all;
}

const struct known_harms *known_harms_of(const struct catalog *catalog,
                                         const struct intervention *intervention)
{
    const struct known_harms *all = catalog_keep(catalog, KEPT_HARMS, make_all);
    return &all[intervention - catalog_base(catalog)->interventions];
}
