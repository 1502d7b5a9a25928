#include "service/views/forest_svg.h"

#include <math.h>
#include <string.h>

#include "service/views/plot_parts.h"
#include "service/views/sign.h"

enum {
    ROW = 22,        /* a row's height where its label stands beside it */
    NARROW_ROW = 40, /* … and above it */
    LARGEST_SQUARE = 15,
    PEOPLE_WIDTH = 56,
    RISK_WIDTH = 40,
    NUMBERS_WIDTH = 160,
    NUMBERS_FROM = 600 /* a picture as wide as this shows the figures too */
};

struct drawing {
    const struct forest *forest;
    struct arena *arena;
    struct svg svg;
    struct plot_area area;
    bool narrow;
    double row;                                   /* height */
    double label_width;                           /* beside the plot */
    double numbers;                               /* right end of the figures; 0: none */
    double heaviest;                              /* weight */
    const char *pool, *pooled, *predicted, *path; /* classes, in the tone of the verdict */
};

static void set_tone(struct drawing *at)
{
    const char *tone = at->forest->tone;
    at->pool = arena_printf(at->arena, "pool %s", tone);
    at->pooled = arena_printf(at->arena, "pooled %s", tone);
    at->predicted = arena_printf(at->arena, "predicted %s", tone);
    at->path = arena_printf(at->arena, "path %s", tone);
}

/* As wide as the longest label, within bounds. */
static double label_width(const struct drawing *at)
{
    double widest = 100;
    for (size_t i = 0; i < at->forest->counted + at->forest->aside; i++)
        widest = fmax(widest, svg_text_width(at->forest->rows[i].label, SVG_TEXT_SIZE));
    if (at->forest->pool != NULL)
        widest = fmax(widest, svg_text_width(at->forest->pool->label, 1.12 * SVG_TEXT_SIZE));
    return fmin(widest, fmin(300, 0.26 * at->svg.width));
}

static void lay_out(struct drawing *at)
{
    double width = at->svg.width;
    double right = width - SVG_MARGIN - PEOPLE_WIDTH - RISK_WIDTH;
    at->narrow = width < SVG_NARROW;
    at->row = at->narrow ? NARROW_ROW : ROW;
    at->label_width =
        at->narrow ? width - 2 * SVG_MARGIN - PEOPLE_WIDTH - RISK_WIDTH : label_width(at);
    at->area.left = at->narrow ? SVG_MARGIN : SVG_MARGIN + at->label_width + 8;
    at->area.right = at->narrow ? width - SVG_MARGIN : right - 8;
    if (width >= NUMBERS_FROM) {
        at->numbers = right;
        at->area.right -= NUMBERS_WIDTH;
    }
    for (size_t i = 0; i < at->forest->counted; i++)
        at->heaviest = fmax(at->heaviest, at->forest->rows[i].weight);
}

/* ---- one row ---- */

/* Base line of the row's words, and the middle of its mark. */
static double words_y(const struct drawing *at, double top)
{
    return top + (at->narrow ? 14 : 15);
}

static double mark_y(const struct drawing *at, double top)
{
    return top + (at->narrow ? 27 : ROW / 2.0);
}

static void put_range(struct drawing *at, const struct forest_row *row, double y)
{
    const struct axis *axis = &at->area.axis;
    bool beyond_left = row->low < axis->low;
    bool beyond_right = row->high > axis->high;
    if (isnan(row->low) || isnan(row->high))
        return;
    if (row->high > axis->low && row->low < axis->high)
        svg_line(&at->svg, "range", plot_x(&at->area, row->low), y, plot_x(&at->area, row->high),
                 y);
    if (beyond_left)
        svg_arrow(&at->svg, "arrow", at->area.left - 1, y, -1);
    if (beyond_right)
        svg_arrow(&at->svg, "arrow", at->area.right + 1, y, 1);
}

static double square_of(const struct drawing *at, const struct forest_row *row)
{
    double share = at->heaviest > 0 ? row->weight / at->heaviest : (double)NAN;
    return row->part == FOREST_COUNTED && isfinite(share) ? fmax(3.5, LARGEST_SQUARE * sqrt(share))
                                                          : 7;
}

static void put_mark(struct drawing *at, const struct forest_row *row, double y)
{
    const struct axis *axis = &at->area.axis;
    double x = plot_x(&at->area, row->at);
    double side = square_of(at, row);
    put_range(at, row, y);
    if (row->at >= axis->low && row->at <= axis->high)
        svg_rect(&at->svg, "mark", x - side / 2, y - side / 2, side, side);
}

