/* What an estimate comes to: its unit, its class, and what a person is told of it. */
#include <math.h>
#include <string.h>

#include "evidence/rating/synthesis.h"

static double signed_benefit(const struct synthesis *synthesis, double value)
{
    return synthesis->better == BETTER_LOWER ? -value : value;
}

/* The treated risk that a ratio makes of the control risk. */
static double treated_risk(const struct synthesis *synthesis, double log_ratio)
{
    double ratio = exp(log_ratio);
    double control = synthesis->control_risk;
    if (synthesis->measure == MEASURE_OR)
        return ratio * control / (1 - control + ratio * control);
    return fmin(1, ratio * control);
}

double weigh_one(const struct synthesis *synthesis, double yi)
{
    if (synthesis->scale != BODY_RATIO || isnan(synthesis->control_risk))
        return signed_benefit(synthesis, yi);
    double more = treated_risk(synthesis, yi) - synthesis->control_risk;
    return signed_benefit(synthesis, 100 * more);
}

static double mid_of(const struct synthesis *synthesis, const struct outcome *outcome,
                     const struct ruleset *ruleset)
{
    if (ruleset->null_only)
        return 0;
    switch (synthesis->scale) {
    case BODY_POINTS: /* points are on the scale of the MID, or there is none */
        return outcome->mid.value;
    case BODY_SMD:
        return synthesis->reference_sd > 0 ? outcome->mid.value / synthesis->reference_sd
                                           : ruleset->mid_smd;
    case BODY_RATIO:
        return isfinite(synthesis->control_risk) ? ruleset->mid_risk_per_100 : (double)NAN;
    case BODY_NONE:
        break;
    }
    return NAN;
}

struct weighed weigh(const struct synthesis *synthesis, const struct pooled *pooled,
                     const struct outcome *outcome, const struct ruleset *ruleset)
{
    double one = weigh_one(synthesis, pooled->ci_lb);
    double other = weigh_one(synthesis, pooled->ci_ub);
    return (struct weighed){.benefit = weigh_one(synthesis, pooled->b),
                            .low = fmin(one, other),
                            .high = fmax(one, other),
                            .mid = mid_of(synthesis, outcome, ruleset)};
}

/* Figures are printed with a few digits and come here through sums and factors: 4.3 less 3.3 is
 * 0.9999999999999996. What is nearer than this is the same. */
static const double ROUNDING = 1e-9;

bool size_reaches(double value, double threshold)
{
    return value >= threshold - ROUNDING;
}

bool size_exceeds(double value, double threshold)
{
    return value > threshold + ROUNDING;
}

bool size_is_within(const struct weighed *weighed, double bound)
{
    return size_exceeds(weighed->low, -bound) && size_exceeds(bound, weighed->high);
}

enum effect_class classify(const struct weighed *weighed)
{
    double mid = weighed->mid;
    double low = weighed->low;
    double high = weighed->high;
    if (isnan(mid) || isnan(weighed->benefit) || isnan(low) || isnan(high))
        return CLASS_NONE;
    bool above_null = size_exceeds(low, 0);
    bool below_null = size_exceeds(0, high);
    if (size_is_within(weighed, mid / 2) ||
        (size_is_within(weighed, mid) && !above_null && !below_null))
        return CLASS_NO_DIFFERENCE;
    if (size_reaches(weighed->benefit, mid) && size_exceeds(low, mid / 2))
        return CLASS_BENEFIT;
    if (above_null)
        return CLASS_SMALL;
    if (below_null)
        return size_reaches(-weighed->benefit, mid / 2) ? CLASS_HARM : CLASS_NO_DIFFERENCE;
    return CLASS_UNDECIDED;
}

/* What a size of either sign is called, where `mid` is the smallest that matters; NULL without. */
static const char *magnitude_of(const struct synthesis *synthesis, double benefit, double mid,
                                const struct ruleset *ruleset)
{
    double size = fabs(benefit);
    bool by_sd = synthesis->scale == BODY_SMD && isnan(synthesis->reference_sd);
    double small = by_sd ? ruleset->smd_small : ruleset->trivial * mid;
    double moderate = by_sd ? ruleset->smd_moderate : mid;
    double large = by_sd ? ruleset->smd_large : ruleset->moderate * mid;
    if (!(mid > 0))
        return NULL;
    return size_reaches(size, large)      ? "large"
           : size_reaches(size, moderate) ? "moderate"
           : size_reaches(size, small)    ? "small"
                                          : "trivial";
}

/* The whole interval is a large benefit. */
static bool is_large(const struct synthesis *synthesis, const struct weighed *weighed,
                     const struct ruleset *ruleset)
{
    const char *near = magnitude_of(synthesis, weighed->low, weighed->mid, ruleset);
    return weighed->low > 0 && near != NULL && strcmp(near, "large") == 0;
}

