/*
 * One analysis, pooled: what both ways of telling it start from.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_ANSWER_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_ANSWER_H

#include "evidence/statistics/heterogeneity.h"
#include "evidence/statistics/pool.h"
#include "evidence/statistics/subgroup.h"
#include "service/command/pool_input.h"

/* All arrays live in the arena. */
struct pool_answer {
    const struct pool_analysis *analysis;
    struct effect *all;     /* of each study; NAN where its figures give none */
    double *weights;        /* percent, of each study; NAN where it is left out */
    struct effect *effects; /* the usable ones */
    size_t *from;           /* the study of each */
    size_t k;
    struct pooled pooled;
    struct tau2_interval tau2_interval; /* NAN throughout for one study */
};

/* ERROR_INVALID if no study has a usable effect; else fails as pool_fit() does. */
MUST_USE bool pool_answer(const struct pool_analysis *analysis, struct arena *arena,
                          struct pool_answer *out, struct error *err);

/* Meta-regression on `x`, of the studies that tell all of it. ERROR_INVALID where nothing asks for
 * it; else fails as regression_fit() does. */
MUST_USE bool pool_answer_metareg(const struct pool_answer *answer, struct arena *arena,
                                  struct regression *out, struct error *err);

/* The name of a coefficient: "intercept", "x", "x2"… */
const char *pool_answer_term(size_t coefficient);

/* Subgroups by `g`, of the studies that tell it, in the order in which the groups are met. */
struct pool_groups {
    const char *names[SUBGROUPS_MAX + 1];
    size_t count;
    struct pooled each[SUBGROUPS_MAX]; /* each with its own tau2 */
    struct between between;
    bool has_common; /* one tau2 for all can be fitted too; `common` is only then set */
    struct regression common;
};

/* ERROR_INVALID where nothing asks for it; else fails as subgroups_separate() does. */
MUST_USE bool pool_answer_groups(const struct pool_answer *answer, struct arena *arena,
                                 struct pool_groups *out, struct error *err);

/* A study's 2x2 table, and whether it has one. */
bool pool_study_has_table(const struct pool_study *study);
struct table pool_study_table(const struct pool_study *study);

#endif
