/* The evidence map: what is known of each intervention in each condition, as a table. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_EVIDENCE_MAP_H
#define TOUCHSTONE_SERVICE_VIEWS_EVIDENCE_MAP_H

#include "evidence/rating/catalog.h"

/* What to show; NULL and a kind below 0 mean all. */
struct map_filter {
    const struct intervention *intervention;
    const struct condition *condition;
    int kind;
};

/* `cells` has interventions times conditions headlines, row by row; NULL where nobody has looked.
 * Rows and columns without a cell are left out. Rows by kind, then name; columns as in the base. */
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

/* People behind the answer, COUNT_UNKNOWN where it is not told or no trial stands there. */
int map_people(const struct headline *headline);

#endif
