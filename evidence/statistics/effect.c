#include "evidence/statistics/effect.h"

#include <math.h>
#include <string.h>

#include "evidence/statistics/conversion.h"
#include "evidence/statistics/distribution.h"

static const struct effect undefined = {NAN, NAN};

const struct correction correction_default = {.add = 0.5, .to = CORRECT_ONLY0, .drop00 = false};

static const char *const measure_names[MEASURE_COUNT] = {
    [MEASURE_MD] = "MD", [MEASURE_SMD] = "SMD", [MEASURE_ROM] = "ROM", [MEASURE_RR] = "RR",
    [MEASURE_OR] = "OR", [MEASURE_RD] = "RD",   [MEASURE_GEN] = "GEN",
};

const char *measure_name(enum measure measure)
{
    return measure_names[measure];
}

bool measure_from_name(const char *name, enum measure *out)
{
    for (int i = 0; i < MEASURE_COUNT; i++) {
        if (strcmp(name, measure_names[i]) == 0) {
            *out = (enum measure)i;
            return true;
        }
    }
    return false;
}

bool measure_is_ratio(enum measure measure)
{
    return measure == MEASURE_RR || measure == MEASURE_OR || measure == MEASURE_ROM;
}

bool effect_usable(struct effect effect)
{
    return isfinite(effect.yi) && isfinite(effect.vi) && effect.vi > 0;
}

double measure_to_analysis(enum measure measure, double told)
{
    if (!measure_is_ratio(measure))
        return told;
    return told > 0 ? log(told) : NAN;
}

double measure_to_told(enum measure measure, double analysis)
{
    return measure_is_ratio(measure) ? exp(analysis) : analysis;
}

/* Both numbers or none: half an effect is no use to anybody. */
static struct effect both_or_none(double yi, double vi)
{
    if (!isfinite(yi) || !isfinite(vi) || vi < 0)
        return undefined;
    return (struct effect){yi, vi};
}

/* ---- means ---- */

/* Gamma(x + 1/2)/(sqrt(x) Gamma(x)) for large x, where the difference of two log gammas would cost
 * digits. Tricomi & Erdelyi 1951; the next term is below 1e-15 from x = 100 on. */
static double gamma_ratio(double x)
{
    double y = 1 / x;
    return 1 + y * (-1.0 / 8 +
                    y * (1.0 / 128 + y * (5.0 / 1024 + y * (-21.0 / 32768 - y * 399.0 / 262144))));
}

double hedges_correction(double m)
{
    if (!(m > 1))
        return NAN;
    if (m > 201)
        return gamma_ratio((m - 1) / 2) * sqrt((m - 1) / m);
    int sign;
    return exp(lgamma_r(m / 2, &sign) - 0.5 * log(m / 2) - lgamma_r((m - 1) / 2, &sign));
}

static struct effect smd_of_d(double d, double n1, double n2)
{
    double g = hedges_correction(n1 + n2 - 2) * d;
    return both_or_none(g, 1 / n1 + 1 / n2 + g * g / (2 * (n1 + n2)));
}

static struct effect smd_of_means(struct arm arm1, struct arm arm2)
{
    double within = (arm1.n - 1) * arm1.sd * arm1.sd + (arm2.n - 1) * arm2.sd * arm2.sd;
    double sd = sqrt(within / (arm1.n + arm2.n - 2));
    return smd_of_d((arm1.mean - arm2.mean) / sd, arm1.n, arm2.n);
}

static struct effect rom_of_means(struct arm arm1, struct arm arm2)
{
    double relative1 = arm1.sd / arm1.mean, relative2 = arm2.sd / arm2.mean;
    return both_or_none(log(arm1.mean / arm2.mean),
                        relative1 * relative1 / arm1.n + relative2 * relative2 / arm2.n);
}

static bool arm_usable(struct arm arm)
{
    return arm.n >= 1 && isfinite(arm.n) && isfinite(arm.mean) && arm.sd >= 0 && isfinite(arm.sd);
}

struct effect effect_of_means(enum measure measure, struct arm arm1, struct arm arm2)
{
    if (!arm_usable(arm1) || !arm_usable(arm2))
        return undefined;
    if (measure == MEASURE_MD)
        return both_or_none(arm1.mean - arm2.mean,
                            arm1.sd * arm1.sd / arm1.n + arm2.sd * arm2.sd / arm2.n);
    if (measure == MEASURE_SMD)
        return smd_of_means(arm1, arm2);
    if (measure == MEASURE_ROM)
        return rom_of_means(arm1, arm2);
    return undefined;
}

