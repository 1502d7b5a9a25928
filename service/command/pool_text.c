#include "service/command/pool_text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "evidence/statistics/distribution.h"
#include "evidence/statistics/small_study.h"

enum {
    DEFAULT_WIDTH = 80,
    MOST_WIDTH = 400,
    LEAST_PLOT = 12,
    WEIGHT_WIDTH = 8,
    NUMBERS_SIZE = 100
};

struct pool_terminal pool_terminal_of_stdout(void)
{
    const char *columns = getenv("COLUMNS"), *no_color = getenv("NO_COLOR");
    struct winsize size;
    long width = columns == NULL ? 0 : strtol(columns, NULL, 10);
    if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width <= 0)
        width = DEFAULT_WIDTH;
    width = width < POOL_LEAST_WIDTH ? POOL_LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
    return (struct pool_terminal){
        .width = (int)width,
        .colour = isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0'),
    };
}

static void bold(struct buffer *out, const struct pool_terminal *t, bool on)
{
    if (t->colour)
        buffer_text(out, on ? "\033[1m" : "\033[0m");
}

/* ---- text of others, safe to print ---- */

/* The next code point and its length in bytes; U+FFFD for bytes that are no UTF-8. */
static uint32_t code_point(const char *text, size_t *length)
{
    const unsigned char *u = (const unsigned char *)text;
    size_t more = u[0] < 0x80 ? 0 : u[0] >= 0xF0 ? 3 : u[0] >= 0xE0 ? 2 : u[0] >= 0xC2 ? 1 : 4;
    uint32_t point = more == 0 ? u[0] : u[0] & (0x3Fu >> more);
    *length = 1;
    if (more == 4 || u[0] > 0xF4)
        return 0xFFFD;
    for (size_t i = 1; i <= more; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 0xFFFD;
        point = point << 6 | (u[i] & 0x3F);
    }
    *length = more + 1;
    return point;
}

/* Control characters could steer the terminal; the others turn the direction of writing. */
static bool is_unsafe(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFD ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static int columns_of(uint32_t point)
{
    static const uint32_t wide[][2] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},  {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60},
                                       {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (point >= 0x300 && point <= 0x36F)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (point >= wide[i][0] && point <= wide[i][1])
            return 2;
    }
    return 1;
}

static int text_width(const char *text)
{
    int width = 0;
    for (size_t length; *text != '\0'; text += length)
        width += columns_of(code_point(text, &length));
    return width;
}

static void spaces(struct buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        buffer_byte(out, ' ');
}

/* The text in exactly `width` columns: cut with an ellipsis, or filled up. */
static void put_cell(struct buffer *out, const char *text, int width)
{
    bool cut = text_width(text) > width;
    int room = cut ? width - 1 : width, used = 0;
    for (size_t length; *text != '\0'; text += length) {
        uint32_t point = code_point(text, &length);
        if (used + columns_of(point) > room)
            break;
        used += columns_of(point);
        if (is_unsafe(point))
            buffer_byte(out, '?');
        else
            buffer_append(out, text, length);
    }
    if (cut)
        buffer_text(out, "…");
    spaces(out, width - used - cut);
}

static void end_line(struct buffer *out)
{
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    buffer_byte(out, '\n');
}

/* ---- numbers ---- */

/* Enough decimals to tell the ends of the pooled interval apart by two digits. */
static int decimals_for(const struct pool_answer *a)
{
    enum measure m = a->analysis->measure;
    double half = (measure_to_told(m, a->pooled.ci_ub) - measure_to_told(m, a->pooled.ci_lb)) / 2;
    if (!(half > 0) || !isfinite(half))
        return 2;
    double digits = 1 - floor(log10(half));
    return (int)fmin(6, fmax(0, digits));
}

/* Fixed decimals, or an exponent where those would run away. */
static void print_number(char *out, size_t size, double value, int decimals)
{
    if (isnan(value))
        snprintf(out, size, "–");
    else if (fabs(value) < 1e7)
        snprintf(out, size, "%.*f", decimals, value);
    else
        snprintf(out, size, "%.3g", value);
}

