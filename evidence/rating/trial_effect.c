#include "evidence/rating/trial_effect.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/trial_parts.h"

/* Below this many people a printed interval is taken to come from t, not from the normal. */
enum { SMALL_SAMPLE = 120 };

const struct effect no_effect = {NAN, NAN};

/* ---- scales ---- */

bool scale_has_ends(const struct scale *scale)
{
    return isfinite(scale->low) && isfinite(scale->high);
}

bool scale_on_target(const struct result *result, const struct scale *target)
{
    return !scale_has_ends(target) || scale_has_ends(&result->scale);
}

double scale_factor(const struct result *result, const struct scale *target)
{
    if (!scale_has_ends(target))
        return 1;
    return (target->high - target->low) / (result->scale.high - result->scale.low);
}

static bool is_rescaled(const struct result *result, const struct scale *target)
{
    return scale_has_ends(target) &&
           (result->scale.low != target->low || result->scale.high != target->high);
}

struct effect effect_times(struct effect effect, double factor)
{
    return (struct effect){effect.yi * factor, effect.vi * factor * factor};
}

/* ---- printed figures ---- */

/* A crossover's arms are the same people twice. */
static double people_of(const struct study *study, const struct result *result)
{
    if (result->arm_count == 2 && result->arms[0].n > 0 && result->arms[1].n > 0)
        return study->design == DESIGN_CROSSOVER_RCT ? fmax(result->arms[0].n, result->arms[1].n)
                                                     : result->arms[0].n + result->arms[1].n;
    return count_or_nan(result->n);
}

/* Degrees of freedom of the t behind a small trial's interval of a mean difference; 0: normal. */
static double df_of(const struct study *study, const struct result *result, enum measure measure)
{
    double people = people_of(study, result);
    double groups = study->design == DESIGN_CROSSOVER_RCT || result->paired ? 1 : 2;
    return people > groups + 1 && people < SMALL_SAMPLE && measure == MEASURE_MD ? people - groups
                                                                                 : 0;
}

/* The effect of a printed estimate from the best thing printed beside it. */
static struct effect printed_effect(struct trial_effect *out, const struct study *study,
                                    const struct result *result, enum measure measure,
                                    const char **imputed)
{
    double df = df_of(study, result, measure);
    if (isfinite(result->se))
        return effect_of_se(measure, result->estimate, result->se);
    if (isfinite(result->ci_low)) {
        /* The middle of the printed interval may differ by rounding; the estimate is printed. */
        out->from_interval = true;
        return effect_of_interval(measure, result->estimate, result->ci_low, result->ci_high,
                                  result->ci_level, df);
    }
    if (isfinite(result->p) && !result->p_bound && result->p > 0 && result->p < 1) {
        *imputed = "its standard error comes from the printed p value";
        return effect_of_p(measure, result->estimate, result->p, df);
    }
    return no_effect;
}

/* ---- continuous outcomes ---- */

bool printed_comes_first(const struct study *study, const struct result *result)
{
    return study->design == DESIGN_CROSSOVER_RCT || study->design == DESIGN_CLUSTER_RCT ||
           result->paired;
}

/* The difference over the SD of the arms, its error taken along: for designs whose t is not that of
 * two independent groups. */
static struct effect smd_of_arms_sd(struct effect difference, const struct result *result)
{
    const struct study_arm *first = &result->arms[0];
    const struct study_arm *second = &result->arms[1];
    double sd = sqrt((first->sd * first->sd + second->sd * second->sd) / 2);
    double df = (double)first->n + second->n - 2;
    if (!(sd > 0) || !(df > 1))
        return no_effect;
    double factor = hedges_correction(df) / sd;
    struct effect smd = effect_times(difference, factor);
    smd.vi += smd.yi * smd.yi / (2 * (df + 2)); /* the SD is an estimate too */
    return smd;
}

static void from_printed_difference(struct trial_effect *out, const struct study *study,
                                    const struct result *result, double factor)
{
    struct effect difference = printed_effect(out, study, result, MEASURE_MD, &out->points_imputed);
    if (!effect_usable(difference))
        return;
    out->points = effect_times(difference, factor);
    out->smd_imputed = out->points_imputed;
    if (result->arm_count != 2 || result->arms[0].n <= 1 || result->arms[1].n <= 1)
        return;
    out->control_sd = result->arms[1].sd * factor;
    if (printed_comes_first(study, result)) {
        out->smd = smd_of_arms_sd(difference, result);
        return;
    }
    out->smd = smd_of_t(difference.yi / sqrt(difference.vi), result->arms[0].n, result->arms[1].n);
    if (out->smd_imputed == NULL)
        out->smd_imputed = "its SD comes from the printed interval or standard error";
}

static void from_printed_smd(struct trial_effect *out, const struct study *study,
                             const struct result *result)
{
    const char *imputed = NULL;
    struct effect smd = printed_effect(out, study, result, MEASURE_SMD, &imputed);
    if (!effect_usable(smd))
        return;
    out->smd = smd;
    out->smd_imputed = imputed;
}

