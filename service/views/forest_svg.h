/* The forest plot as a picture. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FOREST_SVG_H
#define TOUCHSTONE_SERVICE_VIEWS_FOREST_SVG_H

#include "service/views/forest.h"
#include "service/views/svg.h"

/*
 * Draws the forest `width` pixels wide (SVG_LEAST_WIDTH to SVG_MOST_WIDTH) behind what `out` holds.
 * Each study is a group with its figures as data attributes (the numbers of the API) and its
 * sentence as title. Below SVG_NARROW the labels stand above their lines. `as_of` is a line at the
 * foot: where it comes from.
 */
void forest_svg(const struct forest *forest, int width, const char *as_of, struct arena *arena,
                struct buffer *out);

#endif