static void print_interval(char *out, size_t size, enum measure m, const double told[3],
                           int decimals)
{
    char text[3][40];
    for (int i = 0; i < 3; i++)
        print_number(text[i], sizeof text[i], measure_to_told(m, told[i]), decimals);
    snprintf(out, size, "%s [%s, %s]", text[0], text[1], text[2]);
}

static void print_p(char *out, size_t size, double p)
{
    if (isnan(p))
        snprintf(out, size, "p –");
    else if (p < 0.001)
        snprintf(out, size, "p < 0.001");
    else
        snprintf(out, size, "p %.3f", p);
}

/* ---- the forest plot ---- */

struct axis {
    double low, high; /* analysis scale */
    int width;        /* 0: no plot */
};

struct layout {
    int label, numbers, weight; /* columns; weight 0: none */
    struct axis axis;
    int decimals;
};

static double half_width(const struct pool_answer *a, struct effect effect)
{
    return normal_critical(a->analysis->options.level) * sqrt(effect.vi);
}

/* Covers every estimate, the pooled interval and no effect; long intervals are cut by arrows. */
static void axis_range(const struct pool_answer *a, struct axis *axis)
{
    axis->low = fmin(0, a->pooled.ci_lb);
    axis->high = fmax(0, a->pooled.ci_ub);
    for (size_t i = 0; i < a->k; i++) {
        axis->low = fmin(axis->low, a->effects[i].yi);
        axis->high = fmax(axis->high, a->effects[i].yi);
    }
    double room = (axis->high - axis->low) / 5;
    double least = axis->low, most = axis->high;
    for (size_t i = 0; i < a->k; i++) {
        double half = half_width(a, a->effects[i]);
        least = fmin(least, a->effects[i].yi - half);
        most = fmax(most, a->effects[i].yi + half);
    }
    axis->low = fmax(least, axis->low - room);
    axis->high = fmin(most, axis->high + room);
}

static void study_numbers(const struct pool_answer *a, size_t i, int decimals, char *out)
{
    double half = half_width(a, a->effects[i]), yi = a->effects[i].yi;
    const double told[3] = {yi, yi - half, yi + half};
    print_interval(out, NUMBERS_SIZE, a->analysis->measure, told, decimals);
}

static void pooled_numbers(const struct pool_answer *a, int decimals, char *out)
{
    const double told[3] = {a->pooled.b, a->pooled.ci_lb, a->pooled.ci_ub};
    print_interval(out, NUMBERS_SIZE, a->analysis->measure, told, decimals);
}

static const char *label_of(const struct pool_answer *a, size_t study)
{
    const char *label = a->analysis->studies[study].label;
    return label == NULL ? "–" : label;
}

static struct layout layout_of(const struct pool_answer *a, int width)
{
    char numbers[NUMBERS_SIZE];
    struct layout l = {.label = 6, .decimals = decimals_for(a), .weight = WEIGHT_WIDTH};
    pooled_numbers(a, l.decimals, numbers);
    l.numbers = text_width(numbers);
    for (size_t i = 0; i < a->k; i++) {
        study_numbers(a, i, l.decimals, numbers);
        l.numbers = (int)fmax(l.numbers, text_width(numbers));
        l.label = (int)fmax(l.label, text_width(label_of(a, a->from[i])));
    }
    l.label = (int)fmin(l.label, fmax(10, width / 4));
    int left = width - l.label - l.numbers - 4;
    if (left - l.weight < LEAST_PLOT)
        l.weight = 0;
    l.axis.width = left - l.weight;
    if (l.axis.width < LEAST_PLOT)
        l.axis.width = 0;
    if (l.axis.width == 0)
        l.label = (int)fmax(4, fmin(l.label, width - l.numbers - 2));
    axis_range(a, &l.axis);
    return l;
}

/* The column of a value; -1 and `width` mean beyond the ends. */
static int axis_column(const struct axis *axis, double value)
{
    if (!(axis->high > axis->low))
        return axis->width / 2;
    double at = (value - axis->low) / (axis->high - axis->low) * (axis->width - 1);
    if (at < -0.5)
        return -1;
    if (at > axis->width - 0.5)
        return axis->width;
    return (int)floor(at + 0.5);
}

struct marks {
    const char *line, *point;
    double low, at, high; /* `at` NAN: no point */
};

