#include "evidence/statistics/regression.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "evidence/statistics/distribution.h"
#include "evidence/statistics/matrix.h"
#include "evidence/statistics/solve.h"

enum { TERMS = REGRESSION_MAX_TERMS };

_Static_assert((int)REGRESSION_MAX_TERMS <= (int)MATRIX_MOST, "a matrix holds every term");

/* Columns are centred and scaled while fitting, so that a moderator such as a year costs no digits;
 * the coefficients are taken back at the end. */
struct design {
    const struct effect *effects;
    const double *x;
    size_t count, terms;
    double centre[TERMS], scale[TERMS];
    enum pool_method method;
};

/* Weights 1/(vi + tau2), or all 1. */
struct weighting {
    double tau2;
    bool unit;
};

static double weight_of(const struct weighting *w, struct effect effect)
{
    return w->unit ? 1 : 1 / (effect.vi + w->tau2);
}

static void row_of(const struct design *d, size_t i, double *z)
{
    z[0] = 1;
    for (size_t j = 1; j < d->terms; j++)
        z[j] = (d->x[i * (d->terms - 1) + j - 1] - d->centre[j]) / d->scale[j];
}

static double whole_power(double base, int power)
{
    double product = 1;
    for (int i = 0; i < power; i++)
        product *= base;
    return product;
}

/* Z' diag(w^power vi^vi_power) Z */
static void gram(const struct design *d, const struct weighting *w, int power, int vi_power,
                 struct square *out)
{
    memset(out, 0, sizeof *out);
    double z[TERMS];
    for (size_t i = 0; i < d->count; i++) {
        row_of(d, i, z);
        double factor = whole_power(weight_of(w, d->effects[i]), power) *
                        whole_power(d->effects[i].vi, vi_power);
        matrix_add_outer(out, z, d->terms, factor);
    }
}

/* ---- the model at one tau2: P = W - WZ (Z'WZ)^-1 Z'W ---- */

struct state {
    struct square inverse; /* (Z'WZ)^-1 */
    double beta[TERMS];    /* of yi minus the first yi */
    double log_det;        /* of Z'WZ */
    double s, w2;          /* sum w, sum w^2 */
    double trace_p, trace_pv;
    double quadratic, ypp, yppp;
    size_t dependent; /* the first term that depends on others, else the number of terms */
};

static void state_solve(const struct design *d, const struct weighting *w, struct state *st)
{
    struct square g, l;
    gram(d, w, 1, 0, &g);
    memset(st, 0, sizeof *st);
    st->dependent = matrix_cholesky(&g, d->terms, &l);
    if (st->dependent < d->terms)
        return;
    matrix_invert(&l, d->terms, &st->inverse);
    double z[TERMS];
    for (size_t i = 0; i < d->count; i++) {
        double wy = weight_of(w, d->effects[i]) * (d->effects[i].yi - d->effects[0].yi);
        row_of(d, i, z);
        for (size_t j = 0; j < d->terms; j++)
            st->beta[j] += wy * z[j];
    }
    matrix_solve(&l, d->terms, st->beta);
    for (size_t j = 0; j < d->terms; j++)
        st->log_det += 2 * log(l.at[j][j]);
}

static struct state state_at(const struct design *d, const struct weighting *w)
{
    struct state st;
    state_solve(d, w, &st);
    if (st.dependent < d->terms)
        return st;
    double z[TERMS], zwu[TERMS] = {0}, uwu = 0;
    for (size_t i = 0; i < d->count; i++) {
        double wi = weight_of(w, d->effects[i]);
        double away = d->effects[i].yi - d->effects[0].yi;
        row_of(d, i, z);
        for (size_t j = 0; j < d->terms; j++)
            away -= st.beta[j] * z[j];
        double u = wi * away;
        double leverage = wi * matrix_quadratic(&st.inverse, z, d->terms);
        for (size_t j = 0; j < d->terms; j++)
            zwu[j] += wi * u * z[j];
        st.s += wi;
        st.w2 += wi * wi;
        st.trace_p += wi * (1 - leverage);
        st.trace_pv += wi * d->effects[i].vi * (1 - leverage);
        st.quadratic += u * away;
        st.ypp += u * u;
        uwu += wi * u * u;
    }
    st.yppp = fmax(0, uwu - matrix_quadratic(&st.inverse, zwu, d->terms));
    return st;
}

