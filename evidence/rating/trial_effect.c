#include "evidence/rating/trial_effect.h"

#include <math.h>
#include <string.h>

#include "evidence/statistics/conversion.h"

/* Below this many people a printed interval is taken to come from t, not from the normal. */
enum { SMALL_SAMPLE = 120 };

static const struct effect NO_EFFECT = {NAN, NAN};

/* What two arms give once means and SDs are settled. */
struct arm_pair {
    struct arm intervention;
    struct arm comparator;
    bool usable;
    bool change;
    const char *imputed; /* how, NULL if means and SDs were printed */
};

static double number_of(int count)
{
    return count == COUNT_UNKNOWN ? (double)NAN : (double)count;
}

/* One arm's final values: as printed, else from its quartiles. */
static bool final_values(const struct study_arm *arm, struct arm *out, const char **imputed)
{
    struct arm_printed printed = arm_printed_empty();
    printed.n = number_of(arm->n);
    printed.mean = arm->mean;
    printed.sd = arm->sd;
    printed.median = arm->median;
    printed.q1 = arm->q1;
    printed.q3 = arm->q3;
    enum recovery recovery = arm_recover(&printed, out);
    if (recovery == RECOVERY_NONE || !(out->n >= 1))
        return false;
    if (recovery != RECOVERY_AS_PRINTED)
        *imputed = recovery_text(recovery);
    return true;
}

static bool change_values(const struct study_arm *arm, struct arm *out)
{
    *out = (struct arm){number_of(arm->n), arm->change_mean, arm->change_sd};
    return out->n >= 1 && isfinite(out->mean) && out->sd > 0;
}

static struct arm_pair pair_of(const struct result *result)
{
    struct arm_pair pair = {0};
    if (result->arm_count != 2)
        return pair;
    const struct study_arm *first = &result->arms[0];
    const struct study_arm *second = &result->arms[1];
    if (final_values(first, &pair.intervention, &pair.imputed) &&
        final_values(second, &pair.comparator, &pair.imputed)) {
        pair.usable = true;
    } else if (change_values(first, &pair.intervention) &&
               change_values(second, &pair.comparator)) {
        pair.usable = pair.change = true;
        pair.imputed = NULL;
    }
    return pair;
}

/* ---- scales ---- */

static bool has_ends(const struct scale *scale)
{
    return isfinite(scale->low) && isfinite(scale->high);
}

/* True if the result's points can be told on the target: both have ends, or no target is set. */
static bool on_target(const struct result *result, const struct scale *target)
{
    return !has_ends(target) || has_ends(&result->scale);
}

/* Points of the target for one point of the result's scale. */
static double factor_to(const struct result *result, const struct scale *target)
{
    if (!has_ends(target))
        return 1;
    return (target->high - target->low) / (result->scale.high - result->scale.low);
}

static bool is_rescaled(const struct result *result, const struct scale *target)
{
    return has_ends(target) &&
           (result->scale.low != target->low || result->scale.high != target->high);
}

static struct effect times(struct effect effect, double factor)
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
    return number_of(result->n);
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
static struct effect printed_effect(const struct study *study, const struct result *result,
                                    enum measure measure, const char **imputed)
{
    double df = df_of(study, result, measure);
    if (isfinite(result->se))
        return effect_of_se(measure, result->estimate, result->se);
    if (isfinite(result->ci_low)) {
        /* The middle of the printed interval may differ by rounding; the estimate is printed. */
        return effect_of_interval(measure, result->estimate, result->ci_low, result->ci_high,
                                  result->ci_level, df);
    }
    if (isfinite(result->p) && !result->p_bound && result->p > 0 && result->p < 1) {
        *imputed = "its standard error comes from the printed p value";
        return effect_of_p(measure, result->estimate, result->p, df);
    }
    return NO_EFFECT;
}

/* ---- continuous outcomes ---- */

