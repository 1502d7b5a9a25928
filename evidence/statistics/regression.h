/*
 * Moderators: effects regressed on study-level numbers.
 *
 * Names and definitions are those of metafor's rma() with `mods`. Nothing allocates memory.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_REGRESSION_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_REGRESSION_H

#include "evidence/statistics/pool.h"

/* Coefficients, the intercept included; more are refused. */
enum { REGRESSION_MAX_TERMS = 24 };

struct coefficient {
    double b, se, ci_lb, ci_ub;
    double stat, p;
};

struct regression {
    size_t k;
    size_t terms;                                  /* the intercept is the first of them */
    struct coefficient coef[REGRESSION_MAX_TERMS]; /* unit of yi per unit of the moderator */
    double df;                                     /* of the coefficients' t; NAN for z */
    double tau2, se_tau2;                          /* residual; se NAN for FE */
    double i2;                                     /* residual, percent */
    double h2;
    double r2;      /* percent of tau2 accounted for; FE: adjusted R2 of the weighted lm */
    double qe, qep; /* residual heterogeneity, chi-square with k - terms df */
    double qm, qmp; /* all coefficients but the intercept: chi-square, or F under knha, adhoc */
    double qm_df, qm_df2; /* qm_df2 is NAN for the chi-square */
    double s2w;           /* NAN for z */
};

/*
 * Regresses on `moderators` columns of x (row-major: moderators numbers for each effect, finite);
 * the intercept is added. `options->level` is that of the intervals.
 *
 * ERROR_INVALID for fewer effects than terms + 1 (FE: than terms), for a moderator that is constant
 * or a sum of others (its position is told), and as pool_fit() does; ERROR_LIMIT beyond
 * REGRESSION_MAX_TERMS.
 * Sources: Viechtbauer 2010; Knapp & Hartung 2003 for the F test; Raudenbush 2009 for R2.
 */
MUST_USE bool regression_fit(const struct effect *effects, const double *x, size_t count,
                             size_t moderators, const struct pool_options *options,
                             struct regression *out, struct error *err);

#endif
