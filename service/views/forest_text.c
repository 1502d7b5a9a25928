#include "service/views/forest_text.h"

#include <math.h>
#include <string.h>

#include "service/views/plot_text.h"
#include "service/views/print.h"
#include "service/views/sign.h"

enum { LEAST_PLOT = 12, WEIGHT_WIDTH = 8, TAIL_WIDTH = 11, MOST_LABEL = 30 };

struct layout {
    const struct forest *forest;
    const struct forest_paper *paper;
    int label, numbers, plot; /* columns; plot 0: none */
    int weight, tail;         /* the same; 0: none */
    double lightest;          /* weight of the lightest study that is shown */
};

static void bold(struct buffer *out, const struct layout *l, bool on)
{
    if (l->paper->bold)
        buffer_text(out, on ? "\033[1m" : "\033[0m");
}

int forest_decimals(double low, double high)
{
    double half = (high - low) / 2;
    if (!(half > 0) || !isfinite(half))
        return 2;
    return (int)fmin(6, fmax(0, 1 - floor(log10(half))));
}

/* ---- columns ---- */

static bool is_shown(const struct layout *l, const struct forest_row *row)
{
    return row->part != FOREST_LEFT_OUT && !(row->weight < l->lightest);
}

/* So that at most `most` studies are as heavy; equal ones may make it fewer. */
static double lightest_shown(const struct forest *forest, size_t most)
{
    double limit = -INFINITY;
    if (most == 0 || forest->counted <= most)
        return limit;
    for (;;) {
        double next = INFINITY;
        size_t heavier = 0;
        for (size_t i = 0; i < forest->counted; i++) {
            double weight = forest->rows[i].weight;
            if (weight > limit)
                next = fmin(next, weight);
            heavier += weight >= limit;
        }
        if (heavier <= most || !isfinite(next))
            return limit;
        limit = nextafter(next, INFINITY);
    }
}

static void measure_row(struct layout *l, const struct forest_row *row)
{
    l->label = (int)fmax(l->label, print_width(row->label));
    l->numbers = (int)fmax(l->numbers, print_width(row->numbers));
}

/* What is left of the width beside label and figures goes to the picture. A list of studies tells
 * the figures again below, so there they give way to it; elsewhere it gives way to them. */
static void share_width(struct layout *l, int width, bool studies)
{
    int left = width - l->label - l->numbers - 4;
    if (left - l->weight - l->tail < LEAST_PLOT)
        l->weight = 0;
    if (left - l->tail < LEAST_PLOT && studies) {
        l->numbers = 0;
        left = width - l->label - 2;
    }
    l->plot = left - l->weight - l->tail;
    if (l->plot < LEAST_PLOT)
        l->plot = l->tail = 0;
    if (l->plot == 0)
        l->label = (int)fmax(4, fmin(l->label, width - l->numbers - 2));
}

static struct layout layout_of(const struct forest *forest, const struct forest_paper *paper)
{
    int width = paper->width - paper->indent;
    bool studies =
        forest->count > 0 && (forest->rows[0].entry != NULL || forest->rows[0].trials > 0);
    struct layout l = {.forest = forest,
                       .paper = paper,
                       .label = 6,
                       .weight = studies ? 0 : WEIGHT_WIDTH,
                       .tail = studies ? TAIL_WIDTH : 0,
                       .lightest = lightest_shown(forest, paper->most)};
    for (size_t i = 0; i < forest->count; i++)
        if (is_shown(&l, &forest->rows[i]))
            measure_row(&l, &forest->rows[i]);
    measure_row(&l, forest->pool);
    int longest = (int)fmin(l.label, MOST_LABEL);
    l.label = (int)fmin(longest, fmax(10, floor(width / 4.0)));
    share_width(&l, width, studies);
    if (l.numbers == 0 && l.plot > LEAST_PLOT) { /* what the figures left free */
        int more = (int)fmin(longest - l.label, floor((l.plot - LEAST_PLOT) / 2.0));
        l.label += more;
        l.plot -= more;
    }
    return l;
}

/* ---- the picture ---- */

struct marks {
    const char *line, *point;
    double low, at, high; /* `at` NAN: no point */
};

/* The plot of a layout, for what all plots in a terminal have in common. */
static struct plot_text plot_of(const struct layout *l)
{
    return (struct plot_text){.indent = l->paper->indent,
                              .left = l->label + 2,
                              .columns = l->plot,
                              .width = l->paper->width,
                              .axis = l->forest->axis,
                              .measure = l->forest->measure,
                              .decimals = l->forest->decimals};
}

static int column_of(const struct layout *l, double value)
{
    struct plot_text plot = plot_of(l);
    return plot_text_column(&plot, value);
}

/* Shaded only inside the band, so that its ends can be seen. */
static bool is_too_small(const struct layout *l, int column)
{
    const struct forest *forest = l->forest;
    if (isnan(forest->too_small_low))
        return false;
    double share = l->plot > 1 ? (double)column / (l->plot - 1) : 0.5;
    double value = forest->axis.low + share * (forest->axis.high - forest->axis.low);
    return value >= forest->too_small_low && value <= forest->too_small_high;
}

