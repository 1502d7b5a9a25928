#include "evidence/statistics/small_study.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "evidence/statistics/distribution.h"
#include "evidence/statistics/regression.h"

static bool count_check(const struct effect *effects, size_t count, size_t least, struct error *err)
{
    if (count < least)
        return error_set(err, ERROR_INVALID, "%zu effects are too few; this needs %zu", count,
                         least);
    if (count > SMALL_STUDY_MAX_EFFECTS)
        return error_set(err, ERROR_LIMIT, "%zu effects are more than the %d that this is done for",
                         count, SMALL_STUDY_MAX_EFFECTS);
    return pool_check(effects, count, err);
}

/* ---- Egger ---- */

static bool regress_on_se(const struct effect *effects, size_t count,
                          const struct pool_options *options, struct regression *out,
                          struct error *err)
{
    double *se = memory_alloc(count * sizeof *se);
    for (size_t i = 0; i < count; i++)
        se[i] = sqrt(effects[i].vi);
    bool fitted = regression_fit(effects, se, count, 1, options, out, err);
    free(se);
    if (!fitted)
        error_while(err, "effect on its standard error");
    return fitted;
}

static struct egger egger_of(const struct regression *fit)
{
    const struct coefficient *intercept = &fit->coef[0], *slope = &fit->coef[1];
    return (struct egger){
        .slope_sei = slope->b,
        .slope_sei_se = slope->se,
        .z_or_t = slope->stat,
        .p = slope->p,
        .df = fit->df,
        .intercept = intercept->b,
        .intercept_ci_lb = intercept->ci_lb,
        .intercept_ci_ub = intercept->ci_ub,
        .tau2 = fit->tau2,
    };
}

bool egger_rma(const struct effect *effects, size_t count, const struct pool_options *options,
               struct egger *out, struct error *err)
{
    struct regression fit;
    if (!count_check(effects, count, 3, err) || !regress_on_se(effects, count, options, &fit, err))
        return false;
    *out = egger_of(&fit);
    return true;
}

bool egger_lm(const struct effect *effects, size_t count, double level, struct egger *out,
              struct error *err)
{
    /* Without tau2, Knapp and Hartung's scale is the residual variance of least squares. */
    const struct pool_options least_squares = {POOL_FE, POOL_KNHA, level};
    return egger_rma(effects, count, &least_squares, out, err);
}

/* ---- Begg ---- */

/* The number of inversions up to which pKendall() of R stays finite: 170! is the last double. */
enum { EXACT_MAX = 170, EXACT_INVERSIONS = EXACT_MAX * (EXACT_MAX - 1) / 2 + 1 };

/* P(at most `inversions` in a random order of n), by adding one element after the other. */
static double inversions_cdf(size_t inversions, size_t n)
{
    double p[EXACT_INVERSIONS] = {1};
    for (size_t m = 2; m <= n; m++) {
        for (size_t i = 1; i <= inversions; i++)
            p[i] += p[i - 1];
        for (size_t i = inversions; i >= m; i--)
            p[i] -= p[i - m];
        for (size_t i = 0; i <= inversions; i++)
            p[i] /= (double)m;
    }
    double sum = 0;
    for (size_t i = 0; i <= inversions; i++)
        sum += p[i];
    return sum;
}

/* Kendall's exact two-sided p: twice the smaller tail. */
static double kendall_exact(double concordant, size_t n)
{
    size_t pairs = n * (n - 1) / 2;
    size_t t = (size_t)concordant;
    size_t least = t < pairs - t ? t : pairs - t;
    return fmin(1, 2 * inversions_cdf(least, n));
}

/* What ties of one variable take from the variance: sums over its groups of t equal values. */
struct ties {
    double t1; /* t (t - 1) */
    double t2; /* t (t - 1)(t - 2) */
    double t3; /* t (t - 1)(2t + 5) */
};

/* Adds one value's share; `equal` is its group's size, itself included. */
static void ties_add(struct ties *ties, double equal)
{
    ties->t1 += equal - 1;
    ties->t2 += (equal - 1) * (equal - 2);
    ties->t3 += (equal - 1) * (2 * equal + 5);
}

struct kendall {
    double s; /* concordant minus discordant pairs */
    struct ties x, y;
};

static int sign_of(double value)
{
    return (value > 0) - (value < 0);
}

static struct kendall kendall_of(const double *x, const struct effect *y, size_t n)
{
    struct kendall k = {0};
    for (size_t i = 0; i < n; i++) {
        double equal_x = 0, equal_y = 0;
        for (size_t j = 0; j < n; j++) {
            int by_x = sign_of(x[j] - x[i]), by_y = sign_of(y[j].vi - y[i].vi);
            equal_x += by_x == 0;
            equal_y += by_y == 0;
            k.s += j > i ? by_x * by_y : 0;
        }
        ties_add(&k.x, equal_x);
        ties_add(&k.y, equal_y);
    }
    return k;
}

