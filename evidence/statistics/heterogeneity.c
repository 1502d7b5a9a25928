#include "evidence/statistics/heterogeneity.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "evidence/statistics/distribution.h"
#include "evidence/statistics/solve.h"

static const char *const method_names[POOL_METHOD_COUNT] = {
    [POOL_REML] = "REML", [POOL_DL] = "DL", [POOL_PM] = "PM", [POOL_EB] = "EB", [POOL_ML] = "ML",
    [POOL_HE] = "HE",     [POOL_HS] = "HS", [POOL_SJ] = "SJ", [POOL_FE] = "FE",
};

const char *pool_method_name(enum pool_method method)
{
    return method < POOL_METHOD_COUNT ? method_names[method] : "unknown";
}

bool pool_method_from_name(const char *name, enum pool_method *out)
{
    for (int i = 0; i < POOL_METHOD_COUNT; i++) {
        if (strcmp(name, method_names[i]) == 0) {
            *out = (enum pool_method)i;
            return true;
        }
    }
    return false;
}

/*
 * The model at one tau2. P = W - W 1 1' W / S is the matrix of the estimating equations, W the
 * diagonal of the weights w = 1/(vi + tau2) and S their sum.
 */
struct profile {
    double s;         /* S */
    double w2;        /* sum w^2 */
    double trace_p;   /* tr P */
    double trace_pp;  /* tr PP */
    double quadratic; /* y'Py, which is Q */
    double ypp;       /* y'PPy */
    double yppp;      /* y'PPPy */
};

/*
 * The traces are sums over pairs of studies, taken with running sums: all their terms are positive,
 * so that one study with a million times the weight of the others costs no digits.
 */
static struct profile profile_at(const struct effect *effects, size_t count, double tau2)
{
    double s = 0, w2 = 0, pairs = 0, pairs2 = 0, apart = 0;
    double origin = effects[0].yi;
    for (size_t i = 0; i < count; i++) {
        double w = 1 / (effects[i].vi + tau2);
        pairs += w * s;
        pairs2 += w * w * w2;
        s += w;
        w2 += w * w;
        apart += w * (effects[i].yi - origin);
    }
    double mean = origin + apart / s;
    double quadratic = 0, ypp = 0, wr = 0, wr2 = 0, diagonal = 0;
    for (size_t i = 0; i < count; i++) {
        double w = 1 / (effects[i].vi + tau2);
        double away = effects[i].yi - mean;
        double r = w * away;
        double p = w * (s - w) / s;
        quadratic += r * away;
        ypp += r * r;
        wr += w * r;
        wr2 += w * r * r;
        diagonal += p * p;
    }
    return (struct profile){
        .s = s,
        .w2 = w2,
        .trace_p = 2 * pairs / s,
        .trace_pp = diagonal + 2 * pairs2 / (s * s),
        .quadratic = quadratic,
        .ypp = ypp,
        .yppp = fmax(0, wr2 - wr * wr / s),
    };
}

struct model {
    const struct effect *effects;
    size_t count;
    enum pool_method method;
    double target; /* of Q */
};

/* ---- what is solved for tau2 ---- */

static struct value reml_score(const void *model, double tau2)
{
    const struct model *m = model;
    struct profile at = profile_at(m->effects, m->count, tau2);
    return (struct value){at.ypp - at.trace_p, at.trace_pp - 2 * at.yppp};
}

static struct value ml_score(const void *model, double tau2)
{
    const struct model *m = model;
    struct profile at = profile_at(m->effects, m->count, tau2);
    return (struct value){at.ypp - at.s, at.w2 - 2 * at.yppp};
}

static struct value q_excess(const void *model, double tau2)
{
    const struct model *m = model;
    struct profile at = profile_at(m->effects, m->count, tau2);
    return (struct value){at.quadratic - m->target, -at.ypp};
}

/* -2 log likelihood, without the constant. */
static double deviance(const void *model, double tau2)
{
    const struct model *m = model;
    struct profile at = profile_at(m->effects, m->count, tau2);
    double logs = m->method == POOL_REML ? log(at.s) : 0;
    for (size_t i = 0; i < m->count; i++)
        logs += log(m->effects[i].vi + tau2);
    return logs + at.quadratic;
}

struct spread {
    double squares; /* sum of (yi - unweighted mean)^2 */
    double vi_least, vi_most, vi_mean;
};

