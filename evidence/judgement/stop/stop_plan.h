/*
 * What a trial of one treatment in one person is held against: how long it lasts, the line that is
 * the goal, and what is expected before a score is seen. Each part with where it comes from.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_PLAN_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_PLAN_H

#include "evidence/judgement/stop/diary.h"
#include "evidence/model/rulebooks.h"
#include "evidence/statistics/recovery.h"

/* Levels are on 0 to 10, less being better; days count from the first session. */
struct stop_plan {
    double start;         /* mean of the last scores up to the first session */
    size_t start_count;   /* how many */
    double start_scatter; /* half the sum of their squared differences, each from the next */
    const struct diary_score *stand_in; /* there is none: the first later one stands in; or NULL */

    double trial_days;
    int trial_sessions; /* COUNT_UNKNOWN: days alone */
    double least_days;
    int least_sessions;
    bool trial_is_own;                  /* the sender's wish */
    const struct stop_rule *trial_rule; /* where the length comes from; NULL: the model's default */
    const struct stop_trial *trial_rest; /* … for what the rule leaves open */

    double line;                       /* the goal: at or below */
    const struct threshold *goal_from; /* the MCID of the outcome; NULL: a share of the start */
    const char *goal_note;             /* what is ours in it, or NULL */
    bool goal_is_of_pain;              /* the share is that of the model's threshold */

    struct recovery_prior prior;
    bool knows_course;   /* false: nobody knows how this goes on with no treatment */
    double level_before; /* where the person is thought to begin: `start`, drawn towards
                            where others do, since a high score is more often a bad day */
    double control_fall; /* by prior.fall_day, with no treatment; NAN */
    double come[RECOVERY_PACES_MOST]; /* by pace: expm1(-prior.fall_day / tau), the share of the
                                         fall that has come by then, below 0 */
    const struct course *course;      /* where that comes from; NULL: the base-wide course */
    double effect;               /* what the treatment adds to the fall of those in its trials; 0
                                    where nobody knows */
    double effect_error;         /* how unsure that is: its standard error */
    const struct rating *rating; /* where that comes from, or NULL */
    const struct stop_error *error;
};

/* How long a fair trial of a treatment is, and when it may first be judged. */
struct trial_length {
    double days;
    int sessions; /* COUNT_UNKNOWN: days alone */
    double least_days;
    int least_sessions;
    const struct stop_rule *rule;  /* where the length comes from; NULL: the model's default */
    const struct stop_trial *rest; /* … for what the rule leaves open */
};

/* That of one treatment of one complaint, judged by one outcome. */
struct trial_length trial_length_of(const struct base *base,
                                    const struct intervention *intervention,
                                    const struct condition *condition,
                                    const struct outcome *outcome);

/*
 * The plan for a diary in which `outcome` is scored at least once.
 */
void stop_plan_of(const struct catalog *catalog, const struct diary *diary,
                  const struct outcome *outcome, struct arena *arena, struct stop_plan *out);

/* The level expected on a day without the treatment; NAN where nobody knows. */
double stop_plan_without(const struct stop_plan *plan, double day);

#endif
