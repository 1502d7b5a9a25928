#include <math.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "importers/formats/revman_parts.h"

/* Half the width of a 95% interval in standard errors. */
static const double Z95 = 1.959963984540054;

/* How far an interval may be off its standard error: RevMan prints both with all digits, people who
 * typed in only one of them with two. */
static const double OFF_MOST = 0.05;

/* Measures as attributes have them and as people write them out for inverse variance data. */
static const struct {
    const char *name;
    enum figure figure;
} measures[] = {
    {"RR", FIGURE_RR},
    {"Risk Ratio", FIGURE_RR},
    {"Relative Risk", FIGURE_RR},
    {"OR", FIGURE_OR},
    {"Odds Ratio", FIGURE_OR},
    {"RD", FIGURE_RD},
    {"Risk Difference", FIGURE_RD},
    {"MD", FIGURE_MD},
    {"WMD", FIGURE_MD},
    {"Mean Difference", FIGURE_MD},
    {"SMD", FIGURE_SMD},
    {"Std. Mean Difference", FIGURE_SMD},
    {"Standardized Mean Difference", FIGURE_SMD},
    {"Standardised Mean Difference", FIGURE_SMD},
};

static enum figure figure_named(const char *measure)
{
    for (size_t i = 0; measure != NULL && i < sizeof measures / sizeof *measures; i++)
        if (strcasecmp(measures[i].name, measure) == 0)
            return measures[i].figure;
    return FIGURE_NONE;
}

/* ---- groups ---- */

static int count_of(double value)
{
    return value >= 0 && value <= 1e9 && value == trunc(value) ? (int)value : COUNT_UNKNOWN;
}

static void put_arm(const struct revman_outcome *outcome, const struct revman_figures *figures,
                    size_t side, struct record_arm *arm)
{
    record_arm_init(arm);
    arm->label = outcome->label[side];
    arm->role = side == 0 ? ROLE_INTERVENTION : ROLE_COMPARATOR;
    arm->role_known = true;
    if (!(figures->total[side] > 0))
        return;
    arm->n = count_of(figures->total[side]);
    arm->events = count_of(figures->events[side]);
    arm->mean = figures->mean[side];
    if (figures->sd[side] > 0)
        arm->sd = figures->sd[side];
}

/* ---- estimates ---- */

/* How far the interval is from what its standard error says, as a share of its width. */
static double off(double low, double high, double se)
{
    return fabs((high - low) / (2 * Z95 * se) - 1);
}

/* Inverse variance data of ratios are entered as logarithms, and stand turned back where the
 * outcome says so. Where it does not, the interval has to tell which they are by its standard
 * error, which is the logarithm's; near 1 it cannot. */
static bool turn_back(struct revman_figures *figures, bool turned_back)
{
    bool positive = figures->effect > 0 && figures->low > 0 && figures->high > 0;
    bool as_ratio = positive && off(log(figures->low), log(figures->high), figures->se) < OFF_MOST;
    bool as_logarithm = off(figures->low, figures->high, figures->se) < OFF_MOST;
    if (turned_back || as_ratio == as_logarithm)
        return turned_back && as_ratio;
    if (as_logarithm) {
        figures->effect = exp(figures->effect);
        figures->low = exp(figures->low);
        figures->high = exp(figures->high);
    }
    return true;
}

static bool makes_sense(const struct revman_figures *figures, enum figure figure)
{
    if (!isfinite(figures->effect) || (figure_is_ratio(figure) && !(figures->effect > 0)))
        return false;
    if (isnan(figures->low) && isnan(figures->high))
        return true;
    return figures->low <= figures->effect && figures->effect <= figures->high &&
           (figures->low < figures->high || figures->low == figures->effect);
}

static void put_estimate(const struct revman_outcome *outcome, struct revman_figures figures,
                         double level, struct record_result *out)
{
    enum figure figure = figure_named(outcome->measure);
    if (!figures.estimable || outcome->swapped || figure == FIGURE_NONE)
        return;
    bool entered = outcome->data == REVMAN_INVERSE_VARIANCE;
    if (entered && figure_is_ratio(figure) &&
        !(level == 95 && turn_back(&figures, outcome->turned_back)))
        return;
    if (!makes_sense(&figures, figure))
        return;
    out->figure = figure;
    out->estimate = figures.effect;
    out->p = figures.p;
    if (figures.se > 0)
        out->se = figures.se;
    if (level == 95) {
        out->ci_low = figures.low;
        out->ci_high = figures.high;
    }
}

/* ---- what no field has room for ---- */

static void add_number(struct buffer *out, const char *before, double value, const char *after)
{
    buffer_text(out, before);
    buffer_number(out, value);
    buffer_text(out, after);
}

/* "0.72 (95% CI 0.5 to 1.04)" between two texts. */
static const char *in_words(const char *before, const struct revman_figures *figures, double level,
                            const char *after, struct arena *arena)
{
    struct buffer text = {0};
    add_number(&text, before, figures->effect, "");
    if (isfinite(level) && isfinite(figures->low) && isfinite(figures->high)) {
        add_number(&text, " (", level, "% CI");
        add_number(&text, " ", figures->low, " to ");
        add_number(&text, "", figures->high, ")");
    }
    buffer_text(&text, after);
    const char *copy = arena_strndup(arena, text.bytes, text.length);
    buffer_release(&text);
    return copy;
}

static const char *measure_in_words(const char *measure, const struct revman_figures *figures,
                                    double level, struct arena *arena)
{
    if (measure == NULL)
        return in_words("the review does not say what its estimate ", figures, level, " measures",
                        arena);
    const char *name = strcasecmp(measure, "PETO_OR") == 0 ? "Peto odds ratio" : measure;
    return in_words(arena_printf(arena, "%s ", name), figures, level, "", arena);
}

/* Why there is no estimate where the review has one; NULL where all is well. */
static const char *note_of(const struct revman_outcome *outcome,
                           const struct revman_figures *figures, double level,
                           const struct record_result *result, struct arena *arena)
{
    if (result->figure != FIGURE_NONE || !figures->estimable || !isfinite(figures->effect))
        return NULL;
    if (outcome->swapped)
        return "the review's analysis swaps events and non-events; its estimate was left out";
    if (figure_named(outcome->measure) == FIGURE_NONE)
        return measure_in_words(outcome->measure, figures, level, arena);
    return "the review's estimate does not agree with its interval and was left out";
}

bool revman_result(const struct revman_outcome *outcome, const struct revman_figures *figures,
                   double level, struct arena *arena, struct record_result *out)
{
    record_result_init(out);
    out->comparison = outcome->comparison;
    out->outcome = outcome->name;
    out->subgroup = outcome->subgroup;
    out->unit = outcome->unit;
    put_estimate(outcome, *figures, level, out);
    out->note = note_of(outcome, figures, level, out, arena);
    bool has_people = figures->total[0] > 0 || figures->total[1] > 0;
    if (!has_people && out->figure == FIGURE_NONE && out->note == NULL)
        return false;
    if (has_people) {
        struct record_arm *arms = arena_array(arena, 2, sizeof *arms);
        put_arm(outcome, figures, 0, &arms[0]);
        put_arm(outcome, figures, 1, &arms[1]);
        out->arms = arms;
        out->arm_count = 2;
    }
    return true;
}