static void put_plot(struct buffer *out, const struct axis *axis, const struct marks *m)
{
    int null = axis_column(axis, 0), low = axis_column(axis, m->low);
    int high = axis_column(axis, m->high), at = isnan(m->at) ? -2 : axis_column(axis, m->at);
    for (int i = 0; i < axis->width; i++) {
        const char *cell = i == null ? "┊" : " ";
        if (i >= low && i <= high)
            cell = m->line;
        if (i == 0 && low < 0 && high >= 0)
            cell = "←";
        if (i == axis->width - 1 && high >= axis->width && low < axis->width)
            cell = "→";
        if (i == at)
            cell = m->point;
        buffer_text(out, cell);
    }
}

static void put_row(struct buffer *out, const struct layout *l, const char *label,
                    const struct marks *marks, const char *numbers, double weight)
{
    put_cell(out, label, l->label);
    spaces(out, 2);
    if (l->axis.width > 0) {
        put_plot(out, &l->axis, marks);
        spaces(out, 2);
    }
    put_cell(out, numbers, l->numbers);
    if (l->weight > 0 && !isnan(weight))
        buffer_printf(out, "%6.1f %%", weight);
    end_line(out);
}

/* The value at each end of the axis, and at no effect where it does not touch them. */
static void put_axis(struct buffer *out, const struct pool_answer *a, const struct layout *l)
{
    char ends[2][40], null[40];
    enum measure m = a->analysis->measure;
    print_number(ends[0], sizeof ends[0], measure_to_told(m, l->axis.low), l->decimals);
    print_number(ends[1], sizeof ends[1], measure_to_told(m, l->axis.high), l->decimals);
    print_number(null, sizeof null, measure_to_told(m, 0), 0);
    int right = l->axis.width - text_width(ends[1]), middle = axis_column(&l->axis, 0);
    spaces(out, l->label + 2);
    int used = text_width(ends[0]);
    buffer_text(out, ends[0]);
    if (middle > used && middle + text_width(null) < right) {
        spaces(out, middle - used);
        buffer_text(out, null);
        used = middle + text_width(null);
    }
    if (used < right) {
        spaces(out, right - used);
        buffer_text(out, ends[1]);
    }
    end_line(out);
}

static void put_forest(struct buffer *out, const struct pool_answer *a,
                       const struct pool_terminal *t)
{
    struct layout l = layout_of(a, t->width);
    char numbers[NUMBERS_SIZE];
    for (size_t i = 0; i < a->k; i++) {
        struct effect e = a->effects[i];
        double half = half_width(a, e), weight = a->weights[a->from[i]];
        struct marks marks = {"─", weight * (double)a->k >= 100 ? "■" : "▪", e.yi - half, e.yi,
                              e.yi + half};
        study_numbers(a, i, l.decimals, numbers);
        put_row(out, &l, label_of(a, a->from[i]), &marks, numbers, weight);
    }
    struct marks pooled = {"━", "◆", a->pooled.ci_lb, a->pooled.b, a->pooled.ci_ub};
    pooled_numbers(a, l.decimals, numbers);
    bold(out, t, true);
    put_row(out, &l, "Pooled", &pooled, numbers, NAN);
    bold(out, t, false);
    if (l.axis.width > 0)
        put_axis(out, a, &l);
}

/* ---- what stands below it ---- */

static void put_prediction(struct buffer *out, const struct pool_answer *a)
{
    if (isnan(a->pooled.pi_lb))
        return;
    enum measure m = a->analysis->measure;
    char low[40], high[40];
    int decimals = decimals_for(a);
    print_number(low, sizeof low, measure_to_told(m, a->pooled.pi_lb), decimals);
    print_number(high, sizeof high, measure_to_told(m, a->pooled.pi_ub), decimals);
    buffer_printf(out, "Prediction interval [%s, %s]", low, high);
    if (isnan(a->pooled.pi_df))
        buffer_text(out, ", normal\n");
    else
        buffer_printf(out, ", t %g df\n", a->pooled.pi_df);
}