/* The variance of S with ties; Kendall 1970, as R's cor.test() has it. Undefined for two. */
static double kendall_variance(const struct kendall *k, double n)
{
    if (n < 3)
        return NAN;
    double all = n * (n - 1) * (2 * n + 5);
    double both1 = k->x.t1 * k->y.t1 / (2 * n * (n - 1));
    double both2 = k->x.t2 * k->y.t2 / (9 * n * (n - 1) * (n - 2));
    return (all - k->x.t3 - k->y.t3) / 18 + both1 + both2;
}

static void deviates(const struct effect *effects, size_t count, double *out)
{
    double s = 0, apart = 0;
    for (size_t i = 0; i < count; i++) {
        s += 1 / effects[i].vi;
        apart += (effects[i].yi - effects[0].yi) / effects[i].vi;
    }
    double mean = effects[0].yi + apart / s;
    for (size_t i = 0; i < count; i++)
        out[i] = (effects[i].yi - mean) / sqrt(effects[i].vi - 1 / s);
}

bool begg_test(const struct effect *effects, size_t count, struct begg *out, struct error *err)
{
    if (!count_check(effects, count, 2, err))
        return false;
    double *deviate = memory_alloc(count * sizeof *deviate);
    deviates(effects, count, deviate);
    struct kendall k = kendall_of(deviate, effects, count);
    free(deviate);
    double n = (double)count, pairs = n * (n - 1) / 2;
    double untied = (pairs - k.x.t1 / 2) * (pairs - k.y.t1 / 2);
    if (!(untied > 0))
        return error_set(err, ERROR_INVALID,
                         "all variances (or all deviates) are equal; there is nothing to rank");
    struct begg begg = {
        .tau = k.s / sqrt(untied),
        .p_normal_approx = normal_two_sided(k.s / sqrt(kendall_variance(&k, n))),
    };
    bool ties = k.x.t1 > 0 || k.y.t1 > 0;
    begg.p =
        ties || count > EXACT_MAX ? begg.p_normal_approx : kendall_exact((pairs + k.s) / 2, count);
    *out = begg;
    return true;
}

/* ---- trim and fill ---- */

/* Effects in rising order, and the same by distance from the centre. */
struct ranking {
    struct effect *sorted;
    struct far {
        double distance;
        size_t position; /* in `sorted`; ties keep their order */
    } * far;
    size_t count;
};

struct placed {
    struct effect effect;
    size_t position;
};

