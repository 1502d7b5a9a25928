/*
 * Effects compared between groups of studies.
 *
 * Work space is taken once before the fits and given back after them.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_SUBGROUP_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_SUBGROUP_H

#include "evidence/statistics/regression.h"

/* More groups are refused with ERROR_LIMIT. */
enum { SUBGROUPS_MAX = REGRESSION_MAX_TERMS };

/*
 * Groups with one residual tau2: dummies for all groups but the first, whose mean is the intercept.
 * `group` gives each effect's group, 0..groups - 1, all of them present. Fails as regression_fit().
 */
MUST_USE bool subgroups_common(const struct effect *effects, const size_t *group, size_t count,
                               size_t groups, const struct pool_options *options,
                               struct regression *out, struct error *err);

/* Between groups: Q of the groups' estimates, chi-square with groups - 1 df. */
struct between {
    double qm, qmp, qm_df;
};

/*
 * Each group pooled by itself with its own tau2 (a single study: 0), as RevMan does. `each` has
 * room for `groups`. ERROR_INVALID for fewer than two groups or an empty one.
 */
MUST_USE bool subgroups_separate(const struct effect *effects, const size_t *group, size_t count,
                                 size_t groups, const struct pool_options *options,
                                 struct pooled *each, struct between *out, struct error *err);

#endif