static void put_pool_mark(struct drawing *at, const struct forest_row *row, double y)
{
    const struct axis *axis = &at->area.axis;
    double low = plot_x(&at->area, row->low);
    double high = plot_x(&at->area, row->high);
    double middle = plot_x(&at->area, row->at);
    /* A certain pool is still wide enough to be seen. */
    svg_lozenge(&at->svg, at->pool, fmin(low, middle - 3), middle, fmax(high, middle + 3), y, 7);
    if (row->low < axis->low)
        svg_arrow(&at->svg, "arrow", at->area.left - 1, y, -1);
    if (row->high > axis->high)
        svg_arrow(&at->svg, "arrow", at->area.right + 1, y, 1);
}

static void put_people(struct drawing *at, const struct forest_row *row, double y)
{
    const char *people =
        row->people == COUNT_UNKNOWN ? "?" : arena_printf(at->arena, "%d", row->people);
    double right = at->svg.width - SVG_MARGIN;
    svg_text(&at->svg, "small", SVG_END, right, y, people);
    double beside = right - PEOPLE_WIDTH - RISK_WIDTH / 2.0;
    if (row->trials > 0)
        svg_text(&at->svg, "small", SVG_MIDDLE, beside, y,
                 arena_printf(at->arena, "%d", row->trials));
    else if (row->part != FOREST_POOL && row->entry != NULL)
        svg_text(&at->svg, "small", SVG_MIDDLE, beside, y, sign_risk_letter(row->entry->risk));
}

static void open_row(struct drawing *at, const struct forest_row *row)
{
    static const char *const classes[] = {"row", "row aside", "row aside", "row whole"};
    struct svg *svg = &at->svg;
    svg_open(svg, classes[row->part]);
    svg_data_text(svg, "study", row->entry == NULL ? NULL : row->entry->study->id);
    svg_data(svg, "estimate", row->told.estimate);
    svg_data(svg, "low", row->told.low);
    svg_data(svg, "high", row->told.high);
    svg_data(svg, "weight", row->weight);
    if (row->trials > 0)
        svg_data(svg, "k", row->trials);
    if (row->year > 0)
        svg_data(svg, "year", row->year);
    if (row->people != COUNT_UNKNOWN)
        svg_data(svg, "n", row->people);
    svg_said(svg, row->sentence);
}

static void put_row(struct drawing *at, const struct forest_row *row)
{
    double top = at->svg.height;
    double y = words_y(at, top);
    bool pool = row->part == FOREST_POOL;
    double size = pool ? 1.12 * SVG_TEXT_SIZE : SVG_TEXT_SIZE;
    open_row(at, row);
    svg_text(&at->svg, pool ? "b" : "name", SVG_START, SVG_MARGIN, y,
             svg_fit(row->label, size, at->label_width, at->arena));
    if (pool)
        put_pool_mark(at, row, mark_y(at, top));
    else
        put_mark(at, row, mark_y(at, top));
    if (at->numbers > 0)
        svg_text(&at->svg, pool ? "b small" : "small", SVG_END, at->numbers, y, row->numbers);
    put_people(at, row, y);
    svg_close(&at->svg);
    at->svg.height += at->row;
}

static void put_prediction(struct drawing *at)
{
    const struct forest *forest = at->forest;
    struct forest_row span = {.low = forest->predicted_low, .high = forest->predicted_high};
    double top = at->svg.height;
    double y = mark_y(at, top);
    if (forest->predicted == NULL)
        return;
    svg_open(&at->svg, "row next");
    svg_data(&at->svg, "low", measure_to_told(forest->measure, span.low));
    svg_data(&at->svg, "high", measure_to_told(forest->measure, span.high));
    svg_said(&at->svg, arena_printf(at->arena, "Where a new study would probably lie: %s.",
                                    forest->predicted));
    svg_text(&at->svg, "small", SVG_START, SVG_MARGIN, words_y(at, top),
             svg_fit("A new study", SVG_SMALL_SIZE, at->label_width, at->arena));
    svg_line(&at->svg, at->predicted, plot_x(&at->area, span.low), y, plot_x(&at->area, span.high),
             y);
    if (span.low < at->area.axis.low)
        svg_arrow(&at->svg, "arrow", at->area.left - 1, y, -1);
    if (span.high > at->area.axis.high)
        svg_arrow(&at->svg, "arrow", at->area.right + 1, y, 1);
    if (at->numbers > 0)
        svg_text(&at->svg, "small", SVG_END, at->numbers, words_y(at, top), forest->predicted);
    svg_close(&at->svg);
    at->svg.height += at->row;
}