static int by_size(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->effect.yi != y->effect.yi)
        return x->effect.yi < y->effect.yi ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static int by_distance(const void *a, const void *b)
{
    const struct far *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* Rising, ties in the order given; mirrored first where the right side is looked at. */
static void sort_effects(const struct effect *effects, size_t count, bool mirror,
                         struct effect *sorted)
{
    struct placed *placed = memory_alloc(count * sizeof *placed);
    for (size_t i = 0; i < count; i++) {
        placed[i] = (struct placed){effects[i], i};
        if (mirror)
            placed[i].effect.yi = -effects[i].yi;
    }
    qsort(placed, count, sizeof *placed, by_size);
    for (size_t i = 0; i < count; i++)
        sorted[i] = placed[i].effect;
    free(placed);
}

struct guess {
    double k0, se;
};

static struct guess guess_l0(double rank_sum, double k)
{
    double k0 = (4 * rank_sum - k * (k + 1)) / (2 * k - 1);
    double variance = (k * (k + 1) * (2 * k + 1) + 10 * k0 * k0 * k0 + 27 * k0 * k0 + 17 * k0 -
                       18 * k * k0 * k0 - 18 * k * k0 + 6 * k * k * k0) /
                      24;
    return (struct guess){k0, 4 * sqrt(variance) / (2 * k - 1)};
}

static struct guess guess_r0(double last_negative_rank, double k)
{
    double k0 = k - last_negative_rank - 1;
    return (struct guess){k0, sqrt(2 * fmax(0, k0) + 2)};
}

/* How many are missing, seen from `centre`, by the signed ranks of the distances from it. */
static struct guess guess_missing(struct ranking *r, double centre,
                                  enum trimfill_estimator estimator)
{
    for (size_t i = 0; i < r->count; i++)
        r->far[i] = (struct far){fabs(r->sorted[i].yi - centre), i};
    qsort(r->far, r->count, sizeof *r->far, by_distance);
    double positive_sum = 0, last_negative = -INFINITY;
    for (size_t rank = 1; rank <= r->count; rank++) {
        double side = r->sorted[r->far[rank - 1].position].yi - centre;
        if (side > 0)
            positive_sum += (double)rank;
        if (side < 0)
            last_negative = (double)rank;
    }
    double k = (double)r->count;
    return estimator == TRIMFILL_L0 ? guess_l0(positive_sum, k) : guess_r0(last_negative, k);
}

/* Trims, centres and counts again until the count stays. */
static bool settle(struct ranking *r, const struct pool_options *options,
                   enum trimfill_estimator estimator, struct trimfill *out, double *centre,
                   struct error *err)
{
    size_t k0 = 0;
    for (int i = 0; i < 100; i++) {
        struct pooled pooled;
        if (!pool_fit(r->sorted, r->count - k0, options, &pooled, err))
            return false;
        *centre = pooled.b;
        struct guess guess = guess_missing(r, pooled.b, estimator);
        double rounded = fmax(0, rint(guess.k0));
        if (!(rounded < (double)r->count))
            return error_set(err, ERROR_INVALID, "trimming would leave no study");
        out->se_k0 = guess.se > 0 || isnan(guess.se) ? guess.se : 0;
        out->k0 = (size_t)rounded;
        if (out->k0 == k0)
            return true;
        k0 = out->k0;
    }
    return error_set(err, ERROR_INVALID, "trim and fill did not settle");
}

static bool fill(const struct effect *effects, struct ranking *r, double centre,
                 const struct pool_options *options, struct trimfill *out, struct error *err)
{
    size_t k0 = out->k0;
    struct effect *filled = memory_alloc((r->count + k0) * sizeof *filled);
    memcpy(filled, effects, r->count * sizeof *filled);
    for (size_t i = 0; i < k0; i++) {
        struct effect extreme = r->sorted[r->count - k0 + i];
        double mirrored = 2 * centre - extreme.yi;
        filled[r->count + i] = (struct effect){out->right ? -mirrored : mirrored, extreme.vi};
    }
    bool pooled = pool_fit(filled, r->count + k0, options, &out->pooled, err);
    free(filled);
    return pooled;
}

bool trim_and_fill(const struct effect *effects, size_t count, const struct pool_options *options,
                   enum trimfill_estimator estimator, struct trimfill *out, struct error *err)
{
    struct regression fit;
    const struct pool_options normal = {options->method, POOL_Z, options->level};
    if (!count_check(effects, count, 2, err) || !regress_on_se(effects, count, &normal, &fit, err))
        return false;
    struct trimfill result = {.right = fit.coef[1].b < 0, .p_k0 = NAN};
    struct ranking r = {
        .sorted = memory_alloc(count * sizeof *r.sorted),
        .far = memory_alloc(count * sizeof *r.far),
        .count = count,
    };
    sort_effects(effects, count, result.right, r.sorted);
    double centre;
    bool done = settle(&r, options, estimator, &result, &centre, err) &&
                fill(effects, &r, centre, options, &result, err);
    free(r.sorted);
    free(r.far);
    if (!done)
        return false;
    if (estimator == TRIMFILL_R0)
        result.p_k0 = pow(0.5, (double)result.k0 + 1);
    *out = result;
    return true;
}

/* ---- fail-safe N ---- */

/* Up to the next whole number, but not for what rounding alone left above one. */
static double rounded_up(double n)
{
    if (!isfinite(n))
        return NAN;
    return fabs(n - rint(n)) >= sqrt(DBL_EPSILON) ? ceil(n) : rint(n);
}

struct fail_safe fail_safe_rosenthal(const struct effect *effects, size_t count, double alpha)
{
    double k = (double)count, sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += effects[i].yi / sqrt(effects[i].vi);
    double z = fabs(sum / sqrt(k));
    double ratio = z / normal_quantile(1 - alpha);
    return (struct fail_safe){
        .n = rounded_up(fmax(0, k * ratio * ratio - k)),
        .p = normal_upper(z),
        .mean = NAN,
        .target = NAN,
    };
}

static double weighted_mean(const struct effect *effects, size_t count, bool weighted, double *s)
{
    double sum = 0;
    *s = 0;
    for (size_t i = 0; i < count; i++) {
        double w = weighted ? 1 / effects[i].vi : 1;
        *s += w;
        sum += w * effects[i].yi;
    }
    return sum / *s;
}

struct fail_safe fail_safe_orwin(const struct effect *effects, size_t count, double target,
                                 bool weighted)
{
    double s;
    double mean = weighted_mean(effects, count, weighted, &s);
    double aim = isnan(target) ? mean / 2 : target;
    if (sign_of(aim) != sign_of(mean))
        aim = -aim;
    double n = aim == 0 ? NAN : fmax(0, (double)count * (mean - aim) / aim);
    return (struct fail_safe){.n = rounded_up(n), .p = NAN, .mean = mean, .target = aim};
}

struct fail_safe fail_safe_rosenberg(const struct effect *effects, size_t count, double alpha)
{
    double s;
    double mean = weighted_mean(effects, count, true, &s);
    double ratio = mean * s / normal_quantile(1 - alpha / 2);
    double n = (double)count * (ratio * ratio - s) / s;
    return (struct fail_safe){
        .n = rounded_up(fmax(0, n)),
        .p = normal_two_sided(mean * sqrt(s)),
        .mean = mean,
        .target = NAN,
    };
}
