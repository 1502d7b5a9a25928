#include "service/views/evidence_map.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/model/rulebooks.h"
#include "service/views/sign.h"

const struct map_group map_groups[MAP_GROUPS] = {
    {"works", "Works, probably works, may work", "work or may work"},
    {"small-benefit", "Helps a little, probably or perhaps", "help or may help a little"},
    {"unproven", "Tested, but we don't know yet", "we don't know yet"},
    {"does-not-work", "Doesn't work, probably or perhaps", "don't or may not work"},
    {"harmful", "Does harm, probably or perhaps", "do or may do harm"},
};

bool map_in_group(const struct map_group *group, const char *verdict)
{
    return strcmp(sign_of(verdict).symbol, sign_of(group->verdict).symbol) == 0;
}

/* ---- all that there is ---- */

static void add_condition(struct evidence_map *map, const struct map_filter *filter,
                          const struct condition *condition)
{
    if (filter->condition == NULL || filter->condition == condition)
        map->conditions[map->condition_count++] = condition;
}

/* By region; those in none as they stand in the base. */
static void add_conditions(const struct base *base, const struct map_filter *filter,
                           struct evidence_map *map)
{
    const struct regions *regions = &base_rulebooks(base)->regions;
    for (size_t i = 0; i < regions->count; i++)
        for (const char *const *id = regions->items[i].conditions; *id != NULL; id++)
            add_condition(map, filter, base_condition(base, *id));
    for (size_t i = 0; i < base->condition_count; i++)
        if (region_of(regions, base->conditions[i].id) == NULL)
            add_condition(map, filter, &base->conditions[i]);
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
    add_conditions(base, filter, &map);
    map.cells = arena_array(arena, map.intervention_count * map.condition_count, sizeof *map.cells);
    map.ranked = arena_array(arena, map.condition_count, sizeof *map.ranked);
    return map;
}

static bool lets_through(const struct map_filter *filter, const struct headline *headline)
{
    return headline->studies > 0 &&
           (filter->intervention == NULL || filter->intervention == headline->intervention) &&
           (filter->kind < 0 || filter->kind == (int)headline->intervention->kind) &&
           (filter->verdict == NULL ||
            strcmp(sign_of(filter->verdict).symbol, sign_of(headline->verdict).symbol) == 0);
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

/* ---- the rows and columns in which something stands, in their order ---- */

/* A row, and how much is known of it. */
struct row {
    const struct intervention *intervention;
    size_t at; /* among all */
    size_t answers;
    size_t surer; /* than "very low" */
};

static int by_kind_and_knowledge(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    if (a->intervention->kind != b->intervention->kind)
        return a->intervention->kind < b->intervention->kind ? -1 : 1;
    if (a->surer != b->surer)
        return a->surer > b->surer ? -1 : 1;
    if (a->answers != b->answers)
        return a->answers > b->answers ? -1 : 1;
    int order = strcmp(a->intervention->name, b->intervention->name);
    return order != 0 ? order : strcmp(a->intervention->id, b->intervention->id);
}

static struct row row_at(const struct evidence_map *map, size_t at)
{
    struct row row = {.intervention = map->interventions[at], .at = at};
    for (size_t j = 0; j < map->condition_count; j++) {
        const struct headline *headline = map_cell(map, at, j);
        if (headline == NULL)
            continue;
        row.answers++;
        row.surer +=
            headline->certainty != CERTAINTY_VERY_LOW && headline->certainty != CERTAINTY_UNKNOWN;
    }
    return row;
}

static size_t filled_rows(const struct evidence_map *all, struct row *rows)
{
    size_t count = 0;
    for (size_t i = 0; i < all->intervention_count; i++) {
        rows[count] = row_at(all, i);
        count += rows[count].answers > 0;
    }
    qsort(rows, count, sizeof *rows, by_kind_and_knowledge);
    return count;
}

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
    struct row *rows = arena_array(arena, all->intervention_count + 1, sizeof *rows);
    size_t cells = 0;
    for (size_t j = 0; j < all->condition_count; j++)
        if (all->ranked[j][0] != NULL) {
            columns[map.condition_count] = j;
            map.ranked[map.condition_count] = all->ranked[j];
            map.conditions[map.condition_count++] = all->conditions[j];
        }
    map.intervention_count = filled_rows(all, rows);
    for (size_t i = 0; i < map.intervention_count; i++) {
        map.interventions[i] = rows[i].intervention;
        for (size_t j = 0; j < map.condition_count; j++)
            map.cells[cells++] = map_cell(all, rows[i].at, columns[j]);
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

const struct region *map_region(const struct catalog *catalog, const struct evidence_map *map,
                                size_t condition)
{
    return region_of(&base_rulebooks(catalog_base(catalog))->regions,
                     map->conditions[condition]->id);
}

int map_people(const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    int people = rating == NULL               ? headline->directions.people
                 : !rating_has_figure(rating) ? rating->directions.people
                                              : rating->synthesis.n;
    return people > 0 ? people : COUNT_UNKNOWN;
}

const char *map_people_words(const struct headline *headline, struct arena *arena)
{
    int people = map_people(headline);
    if (people == COUNT_UNKNOWN)
        return "people not told";
    return arena_printf(arena, "%d %s", people, people == 1 ? "person" : "people");
}

const char *map_kind_words(enum kind kind)
{
    static const char *const words[] = {[KIND_TECHNIQUE] = "Techniques",
                                        [KIND_DEVICE] = "Devices",
                                        [KIND_DRUG] = "Drugs",
                                        [KIND_EXERCISE] = "Exercise",
                                        [KIND_EDUCATION] = "Education"};
    return words[kind];
}

const char *map_short_name(const char *name, struct arena *arena)
{
    const char *end = strstr(name, " (");
    return end == NULL ? name : arena_strndup(arena, name, (size_t)(end - name));
}