/* ---- around the rows ---- */

static size_t rows_drawn(const struct drawing *at)
{
    return at->forest->counted + at->forest->aside;
}

static void put_heads(struct drawing *at)
{
    struct svg *svg = &at->svg;
    double right = svg->width - SVG_MARGIN;
    double y = svg->height;
    svg_text(svg, "small quiet", SVG_START, SVG_MARGIN, y,
             at->forest->kind == FOREST_YEARS ? "Up to" : "Study");
    svg_text(svg, "small quiet", SVG_END, right, y, "People");
    if (rows_drawn(at) > 0)
        svg_text(svg, "small quiet", SVG_MIDDLE, right - PEOPLE_WIDTH - RISK_WIDTH / 2.0, y,
                 at->forest->kind == FOREST_YEARS ? "Trials" : "Bias");
    if (at->numbers > 0)
        svg_text(svg, "small quiet", SVG_END, at->numbers, y, "Found (range)");
    svg->height += 8;
}

static void put_aside_head(struct drawing *at)
{
    at->svg.height += SVG_LINE;
    svg_open(&at->svg, "row aside");
    svg_said(&at->svg, NULL);
    plot_put_note(&at->svg, "small", "Trials in this base, shown but not counted again:");
    svg_close(&at->svg);
    at->svg.height -= SVG_LINE - 6;
}

/* How the answer moved from year to year. */
static void put_path(struct drawing *at, double top)
{
    const struct forest *forest = at->forest;
    double *points = arena_array(at->arena, 2 * forest->counted, sizeof *points);
    for (size_t i = 0; i < forest->counted; i++) {
        points[2 * i] = plot_x(&at->area, forest->rows[i].at);
        points[2 * i + 1] = mark_y(at, top + (double)i * at->row);
    }
    svg_polyline(&at->svg, at->path, points, forest->counted);
}

/* The rows are drawn before what lies behind them, since only then their height is known; the two
 * are put together in the right order. */
static void put_rows(struct drawing *at)
{
    const struct forest *forest = at->forest;
    struct svg *svg = &at->svg;
    double top = svg->height;
    struct buffer before = svg->body;
    svg->body = (struct buffer){0};
    for (size_t i = 0; i < forest->counted; i++)
        put_row(at, &forest->rows[i]);
    put_row(at, forest->pool);
    put_prediction(at);
    if (forest->aside > 0)
        put_aside_head(at);
    for (size_t i = 0; i < forest->aside; i++)
        put_row(at, &forest->rows[forest->counted + i]);
    svg->height += 4;
    struct buffer rows = svg->body;
    svg->body = before;
    plot_put_band(svg, &at->area, (struct axis){forest->too_small_low, forest->too_small_high}, top,
                  svg->height);
    svg_line(svg, "none", plot_x(&at->area, 0), top, plot_x(&at->area, 0), svg->height);
    double pool = plot_x(&at->area, forest->pool->at);
    svg_line(svg, at->pooled, pool, top, pool, svg->height);
    if (forest->kind == FOREST_YEARS)
        put_path(at, top);
    buffer_append(&svg->body, buffer_string(&rows), rows.length);
    buffer_release(&rows);
}

/* "1 point on a scale from 0 to 10", "0.5 standard deviations". */
static const char *size_words(double value, const char *unit, struct arena *arena)
{
    static const char points[] = "points on ";
    size_t length = sizeof points - 1;
    if (unit == NULL)
        return arena_printf(arena, "%.2g", value);
    if (strncmp(unit, points, length) == 0)
        return arena_printf(arena, "%.2g point%s on %s", value, value == 1 ? "" : "s",
                            unit + length);
    return arena_printf(arena, "%.2g %s", value, unit);
}

static const char *too_small_words(const struct forest *forest, struct arena *arena)
{
    if (measure_is_ratio(forest->measure))
        return arena_printf(arena, "Striped: too small to notice (fewer than %.2g of 100 people).",
                            forest->mid);
    return arena_printf(arena, "Striped: too small to notice (less than %s, either way).",
                        size_words(forest->mid, forest->unit, arena));
}