/* ---- 2x2 tables ---- */

static const char *const correct_to_names[] = {
    [CORRECT_ONLY0] = "only0",
    [CORRECT_ALL] = "all",
    [CORRECT_IF0ALL] = "if0all",
    [CORRECT_NONE] = "none",
};

const char *correct_to_name(enum correct_to to)
{
    return correct_to_names[to];
}

bool correct_to_from_name(const char *name, enum correct_to *out)
{
    for (int i = CORRECT_ONLY0; i <= CORRECT_NONE; i++) {
        if (strcmp(name, correct_to_names[i]) == 0) {
            *out = (enum correct_to)i;
            return true;
        }
    }
    return false;
}

static bool table_possible(struct table t)
{
    return t.ai >= 0 && t.ci >= 0 && t.n1 >= 1 && t.n2 >= 1 && t.ai <= t.n1 && t.ci <= t.n2 &&
           isfinite(t.n1) && isfinite(t.n2);
}

static bool table_has_zero(struct table t)
{
    return t.ai == 0 || t.ci == 0 || t.ai == t.n1 || t.ci == t.n2;
}

static bool table_is_void(struct table t)
{
    return (t.ai == 0 && t.ci == 0) || (t.ai == t.n1 && t.ci == t.n2);
}

static struct effect effect_of_cells(enum measure measure, struct table t)
{
    double a = t.ai, b = t.n1 - t.ai, c = t.ci, d = t.n2 - t.ci;
    double p1 = a / t.n1, p2 = c / t.n2;
    if (measure == MEASURE_RR)
        return both_or_none(log(p1) - log(p2), 1 / a - 1 / t.n1 + 1 / c - 1 / t.n2);
    if (measure == MEASURE_OR)
        return both_or_none(log(a / b) - log(c / d), 1 / a + 1 / b + 1 / c + 1 / d);
    if (measure == MEASURE_RD)
        return both_or_none(p1 - p2, p1 * (1 - p1) / t.n1 + p2 * (1 - p2) / t.n2);
    return undefined;
}

static struct effect effect_of_table_any_zero(enum measure measure, struct table t,
                                              const struct correction *correction, bool any_zero)
{
    if (!table_possible(t) || (correction->drop00 && table_is_void(t)))
        return undefined;
    enum correct_to to = correction->to;
    bool add = to == CORRECT_ALL || (to == CORRECT_IF0ALL && any_zero) ||
               (to == CORRECT_ONLY0 && table_has_zero(t));
    if (add) {
        t.ai += correction->add;
        t.ci += correction->add;
        t.n1 += 2 * correction->add;
        t.n2 += 2 * correction->add;
    }
    return effect_of_cells(measure, t);
}

struct effect effect_of_table(enum measure measure, struct table table,
                              const struct correction *correction)
{
    return effect_of_table_any_zero(measure, table, correction, table_has_zero(table));
}

void effects_of_tables(enum measure measure, const struct table *tables, size_t count,
                       const struct correction *correction, struct effect *out)
{
    bool any_zero = false;
    for (size_t i = 0; i < count && !any_zero; i++) {
        bool dropped = correction->drop00 && table_is_void(tables[i]);
        any_zero = table_possible(tables[i]) && !dropped && table_has_zero(tables[i]);
    }
    for (size_t i = 0; i < count; i++)
        out[i] = effect_of_table_any_zero(measure, tables[i], correction, any_zero);
}

/* ---- printed estimates ---- */

struct effect effect_of_se(enum measure measure, double told, double se)
{
    if (!(se >= 0))
        return undefined;
    return both_or_none(measure_to_analysis(measure, told), se * se);
}

struct effect effect_of_interval(enum measure measure, double told, double lower, double upper,
                                 double level, double df)
{
    double low = measure_to_analysis(measure, lower), high = measure_to_analysis(measure, upper);
    double yi = isnan(told) ? (low + high) / 2 : measure_to_analysis(measure, told);
    double se = se_of_interval(low, high, level, df);
    return both_or_none(yi, se * se);
}

struct effect effect_of_t(enum measure measure, double told, double t)
{
    double yi = measure_to_analysis(measure, told);
    double se = fabs(yi) / fabs(t);
    return both_or_none(yi, se * se);
}

struct effect effect_of_p(enum measure measure, double told, double p, double df)
{
    double yi = measure_to_analysis(measure, told);
    double se = se_of_p(yi, p, df);
    return both_or_none(yi, se * se);
}

