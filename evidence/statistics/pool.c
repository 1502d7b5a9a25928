#include "evidence/statistics/pool.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "evidence/statistics/distribution.h"

static const char *const test_names[POOL_TEST_COUNT] = {
    [POOL_Z] = "z",
    [POOL_KNHA] = "knha",
    [POOL_ADHOC] = "adhoc",
};

const struct pool_options pool_default = {.method = POOL_REML, .test = POOL_Z, .level = 0.95};

const char *pool_test_name(enum pool_test test)
{
    return test_names[test];
}

bool pool_test_from_name(const char *name, enum pool_test *out)
{
    for (int i = 0; i < POOL_TEST_COUNT; i++) {
        if (strcmp(name, test_names[i]) == 0) {
            *out = (enum pool_test)i;
            return true;
        }
    }
    return false;
}

bool pool_check(const struct effect *effects, size_t count, struct error *err)
{
    if (count == 0)
        return error_set(err, ERROR_INVALID, "no effects to pool; give at least one");
    if (count > POOL_MAX_EFFECTS)
        return error_set(err, ERROR_LIMIT, "%zu effects are more than the %d that are pooled",
                         count, POOL_MAX_EFFECTS);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(effects[i].yi))
            return error_set(err, ERROR_INVALID, "effect %zu has yi %g; leave it out", i,
                             effects[i].yi);
        if (!effect_usable(effects[i]))
            return error_set(err, ERROR_INVALID,
                             "effect %zu has vi %g; a variance must be finite and above 0", i,
                             effects[i].vi);
    }
    return true;
}

/* The inverse-variance mean and the weighted squares around it. */
struct centre {
    double mean;
    double se;
    double squares;
};

static struct centre centre_at(const struct effect *effects, size_t count, double tau2)
{
    double s = 0, apart = 0, origin = effects[0].yi;
    for (size_t i = 0; i < count; i++) {
        double w = 1 / (effects[i].vi + tau2);
        s += w;
        apart += w * (effects[i].yi - origin);
    }
    struct centre centre = {.mean = origin + apart / s, .se = sqrt(1 / s)};
    for (size_t i = 0; i < count; i++) {
        double away = effects[i].yi - centre.mean;
        centre.squares += away * away / (effects[i].vi + tau2);
    }
    return centre;
}

static void fill_heterogeneity(const struct effect *effects, size_t count, enum pool_method method,
                               struct pooled *out)
{
    double df = (double)count - 1;
    out->q = 0;
    out->qp = 1;
    out->i2 = 0;
    out->h2 = 1;
    if (count < 2)
        return;
    out->q = q_statistic(effects, count, 0);
    out->qp = chi2_upper(out->q, df);
    if (method == POOL_FE) {
        out->i2 = out->q > 0 ? fmax(0, 100 * (out->q - df) / out->q) : 0;
        out->h2 = out->q / df;
        return;
    }
    double s2 = typical_variance(effects, count);
    out->i2 = i2_percent_of(out->tau2, s2);
    out->h2 = h2_of(out->tau2, s2);
}

/* Critical value of an interval: t with df degrees of freedom, or normal where df is NAN. */
static double critical_value(double level, double df)
{
    return isnan(df) ? normal_critical(level) : t_critical(level, df);
}

static void fill_test(double level, struct pooled *out)
{
    double critical = critical_value(level, out->df);
    out->ci_lb = out->b - critical * out->se;
    out->ci_ub = out->b + critical * out->se;
    double stat = out->b / out->se;
    out->p = isnan(out->df) ? normal_two_sided(stat) : t_two_sided(stat, out->df);
    out->stat = isfinite(stat) ? stat : NAN;
    double half = critical * sqrt(out->se * out->se + out->tau2);
    out->pi_lb = out->b - half;
    out->pi_ub = out->b + half;
}

/* Knapp & Hartung's q; 0 where nothing but rounding is left, as metafor has it. */
static double knha_scale(double squares, size_t count, enum pool_test test)
{
    double q = squares <= DBL_EPSILON ? 0 : squares / (double)(count - 1);
    return test == POOL_ADHOC ? fmax(1, q) : q;
}

void pool_at_tau2(const struct effect *effects, size_t count, const struct pool_options *options,
                  const struct tau2 *tau2, struct pooled *out)
{
    struct centre centre = centre_at(effects, count, tau2->tau2);
    struct pooled p = {
        .k = count,
        .b = centre.mean,
        .se = centre.se,
        .tau2 = tau2->tau2,
        .se_tau2 = tau2->se,
        .df = NAN,
        .s2w = NAN,
    };
    if (options->test != POOL_Z && count > 1) {
        p.df = (double)(count - 1);
        p.s2w = knha_scale(centre.squares, count, options->test);
        p.se *= sqrt(p.s2w);
    }
    p.pi_df = p.df;
    fill_test(options->level, &p);
    if (options->method == POOL_FE)
        p.pi_lb = p.pi_ub = p.pi_df = NAN;
    fill_heterogeneity(effects, count, options->method, &p);
    *out = p;
}

bool pool_fit(const struct effect *effects, size_t count, const struct pool_options *options,
              struct pooled *out, struct error *err)
{
    if (!(options->level > 0 && options->level < 1))
        return error_set(err, ERROR_INVALID, "level is %g; give one between 0 and 1, as 0.95",
                         options->level);
    struct tau2 tau2;
    if (!pool_check(effects, count, err) ||
        !tau2_estimate(effects, count, options->method, &tau2, err))
        return false;
    pool_at_tau2(effects, count, options, &tau2, out);
    return true;
}

void pool_weights(const struct effect *effects, size_t count, double tau2, double *percent)
{
    double s = 0;
    for (size_t i = 0; i < count; i++)
        s += 1 / (effects[i].vi + tau2);
    for (size_t i = 0; i < count; i++)
        percent[i] = 100 / (effects[i].vi + tau2) / s;
}

void pool_prediction(const struct pooled *pooled, double df, double level, double *lb, double *ub)
{
    double critical = critical_value(level, df > 0 ? df : NAN);
    double half = critical * sqrt(pooled->se * pooled->se + pooled->tau2);
    *lb = pooled->b - half;
    *ub = pooled->b + half;
}

double pool_probability_above(const struct pooled *pooled, double threshold)
{
    double away = (pooled->b - threshold) / pooled->se;
    if (!isfinite(away))
        return NAN;
    return isnan(pooled->df) ? normal_cdf(away) : t_cdf(away, pooled->df);
}
