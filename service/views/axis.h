/* An axis of a plot: values on the analysis scale (a ratio as its logarithm), told on the scale of
 * telling. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_AXIS_H
#define TOUCHSTONE_SERVICE_VIEWS_AXIS_H

#include "evidence/base/arena.h"
#include "evidence/statistics/effect.h"

struct axis {
    double low, high; /* low < high, unless there is nothing to show */
};

/* What an axis has to show. */
struct axis_item {
    double at; /* NAN is passed over */
    double low, high;
};

/*
 * Covers no effect (0), what must be seen (`must`, NAN ends passed over) and the items' estimates;
 * their ranges get a fifth more room on each side and are cut beyond it. Of forty estimates or more
 * the outermost fortieth on each side may lie beyond too, so that a few wild ones do not press all
 * others into a line.
 */
struct axis axis_covering(const struct axis_item *items, size_t count, struct axis must,
                          struct arena *arena);

/* Where a value lies: 0 at the low end, 1 at the high one, and beyond. 0.5 on an empty axis. */
double axis_share(const struct axis *axis, double value);

enum { AXIS_TICKS = 12 };

/* Round values of the scale of telling within the axis, ascending, on the analysis scale; at most
 * `wanted` (2 to AXIS_TICKS), no effect among them where it lies within. Gives how many. */
size_t axis_ticks(const struct axis *axis, enum measure measure, size_t wanted,
                  double out[AXIS_TICKS]);

#endif
