#include "evidence/model/base.h"

#include <string.h>

static const void *find_sorted(const void *entries, size_t count, size_t size, const char *id)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *const *entry = (const void *)((const char *)entries + middle * size);
        int order = strcmp(*entry, id); /* the id is each entry's first member */
        if (order == 0)
            return entry;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct intervention *base_intervention(const struct base *base, const char *id)
{
    return find_sorted(base->interventions, base->intervention_count, sizeof *base->interventions,
                       id);
}

const struct condition *base_condition(const struct base *base, const char *id)
{
    for (size_t i = 0; i < base->condition_count; i++)
        if (strcmp(base->conditions[i].id, id) == 0)
            return &base->conditions[i];
    return NULL;
}

/* Deeper than any tree of conditions, so that one with a ring in it ends the search too. */
enum { DEEPEST_TREE = 16 };

static bool descends(const struct base *base, const char *id, const char *ancestor, int depth)
{
    const struct condition *condition = base_condition(base, id);
    if (condition == NULL || depth == 0)
        return false;
    if (strcmp(id, ancestor) == 0)
        return true;
    for (const char *const *parent = condition->parents; *parent != NULL; parent++)
        if (descends(base, *parent, ancestor, depth - 1))
            return true;
    return false;
}

bool base_condition_descends(const struct base *base, const char *id, const char *ancestor)
{
    return descends(base, id, ancestor, DEEPEST_TREE);
}

const struct outcome *base_outcome(const struct base *base, const char *id)
{
    for (size_t i = 0; i < base->outcome_count; i++)
        if (strcmp(base->outcomes[i].id, id) == 0)
            return &base->outcomes[i];
    return NULL;
}

const struct document *base_document(const struct base *base, const char *name)
{
    return find_sorted(base->documents, base->document_count, sizeof *base->documents, name);
}

const char *base_study_id(const struct base *base, size_t place)
{
    return base->shelf != NULL ? shelf_id(base->shelf, place) : base->studies[place].id;
}

const struct study *base_study_at(const struct base *base, size_t place)
{
    return base->shelf != NULL ? shelf_study(base->shelf, place) : &base->studies[place];
}

const struct study *base_study_read(const struct base *base, size_t place, struct arena *arena)
{
    return base->shelf != NULL ? shelf_read(base->shelf, place, arena) : &base->studies[place];
}

size_t base_study_place(const struct base *base, const char *id)
{
    if (base->shelf != NULL)
        return shelf_find(base->shelf, id);
    const struct study *study =
        find_sorted(base->studies, base->study_count, sizeof *base->studies, id);
    for (size_t i = 0; study == NULL && i < base->study_count; i++)
        if (study_is_also(&base->studies[i], id))
            study = &base->studies[i];
    return study == NULL ? base->study_count : (size_t)(study - base->studies);
}

const struct study *base_study(const struct base *base, const char *id)
{
    size_t place = base_study_place(base, id);
    return place == base->study_count ? NULL : base_study_at(base, place);
}

struct study_walk study_walk_begin(const struct base *base)
{
    return (struct study_walk){.base = base, .arena = arena_new()};
}

const struct study *study_walk_next(struct study_walk *walk)
{
    arena_clear(walk->arena);
    return walk->next == walk->base->study_count
               ? NULL
               : base_study_read(walk->base, walk->next++, walk->arena);
}

void study_walk_end(struct study_walk *walk)
{
    arena_free(walk->arena);
}