static void from_pair(struct trial_effect *out, const struct arm_pair *pair,
                      const struct study *study, const struct ruleset *ruleset, double factor,
                      struct arena *arena)
{
    if (study->design == DESIGN_CROSSOVER_RCT) {
        double n = fmax(pair->intervention.n, pair->comparator.n);
        out->points =
            effect_of_crossover(n, pair->intervention, pair->comparator, ruleset->crossover_r);
        out->smd = smd_of_crossover(n, pair->intervention, pair->comparator, ruleset->crossover_r);
        out->points_imputed = arena_printf(
            arena, "a crossover without its paired error: a correlation of %g is assumed",
            ruleset->crossover_r);
    } else {
        out->points = effect_of_means(MEASURE_MD, pair->intervention, pair->comparator);
        out->smd = effect_of_means(MEASURE_SMD, pair->intervention, pair->comparator);
        out->points_imputed = pair->imputed;
    }
    out->smd_imputed = out->points_imputed;
    out->points = times(out->points, factor);
    out->change = pair->change;
    out->control_sd = pair->comparator.sd * factor;
    out->smallest_sd = fmin(pair->intervention.sd, pair->comparator.sd) * factor;
}

/* Arms alone hide that people were paired or came in clusters: the printed error knows (E3). */
static bool printed_comes_first(const struct study *study, const struct result *result)
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
        return NO_EFFECT;
    double factor = hedges_correction(df) / sd;
    struct effect smd = times(difference, factor);
    smd.vi += smd.yi * smd.yi / (2 * (df + 2)); /* the SD is an estimate too */
    return smd;
}

static void from_printed_difference(struct trial_effect *out, const struct study *study,
                                    const struct result *result, double factor)
{
    struct effect difference = printed_effect(study, result, MEASURE_MD, &out->points_imputed);
    if (!effect_usable(difference))
        return;
    out->points = times(difference, factor);
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
    struct effect smd = printed_effect(study, result, MEASURE_SMD, &imputed);
    if (!effect_usable(smd))
        return;
    out->smd = smd;
    out->smd_imputed = imputed;
}

static void continuous(struct trial_effect *out, const struct study *study,
                       const struct result *result, const struct scale *target,
                       const struct ruleset *ruleset, struct arena *arena)
{
    double factor = factor_to(result, target);
    struct arm_pair pair = pair_of(result);
    bool printed_first = printed_comes_first(study, result);
    if (printed_first && result->figure == FIGURE_MD)
        from_printed_difference(out, study, result, factor);
    if (printed_first && result->figure == FIGURE_SMD)
        from_printed_smd(out, study, result);
    bool clustered = study->design == DESIGN_CLUSTER_RCT; /* its arms alone hide the clusters */
    if (pair.usable && !clustered && !trial_effect_usable(out))
        from_pair(out, &pair, study, ruleset, factor, arena);
    if (!trial_effect_usable(out) && result->figure == FIGURE_MD)
        from_printed_difference(out, study, result, factor);
    if (!trial_effect_usable(out) && result->figure == FIGURE_SMD)
        from_printed_smd(out, study, result);
    if (!on_target(result, target))
        out->points = NO_EFFECT;
}

/* ---- people counted ---- */

static bool has_counts(const struct result *result)
{
    return result->arm_count == 2 && result->arms[0].events != COUNT_UNKNOWN &&
           result->arms[1].events != COUNT_UNKNOWN && result->arms[0].n > 0 &&
           result->arms[1].n > 0;
}

/* Trials in which nobody, or everybody, had the event tell nothing of the ratio (Handbook 10.4.4).
 */
static const struct correction sparse = {.add = 0.5, .to = CORRECT_ONLY0, .drop00 = true};

static void counted(struct trial_effect *out, const struct study *study,
                    const struct result *result)
{
    bool clustered = study->design == DESIGN_CLUSTER_RCT;
    if (printed_comes_first(study, result) && result->figure == FIGURE_RR)
        out->ratio = printed_effect(study, result, MEASURE_RR, &out->ratio_imputed);
    if (has_counts(result) && !clustered && !effect_usable(out->ratio)) {
        const struct study_arm *first = &result->arms[0];
        const struct study_arm *second = &result->arms[1];
        out->ratio = effect_of_table(
            MEASURE_RR, (struct table){first->events, first->n, second->events, second->n},
            &sparse);
        out->opposite = effect_of_table(MEASURE_RR,
                                        (struct table){first->n - first->events, first->n,
                                                       second->n - second->events, second->n},
                                        &sparse);
        out->events = first->events + second->events;
        out->control_risk = (double)second->events / second->n;
        return;
    }
    if (result->figure == FIGURE_RR && !effect_usable(out->ratio))
        out->ratio = printed_effect(study, result, MEASURE_RR, &out->ratio_imputed);
    out->control_risk = result->control_risk;
}