static void put_row_legend(struct drawing *at)
{
    struct svg *svg = &at->svg;
    struct plot_point point = plot_put_legend(
        svg, at->forest->kind == FOREST_YEARS
                 ? "All trials up to that year together, and the range in which the truth probably "
                   "lies. The line from year to year is how the answer moved."
                 : "One study: the square is what it found, its area the weight, the line the "
                   "range in which the truth probably lies. An arrow: it goes on.");
    svg_line(svg, "range", point.x - 14, point.y, point.x + 14, point.y);
    svg_rect(svg, "mark", point.x - 4, point.y - 4, 8, 8);
}

static void put_legend(struct drawing *at)
{
    const struct forest *forest = at->forest;
    struct svg *svg = &at->svg;
    struct plot_point point;
    svg->height += 8;
    if (forest->counted > 0)
        put_row_legend(at);
    point = plot_put_legend(svg, forest->pool->entry == NULL
                                     ? "All of them together; its width is the range."
                                     : "What the published review found; its width is the range.");
    svg_lozenge(svg, at->pool, point.x - 14, point.x, point.x + 14, point.y, 6);
    if (forest->predicted != NULL) {
        point = plot_put_legend(svg, "Where a new study would probably lie.");
        svg_line(svg, at->predicted, point.x - 14, point.y, point.x + 14, point.y);
    }
    if (!isnan(forest->too_small_low)) {
        point = plot_put_legend(svg, too_small_words(forest, at->arena));
        svg_rect(svg, "band", point.x - 14, point.y - 6, 28, 12);
    }
    if (forest->kind == FOREST_STUDIES && rows_drawn(at) > 0)
        plot_put_note(svg, "small",
                      "Bias: L low risk of bias, S some concerns, H high, – not "
                      "judged by anyone.");
}

/* The names of all that are left out for the same reason as `row`, then the reason. */
static void put_reason(struct drawing *at, const struct forest_row *row,
                       const struct forest_row *end)
{
    struct buffer text = {0};
    for (const struct forest_row *other = row; other < end; other++)
        if (strcmp(other->why_not, row->why_not) == 0)
            buffer_printf(&text, "%s%s", other == row ? "" : ", ", other->label);
    buffer_printf(&text, ": %s", row->why_not);
    plot_put_note(&at->svg, "small quiet", buffer_string(&text));
    buffer_release(&text);
}

static bool told_before(const struct forest_row *first, const struct forest_row *row)
{
    for (; first < row; first++)
        if (strcmp(first->why_not, row->why_not) == 0)
            return true;
    return false;
}

/* Grouped by reason; where nothing is drawn each is told with what it found. */
static void put_left_out(struct drawing *at)
{
    const struct forest *forest = at->forest;
    const struct forest_row *end = forest->rows + forest->count;
    const struct forest_row *first = end - forest->left_out;
    if (forest->left_out == 0)
        return;
    at->svg.height += 12;
    plot_put_note(&at->svg, "b", forest->nothing == NULL ? "Not counted" : "The studies");
    for (const struct forest_row *row = first; row < end; row++) {
        if (forest->nothing != NULL)
            plot_put_note(&at->svg, "small quiet", row->sentence);
        else if (!told_before(first, row))
            put_reason(at, row, end);
    }
}

void forest_svg(const struct forest *forest, int width, const char *as_of, struct arena *arena,
                struct buffer *out)
{
    struct drawing at = {
        .forest = forest,
        .arena = arena,
        .svg = svg_new(width),
        .area = {.axis = forest->axis, .measure = forest->measure},
    };
    set_tone(&at);
    lay_out(&at);
    plot_put_title(&at.svg, forest->title);
    at.svg.height += 8;
    if (forest->nothing != NULL) {
        plot_put_note(&at.svg, "note", forest->nothing);
    } else {
        plot_put_sides(&at.svg, &at.area, forest->favours_low, forest->favours_high, arena);
        at.svg.height += 2;
        put_heads(&at);
        put_rows(&at);
        plot_put_axis(&at.svg, &at.area, forest->unit);
        put_legend(&at);
    }
    put_left_out(&at);
    at.svg.height += 10;
    plot_put_note(&at.svg, "small quiet", as_of);
    svg_finish(&at.svg, forest->title, forest->desc, out);
}
