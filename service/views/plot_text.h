/* What plots in a terminal have in common: columns, the words of both sides, the axis. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_PLOT_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_PLOT_TEXT_H

#include "evidence/base/buffer.h"
#include "service/views/axis.h"

/* Where a plot stands on its lines. */
struct plot_text {
    int indent;  /* columns before everything */
    int left;    /* … and before the plot */
    int columns; /* of the plot */
    int width;   /* of a whole line, the indent included */
    struct axis axis;
    enum measure measure;
    int decimals; /* of the axis */
};

/* The column of a value within the plot; -1 and `columns` mean beyond its ends. */
int plot_text_column(const struct plot_text *plot, double value);

/* The words of both sides of no effect, with arrows: on one line where they fit. */
void plot_text_put_sides(struct buffer *out, const struct plot_text *plot, const char *low,
                         const char *high);

/* The value at each end of the axis, and at no effect where it does not touch them. */
void plot_text_put_axis(struct buffer *out, const struct plot_text *plot);

/* A paragraph within the width. */
void plot_text_put_note(struct buffer *out, const struct plot_text *plot, const char *text);

#endif
