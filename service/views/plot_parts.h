/* Pieces that several pictures share: head, axis, legend, foot. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_PLOT_PARTS_H
#define TOUCHSTONE_SERVICE_VIEWS_PLOT_PARTS_H

#include "service/views/axis.h"
#include "service/views/svg.h"

/* Where a plot's axis lies on the picture. */
struct plot_area {
    double left, right;
    struct axis axis;
    enum measure measure;
};

/* The x of a value; beyond the ends it is the end. */
double plot_x(const struct plot_area *area, double value);

/* The title, in bold, at the top; moves svg->height below it. */
void plot_put_title(struct svg *svg, const char *title);

/* The words of both sides, on either side of no effect, with arrows; moves the height. */
void plot_put_sides(struct svg *svg, const struct plot_area *area, const char *low,
                    const char *high, struct arena *arena);

/* The band between two values (NAN: none), hatched, with its edges, from `top` to `bottom`. */
void plot_put_band(struct svg *svg, const struct plot_area *area, struct axis band, double top,
                   double bottom);

/* Axis, ticks with their numbers, and the unit; at svg->height, which it moves. */
void plot_put_axis(struct svg *svg, const struct plot_area *area, const char *unit);

/* A number of the axis as it is told, "−1.5". */
const char *plot_number(const struct plot_area *area, double value, struct arena *arena);

/* A paragraph over the whole width; moves the height. */
void plot_put_note(struct svg *svg, const char *class, const char *text);

/* One line of a legend: a small picture, drawn by the caller at the point given back, and words
 * beside it. */
struct plot_point {
    double x, y;
};
struct plot_point plot_put_legend(struct svg *svg, const char *text);

#endif
