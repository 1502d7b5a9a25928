/*
 * The thresholds of METHOD as data: what `evidence/data/rulesets/<id>.json` holds. A rating is a
 * function of base and ruleset; the rules themselves are told in rules.json.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RULESET_H
#define TOUCHSTONE_EVIDENCE_RATING_RULESET_H

#include "evidence/base/json_reader.h"
#include "evidence/statistics/pool.h"

struct ruleset {
    const char *id;
    const char *version;
    enum pool_method method; /* of the pool (P1) */
    enum pool_test test;     /* with three trials or more */
    double level;            /* of intervals */
    double mid_smd;          /* where an outcome has no MID of its own, in SDs */
    double mid_risk_per_100; /* people of 100 at the control risk */
    bool null_only;          /* no MID: a benefit is an interval above zero, whatever its size */
    double trivial;          /* below this many MIDs too small to notice */
    double moderate;         /* up to this many MIDs moderate, beyond large */
    double smd_small, smd_moderate, smd_large;
    double bias_share;      /* of the weight that decides B0 and B2 */
    double appraised_share; /* of the weight, below which the ceiling of B3 holds */
    double pedro_low;       /* PEDro at or above: low risk */
    double pedro_some;      /* at or above: some concerns */
    double graded_share;    /* of a body's trials that a review pooled, for B4 */
    double i2;              /* percent, N1 */
    double i2_severe;       /* percent, N2 by itself; NAN: never */
    double q_p;             /* Q's p below this, N1 */
    double other_side;      /* share of weight, N2 */
    double people_few;      /* M1 */
    double people_very_few;
    double events_few;
    double upgrade_ratio; /* U: a ratio beyond this, or under its inverse, one level; … */
    double upgrade_large; /* … beyond this two */
    double egger_trials;  /* P1 */
    double egger_p;
    double small_trials;
    double small_arm;
    double adopt_share;  /* P4 */
    double adopt_trials; /* P4 where people are unknown */
    double improbable_g; /* P6 */
    double improbable_sd_share;
    double crossover_r; /* E3 */
};

/* A threshold as the ruleset's file names it. */
struct ruleset_threshold {
    const char *key; /* "inconsistency.i2" */
    double value;
};

/* More than any rule looks at. */
enum { RULESET_THRESHOLDS = 6 };

/* The thresholds that a rule looks at, in `out`; gives how many, which is none for most. */
size_t ruleset_thresholds(const struct ruleset *ruleset, const char *rule,
                          struct ruleset_threshold out[RULESET_THRESHOLDS]);

/* Reads one strictly; what is wrong goes into the reader's problems. */
void ruleset_read(const struct json_reader *at, struct ruleset *out);

#endif