static void continuous(struct trial_effect *out, const struct study *study,
                       const struct result *result, const struct scale *target,
                       const struct ruleset *ruleset, struct arena *arena)
{
    double factor = scale_factor(result, target);
    struct arm_pair pair = arm_pair_of(result);
    bool printed_first = printed_comes_first(study, result);
    if (printed_first && result->figure == FIGURE_MD)
        from_printed_difference(out, study, result, factor);
    if (printed_first && result->figure == FIGURE_SMD)
        from_printed_smd(out, study, result);
    bool clustered = study->design == DESIGN_CLUSTER_RCT; /* its arms alone hide the clusters */
    if (pair.usable && !clustered && !trial_effect_usable(out))
        trial_effect_from_pair(out, &pair, study, ruleset, factor, arena);
    if (!trial_effect_usable(out) && result->figure == FIGURE_MD)
        from_printed_difference(out, study, result, factor);
    if (!trial_effect_usable(out) && result->figure == FIGURE_SMD)
        from_printed_smd(out, study, result);
    if (!scale_on_target(result, target))
        out->points = no_effect;
}

/* ---- people counted ---- */

bool has_counts(const struct result *result)
{
    return result->arm_count == 2 && result->arms[0].events != COUNT_UNKNOWN &&
           result->arms[1].events != COUNT_UNKNOWN && result->arms[0].n > 0 &&
           result->arms[1].n > 0;
}

const struct correction correction_of_sparse = {.add = 0.5, .to = CORRECT_ONLY0, .drop00 = true};

static void counted(struct trial_effect *out, const struct study *study,
                    const struct result *result)
{
    bool clustered = study->design == DESIGN_CLUSTER_RCT;
    if (printed_comes_first(study, result) && result->figure == FIGURE_RR)
        out->ratio = printed_effect(out, study, result, MEASURE_RR, &out->ratio_imputed);
    if (has_counts(result) && !clustered && !effect_usable(out->ratio)) {
        const struct study_arm *first = &result->arms[0];
        const struct study_arm *second = &result->arms[1];
        out->ratio = effect_of_table(
            MEASURE_RR, (struct table){first->events, first->n, second->events, second->n},
            &correction_of_sparse);
        out->opposite = effect_of_table(MEASURE_RR,
                                        (struct table){first->n - first->events, first->n,
                                                       second->n - second->events, second->n},
                                        &correction_of_sparse);
        out->events = first->events + second->events;
        out->control_risk = (double)second->events / second->n;
        return;
    }
    if (result->figure == FIGURE_RR && !effect_usable(out->ratio))
        out->ratio = printed_effect(out, study, result, MEASURE_RR, &out->ratio_imputed);
    out->control_risk = result->control_risk;
}

/* ---- the whole ---- */

bool trial_effect_usable(const struct trial_effect *effect)
{
    return effect_usable(effect->points) || effect_usable(effect->smd) ||
           effect_usable(effect->ratio);
}

/* People in the comparison: the arms', else the result's own, else the trial's where it made only
 * one comparison. A review's people are seldom all in one figure. */
static int people_compared(const struct study *study, const struct result *result)
{
    double people = people_of(study, result);
    if (isfinite(people))
        return (int)people;
    if (study->design == DESIGN_SYSTEMATIC_REVIEW)
        return COUNT_UNKNOWN;
    for (size_t i = 0; i < study->result_count; i++)
        if (strcmp(study->results[i].intervention, result->intervention) != 0 ||
            strcmp(study->results[i].comparator, result->comparator) != 0)
            return COUNT_UNKNOWN;
    return study->participants;
}

struct trial_effect trial_effect_of(const struct study *study, const struct result *result,
                                    const struct scale *target, const struct ruleset *ruleset,
                                    struct arena *arena)
{
    struct trial_effect out = {
        .result = result,
        .points = no_effect,
        .smd = no_effect,
        .ratio = no_effect,
        .opposite = no_effect,
        .scale =
            scale_has_ends(target) && scale_on_target(result, target) ? *target : result->scale,
        .n = people_compared(study, result),
        .events = COUNT_UNKNOWN,
        .control_sd = NAN,
        .smallest_sd = NAN,
        .control_risk = NAN,
    };
    if (figure_is_of_events(result->figure) || has_counts(result))
        counted(&out, study, result);
    else
        continuous(&out, study, result, target, ruleset, arena);
    if (effect_usable(out.points) && is_rescaled(result, target))
        out.rescaled = arena_printf(arena, "told on %g to %g from %s", target->low, target->high,
                                    result->scale.name);
    return out;
}

/* ---- what was done to it ---- */

const char *trial_effect_imputed(const struct trial_effect *effect, enum body_scale scale)
{
    switch (scale) {
    case BODY_POINTS:
        return effect->points_imputed;
    case BODY_SMD:
        return effect->smd_imputed;
    case BODY_RATIO:
        return effect->ratio_imputed;
    case BODY_NONE:
        break;
    }
    return NULL;
}

const char *trial_effect_approximated(const struct trial_effect *effect, enum body_scale scale,
                                      struct arena *arena)
{
    const char *const clauses[] = {effect->grouped, scale == BODY_POINTS ? effect->rescaled : NULL,
                                   trial_effect_imputed(effect, scale)};
    const char *all = NULL;
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++)
        if (clauses[i] != NULL)
            all = all == NULL ? clauses[i] : arena_printf(arena, "%s; %s", all, clauses[i]);
    return all;
}