/* tr(P D P E) with D and E diagonal, ones or the vi. */
static double trace_pdpe(const struct design *d, const struct weighting *w,
                         const struct square *inverse, int vi_in_d, int vi_in_e)
{
    struct square g2d, g2e, g3, left, right;
    gram(d, w, 2, vi_in_d, &g2d);
    gram(d, w, 2, vi_in_e, &g2e);
    gram(d, w, 3, vi_in_d + vi_in_e, &g3);
    matrix_multiply(inverse, &g2d, d->terms, &left);
    matrix_multiply(inverse, &g2e, d->terms, &right);
    double sum = 0;
    for (size_t i = 0; i < d->count; i++) {
        double wi = weight_of(w, d->effects[i]);
        sum += wi * wi * whole_power(d->effects[i].vi, vi_in_d + vi_in_e);
    }
    return sum - 2 * matrix_trace_of_product(inverse, &g3, d->terms) +
           matrix_trace_of_product(&left, &right, d->terms);
}

/* ---- tau2 ---- */

static struct value reml_score(const void *design, double tau2)
{
    const struct design *d = design;
    struct weighting w = {.tau2 = tau2};
    struct state st = state_at(d, &w);
    return (struct value){st.ypp - st.trace_p, trace_pdpe(d, &w, &st.inverse, 0, 0) - 2 * st.yppp};
}

static struct value ml_score(const void *design, double tau2)
{
    struct weighting w = {.tau2 = tau2};
    struct state st = state_at(design, &w);
    return (struct value){st.ypp - st.s, st.w2 - 2 * st.yppp};
}

static struct value q_excess(const void *design, double tau2)
{
    const struct design *d = design;
    struct weighting w = {.tau2 = tau2};
    struct state st = state_at(d, &w);
    return (struct value){st.quadratic - (double)(d->count - d->terms), -st.ypp};
}

static double deviance(const void *design, double tau2)
{
    const struct design *d = design;
    struct weighting w = {.tau2 = tau2};
    struct state st = state_at(d, &w);
    double logs = d->method == POOL_REML ? st.log_det : 0;
    for (size_t i = 0; i < d->count; i++)
        logs += log(d->effects[i].vi + tau2);
    return logs + st.quadratic;
}

static double moment_se(double a, double b, double c, double tau2)
{
    return sqrt(2 * a + 4 * tau2 * b + 2 * tau2 * tau2 * c);
}

/* DL and HS differ only in what is expected of Q and what it is divided by. */
static struct tau2 tau2_of_q(const struct design *d, enum pool_method method)
{
    struct weighting w = {.tau2 = 0};
    struct state st = state_at(d, &w);
    double df = (double)(d->count - d->terms);
    double expected = method == POOL_HS ? (double)d->count : df;
    double divisor = method == POOL_HS ? st.s : st.trace_p;
    double tau2 = fmax(0, (st.quadratic - expected) / divisor);
    double trace_pp = trace_pdpe(d, &w, &st.inverse, 0, 0);
    return (struct tau2){tau2, moment_se(df, st.trace_p, trace_pp, tau2) / divisor};
}

static struct tau2 tau2_he(const struct design *d)
{
    struct weighting w = {.unit = true};
    struct state st = state_at(d, &w);
    double df = (double)(d->count - d->terms);
    double tau2 = fmax(0, (st.quadratic - st.trace_pv) / df);
    double pvpv = trace_pdpe(d, &w, &st.inverse, 1, 1);
    return (struct tau2){tau2, moment_se(pvpv, st.trace_pv, df, tau2) / df};
}

static double variance_of(const struct design *d)
{
    double n = (double)d->count, mean = 0, squares = 0;
    for (size_t i = 0; i < d->count; i++)
        mean += d->effects[i].yi / n;
    for (size_t i = 0; i < d->count; i++)
        squares += (d->effects[i].yi - mean) * (d->effects[i].yi - mean);
    return squares / n;
}

static struct tau2 tau2_sj(const struct design *d)
{
    struct weighting w = {.tau2 = variance_of(d)};
    struct state st = state_at(d, &w);
    double df = (double)(d->count - d->terms);
    double tau2 = w.tau2 * st.quadratic / df;
    double se =
        moment_se(trace_pdpe(d, &w, &st.inverse, 1, 1), trace_pdpe(d, &w, &st.inverse, 1, 0),
                  trace_pdpe(d, &w, &st.inverse, 0, 0), tau2);
    return (struct tau2){tau2, w.tau2 / df * se};
}

static double iterated_se(const struct design *d, double tau2)
{
    struct weighting w = {.tau2 = tau2};
    struct state st = state_at(d, &w);
    double k = (double)d->count, df = k - (double)d->terms;
    if (d->method == POOL_REML)
        return sqrt(2 / trace_pdpe(d, &w, &st.inverse, 0, 0));
    if (d->method == POOL_ML)
        return sqrt(2 / st.w2);
    return sqrt(2 * k * k / df) / st.s;
}

