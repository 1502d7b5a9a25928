#include "service/views/study_figure.h"

#include <math.h>

#include "evidence/statistics/distribution.h"

static const double LEVEL = 0.95;

bool study_figure_is_adopted(const struct rating *rating, const struct rated_study *entry)
{
    return rating->synthesis.basis == BASIS_ADOPTED && entry->used;
}

double study_figure_reach(const struct rated_study *entry)
{
    return normal_critical(LEVEL) * sqrt(entry->effect.vi);
}

struct study_figure study_figure_of(const struct rating *rating, const struct rated_study *entry)
{
    const struct effect_told *effect = &rating->effect;
    double reach = study_figure_reach(entry);
    double estimate = entry->effect.yi;
    enum measure measure = rating->body.scale == BODY_RATIO ? MEASURE_RR : MEASURE_MD;
    if (study_figure_is_adopted(rating, entry))
        return (struct study_figure){effect->estimate, effect->ci_low, effect->ci_high};
    if (isfinite(entry->printed_low))
        return (struct study_figure){measure_to_told(measure, estimate),
                                     measure_to_told(measure, entry->printed_low),
                                     measure_to_told(measure, entry->printed_high)};
    return (struct study_figure){measure_to_told(measure, estimate),
                                 measure_to_told(measure, estimate - reach),
                                 measure_to_told(measure, estimate + reach)};
}

const char *study_figure_unit(enum body_scale scale)
{
    return scale == BODY_SMD ? "standard deviations" : "points";
}

static int digits_of(enum body_scale scale)
{
    return scale == BODY_POINTS ? 1 : 2;
}

static const char *side_of(double value)
{
    return value < 0 ? "less" : "more";
}

/* "1.2 points less (0.4 to 2.0)"; an interval over zero names both its sides. */
static void put_difference(struct buffer *out, enum body_scale scale, struct study_figure figure)
{
    int digits = digits_of(scale);
    buffer_printf(out, "%.*f %s %s ", digits, fabs(figure.estimate), study_figure_unit(scale),
                  side_of(figure.estimate));
    if (figure.low * figure.high > 0)
        buffer_printf(out, "(%.*f to %.*f)", digits, fmin(fabs(figure.low), fabs(figure.high)),
                      digits, fmax(fabs(figure.low), fabs(figure.high)));
    else
        buffer_printf(out, "(%.*f %s to %.*f %s)", digits, fabs(figure.low), side_of(figure.low),
                      digits, fabs(figure.high), side_of(figure.high));
}

void study_figure_put_size(struct buffer *out, enum body_scale scale, enum measure measure,
                           struct study_figure figure)
{
    if (scale == BODY_RATIO)
        buffer_printf(out, "%s ratio %.2f (%.2f to %.2f)", measure == MEASURE_OR ? "odds" : "risk",
                      figure.estimate, figure.low, figure.high);
    else
        put_difference(out, scale, figure);
}

static void put_found(struct buffer *out, enum favours favours)
{
    static const char *const found[] = {[FAVOURS_INTERVENTION] = "No figure; it found it better",
                                        [FAVOURS_NEITHER] = "No figure; it found no difference",
                                        [FAVOURS_COMPARATOR] = "No figure; it found it worse",
                                        [FAVOURS_UNKNOWN] = "No figure"};
    buffer_text(out, found[favours]);
}

/* A published pool is told as the answer tells it: in points where that can be done. */
static void put_adopted(struct buffer *out, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    struct study_figure told = {effect->estimate, effect->ci_low, effect->ci_high};
    struct study_figure points = {effect->points, effect->points_low, effect->points_high};
    if (rating->synthesis.scale != BODY_RATIO && isfinite(effect->points)) {
        buffer_text(out, "about ");
        study_figure_put_size(out, BODY_POINTS, MEASURE_MD, points);
    } else {
        study_figure_put_size(out, rating->synthesis.scale, rating->synthesis.measure, told);
    }
}

void study_figure_put_words(struct buffer *out, const struct rating *rating,
                            const struct rated_study *entry)
{
    struct study_figure figure = study_figure_of(rating, entry);
    if (study_figure_is_adopted(rating, entry))
        put_adopted(out, rating);
    else if (isnan(figure.estimate) || isnan(figure.low) || rating->body.scale == BODY_NONE)
        put_found(out, entry->favours);
    else
        study_figure_put_size(out, rating->body.scale, MEASURE_RR, figure);
}

/* With a minus sign as wide as a digit, and no sign before a zero. */
static void put_number(struct buffer *out, double value, int digits)
{
    double unit = pow(10, -digits);
    if (value < 0 && fabs(value) >= unit / 2)
        buffer_text(out, "−");
    buffer_printf(out, "%.*f", digits, fabs(value));
}

void study_figure_put_range(struct buffer *out, enum body_scale scale, double low, double high)
{
    put_number(out, low, digits_of(scale));
    buffer_text(out, " to ");
    put_number(out, high, digits_of(scale));
}

void study_figure_put_numbers(struct buffer *out, enum body_scale scale, struct study_figure figure)
{
    if (isnan(figure.estimate))
        return;
    put_number(out, figure.estimate, digits_of(scale));
    if (isnan(figure.low) || isnan(figure.high))
        return;
    buffer_text(out, " (");
    study_figure_put_range(out, scale, figure.low, figure.high);
    buffer_byte(out, ')');
}
