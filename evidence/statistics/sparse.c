#include "evidence/statistics/sparse.h"

#include <math.h>

#include "evidence/statistics/distribution.h"

/* As rma.mh() and rma.peto() make the effects that Q is taken from. */
static const struct correction for_q = {.add = 0.5, .to = CORRECT_ONLY0, .drop00 = true};

static bool tables_check(const struct table *tables, size_t count, double level, struct error *err)
{
    if (count == 0)
        return error_set(err, ERROR_INVALID, "no tables to pool; give at least one");
    if (!(level > 0 && level < 1))
        return error_set(err, ERROR_INVALID, "level is %g; give one between 0 and 1, as 0.95",
                         level);
    for (size_t i = 0; i < count; i++) {
        struct table t = tables[i];
        if (!(t.ai >= 0 && t.ai <= t.n1 && t.ci >= 0 && t.ci <= t.n2) || !(t.n1 >= 1) ||
            !(t.n2 >= 1) || !isfinite(t.n1 + t.n2))
            return error_set(err, ERROR_INVALID, "table %zu has %g of %g and %g of %g events", i,
                             t.ai, t.n1, t.ci, t.n2);
    }
    return true;
}

static void fill_interval(double level, struct sparse *out)
{
    double critical = normal_critical(level);
    out->ci_lb = out->b - critical * out->se;
    out->ci_ub = out->b + critical * out->se;
    out->stat = out->b / out->se;
    out->p = normal_two_sided(out->stat);
}

static void fill_heterogeneity(double q, struct sparse *out)
{
    double df = (double)out->k_yi - 1;
    out->q = fmax(0, q);
    out->qp = chi2_upper(out->q, df);
    out->i2 = out->q > 0 ? fmax(0, 100 * (out->q - df) / out->q) : 0;
    out->h2 = out->q / df;
}

/* Q of the tables' own effects around the pooled one. */
static void fill_q_around(enum measure measure, const struct table *tables, size_t count,
                          struct sparse *out)
{
    double q = 0;
    for (size_t i = 0; i < count; i++) {
        struct effect effect = effect_of_table(measure, tables[i], &for_q);
        if (!effect_usable(effect))
            continue;
        double away = effect.yi - out->b;
        q += away * away / effect.vi;
        out->k_yi++;
    }
    out->qp = 1;
    out->h2 = 1;
    if (out->k_yi > 1)
        fill_heterogeneity(q, out);
}

static void mh_odds_ratio(const struct table *tables, size_t count, struct sparse *out)
{
    double r_sum = 0, s_sum = 0, pr = 0, ps_qr = 0, qs = 0;
    for (size_t i = 0; i < count; i++) {
        double a = tables[i].ai, b = tables[i].n1 - a, c = tables[i].ci, d = tables[i].n2 - c;
        double n = a + b + c + d;
        double p = (a + d) / n, q = (b + c) / n, r = a * d / n, s = b * c / n;
        r_sum += r;
        s_sum += s;
        pr += p * r;
        ps_qr += p * s + q * r;
        qs += q * s;
    }
    out->b = log(r_sum / s_sum);
    out->se = sqrt((pr / (r_sum * r_sum) + ps_qr / (r_sum * s_sum) + qs / (s_sum * s_sum)) / 2);
}

static void mh_risk_ratio(const struct table *tables, size_t count, struct sparse *out)
{
    double r = 0, s = 0, variance = 0;
    for (size_t i = 0; i < count; i++) {
        struct table t = tables[i];
        double n = t.n1 + t.n2;
        r += t.ai * t.n2 / n;
        s += t.ci * t.n1 / n;
        variance += t.n1 / n * (t.n2 / n) * (t.ai + t.ci) - t.ai / n * t.ci;
    }
    out->b = log(r / s);
    out->se = sqrt(variance / (r * s));
}

static void mh_risk_difference(const struct table *tables, size_t count, struct sparse *out)
{
    double weight = 0, apart = 0, skew = 0, mixed = 0;
    for (size_t i = 0; i < count; i++) {
        struct table t = tables[i];
        double n = t.n1 + t.n2, share1 = t.n1 / n, share2 = t.n2 / n;
        weight += t.n1 * share2;
        apart += t.ai * share2 - t.ci * share1;
        skew +=
            t.ci * share1 * share1 - t.ai * share2 * share2 + share1 * share2 * (t.n2 - t.n1) / 2;
        mixed += (t.ai * (t.n2 - t.ci) / n + t.ci * (t.n1 - t.ai) / n) / 2;
    }
    out->b = apart / weight;
    out->se = sqrt((out->b * skew + mixed) / (weight * weight));
}

bool mantel_haenszel(enum measure measure, const struct table *tables, size_t count, double level,
                     struct sparse *out, struct error *err)
{
    if (!tables_check(tables, count, level, err))
        return false;
    struct sparse mh = {.k = count};
    if (measure == MEASURE_OR)
        mh_odds_ratio(tables, count, &mh);
    else if (measure == MEASURE_RR)
        mh_risk_ratio(tables, count, &mh);
    else if (measure == MEASURE_RD)
        mh_risk_difference(tables, count, &mh);
    else
        return error_set(err, ERROR_INVALID, "Mantel-Haenszel pools OR, RR and RD, not %s",
                         measure_name(measure));
    if (!isfinite(mh.b) || !isfinite(mh.se))
        return error_set(err, ERROR_INVALID,
                         "an arm has no event (or nothing else) in any table, so that %s is not "
                         "defined; pool the risk difference",
                         measure_name(measure));
    fill_interval(level, &mh);
    fill_q_around(measure, tables, count, &mh);
    *out = mh;
    return true;
}

bool peto(const struct table *tables, size_t count, double level, struct sparse *out,
          struct error *err)
{
    if (!tables_check(tables, count, level, err))
        return false;
    double excess = 0, variance = 0, squares = 0;
    size_t informative = 0;
    struct sparse pooled = {.k = count, .qp = 1, .h2 = 1};
    for (size_t i = 0; i < count; i++) {
        struct table t = tables[i];
        double n = t.n1 + t.n2, events = t.ai + t.ci;
        double o_e = t.ai - events * t.n1 / n;
        double v = events * (n - events) * (t.n1 / n) * (t.n2 / n) / (n - 1);
        excess += o_e;
        variance += v;
        squares += v > 0 ? o_e * o_e / v : 0;
        informative += v > 0;
        pooled.k_yi += effect_usable(effect_of_table(MEASURE_OR, t, &for_q));
    }
    if (!(variance > 0))
        return error_set(err, ERROR_INVALID,
                         "one of the two outcomes never occurred in any table; Peto's method "
                         "cannot be used");
    pooled.b = excess / variance;
    pooled.se = sqrt(1 / variance);
    fill_interval(level, &pooled);
    double q = fmax(0, squares - excess * excess / variance);
    if (informative > 1)
        fill_heterogeneity(q, &pooled);
    pooled.q = q;
    *out = pooled;
    return true;
}