static bool tau2_iterated(const struct design *d, struct tau2 *out)
{
    double least = d->effects[0].vi, most = least;
    for (size_t i = 0; i < d->count; i++) {
        least = fmin(least, d->effects[i].vi);
        most = fmax(most, d->effects[i].vi);
    }
    struct state unweighted = state_at(d, &(struct weighting){.unit = true});
    double df = (double)(d->count - d->terms);
    double resolution = least * DBL_EPSILON;
    bool closed = true;
    out->tau2 = 0;
    if (d->method == POOL_REML || d->method == POOL_ML) {
        struct curve curve = {d->method == POOL_REML ? reml_score : ml_score, deviance, d};
        double bound = solve_bound(unweighted.quadratic, df, most);
        closed = solve_maximum(&curve, fmin(least / 4, bound), bound, resolution, &out->tau2);
    } else if (q_excess(d, 0).value > 0) {
        struct curve curve = {q_excess, NULL, d};
        closed = solve_root(&curve, 0, 1.0001 * unweighted.quadratic / df, resolution, &out->tau2);
    }
    out->se = iterated_se(d, out->tau2);
    return closed;
}

static bool tau2_by(const struct design *d, struct tau2 *out)
{
    switch (d->method) {
    case POOL_FE:
        *out = (struct tau2){0, NAN};
        return true;
    case POOL_DL:
    case POOL_HS:
        *out = tau2_of_q(d, d->method);
        return true;
    case POOL_HE:
        *out = tau2_he(d);
        return true;
    case POOL_SJ:
        *out = tau2_sj(d);
        return true;
    case POOL_REML:
    case POOL_ML:
    case POOL_PM:
    case POOL_EB:
        return tau2_iterated(d, out);
    case POOL_METHOD_COUNT:
        break;
    }
    return false;
}

/* ---- from the solution to what is told ---- */

static bool design_scale(struct design *d, struct error *err)
{
    d->scale[0] = 1;
    for (size_t j = 1; j < d->terms; j++) {
        double sum = 0, most = 0;
        for (size_t i = 0; i < d->count; i++) {
            double x = d->x[i * (d->terms - 1) + j - 1];
            if (!isfinite(x))
                return error_set(err, ERROR_INVALID, "moderator %zu of effect %zu is %g", j - 1, i,
                                 x);
            sum += x;
        }
        d->centre[j] = sum / (double)d->count;
        for (size_t i = 0; i < d->count; i++)
            most = fmax(most, fabs(d->x[i * (d->terms - 1) + j - 1] - d->centre[j]));
        if (!(most > 1e-12 * fabs(d->centre[j])) || !isfinite(most))
            return error_set(err, ERROR_INVALID,
                             "moderator %zu is the same for all effects (or beyond range); leave "
                             "it out",
                             j - 1);
        d->scale[j] = most;
    }
    return true;
}

/* The transformation of coefficients back to the moderators' own units: row j gives b_j. */
static void back_rows(const struct design *d, struct square *back)
{
    memset(back, 0, sizeof *back);
    back->at[0][0] = 1;
    for (size_t j = 1; j < d->terms; j++) {
        back->at[0][j] = -d->centre[j] / d->scale[j];
        back->at[j][j] = 1 / d->scale[j];
    }
}

static void fill_coefficients(const struct design *d, const struct state *st, double level,
                              struct regression *out)
{
    struct square back;
    back_rows(d, &back);
    double scale = isnan(out->s2w) ? 1 : out->s2w;
    double critical = isnan(out->df) ? normal_critical(level) : t_critical(level, out->df);
    for (size_t j = 0; j < d->terms; j++) {
        double b = j == 0 ? d->effects[0].yi : 0;
        for (size_t i = 0; i < d->terms; i++)
            b += back.at[j][i] * st->beta[i];
        double se = sqrt(scale * matrix_quadratic(&st->inverse, back.at[j], d->terms));
        double stat = b / se;
        out->coef[j] = (struct coefficient){
            .b = b,
            .se = se,
            .ci_lb = b - critical * se,
            .ci_ub = b + critical * se,
            .stat = isfinite(stat) ? stat : NAN,
            .p = isnan(out->df) ? normal_two_sided(stat) : t_two_sided(stat, out->df),
        };
    }
}

/* All coefficients but the intercept at once. */
static void fill_omnibus(const struct design *d, const struct state *st, struct regression *out)
{
    size_t m = d->terms - 1;
    struct square covariance, l;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            covariance.at[i][j] = st->inverse.at[i + 1][j + 1];
    double solved[TERMS];
    memcpy(solved, st->beta + 1, m * sizeof *solved);
    out->qm_df = (double)m;
    out->qm_df2 = NAN;
    out->qm = out->qmp = NAN;
    if (matrix_cholesky(&covariance, m, &l) < m)
        return;
    matrix_solve(&l, m, solved);
    double qm = 0;
    for (size_t j = 0; j < m; j++)
        qm += solved[j] * st->beta[j + 1];
    if (isnan(out->s2w)) {
        out->qm = qm;
        out->qmp = chi2_upper(qm, (double)m);
    } else if (out->s2w > 0) {
        out->qm = qm / out->s2w / (double)m;
        out->qm_df2 = out->df;
        out->qmp = f_upper(out->qm, (double)m, out->df);
    }
}

