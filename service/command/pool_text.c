#include "service/command/pool_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "evidence/statistics/distribution.h"
#include "evidence/statistics/small_study.h"
#include "service/views/forest_text.h"
#include "service/views/print.h"

enum { DEFAULT_WIDTH = 80, MOST_WIDTH = 400, NUMBERS_SIZE = 140 };

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

/* ---- numbers ---- */

static int decimals_for(const struct pool_answer *a)
{
    enum measure m = a->analysis->measure;
    return forest_decimals(measure_to_told(m, a->pooled.ci_lb),
                           measure_to_told(m, a->pooled.ci_ub));
}

static void print_interval(char *out, size_t size, enum measure m, const double told[3],
                           int decimals)
{
    char text[3][40];
    for (int i = 0; i < 3; i++)
        print_number(text[i], sizeof text[i], measure_to_told(m, told[i]), decimals);
    snprintf(out, size, "%s [%s, %s]", text[0], text[1], text[2]);
}

static const char *label_of(const struct pool_answer *a, size_t study)
{
    const char *label = a->analysis->studies[study].label;
    return label == NULL ? "–" : label;
}

static void pooled_numbers(const struct pool_answer *a, int decimals, char *out)
{
    const double told[3] = {a->pooled.b, a->pooled.ci_lb, a->pooled.ci_ub};
    print_interval(out, NUMBERS_SIZE, a->analysis->measure, told, decimals);
}

/* ---- the forest plot ---- */

static struct forest_row row_of(const struct pool_answer *a, const char *label, const double at[3],
                                double weight, struct arena *arena)
{
    char numbers[NUMBERS_SIZE];
    print_interval(numbers, sizeof numbers, a->analysis->measure, at, decimals_for(a));
    return (struct forest_row){.part = FOREST_COUNTED,
                               .label = label,
                               .at = at[0],
                               .low = at[1],
                               .high = at[2],
                               .numbers = arena_strdup(arena, numbers),
                               .weight = weight};
}

static const struct forest_row *rows_of(const struct pool_answer *a, struct axis_item *items,
                                        struct arena *arena)
{
    struct forest_row *rows = arena_array(arena, a->k, sizeof *rows);
    double critical = normal_critical(a->analysis->options.level);
    for (size_t i = 0; i < a->k; i++) {
        double yi = a->effects[i].yi, half = critical * sqrt(a->effects[i].vi);
        const double at[3] = {yi, yi - half, yi + half};
        rows[i] = row_of(a, label_of(a, a->from[i]), at, a->weights[a->from[i]], arena);
        items[i] = (struct axis_item){at[0], at[1], at[2]};
    }
    return rows;
}

static void put_forest(struct buffer *out, const struct pool_answer *a,
                       const struct pool_terminal *t, struct arena *arena)
{
    const double at[3] = {a->pooled.b, a->pooled.ci_lb, a->pooled.ci_ub};
    struct axis_item *items = arena_array(arena, a->k, sizeof *items);
    struct forest_row pool = row_of(a, "Pooled", at, NAN, arena);
    struct forest forest = {.measure = a->analysis->measure,
                            .too_small_low = NAN,
                            .too_small_high = NAN,
                            .decimals = decimals_for(a),
                            .rows = rows_of(a, items, arena),
                            .count = a->k,
                            .counted = a->k,
                            .pool = &pool};
    forest.axis = axis_covering(items, a->k, (struct axis){at[1], at[2]}, arena);
    forest_text(&forest, &(struct forest_paper){.width = t->width, .bold = t->colour}, out);
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
        print_cell(out, label_of(a, i), POOL_LEAST_WIDTH - 2);
        print_line_end(out);
    }
}

static void put_title(struct buffer *out, const struct pool_answer *a,
                      const struct pool_terminal *t)
{
    const struct pool_analysis *in = a->analysis;
    bold(out, t, true);
    if (in->id != NULL) {
        print_cell(out, in->id, t->width);
        print_line_end(out);
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
        print_cell(out, groups.names[i], (int)fmax(8, fmin(24, floor(width / 4.0))));
        buffer_printf(out, " %4zu  %s\n", groups.each[i].k, text);
    }
    print_p(text, sizeof text, groups.between.qmp);
    buffer_printf(out, "  between: Q %.2f (%g df), %s\n", groups.between.qm, groups.between.qm_df,
                  text);
}

void pool_text(const struct pool_answer *answer, struct arena *arena,
               const struct pool_terminal *terminal, struct buffer *out)
{
    put_title(out, answer, terminal);
    put_forest(out, answer, terminal, arena);
    struct buffer below = {0};
    put_summary(&below, answer);
    put_asymmetry(&below, answer);
    put_metareg(&below, answer, arena);
    put_groups(&below, answer, arena, terminal->width);
    put_left_out(&below, answer);
    print_wrapped(out, buffer_string(&below), terminal->width);
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
    print_cell(out, "analysis", id_width(terminal));
    buffer_printf(out, "%6s  ", "k");
    print_cell(out, "estimate", ROW_NUMBERS);
    if (has_tail(terminal))
        buffer_text(out, "    I²  p");
    print_line_end(out);
    bold(out, terminal, false);
}

static void put_id(struct buffer *out, const char *id, size_t position,
                   const struct pool_terminal *t)
{
    char number[30];
    snprintf(number, sizeof number, "%zu", position + 1);
    print_cell(out, id == NULL ? number : id, id_width(t));
}

void pool_text_row(const struct pool_answer *answer, size_t position,
                   const struct pool_terminal *terminal, struct buffer *out)
{
    char numbers[NUMBERS_SIZE], p[40];
    put_id(out, answer->analysis->id, position, terminal);
    buffer_printf(out, "%6zu  ", answer->k);
    pooled_numbers(answer, decimals_for(answer), numbers);
    print_cell(out, numbers, ROW_NUMBERS);
    if (has_tail(terminal)) {
        print_p(p, sizeof p, answer->pooled.p);
        buffer_printf(out, "%4.0f %%  %s", answer->pooled.i2, p);
    }
    print_line_end(out);
}

void pool_text_bad_row(const char *id, size_t position, const char *why,
                       const struct pool_terminal *terminal, struct buffer *out)
{
    put_id(out, id, position, terminal);
    buffer_text(out, "  ");
    print_cell(out, why, terminal->width - id_width(terminal) - 2);
    print_line_end(out);
}
