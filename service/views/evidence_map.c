#include "service/views/evidence_map.h"

#include <stdlib.h>
#include <string.h>

static int by_kind_and_name(const void *left, const void *right)
{
    const struct intervention *a = *(const struct intervention *const *)left;
    const struct intervention *b = *(const struct intervention *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : strcmp(a->id, b->id);
}

/* All that the filter lets through, whether or not anything is known of it. */
static struct evidence_map all_of(const struct base *base, const struct map_filter *filter,
                                  struct arena *arena)
{
    struct evidence_map map = {
        .interventions = arena_array(arena, base->intervention_count, sizeof *map.interventions),
        .conditions = arena_array(arena, base->condition_count, sizeof *map.conditions),
    };
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct intervention *one = &base->interventions[i];
        if ((filter->intervention == NULL || filter->intervention == one) &&
            (filter->kind < 0 || filter->kind == (int)one->kind))
            map.interventions[map.intervention_count++] = one;
    }
    for (size_t i = 0; i < base->condition_count; i++)
        if (filter->condition == NULL || filter->condition == &base->conditions[i])
            map.conditions[map.condition_count++] = &base->conditions[i];
    qsort(map.interventions, map.intervention_count, sizeof *map.interventions, by_kind_and_name);
    map.cells = arena_array(arena, map.intervention_count * map.condition_count, sizeof *map.cells);
    map.ranked = arena_array(arena, map.condition_count, sizeof *map.ranked);
    return map;
}

static bool lets_through(const struct map_filter *filter, const struct headline *headline)
{
    return headline->studies > 0 &&
           (filter->intervention == NULL || filter->intervention == headline->intervention) &&
           (filter->kind < 0 || filter->kind == (int)headline->intervention->kind);
}

static size_t row_of(const struct evidence_map *map, const struct intervention *intervention)
{
    size_t row = 0;
    while (map->interventions[row] != intervention)
        row++;
    return row;
}

static void fill_column(const struct catalog *catalog, const struct map_filter *filter,
                        struct evidence_map *map, size_t column, struct arena *arena)
{
    const struct headline **found;
    size_t count = catalog_ranked(catalog, map->conditions[column], arena, &found);
    const struct headline **kept = arena_array(arena, count + 1, sizeof *kept);
    map->ranked[column] = kept;
    for (size_t i = 0; i < count; i++) {
        if (!lets_through(filter, found[i]))
            continue;
        *kept++ = found[i];
        size_t row = row_of(map, found[i]->intervention);
        map->cells[row * map->condition_count + column] = found[i];
    }
}

static bool row_is_empty(const struct evidence_map *map, size_t row)
{
    for (size_t i = 0; i < map->condition_count; i++)
        if (map_cell(map, row, i) != NULL)
            return false;
    return true;
}

static bool column_is_empty(const struct evidence_map *map, size_t column)
{
    for (size_t i = 0; i < map->intervention_count; i++)
        if (map_cell(map, i, column) != NULL)
            return false;
    return true;
}

/* The rows and columns in which something stands. */
static struct evidence_map without_empty(const struct evidence_map *all, struct arena *arena)
{
    struct evidence_map map = {
        .interventions = arena_array(arena, all->intervention_count, sizeof *map.interventions),
        .conditions = arena_array(arena, all->condition_count, sizeof *map.conditions),
        .cells =
            arena_array(arena, all->intervention_count * all->condition_count, sizeof *map.cells),
        .ranked = arena_array(arena, all->condition_count, sizeof *map.ranked),
    };
    size_t *columns = arena_array(arena, all->condition_count, sizeof *columns);
    size_t cells = 0;
    for (size_t j = 0; j < all->condition_count; j++)
        if (!column_is_empty(all, j)) {
            columns[map.condition_count] = j;
            map.ranked[map.condition_count] = all->ranked[j];
            map.conditions[map.condition_count++] = all->conditions[j];
        }
    for (size_t i = 0; i < all->intervention_count; i++) {
        if (row_is_empty(all, i))
            continue;
        map.interventions[map.intervention_count++] = all->interventions[i];
        for (size_t j = 0; j < map.condition_count; j++)
            map.cells[cells++] = map_cell(all, i, columns[j]);
    }
    return map;
}

struct evidence_map evidence_map_of(const struct catalog *catalog, const struct map_filter *filter,
                                    struct arena *arena)
{
    struct evidence_map all = all_of(catalog_base(catalog), filter, arena);
    for (size_t j = 0; j < all.condition_count; j++)
        fill_column(catalog, filter, &all, j, arena);
    return without_empty(&all, arena);
}

const struct headline *map_cell(const struct evidence_map *map, size_t intervention,
                                size_t condition)
{
    return map->cells[intervention * map->condition_count + condition];
}

int map_people(const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    int people = rating == NULL               ? headline->directions.people
                 : !rating_has_figure(rating) ? rating->directions.people
                                              : rating->synthesis.n;
    return people > 0 ? people : COUNT_UNKNOWN;
}