/* ---- the whole ---- */

bool trial_effect_usable(const struct trial_effect *effect)
{
    return effect_usable(effect->points) || effect_usable(effect->smd) ||
           effect_usable(effect->ratio);
}

/* People in the comparison: the arms', else the result's own, else the trial's where it made only
 * one comparison. */
static int people_compared(const struct study *study, const struct result *result)
{
    double people = people_of(study, result);
    if (isfinite(people))
        return (int)people;
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
        .points = NO_EFFECT,
        .smd = NO_EFFECT,
        .ratio = NO_EFFECT,
        .opposite = NO_EFFECT,
        .scale = has_ends(target) && on_target(result, target) ? *target : result->scale,
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

/* ---- several groups of one trial ---- */

/* True if another arm before this one is the same people. */
static bool seen_before(const struct trial_effect *effects, size_t upto, size_t role,
                        const struct study_arm *arm)
{
    for (size_t i = 0; i < upto; i++) {
        const struct study_arm *other = &effects[i].result->arms[role];
        if (arm->id != NULL && other->id != NULL && strcmp(arm->id, other->id) == 0)
            return true;
    }
    return false;
}

static bool same_scale(const struct scale *a, const struct scale *b)
{
    if (has_ends(a) && has_ends(b))
        return a->low == b->low && a->high == b->high;
    if (has_ends(a) || has_ends(b))
        return false;
    return a->name == b->name ||
           (a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0);
}

static bool can_combine_arms(const struct trial_effect *effects, size_t count,
                             const struct study *study)
{
    const struct result *first = effects[0].result;
    for (size_t i = 0; i < count; i++) {
        const struct result *result = effects[i].result;
        struct arm_pair pair = pair_of(result);
        if (!pair.usable || pair.change != effects[0].change || has_counts(result) ||
            printed_comes_first(study, result) || result->better != first->better ||
            !same_scale(&first->scale, &result->scale))
            return false;
    }
    return true;
}

static struct arm combined_arm(const struct trial_effect *effects, size_t count, size_t role)
{
    struct arm total = {0};
    for (size_t i = 0; i < count; i++) {
        struct arm_pair pair = pair_of(effects[i].result);
        struct arm arm = role == 0 ? pair.intervention : pair.comparator;
        if (seen_before(effects, i, role, &effects[i].result->arms[role]))
            continue;
        total = total.n > 0 ? arm_combined(total, arm) : arm;
    }
    return total;
}

static bool can_combine_counts(const struct trial_effect *effects, size_t count,
                               const struct study *study)
{
    for (size_t i = 0; i < count; i++)
        if (!has_counts(effects[i].result) || printed_comes_first(study, effects[i].result) ||
            effects[i].result->better != effects[0].result->better)
            return false;
    return true;
}

static struct table combined_table(const struct trial_effect *effects, size_t count)
{
    struct table total = {0};
    for (size_t i = 0; i < count; i++) {
        const struct study_arm *arms = effects[i].result->arms;
        if (!seen_before(effects, i, 0, &arms[0])) {
            total.ai += arms[0].events;
            total.n1 += arms[0].n;
        }
        if (!seen_before(effects, i, 1, &arms[1])) {
            total.ci += arms[1].events;
            total.n2 += arms[1].n;
        }
    }
    return total;
}

/* True if two groups were held against the same people, or may have been: where no arms are told
 * a shared control is assumed, which makes the trial less sure, not more. */
static bool share_control(const struct result *a, const struct result *b)
{
    if (a->arm_count != 2 || b->arm_count != 2)
        return true;
    const char *one = a->arms[1].id;
    const char *other = b->arms[1].id;
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static struct effect effect_at(const struct trial_effect *effect, size_t offset)
{
    struct effect out;
    memcpy(&out, (const char *)effect + offset, sizeof out);
    return out;
}

/* The inverse-variance mean of one kind of effect over the groups; undefined if one lacks it. A
 * scale that runs the other way is turned to that of the first. Effects against one control of the
 * groups' size correlate by a half (Gleser & Olkin 2009, in the Handbook of Research Synthesis). */
static struct effect mean_effect(const struct trial_effect *effects, size_t count, size_t offset)
{
    double weights = 0;
    double sum = 0;
    double shared = 0;
    for (size_t i = 0; i < count; i++) {
        struct effect effect = effect_at(&effects[i], offset);
        if (!effect_usable(effect))
            return NO_EFFECT;
        double sign = effects[i].result->better == effects[0].result->better ? 1 : -1;
        weights += 1 / effect.vi;
        sum += sign * effect.yi / effect.vi;
        for (size_t j = 0; j < i; j++)
            if (share_control(effects[i].result, effects[j].result))
                shared += 2 * 0.5 / sqrt(effect.vi * effect_at(&effects[j], offset).vi);
    }
    return (struct effect){sum / weights, (weights + shared) / (weights * weights)};
}

/* Groups' people added up, but never more than the trial had: a control may stand in each. */
static int people_in_groups(const struct trial_effect *effects, size_t count,
                            const struct study *study)
{
    int people = 0;
    for (size_t i = 0; i < count; i++) {
        if (effects[i].n == COUNT_UNKNOWN)
            return study->participants;
        people += effects[i].n;
    }
    return study->participants != COUNT_UNKNOWN && people > study->participants
               ? study->participants
               : people;
}

static const char *first_of(const char *one, const char *other)
{
    return one != NULL ? one : other;
}

static struct trial_effect combined_by_means(const struct trial_effect *effects, size_t count,
                                             const struct study *study)
{
    struct trial_effect out = effects[0];
    out.points = mean_effect(effects, count, offsetof(struct trial_effect, points));
    out.smd = mean_effect(effects, count, offsetof(struct trial_effect, smd));
    out.ratio = mean_effect(effects, count, offsetof(struct trial_effect, ratio));
    out.opposite = mean_effect(effects, count, offsetof(struct trial_effect, opposite));
    out.n = people_in_groups(effects, count, study);
    for (size_t i = 1; i < count; i++) {
        out.points_imputed = first_of(out.points_imputed, effects[i].points_imputed);
        out.smd_imputed = first_of(out.smd_imputed, effects[i].smd_imputed);
        out.ratio_imputed = first_of(out.ratio_imputed, effects[i].ratio_imputed);
        if (!same_scale(&effects[i].scale, &out.scale))
            out.points = NO_EFFECT;
        if (effects[i].change != out.change)
            out.smd = NO_EFFECT;
        if (effects[i].result->better != out.result->better)
            out.ratio = out.opposite = NO_EFFECT;
        out.events = out.events == COUNT_UNKNOWN || effects[i].events == COUNT_UNKNOWN
                         ? COUNT_UNKNOWN
                         : out.events + effects[i].events;
    }
    return out;
}

struct trial_effect trial_effect_combined(const struct trial_effect *effects, size_t count,
                                          const struct study *study, const struct scale *target,
                                          const struct ruleset *ruleset, struct arena *arena)
{
    struct trial_effect out = effects[0];
    if (can_combine_arms(effects, count, study)) {
        struct arm_pair pair = {.intervention = combined_arm(effects, count, 0),
                                .comparator = combined_arm(effects, count, 1),
                                .usable = true,
                                .change = effects[0].change};
        from_pair(&out, &pair, study, ruleset, factor_to(effects[0].result, target), arena);
        out.n = (int)(pair.intervention.n + pair.comparator.n);
        if (!on_target(effects[0].result, target))
            out.points = NO_EFFECT;
    } else if (can_combine_counts(effects, count, study)) {
        struct table table = combined_table(effects, count);
        out.ratio = effect_of_table(MEASURE_RR, table, &sparse);
        struct table others = {table.n1 - table.ai, table.n1, table.n2 - table.ci, table.n2};
        out.opposite = effect_of_table(MEASURE_RR, others, &sparse);
        out.n = (int)(table.n1 + table.n2);
        out.events = (int)(table.ai + table.ci);
        out.control_risk = table.ci / table.n2;
    } else {
        out = combined_by_means(effects, count, study);
    }
    out.grouped = arena_printf(arena, "%zu groups of this trial as one", count);
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