struct effect smd_of_t(double t, double n1, double n2)
{
    if (!(n1 >= 1) || !(n2 >= 1))
        return undefined;
    return smd_of_d(t * sqrt(1 / n1 + 1 / n2), n1, n2);
}

struct effect smd_of_f(double f, int sign, double n1, double n2)
{
    double t = sqrt(f);
    return smd_of_t(sign < 0 ? -t : t, n1, n2);
}

struct effect smd_of_p(double p, int sign, double n1, double n2)
{
    if (!(p > 0 && p <= 1))
        return undefined;
    double t = -t_quantile(p / 2, n1 + n2 - 2);
    return smd_of_t(sign < 0 ? -t : t, n1, n2);
}

/* ---- other designs ---- */

static bool is_correlation(double r)
{
    return r >= -1 && r <= 1;
}

static double paired_variance(struct arm a, struct arm b, double r)
{
    return a.sd * a.sd + b.sd * b.sd - 2 * r * a.sd * b.sd;
}

struct effect effect_of_change(struct arm before, struct arm after, double r)
{
    return effect_of_crossover(after.n, after, before, r);
}

struct effect smd_of_change(struct arm before, struct arm after, double r)
{
    if (!arm_usable(before) || !arm_usable(after) || !is_correlation(r))
        return undefined;
    double n = after.n;
    double g = hedges_correction(n - 1) * (after.mean - before.mean) / before.sd;
    return both_or_none(g, 2 * (1 - r) / n + g * g / (2 * n));
}

struct effect effect_of_crossover(double n, struct arm arm1, struct arm arm2, double r)
{
    if (!(n >= 1) || !(arm1.sd >= 0) || !(arm2.sd >= 0) || !is_correlation(r))
        return undefined;
    /* r = 1 and equal SDs may come out a hair below 0. */
    return both_or_none(arm1.mean - arm2.mean, fmax(0, paired_variance(arm1, arm2, r)) / n);
}

struct effect smd_of_crossover(double n, struct arm arm1, struct arm arm2, double r)
{
    if (!(n >= 1) || !(arm1.sd >= 0) || !(arm2.sd >= 0) || !is_correlation(r))
        return undefined;
    double sd = sqrt((arm1.sd * arm1.sd + arm2.sd * arm2.sd) / 2);
    double g = hedges_correction(n - 1) * (arm1.mean - arm2.mean) / sd;
    return both_or_none(g, 2 * (1 - r) * (1 / n + g * g / (2 * n)));
}

double design_effect(double cluster_size, double icc)
{
    if (!(cluster_size >= 1) || !(icc >= 0 && icc <= 1))
        return NAN;
    return 1 + (cluster_size - 1) * icc;
}

struct effect effect_of_clusters(struct effect ignoring, double cluster_size, double icc)
{
    return both_or_none(ignoring.yi, ignoring.vi * design_effect(cluster_size, icc));
}

struct arm arm_of_clusters(struct arm arm, double cluster_size, double icc)
{
    arm.n /= design_effect(cluster_size, icc);
    return arm;
}

/* ---- between scales ---- */

static struct effect effect_scaled(struct effect effect, double factor)
{
    return both_or_none(effect.yi * factor, effect.vi * factor * factor);
}

/* The SD of the standard logistic distribution is pi/sqrt(3). */
static double logistic_sd(void)
{
    return M_PI / sqrt(3);
}

struct effect smd_of_or(struct effect log_or)
{
    return effect_scaled(log_or, 1 / logistic_sd());
}

struct effect or_of_smd(struct effect smd)
{
    return effect_scaled(smd, logistic_sd());
}

struct effect md_of_smd(struct effect smd, double sd)
{
    return sd > 0 ? effect_scaled(smd, sd) : undefined;
}

struct effect smd_of_md(struct effect md, double sd)
{
    return sd > 0 ? effect_scaled(md, 1 / sd) : undefined;
}

struct effect effect_rescaled(struct effect md, double low, double high, double to_low,
                              double to_high)
{
    return effect_scaled(md, (to_high - to_low) / (high - low));
}

struct arm arm_rescaled(struct arm arm, double low, double high, double to_low, double to_high)
{
    double factor = (to_high - to_low) / (high - low);
    return (struct arm){
        .n = arm.n,
        .mean = to_low + (arm.mean - low) * factor,
        .sd = arm.sd * fabs(factor),
    };
}

struct effect effect_reversed(struct effect effect)
{
    return effect_scaled(effect, -1);
}