static struct spread spread_of(const struct effect *effects, size_t count)
{
    double n = (double)count;
    double origin = effects[0].yi, sum = 0, vi_sum = 0;
    struct spread spread = {.vi_least = effects[0].vi, .vi_most = effects[0].vi};
    for (size_t i = 0; i < count; i++) {
        sum += effects[i].yi - origin;
        vi_sum += effects[i].vi;
        spread.vi_least = fmin(spread.vi_least, effects[i].vi);
        spread.vi_most = fmax(spread.vi_most, effects[i].vi);
    }
    for (size_t i = 0; i < count; i++) {
        double away = effects[i].yi - origin - sum / n;
        spread.squares += away * away;
    }
    spread.vi_mean = vi_sum / n;
    return spread;
}

static bool likelihood_maximum(enum pool_method method, const struct effect *effects, size_t count,
                               const struct spread *spread, double *tau2)
{
    const struct model model = {.effects = effects, .count = count, .method = method};
    const struct curve curve = {method == POOL_REML ? reml_score : ml_score, deviance, &model};
    double bound = solve_bound(spread->squares, (double)(count - 1), spread->vi_most);
    return solve_maximum(&curve, fmin(spread->vi_least / 4, bound), bound,
                         spread->vi_least * DBL_EPSILON, tau2);
}

/* The tau2 with Q(tau2) = target, 0 where Q is below it from the start. Q(t) <= squares/t bounds
 * it. */
static bool q_root(const struct effect *effects, size_t count, const struct spread *spread,
                   double target, double *tau2)
{
    const struct model model = {.effects = effects, .count = count, .target = target};
    const struct curve curve = {q_excess, NULL, &model};
    *tau2 = 0;
    if (!(q_excess(&model, 0).value > 0))
        return true;
    return solve_root(&curve, 0, 1.0001 * spread->squares / target, spread->vi_least * DBL_EPSILON,
                      tau2);
}

/* ---- the closed forms ---- */

/* Standard errors of moment estimators are of the form sqrt(2 a + 4 tau2 b + 2 tau2^2 c). */
static double moment_se(double a, double b, double c, double tau2)
{
    return sqrt(2 * a + 4 * tau2 * b + 2 * tau2 * tau2 * c);
}

static struct tau2 tau2_dl(const struct effect *effects, size_t count)
{
    double df = (double)(count - 1);
    struct profile at = profile_at(effects, count, 0);
    double tau2 = fmax(0, (at.quadratic - df) / at.trace_p);
    return (struct tau2){tau2, moment_se(df, at.trace_p, at.trace_pp, tau2) / at.trace_p};
}

static struct tau2 tau2_hs(const struct effect *effects, size_t count)
{
    double df = (double)(count - 1);
    struct profile at = profile_at(effects, count, 0);
    double tau2 = fmax(0, (at.quadratic - (double)count) / at.s);
    return (struct tau2){tau2, moment_se(df, at.trace_p, at.trace_pp, tau2) / at.s};
}

static struct tau2 tau2_he(const struct effect *effects, size_t count, const struct spread *spread)
{
    double k = (double)count, df = k - 1;
    double vi2 = 0;
    for (size_t i = 0; i < count; i++)
        vi2 += effects[i].vi * effects[i].vi;
    double vi_sum = spread->vi_mean * k;
    double tau2 = fmax(0, spread->squares / df - spread->vi_mean);
    /* tr(PVPV), P = I - 11'/k. */
    double pvpv = vi2 * (1 - 2 / k) + vi_sum * vi_sum / (k * k);
    return (struct tau2){tau2, moment_se(pvpv, vi_sum * df / k, df, tau2) / df};
}

static struct tau2 tau2_sj(const struct effect *effects, size_t count, const struct spread *spread)
{
    double df = (double)(count - 1);
    double start = spread->squares / (double)count;
    struct profile at = profile_at(effects, count, start);
    double tau2 = start * at.quadratic / df;
    double w2v = 0, w3v = 0, w2v2 = 0, w3v2 = 0;
    for (size_t i = 0; i < count; i++) {
        double v = effects[i].vi, w = 1 / (v + start), wwv = w * w * v;
        w2v += wwv;
        w3v += w * wwv;
        w2v2 += wwv * v;
        w3v2 += w * wwv * v;
    }
    double s = at.s;
    double pvpv = w2v2 - 2 * w3v2 / s + w2v * w2v / (s * s);
    double pvp = w2v - 2 * w3v / s + w2v * at.w2 / (s * s);
    return (struct tau2){tau2, start / df * moment_se(pvpv, pvp, at.trace_pp, tau2)};
}

static double iterated_se(enum pool_method method, const struct effect *effects, size_t count,
                          double tau2)
{
    double k = (double)count;
    struct profile at = profile_at(effects, count, tau2);
    if (method == POOL_REML)
        return sqrt(2 / at.trace_pp);
    if (method == POOL_ML)
        return sqrt(2 / at.w2);
    return sqrt(2 * k * k / (k - 1)) / at.s;
}

