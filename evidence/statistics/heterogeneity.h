/*
 * How much results differ beyond chance: Q, tau2 and what is read from them.
 *
 * Every function takes `count` >= 1 effects whose yi are finite and vi finite and above 0
 * (pool_check() makes sure) and allocates nothing; the order of effects matters only for rounding.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_HETEROGENEITY_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_HETEROGENEITY_H

#include "evidence/base/error.h"
#include "evidence/statistics/effect.h"

/* metafor's names. FE pools without tau2; the others estimate it. */
enum pool_method {
    POOL_REML, /* restricted maximum likelihood */
    POOL_DL,   /* DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2 */
    POOL_PM,   /* Paule & Mandel 1982, doi:10.6028/jres.087.022 */
    POOL_EB,   /* empirical Bayes, Morris 1983: the same equation as PM */
    POOL_ML,   /* maximum likelihood */
    POOL_HE,   /* Hedges & Olkin 1985, unweighted moments */
    POOL_HS,   /* Hunter & Schmidt 1990 */
    POOL_SJ,   /* Sidik & Jonkman 2005, doi:10.1111/j.1467-9876.2005.00489.x, one step */
    POOL_FE,   /* one common effect */
    POOL_METHOD_COUNT
};

const char *pool_method_name(enum pool_method method);
bool pool_method_from_name(const char *name, enum pool_method *out);

struct tau2 {
    double tau2; /* unit of yi squared, never below 0 */
    double se;   /* metafor's se.tau2; NAN for FE and for one effect */
};

/*
 * The between-study variance by a method. One effect alone has 0.
 *
 * REML and ML find the global maximum: the score is scanned on a geometric grid up to a bound that
 * no maximum can exceed, each sign change is narrowed by scoring steps kept inside its bracket
 * (halved where they leave it), and the highest maximum wins. PM and EB narrow Q(tau2) = k - 1,
 * which is monotone, the same way. Relative accuracy about 1e-12.
 *
 * ERROR_INVALID if the sum of the 1/vi is above 1e75, one of them below 1e-75, or the yi are so far
 * apart that a sum is not finite; ERROR_INTERNAL if a
 * bracket does not close (no such input is known); never a wrong number.
 * Source: Viechtbauer 2005, doi:10.3102/10769986030003261; the formulas of metafor 3.8-1, rma.uni.
 */
MUST_USE bool tau2_estimate(const struct effect *effects, size_t count, enum pool_method method,
                            struct tau2 *out, struct error *err);

/* Cochran's Q, weights 1/(vi + tau2): chi-square with count - 1 df if tau2 is the truth. */
double q_statistic(const struct effect *effects, size_t count, double tau2);

/* The typical sampling variance (k - 1)/(sum w - sum w^2/sum w), w = 1/vi; NAN for one effect.
 * Higgins & Thompson 2002, doi:10.1002/sim.1186, eq 9. */
double typical_variance(const struct effect *effects, size_t count);

/* 100 tau2/(tau2 + s2), in percent, and 1 + tau2/s2. */
double i2_percent_of(double tau2, double s2);
double h2_of(double tau2, double s2);

struct tau2_interval {
    double lb, ub;       /* of tau2 */
    double i2_lb, i2_ub; /* percent */
    double h2_lb, h2_ub;
    bool null_set; /* Q(0) is below its lower quantile: no tau2 agrees, reported as [0, 0] */
};

/*
 * The Q-profile interval at `level` (0.95): the tau2 at which Q equals its chi-square quantiles,
 * cut at 0. ERROR_INVALID for fewer than two effects.
 * Source: Viechtbauer 2007, doi:10.1002/sim.2514.
 */
MUST_USE bool tau2_q_profile(const struct effect *effects, size_t count, double level,
                             struct tau2_interval *out, struct error *err);

#endif
