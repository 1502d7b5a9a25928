/*
 * From what one trial printed to the effects it could enter a pool with (METHOD section 2, E1-E4):
 * points on a scale, standard deviations, or a risk ratio. The sign is that of the result's scale.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_TRIAL_EFFECT_H
#define TOUCHSTONE_EVIDENCE_RATING_TRIAL_EFFECT_H

#include "evidence/rating/rating.h"

/* An effect with a variance of NAN is one the figures do not give. */
struct trial_effect {
    const struct result *result;
    struct effect points;   /* mean difference, on `scale` */
    struct effect smd;      /* Hedges' g */
    struct effect ratio;    /* log risk ratio */
    struct effect opposite; /* log risk ratio of not having the event: not the ratio reversed */
    struct scale scale; /* of `points`: the target's ends where the result could be taken to them */
    bool change;        /* from changes, not final values: never mixed into an SMD of the others */
    int n;              /* people compared, COUNT_UNKNOWN */
    int events;         /* in both arms, COUNT_UNKNOWN */
    double control_sd;  /* on `scale`, NAN */
    double smallest_sd; /* of both arms, on `scale`, NAN */
    double control_risk;  /* NAN */
    bool from_interval;   /* a printed interval gave the error of what was printed */
    const char *rescaled; /* "told on 0 to 10 from VAS mm", of the points; NULL */
    const char *grouped;  /* "2 groups of this trial as one"; NULL */
    /* E2, E3: how what was not printed was imputed or assumed, NULL where all was printed. */
    const char *points_imputed;
    const char *smd_imputed;
    const char *ratio_imputed;
};

/* How the effect on one scale was imputed; NULL if it was printed. */
const char *trial_effect_imputed(const struct trial_effect *effect, enum body_scale scale);

/* Everything that was done to it on the way to that scale, in one clause; NULL if nothing was. */
const char *trial_effect_approximated(const struct trial_effect *effect, enum body_scale scale,
                                      struct arena *arena);

/*
 * Computes them for one result of a trial. `target` names the ends that points are taken to (its
 * `low` NAN: the result's own scale is kept). `crossover_r` is the correlation assumed where a
 * crossover trial printed arms and no paired error.
 */
struct trial_effect trial_effect_of(const struct study *study, const struct result *result,
                                    const struct scale *target, const struct ruleset *ruleset,
                                    struct arena *arena);

/* Several results of one trial on different people as one (Q2): arms combined where all of them
 * have arms on one scale (Cochrane Handbook 6.5.2.10), else the inverse-variance mean of the
 * effects. */
struct trial_effect trial_effect_combined(const struct trial_effect *effects, size_t count,
                                          const struct study *study, const struct scale *target,
                                          const struct ruleset *ruleset, struct arena *arena);

/* True if any of the three can be pooled. */
bool trial_effect_usable(const struct trial_effect *effect);

#endif
