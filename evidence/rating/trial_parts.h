/*
 * What the files that make a trial's effect share: trial_effect.c, arm_pair.c (two arms, their
 * means and SDs settled) and trial_groups.c (several groups as one).
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_TRIAL_PARTS_H
#define TOUCHSTONE_EVIDENCE_RATING_TRIAL_PARTS_H

#include "evidence/rating/trial_effect.h"
#include "evidence/statistics/conversion.h"

/* One that the figures do not give. */
extern const struct effect no_effect;

struct effect effect_times(struct effect effect, double factor);

/* A count as a number, NAN where it is unknown. */
double count_or_nan(int count);

/* ---- arms ---- */

/* What two arms give once means and SDs are settled. */
struct arm_pair {
    struct arm intervention;
    struct arm comparator;
    bool usable;
    bool change;
    const char *imputed; /* how, NULL if means and SDs were printed */
};

/* Final values, as printed or from their quartiles; else changes. */
struct arm_pair arm_pair_of(const struct result *result);

/* Sets what they give: points (times `factor`), standard deviations, SDs. */
void trial_effect_from_pair(struct trial_effect *out, const struct arm_pair *pair,
                            const struct study *study, const struct ruleset *ruleset, double factor,
                            struct arena *arena);

/* Arms alone hide that people were paired or came in clusters: the printed error knows (E3). */
bool printed_comes_first(const struct study *study, const struct result *result);

/* Both arms tell how many had the event, of how many. */
bool has_counts(const struct result *result);

/* Trials in which nobody, or everybody, had the event tell nothing of the ratio (Handbook 10.4.4).
 */
extern const struct correction correction_of_sparse;

/* ---- scales ---- */

bool scale_has_ends(const struct scale *scale);

/* True where the points can be taken to the target, or there is none to take them to. */
bool scale_on_target(const struct result *result, const struct scale *target);

/* By what a point of the result is a point of the target; 1 without one. */
double scale_factor(const struct result *result, const struct scale *target);

#endif