static const char *scale_text(const struct synthesis *synthesis, struct arena *arena)
{
    switch (synthesis->scale) {
    case BODY_POINTS:
        if (isfinite(synthesis->points.low))
            return arena_printf(arena, "points on a scale from %g to %g", synthesis->points.low,
                                synthesis->points.high);
        return synthesis->points.name;
    case BODY_SMD:
        return "standard deviations";
    case BODY_RATIO:
        return synthesis->measure == MEASURE_OR ? "odds ratio" : "risk ratio";
    case BODY_NONE:
        break;
    }
    return NULL;
}

/* P5: from the t or normal that the interval used. `threshold` is on the analysis scale, benefit
 * positive. */
static double probability_of_benefit_above(const struct synthesis *synthesis, double threshold)
{
    if (isnan(threshold))
        return NAN;
    if (synthesis->better == BETTER_LOWER)
        return 1 - pool_probability_above(&synthesis->pooled, -threshold);
    return pool_probability_above(&synthesis->pooled, threshold);
}

/* The MID as a threshold on the analysis scale: +1 for a benefit, -1 for a harm of that size. */
static double analysis_threshold(const struct synthesis *synthesis, double mid, int sign)
{
    double control_risk = synthesis->control_risk;
    if (synthesis->scale != BODY_RATIO)
        return sign * mid;
    bool more_is_good = synthesis->better == BETTER_HIGHER;
    double treated = control_risk + (more_is_good ? sign : -sign) * mid / 100;
    if (!(treated > 0 && treated < 1))
        return NAN;
    double ratio = synthesis->measure == MEASURE_OR
                       ? treated / (1 - treated) * (1 - control_risk) / control_risk
                       : treated / control_risk;
    return more_is_good ? log(ratio) : -log(ratio);
}

static void set_probabilities(struct effect_told *told, const struct synthesis *synthesis)
{
    double mid = told->weighed.mid;
    told->p_any_benefit = probability_of_benefit_above(synthesis, 0);
    told->p_important_benefit =
        probability_of_benefit_above(synthesis, analysis_threshold(synthesis, mid, 1));
    double not_harm =
        probability_of_benefit_above(synthesis, analysis_threshold(synthesis, mid, -1));
    told->p_important_harm = 1 - not_harm;
}

static void set_points(struct effect_told *told, const struct synthesis *synthesis)
{
    double sd = synthesis->reference_sd;
    told->points = told->points_low = told->points_high = NAN;
    if (synthesis->scale != BODY_SMD || !(sd > 0))
        return;
    bool turned = synthesis->better == BETTER_HIGHER; /* fewer points of a MID's scale are better */
    told->points = (turned ? -1 : 1) * synthesis->pooled.b * sd;
    told->points_low = turned ? -synthesis->pooled.ci_ub * sd : synthesis->pooled.ci_lb * sd;
    told->points_high = turned ? -synthesis->pooled.ci_lb * sd : synthesis->pooled.ci_ub * sd;
}

static enum favours favours_of(const struct weighed *weighed)
{
    if (size_exceeds(weighed->low, 0))
        return FAVOURS_INTERVENTION;
    return size_exceeds(0, weighed->high) ? FAVOURS_COMPARATOR : FAVOURS_NEITHER;
}

struct effect_told effect_told_of(const struct synthesis *synthesis, const struct outcome *outcome,
                                  const struct ruleset *ruleset, struct arena *arena)
{
    const struct pooled *pooled = &synthesis->pooled;
    enum measure measure = synthesis->measure;
    struct effect_told told = {
        .measure = measure_name(measure),
        .scale = scale_text(synthesis, arena),
        .estimate = measure_to_told(measure, pooled->b),
        .ci_low = measure_to_told(measure, pooled->ci_lb),
        .ci_high = measure_to_told(measure, pooled->ci_ub),
        .benefit = measure_to_told(measure, signed_benefit(synthesis, pooled->b)),
        .weighed = weigh(synthesis, pooled, outcome, ruleset),
        .of_100_control = NAN,
        .of_100_treated = NAN,
        .of_100_low = NAN,
        .of_100_high = NAN,
    };
    told.magnitude = magnitude_of(synthesis, told.weighed.benefit, told.weighed.mid, ruleset);
    told.large_throughout = is_large(synthesis, &told.weighed, ruleset);
    told.favours = favours_of(&told.weighed);
    set_probabilities(&told, synthesis);
    set_points(&told, synthesis);
    if (synthesis->scale == BODY_RATIO && isfinite(synthesis->control_risk)) {
        told.of_100_control = 100 * synthesis->control_risk;
        told.of_100_treated = 100 * treated_risk(synthesis, pooled->b);
        told.of_100_low = 100 * treated_risk(synthesis, pooled->ci_lb);
        told.of_100_high = 100 * treated_risk(synthesis, pooled->ci_ub);
    }
    return told;
}
