/* What both kinds of forest share: forest.c, one row a study, and forest_years.c, one a year. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FOREST_PARTS_H
#define TOUCHSTONE_SERVICE_VIEWS_FOREST_PARTS_H

#include "service/views/forest.h"

/* All but rows, axis and description. `nothing`: why there is nothing to draw, or NULL. */
struct forest forest_start(const struct rating *rating, enum forest_kind kind, const char *nothing,
                           struct arena *arena);

/* The axis that shows every row and the pool. */
struct axis forest_axis(const struct forest *forest, struct arena *arena);

#endif