static bool tau2_by(const struct effect *effects, size_t count, enum pool_method method,
                    struct tau2 *out)
{
    struct spread spread = spread_of(effects, count);
    bool closed = true;
    switch (method) {
    case POOL_FE:
        *out = (struct tau2){0, NAN};
        return true;
    case POOL_DL:
        *out = tau2_dl(effects, count);
        return true;
    case POOL_HS:
        *out = tau2_hs(effects, count);
        return true;
    case POOL_HE:
        *out = tau2_he(effects, count, &spread);
        return true;
    case POOL_SJ:
        *out = tau2_sj(effects, count, &spread);
        return true;
    case POOL_REML:
    case POOL_ML:
        closed = likelihood_maximum(method, effects, count, &spread, &out->tau2);
        break;
    case POOL_PM:
    case POOL_EB:
        closed = q_root(effects, count, &spread, (double)(count - 1), &out->tau2);
        break;
    case POOL_METHOD_COUNT:
        return false;
    }
    out->se = iterated_se(method, effects, count, out->tau2);
    return closed;
}

/* Fourth powers of the weights are summed, which must neither overflow nor vanish. */
static const double LEAST_WEIGHT = 1e-75, MOST_WEIGHT = 1e75;

/* Sums that overflow would look like numbers further on. Weights are largest at a tau2 of 0. */
static bool sums_finite(const struct effect *effects, size_t count)
{
    struct profile at = profile_at(effects, count, 0);
    struct spread spread = spread_of(effects, count);
    return at.s <= MOST_WEIGHT && 1 / spread.vi_most >= LEAST_WEIGHT && isfinite(at.ypp) &&
           isfinite(at.yppp) && isfinite(at.quadratic) && isfinite(spread.squares);
}

bool tau2_estimate(const struct effect *effects, size_t count, enum pool_method method,
                   struct tau2 *out, struct error *err)
{
    if (count < 1)
        return error_set(err, ERROR_INVALID, "no effects to take tau2 from; give at least one");
    if (!sums_finite(effects, count))
        return error_set(err, ERROR_INVALID,
                         "effects or variances are too large, too small or too far apart to add "
                         "up; rescale the outcome");
    if (count == 1) {
        *out = (struct tau2){0, NAN};
        return true;
    }
    struct tau2 tau2 = {NAN, NAN};
    if (!tau2_by(effects, count, method, &tau2))
        return error_set(err, ERROR_INTERNAL, "%s did not converge on %zu effects; try DL",
                         pool_method_name(method), count);
    *out = tau2;
    return true;
}

double q_statistic(const struct effect *effects, size_t count, double tau2)
{
    return profile_at(effects, count, tau2).quadratic;
}

double typical_variance(const struct effect *effects, size_t count)
{
    if (count < 2)
        return NAN;
    return (double)(count - 1) / profile_at(effects, count, 0).trace_p;
}

double i2_percent_of(double tau2, double s2)
{
    return 100 * (tau2 / (tau2 + s2));
}

double h2_of(double tau2, double s2)
{
    return 1 + tau2 / s2;
}

bool tau2_q_profile(const struct effect *effects, size_t count, double level,
                    struct tau2_interval *out, struct error *err)
{
    if (count < 2)
        return error_set(err, ERROR_INVALID, "an interval of tau2 needs two effects or more");
    if (!(level > 0 && level < 1))
        return error_set(err, ERROR_INVALID, "level is %g; give one between 0 and 1, as 0.95",
                         level);
    if (!sums_finite(effects, count))
        return error_set(err, ERROR_INVALID, "effects are too far apart to add up");
    struct spread spread = spread_of(effects, count);
    double df = (double)(count - 1);
    double low_target = chi2_quantile((1 + level) / 2, df);
    double high_target = chi2_quantile((1 - level) / 2, df);
    struct tau2_interval in = {0};
    if (!q_root(effects, count, &spread, low_target, &in.lb) ||
        !q_root(effects, count, &spread, high_target, &in.ub))
        return error_set(err, ERROR_INTERNAL, "the interval of tau2 did not converge");
    in.null_set = q_statistic(effects, count, 0) < high_target;
    double s2 = typical_variance(effects, count);
    in.i2_lb = i2_percent_of(in.lb, s2);
    in.i2_ub = i2_percent_of(in.ub, s2);
    in.h2_lb = h2_of(in.lb, s2);
    in.h2_ub = h2_of(in.ub, s2);
    *out = in;
    return true;
}
