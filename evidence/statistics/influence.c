#include "evidence/statistics/influence.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "evidence/statistics/distribution.h"

static bool needs_two(size_t count, struct error *err)
{
    if (count >= 2)
        return true;
    return error_set(err, ERROR_INVALID, "leaving studies out needs two effects or more");
}

/* Leaves effect i out and tells which one failed. */
static bool fit_without(const struct effect *effects, size_t count, size_t i,
                        const struct pool_options *options, struct effect *scratch,
                        struct pooled *out, struct error *err)
{
    memcpy(scratch, effects, i * sizeof *effects);
    memcpy(scratch + i, effects + i + 1, (count - i - 1) * sizeof *effects);
    if (pool_fit(scratch, count - 1, options, out, err))
        return true;
    error_while(err, "without effect %zu", i);
    return false;
}

bool leave_one_out(const struct effect *effects, size_t count, const struct pool_options *options,
                   struct effect *scratch, struct pooled *out, struct error *err)
{
    if (!needs_two(count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!fit_without(effects, count, i, options, scratch, &out[i], err))
            return false;
    }
    return true;
}

bool pool_cumulative(const struct effect *effects, size_t count, const struct pool_options *options,
                     struct pooled *out, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!pool_fit(effects, i + 1, options, &out[i], err)) {
            error_while(err, "the first %zu effects", i + 1);
            return false;
        }
    }
    return true;
}

static double weights_sum(const struct effect *effects, size_t count, double tau2)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += 1 / (effects[i].vi + tau2);
    return sum;
}

/* `full_sum` is the sum of all weights at the tau2 of the fit without this effect. */
static struct influence influence_of(struct effect effect, const struct pooled *full,
                                     const struct pooled *without, double hat, double full_sum)
{
    double s2w = isnan(without->s2w) ? 1 : without->s2w;
    double shift = full->b - without->b;
    double residual = effect.yi - without->b;
    /* What rounding leaves of nothing, as metafor cuts it. */
    if (fabs(residual) < 100 * DBL_EPSILON)
        residual = 0;
    double total = without->tau2 + effect.vi;
    return (struct influence){
        .rstudent = residual / sqrt(s2w * total + without->se * without->se),
        .dffits = shift / sqrt(s2w * hat * total),
        .cook_d = shift * shift / (full->se * full->se),
        .cov_r = without->se * without->se / (full->se * full->se),
        .tau2_del = without->tau2,
        .q_del = without->q,
        .hat = hat,
        .dfbs = shift / sqrt(s2w / full_sum),
    };
}

static bool is_influential(const struct influence *in, double k)
{
    return fabs(in->dffits) > 3 * sqrt(1 / (k - 1)) || chi2_upper(in->cook_d, 1) < 0.5 ||
           in->hat > 3 / k || fabs(in->dfbs) > 1;
}

bool pool_influence(const struct effect *effects, size_t count, const struct pool_options *options,
                    struct effect *scratch, struct influence *out, struct error *err)
{
    struct pooled full;
    if (!needs_two(count, err) || !pool_fit(effects, count, options, &full, err))
        return false;
    double sum = weights_sum(effects, count, full.tau2);
    for (size_t i = 0; i < count; i++) {
        struct pooled without;
        if (!fit_without(effects, count, i, options, scratch, &without, err))
            return false;
        double hat = 1 / (effects[i].vi + full.tau2) / sum;
        out[i] = influence_of(effects[i], &full, &without, hat,
                              weights_sum(effects, count, without.tau2));
        out[i].influential = is_influential(&out[i], (double)count);
    }
    return true;
}
