/* Q2: several groups of one trial as one. */
#include <math.h>
#include <string.h>

#include "evidence/rating/trial_parts.h"

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
    if (scale_has_ends(a) && scale_has_ends(b))
        return a->low == b->low && a->high == b->high;
    if (scale_has_ends(a) || scale_has_ends(b))
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
        struct arm_pair pair = arm_pair_of(result);
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
        struct arm_pair pair = arm_pair_of(effects[i].result);
        struct arm arm = role == 0 ? pair.intervention : pair.comparator;
        if (seen_before(effects, i, role, &effects[i].result->arms[role]))
            continue;
        total = total.n > 0 ? arm_combined(total, arm) : arm;
    }
    return total;
}

static const char *first_of(const char *one, const char *other)
{
    return one != NULL ? one : other;
}

/* A group imputed is a trial imputed. */
static const char *imputed_in(const struct trial_effect *effects, size_t count)
{
    const char *imputed = NULL;
    for (size_t i = 0; i < count; i++)
        imputed = first_of(imputed, arm_pair_of(effects[i].result).imputed);
    return imputed;
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
            return no_effect;
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
            out.points = no_effect;
        if (effects[i].change != out.change)
            out.smd = no_effect;
        if (effects[i].result->better != out.result->better)
            out.ratio = out.opposite = no_effect;
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
                                .change = effects[0].change,
                                .imputed = imputed_in(effects, count)};
        trial_effect_from_pair(&out, &pair, study, ruleset, scale_factor(effects[0].result, target),
                               arena);
        out.n = (int)(pair.intervention.n + pair.comparator.n);
        if (!scale_on_target(effects[0].result, target))
            out.points = no_effect;
    } else if (can_combine_counts(effects, count, study)) {
        struct table table = combined_table(effects, count);
        out.ratio = effect_of_table(MEASURE_RR, table, &correction_of_sparse);
        struct table others = {table.n1 - table.ai, table.n1, table.n2 - table.ci, table.n2};
        out.opposite = effect_of_table(MEASURE_RR, others, &correction_of_sparse);
        out.n = (int)(table.n1 + table.n2);
        out.events = (int)(table.ai + table.ci);
        out.control_risk = table.ci / table.n2;
    } else {
        out = combined_by_means(effects, count, study);
    }
    out.from_interval = false;
    out.grouped = arena_printf(arena, "%zu groups of this trial as one", count);
    return out;
}