static void put_plot(struct buffer *out, const struct layout *l, const struct marks *m)
{
    int null = column_of(l, 0), low = column_of(l, m->low), high = column_of(l, m->high);
    int at = isnan(m->at) ? -2 : column_of(l, m->at);
    for (int i = 0; i < l->plot; i++) {
        const char *cell = i == null ? "┊" : is_too_small(l, i) ? "░" : " ";
        if (i >= low && i <= high)
            cell = m->line;
        if (i == 0 && low < 0)
            cell = "←";
        if (i == l->plot - 1 && high >= l->plot)
            cell = "→";
        if (i == at)
            cell = m->point;
        buffer_text(out, cell);
    }
}

static void put_tail(struct buffer *out, const struct layout *l, const struct forest_row *row)
{
    char people[20] = "?";
    char beside[20] = "";
    if (row->people != COUNT_UNKNOWN)
        snprintf(people, sizeof people, "%d", row->people);
    if (row->trials > 0)
        snprintf(beside, sizeof beside, "%d", row->trials);
    else if (row->entry != NULL)
        snprintf(beside, sizeof beside, "%s", sign_risk_letter(row->entry->risk));
    if (l->tail == 0)
        return;
    print_spaces(out, 4 - print_width(beside));
    buffer_text(out, beside);
    buffer_printf(out, "%7s", people);
}

static void put_row(struct buffer *out, const struct layout *l, const struct forest_row *row,
                    const struct marks *marks)
{
    print_spaces(out, l->paper->indent);
    print_cell(out, row->label, l->label);
    print_spaces(out, 2);
    if (l->plot > 0) {
        put_plot(out, l, marks);
        print_spaces(out, l->numbers > 0 ? 2 : 0);
    }
    if (l->numbers > 0)
        print_cell(out, row->numbers, l->numbers);
    if (l->weight > 0 && !isnan(row->weight))
        buffer_printf(out, "%6.1f %%", row->weight);
    else if (row->people != 0)
        put_tail(out, l, row);
    print_line_end(out);
}

static void put_study(struct buffer *out, const struct layout *l, const struct forest_row *row)
{
    bool heavy = row->weight * (double)l->forest->counted >= 100;
    bool aside = row->part == FOREST_ASIDE;
    struct marks marks = {aside ? "╌" : "─",
                          aside   ? "□"
                          : heavy ? "■"
                                  : "▪",
                          row->low, row->at, row->high};
    put_row(out, l, row, &marks);
}

static void put_pool(struct buffer *out, const struct layout *l)
{
    const struct forest *forest = l->forest;
    const struct forest_row *pool = forest->pool;
    struct marks marks = {"━", "◆", pool->low, pool->at, pool->high};
    bold(out, l, true);
    put_row(out, l, pool, &marks);
    bold(out, l, false);
    if (forest->predicted == NULL)
        return;
    struct marks next = {"┄", "", forest->predicted_low, NAN, forest->predicted_high};
    struct forest_row row = {.label = "A new study", .numbers = forest->predicted, .weight = NAN};
    put_row(out, l, &row, &next);
}

/* ---- around it ---- */

static void put_head(struct buffer *out, const struct layout *l)
{
    bool years = l->forest->kind == FOREST_YEARS;
    if (l->tail == 0)
        return;
    print_spaces(out, l->paper->indent);
    print_cell(out, years ? "Up to" : "Study",
               l->label + 2 + l->plot + (l->numbers > 0 ? 2 : 0) + l->numbers);
    buffer_text(out, years ? "   k people" : "bias people");
    print_line_end(out);
}

static void put_sides(struct buffer *out, const struct layout *l)
{
    struct plot_text plot = plot_of(l);
    if (l->forest->favours_low != NULL && l->plot > 0)
        plot_text_put_sides(out, &plot, l->forest->favours_low, l->forest->favours_high);
}

static void put_axis(struct buffer *out, const struct layout *l)
{
    struct plot_text plot = plot_of(l);
    plot_text_put_axis(out, &plot);
}

static void put_note(struct buffer *out, const struct layout *l, const char *text)
{
    const struct plot_text plot = {.indent = l->paper->indent, .width = l->paper->width};
    plot_text_put_note(out, &plot, text);
}

static void put_counted(struct buffer *out, const struct layout *l)
{
    const struct forest *forest = l->forest;
    size_t hidden = 0;
    for (size_t i = 0; i < forest->counted; i++) {
        if (is_shown(l, &forest->rows[i]))
            put_study(out, l, &forest->rows[i]);
        else
            hidden++;
    }
    if (hidden > 0) {
        char text[80];
        snprintf(text, sizeof text, "(and %zu of less weight)", hidden);
        put_note(out, l, text);
    }
}

void forest_text(const struct forest *forest, const struct forest_paper *paper, struct buffer *out)
{
    if (forest->nothing != NULL) {
        struct layout none = {.paper = paper};
        put_note(out, &none, forest->nothing);
        return;
    }
    struct layout l = layout_of(forest, paper);
    put_sides(out, &l);
    put_head(out, &l);
    put_counted(out, &l);
    put_pool(out, &l);
    if (forest->aside > 0)
        put_note(out, &l, "Shown, but not counted again:");
    for (size_t i = 0; i < forest->aside; i++)
        put_study(out, &l, &forest->rows[forest->counted + i]);
    if (l.plot > 0) {
        put_axis(out, &l);
        if (!isnan(forest->too_small_low))
            put_note(out, &l, "░ too small to notice");
    }
}
