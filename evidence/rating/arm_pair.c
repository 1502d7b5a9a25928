/* E2: two arms, their means and SDs settled, and the effects that they give. */
#include <math.h>

#include "evidence/rating/trial_parts.h"

double count_or_nan(int count)
{
    return count == COUNT_UNKNOWN ? (double)NAN : (double)count;
}

/* One arm's final values: as printed, else from its quartiles. */
static bool final_values(const struct study_arm *arm, struct arm *out, const char **imputed)
{
    struct arm_printed printed = arm_printed_empty();
    printed.n = count_or_nan(arm->n);
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
    *out = (struct arm){count_or_nan(arm->n), arm->change_mean, arm->change_sd};
    return out->n >= 1 && isfinite(out->mean) && out->sd > 0;
}

struct arm_pair arm_pair_of(const struct result *result)
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

void trial_effect_from_pair(struct trial_effect *out, const struct arm_pair *pair,
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
    out->points = effect_times(out->points, factor);
    out->change = pair->change;
    out->control_sd = pair->comparator.sd * factor;
    out->smallest_sd = fmin(pair->intervention.sd, pair->comparator.sd) * factor;
}
