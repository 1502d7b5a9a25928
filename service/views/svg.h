/*
 * Pictures as SVG, written into a buffer: few shapes, and text that stays text. A picture is made
 * from the top down; its height is known when it is done:
 *
 *     struct svg svg = svg_new(720);
 *     svg_text(&svg, "b", SVG_START, 10, 20, study->title);
 *     svg.height = 40;
 *     svg_finish(&svg, title, desc, out);
 *
 * Lengths are in pixels at the picture's own width. What stands in a text, a title or an attribute
 * is escaped, and a coordinate that is no number is written as 0, so that the result is well-formed
 * whatever was put in. Colours are those of the pages, light, dark and for print; nothing is loaded
 * from elsewhere and nothing runs. The same calls give the same bytes.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_SVG_H
#define TOUCHSTONE_SERVICE_VIEWS_SVG_H

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"

/* Width of a picture: what may be asked for, what is given unasked, and below what the labels of
 * rows stand above them. */
enum { SVG_LEAST_WIDTH = 280, SVG_MOST_WIDTH = 1600, SVG_WIDTH = 720, SVG_NARROW = 480 };

/* The sizes of text and the distance of its lines. */
enum { SVG_TEXT_SIZE = 13, SVG_SMALL_SIZE = 12, SVG_LINE = 17, SVG_MARGIN = 10 };

struct svg {
    int width;
    double height;
    struct buffer body; /* released by svg_finish */
};

struct svg svg_new(int width);

/* Writes the whole picture behind what `out` holds, with its name and its description for those who
 * do not see it, and releases the body. */
void svg_finish(struct svg *svg, const char *title, const char *desc, struct buffer *out);

/* ---- shapes; `class` is one of those in svg.c's style, several parted by spaces ---- */

void svg_line(struct svg *svg, const char *class, double x1, double y1, double x2, double y2);
void svg_rect(struct svg *svg, const char *class, double x, double y, double width, double height);
void svg_circle(struct svg *svg, const char *class, double x, double y, double radius);

/* `count` points, x and y in turn; closed. */
void svg_polygon(struct svg *svg, const char *class, const double *points, size_t count);

/* The same, open and not filled. */
void svg_polyline(struct svg *svg, const char *class, const double *points, size_t count);

/* A lozenge from `left` to `right`, `half` above and below `y`, widest at `middle`. */
void svg_lozenge(struct svg *svg, const char *class, double left, double middle, double right,
                 double y, double half);

/* A small arrow head at (x, y), pointing left where `direction` is below 0, else right. */
void svg_arrow(struct svg *svg, const char *class, double x, double y, int direction);

/* A picture of the pages' signs.svg, `size` wide and high around (x, y); svg_put_signs once before.
 */
void svg_put_signs(struct svg *svg);
void svg_sign(struct svg *svg, const char *tone, const char *symbol, double x, double y,
              double size, double strength);

/* ---- groups: what belongs together, with its sentence ---- */

/* `<g class data…><title>sentence</title>`. svg_open leaves the tag open for svg_data; svg_said
 * closes it and adds the sentence (NULL: none). svg_close ends the group. */
void svg_open(struct svg *svg, const char *class);
void svg_data(struct svg *svg, const char *name, double value); /* left out if not finite */
void svg_data_text(struct svg *svg, const char *name, const char *value); /* left out if NULL */
void svg_said(struct svg *svg, const char *sentence);
void svg_close(struct svg *svg);

/* ---- text ---- */

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* One line; (x, y) is its start, middle or end on the base line. */
void svg_text(struct svg *svg, const char *class, enum svg_anchor anchor, double x, double y,
              const char *text);

/* The same, turned by `degrees` around its start. */
void svg_text_turned(struct svg *svg, const char *class, double x, double y, double degrees,
                     const char *text);

/* Broken at spaces into lines no wider than `width`; gives how many lines it took. `y` is the base
 * line of the first; SVG_LINE apart. */
int svg_paragraph(struct svg *svg, const char *class, enum svg_anchor anchor, double x, double y,
                  double width, const char *text);

/* About how wide a text comes out; fonts differ, so this leaves some room. */
double svg_text_width(const char *text, double size);

/* The text, cut with an ellipsis where it is wider than `width`; in the arena if cut. */
const char *svg_fit(const char *text, double size, double width, struct arena *arena);

/* The style of every picture, for tests. */
const char *svg_style(void);

#endif