static void put_summary(struct buffer *out, const struct pool_answer *a)
{
    const struct pooled *p = &a->pooled;
    char text[40];
    print_p(text, sizeof text, p->p);
    if (isnan(p->df))
        buffer_printf(out, "z %.2f, %s\n", p->stat, text);
    else
        buffer_printf(out, "t %.2f (%g df), %s\n", p->stat, p->df, text);
    put_prediction(out, a);
    if (p->k < 2)
        return;
    print_p(text, sizeof text, p->qp);
    buffer_printf(out, "Q %.2f (%zu df), %s\n", p->q, p->k - 1, text);
    buffer_printf(out, "I² %.1f %%, tau² %.4g [%.4g, %.4g]\n", p->i2, p->tau2, a->tau2_interval.lb,
                  a->tau2_interval.ub);
}

static void put_asymmetry(struct buffer *out, const struct pool_answer *a)
{
    struct egger egger;
    struct begg begg;
    struct trimfill fill;
    struct error none = {0};
    char text[NUMBERS_SIZE];
    const struct pool_options *options = &a->analysis->options;
    if (egger_lm(a->effects, a->k, options->level, &egger, &none)) {
        print_p(text, sizeof text, egger.p);
        buffer_printf(out, "Egger: t %.2f (%g df), %s\n", egger.z_or_t, egger.df, text);
    }
    if (begg_test(a->effects, a->k, &begg, &none)) {
        print_p(text, sizeof text, begg.p);
        buffer_printf(out, "Begg: tau %.2f, %s\n", begg.tau, text);
    }
    if (trim_and_fill(a->effects, a->k, options, TRIMFILL_L0, &fill, &none)) {
        const double told[3] = {fill.pooled.b, fill.pooled.ci_lb, fill.pooled.ci_ub};
        print_interval(text, sizeof text, a->analysis->measure, told, decimals_for(a));
        buffer_printf(out, "Trim and fill: %zu on the %s, %s\n", fill.k0,
                      fill.right ? "right" : "left", text);
    }
}

static void put_left_out(struct buffer *out, const struct pool_answer *a)
{
    size_t left_out = a->analysis->count - a->k;
    if (left_out == 0)
        return;
    buffer_printf(out, "Left out, since the figures give no effect: %zu\n", left_out);
    for (size_t i = 0; i < a->analysis->count; i++) {
        if (!isnan(a->weights[i]))
            continue;
        buffer_text(out, "  ");
        put_cell(out, label_of(a, i), POOL_LEAST_WIDTH - 2);
        end_line(out);
    }
}

static void put_title(struct buffer *out, const struct pool_answer *a,
                      const struct pool_terminal *t)
{
    const struct pool_analysis *in = a->analysis;
    bold(out, t, true);
    if (in->id != NULL) {
        put_cell(out, in->id, t->width);
        end_line(out);
    }
    buffer_printf(out, "%s, %zu %s, %s, %s\n", measure_name(in->measure), a->k,
                  a->k == 1 ? "study" : "studies", pool_method_name(in->options.method),
                  pool_test_name(in->options.test));
    bold(out, t, false);
}

static void put_metareg(struct buffer *out, const struct pool_answer *a, struct arena *arena)
{
    struct regression fit;
    struct error err = {0};
    char text[40];
    if (a->analysis->moderators == 0)
        return;
    buffer_text(out, "Meta-regression\n");
    if (!pool_answer_metareg(a, arena, &fit, &err)) {
        buffer_printf(out, "  %s\n", err.message);
        return;
    }
    for (size_t i = 0; i < fit.terms; i++) {
        const struct coefficient *c = &fit.coef[i];
        print_p(text, sizeof text, c->p);
        buffer_printf(out, "  %s %.4g [%.4g, %.4g], %s\n", pool_answer_term(i), c->b, c->ci_lb,
                      c->ci_ub, text);
    }
    print_p(text, sizeof text, fit.qmp);
    buffer_printf(out, "  QM %.2f, %s, R² %.0f %%\n", fit.qm, text, fit.r2);
}