static void fill_residual(const struct design *d, struct regression *out)
{
    double df = (double)(d->count - d->terms);
    out->qe = 0;
    out->qep = 1;
    out->i2 = 0;
    out->h2 = 1;
    if (d->count == d->terms)
        return;
    struct state st = state_at(d, &(struct weighting){.tau2 = 0});
    out->qe = st.quadratic;
    out->qep = chi2_upper(out->qe, df);
    if (d->method == POOL_FE) {
        out->i2 = out->qe > 0 ? fmax(0, 100 * (out->qe - df) / out->qe) : 0;
        out->h2 = out->qe / df;
        return;
    }
    double s2 = df / st.trace_p;
    out->i2 = i2_percent_of(out->tau2, s2);
    out->h2 = h2_of(out->tau2, s2);
}

static bool fill_r2(const struct design *d, struct regression *out, struct error *err)
{
    double k = (double)d->count, df = k - (double)d->terms;
    if (d->method == POOL_FE) {
        double all = q_statistic(d->effects, d->count, 0) / (k - 1);
        out->r2 = all > 0 ? fmax(0, 100 * (1 - out->qe / df / all)) : 0;
        return true;
    }
    struct tau2 alone;
    if (!tau2_estimate(d->effects, d->count, d->method, &alone, err))
        return false;
    out->r2 = alone.tau2 > 0 ? fmax(0, 100 * (alone.tau2 - out->tau2) / alone.tau2) : 0;
    return true;
}

static bool design_init(struct design *d, const struct pool_options *options, struct error *err)
{
    size_t least = d->terms + (options->method == POOL_FE ? 0 : 1);
    if (d->terms > TERMS)
        return error_set(err, ERROR_LIMIT, "%zu coefficients are more than the %d that are taken",
                         d->terms, TERMS);
    if (!pool_check(d->effects, d->count, err))
        return false;
    if (d->count < least)
        return error_set(err, ERROR_INVALID, "%zu effects are too few for %zu coefficients",
                         d->count, d->terms);
    if (!(options->level > 0 && options->level < 1))
        return error_set(err, ERROR_INVALID, "level is %g; give one between 0 and 1, as 0.95",
                         options->level);
    if (!design_scale(d, err))
        return false;
    struct state st = state_at(d, &(struct weighting){.tau2 = 0});
    if (st.dependent < d->terms)
        return error_set(err, ERROR_INVALID,
                         "moderator %zu says nothing that those before it do not; leave it out",
                         st.dependent - 1);
    return true;
}

static void fill_test(const struct design *d, const struct state *st,
                      const struct pool_options *options, struct regression *out)
{
    double df = (double)(d->count - d->terms);
    out->df = out->s2w = NAN;
    if (options->test != POOL_Z) {
        out->df = df;
        out->s2w = st->quadratic <= DBL_EPSILON ? 0 : st->quadratic / df;
        if (options->test == POOL_ADHOC)
            out->s2w = fmax(1, out->s2w);
    }
    fill_coefficients(d, st, options->level, out);
    fill_omnibus(d, st, out);
}

bool regression_fit(const struct effect *effects, const double *x, size_t count, size_t moderators,
                    const struct pool_options *options, struct regression *out, struct error *err)
{
    struct design d = {
        .effects = effects,
        .x = x,
        .count = count,
        .terms = moderators + 1,
        .method = options->method,
    };
    struct tau2 tau2 = {NAN, NAN}, alone;
    /* tau2_estimate() also refuses sums that are not finite. */
    if (!design_init(&d, options, err) || !tau2_estimate(effects, count, POOL_DL, &alone, err))
        return false;
    if (!tau2_by(&d, &tau2))
        return error_set(err, ERROR_INTERNAL, "%s did not converge on %zu effects; try DL",
                         pool_method_name(options->method), count);
    struct regression fit = {.k = count, .terms = d.terms, .tau2 = tau2.tau2, .se_tau2 = tau2.se};
    struct state st = state_at(&d, &(struct weighting){.tau2 = tau2.tau2});
    fill_test(&d, &st, options, &fit);
    fill_residual(&d, &fit);
    if (!fill_r2(&d, &fit, err))
        return false;
    *out = fit;
    return true;
}
