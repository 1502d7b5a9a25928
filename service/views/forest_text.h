/* The forest plot in a terminal: UTF-8, as wide as it. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FOREST_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_FOREST_TEXT_H

#include "service/views/forest.h"

enum { FOREST_LEAST_WIDTH = 30 };

struct forest_paper {
    int width; /* columns, at least FOREST_LEAST_WIDTH */
    bool bold; /* the pool in bold: for terminals with colour */
    int indent;
    size_t most; /* studies shown, those that weigh most; the others are counted. 0: all */
};

/*
 * A row a study, the pool, where a new study would lie, the axis. What is too small to notice is
 * shaded. Where the width does not do for all, the weights go first, then the figures of a rating
 * or the picture of anybody's pool, and labels are cut. No line is wider than `paper->width`;
 * labels come out clean, as print.h does it. A forest with nothing to draw gives its reason alone.
 */
void forest_text(const struct forest *forest, const struct forest_paper *paper, struct buffer *out);

/* Enough decimals to tell the ends of an interval, on the scale of telling, apart by two digits. */
int forest_decimals(double low, double high);

#endif