static void put_groups(struct buffer *out, const struct pool_answer *a, struct arena *arena,
                       int width)
{
    struct pool_groups groups;
    struct error err = {0};
    char text[NUMBERS_SIZE];
    if (!a->analysis->has_groups)
        return;
    buffer_text(out, "Subgroups\n");
    if (!pool_answer_groups(a, arena, &groups, &err)) {
        buffer_printf(out, "  %s\n", err.message);
        return;
    }
    for (size_t i = 0; i < groups.count; i++) {
        const double told[3] = {groups.each[i].b, groups.each[i].ci_lb, groups.each[i].ci_ub};
        print_interval(text, sizeof text, a->analysis->measure, told, decimals_for(a));
        buffer_text(out, "  ");
        put_cell(out, groups.names[i], (int)fmax(8, fmin(24, width / 4)));
        buffer_printf(out, " %4zu  %s\n", groups.each[i].k, text);
    }
    print_p(text, sizeof text, groups.between.qmp);
    buffer_printf(out, "  between: Q %.2f (%g df), %s\n", groups.between.qm, groups.between.qm_df,
                  text);
}

/* How many bytes of the line fit: up to the last space before the width, all if it is short. */
static size_t bytes_that_fit(const char *line, size_t length, int width)
{
    size_t fits = 0;
    int used = 0;
    for (size_t i = 0, step; i < length; i += step) {
        used += columns_of(code_point(line + i, &step));
        if (used > width)
            return fits > 0 ? fits : i;
        if (line[i] == ' ')
            fits = i;
    }
    return length;
}

/* Every line of the text, broken where it is wider than the terminal; what follows is indented. */
static void put_wrapped(struct buffer *out, const char *text, int width)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        int room = width;
        for (size_t fits; (fits = bytes_that_fit(text, length, room)) < length; room = width - 4) {
            buffer_append(out, text, fits);
            buffer_text(out, "\n    ");
            fits += text[fits] == ' ';
            text += fits;
            length -= fits;
        }
        buffer_append(out, text, length);
        buffer_byte(out, '\n');
        text += length + (text[length] == '\n');
    }
}

void pool_text(const struct pool_answer *answer, struct arena *arena,
               const struct pool_terminal *terminal, struct buffer *out)
{
    put_title(out, answer, terminal);
    put_forest(out, answer, terminal);
    struct buffer below = {0};
    put_summary(&below, answer);
    put_asymmetry(&below, answer);
    put_metareg(&below, answer, arena);
    put_groups(&below, answer, arena, terminal->width);
    put_left_out(&below, answer);
    put_wrapped(out, buffer_string(&below), terminal->width);
    buffer_release(&below);
}

/* ---- many ---- */

enum { ROW_NUMBERS = 26, ROW_FIXED = 6 + 2 + ROW_NUMBERS };

static int id_width(const struct pool_terminal *t)
{
    int width = t->width - ROW_FIXED - 18;
    return width < 8 ? 8 : width > 40 ? 40 : width;
}

static bool has_tail(const struct pool_terminal *t)
{
    return t->width >= ROW_FIXED + 8 + 18;
}

void pool_text_head(const struct pool_terminal *terminal, struct buffer *out)
{
    bold(out, terminal, true);
    put_cell(out, "analysis", id_width(terminal));
    buffer_printf(out, "%6s  ", "k");
    put_cell(out, "estimate", ROW_NUMBERS);
    if (has_tail(terminal))
        buffer_text(out, "    I²  p");
    end_line(out);
    bold(out, terminal, false);
}

static void put_id(struct buffer *out, const char *id, size_t position,
                   const struct pool_terminal *t)
{
    char number[30];
    snprintf(number, sizeof number, "%zu", position + 1);
    put_cell(out, id == NULL ? number : id, id_width(t));
}

void pool_text_row(const struct pool_answer *answer, size_t position,
                   const struct pool_terminal *terminal, struct buffer *out)
{
    char numbers[NUMBERS_SIZE], p[40];
    put_id(out, answer->analysis->id, position, terminal);
    buffer_printf(out, "%6zu  ", answer->k);
    pooled_numbers(answer, decimals_for(answer), numbers);
    put_cell(out, numbers, ROW_NUMBERS);
    if (has_tail(terminal)) {
        print_p(p, sizeof p, answer->pooled.p);
        buffer_printf(out, "%4.0f %%  %s", answer->pooled.i2, p);
    }
    end_line(out);
}

void pool_text_bad_row(const char *id, size_t position, const char *why,
                       const struct pool_terminal *terminal, struct buffer *out)
{
    put_id(out, id, position, terminal);
    buffer_text(out, "  ");
    put_cell(out, why, terminal->width - id_width(terminal) - 2);
    end_line(out);
}
