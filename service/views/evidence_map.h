/* The evidence map: what is known of each intervention in each condition, as a table. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_EVIDENCE_MAP_H
#define TOUCHSTONE_SERVICE_VIEWS_EVIDENCE_MAP_H

#include "evidence/model/region.h"
#include "evidence/rating/catalog.h"

/* What to show; NULL and a kind below 0 mean all. */
struct map_filter {
    const struct intervention *intervention;
    const struct condition *condition;
    int kind;
    const char *verdict; /* of a map_group: those with its sign */
};

/* `cells` has interventions times conditions headlines, row by row; NULL where nobody has looked.
 * Rows and columns without a cell are left out. Rows by kind, and in it those first of which most
 * is known (most answers surer than "very low", then most answers, then the name); columns by
 * region from head to foot, as regions.json has them. */
struct evidence_map {
    const struct intervention **interventions;
    size_t intervention_count;
    const struct condition **conditions;
    size_t condition_count;
    const struct headline **cells;
    const struct headline ***ranked; /* each condition's cells, best rated first, ended by NULL */
};

/* A pair has a cell where a study of it stands in the base, whatever it found: evidence borrowed
 * from a broader condition alone fills none. Lives in `arena`. */
struct evidence_map evidence_map_of(const struct catalog *catalog, const struct map_filter *filter,
                                    struct arena *arena);

/* The cell of a row and a column, NULL where it is empty. */
const struct headline *map_cell(const struct evidence_map *map, size_t intervention,
                                size_t condition);

/* The region of a column; NULL where it is in none. */
const struct region *map_region(const struct catalog *catalog, const struct evidence_map *map,
                                size_t condition);

/* People behind the answer, COUNT_UNKNOWN where it is not told or no trial stands there. */
int map_people(const struct headline *headline);

/* "812 people", "people not told", in the arena. */
const char *map_people_words(const struct headline *headline, struct arena *arena);

/* Verdicts that have one sign: what a legend tells, and what can be chosen. */
struct map_group {
    const char *verdict; /* one of them */
    const char *words;   /* "Works, probably works, may work" */
    const char *counted; /* after a number: "work or may work" */
};
enum { MAP_GROUPS = 5 };
extern const struct map_group map_groups[MAP_GROUPS]; /* best first */

/* True if the verdict has the sign of the group. */
bool map_in_group(const struct map_group *group, const char *verdict);

/* "Devices". */
const char *map_kind_words(enum kind kind);

/* A name without what it explains in brackets: "TENS". In the arena if cut. */
const char *map_short_name(const char *name, struct arena *arena);

#endif
