#include "evidence/statistics/subgroup.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "evidence/statistics/distribution.h"

static bool groups_check(const size_t *group, size_t count, size_t groups, struct error *err)
{
    if (groups < 2)
        return error_set(err, ERROR_INVALID, "comparing groups needs two or more");
    if (groups > SUBGROUPS_MAX)
        return error_set(err, ERROR_LIMIT, "%zu groups are more than the %d that are compared",
                         groups, SUBGROUPS_MAX);
    size_t members[SUBGROUPS_MAX] = {0};
    for (size_t i = 0; i < count; i++) {
        if (group[i] >= groups)
            return error_set(err, ERROR_INVALID, "effect %zu is of group %zu of %zu", i, group[i],
                             groups);
        members[group[i]]++;
    }
    for (size_t g = 0; g < groups; g++) {
        if (members[g] == 0)
            return error_set(err, ERROR_INVALID, "group %zu has no effect", g);
    }
    return true;
}

bool subgroups_common(const struct effect *effects, const size_t *group, size_t count,
                      size_t groups, const struct pool_options *options, struct regression *out,
                      struct error *err)
{
    if (!pool_check(effects, count, err) || !groups_check(group, count, groups, err))
        return false;
    size_t columns = groups - 1;
    double *dummies = memory_alloc(count * columns * sizeof *dummies);
    memset(dummies, 0, count * columns * sizeof *dummies);
    for (size_t i = 0; i < count; i++) {
        if (group[i] > 0)
            dummies[i * columns + group[i] - 1] = 1;
    }
    bool fitted = regression_fit(effects, dummies, count, columns, options, out, err);
    free(dummies);
    return fitted;
}

static bool fit_group(const struct effect *effects, const size_t *group, size_t count, size_t which,
                      const struct pool_options *options, struct effect *members,
                      struct pooled *out, struct error *err)
{
    size_t k = 0;
    for (size_t i = 0; i < count; i++) {
        if (group[i] == which)
            members[k++] = effects[i];
    }
    if (pool_fit(members, k, options, out, err))
        return true;
    error_while(err, "group %zu", which);
    return false;
}

bool subgroups_separate(const struct effect *effects, const size_t *group, size_t count,
                        size_t groups, const struct pool_options *options, struct pooled *each,
                        struct between *out, struct error *err)
{
    if (!pool_check(effects, count, err) || !groups_check(group, count, groups, err))
        return false;
    struct effect *members = memory_alloc(count * sizeof *members);
    struct effect means[SUBGROUPS_MAX];
    bool fitted = true;
    for (size_t g = 0; g < groups && fitted; g++) {
        fitted = fit_group(effects, group, count, g, options, members, &each[g], err);
        means[g] = (struct effect){each[g].b, each[g].se * each[g].se};
    }
    free(members);
    if (!fitted)
        return false;
    double df = (double)(groups - 1);
    double qm = q_statistic(means, groups, 0);
    *out = (struct between){.qm = qm, .qmp = chi2_upper(qm, df), .qm_df = df};
    return true;
}
