/*
 * Do small studies tell another story? Tests of asymmetry, and what may be missing.
 *
 * Effects must pass pool_check(); names and definitions are metafor's. None of these shows why
 * small studies differ, and with fewer than ten studies none of them shows much at all.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_SMALL_STUDY_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_SMALL_STUDY_H

#include "evidence/statistics/pool.h"

/* begg() compares all pairs, trim_and_fill() sorts again and again: more effects are refused. */
enum { SMALL_STUDY_MAX_EFFECTS = 10000 };

/* A regression of yi on its standard error sqrt(vi). */
struct egger {
    double slope_sei, slope_sei_se; /* what is classically called Egger's intercept (bias) */
    double z_or_t, p;               /* of the slope */
    double df;                      /* k - 2; NAN for z */
    double intercept;               /* the estimate in the limit of a standard error of 0 */
    double intercept_ci_lb, intercept_ci_ub;
    double tau2; /* 0 for the classical test */
};

/* Egger 1997, doi:10.1136/bmj.315.7109.629: weighted least squares, weights 1/vi, t test.
 * metafor: regtest(model = "lm"). ERROR_INVALID for fewer than three effects or equal vi. */
MUST_USE bool egger_lm(const struct effect *effects, size_t count, double level, struct egger *out,
                       struct error *err);

/* The same as a mixed-effects meta-regression with `options`. metafor: regtest(fit). */
MUST_USE bool egger_rma(const struct effect *effects, size_t count,
                        const struct pool_options *options, struct egger *out, struct error *err);

/* Begg & Mazumdar 1994, doi:10.2307/2533446: Kendall's tau-b between standardised deviates and vi.
 * metafor: ranktest(). */
struct begg {
    double tau;
    double p;               /* exact without ties and up to 170 effects, else normal */
    double p_normal_approx; /* normal with tie correction, no continuity correction; NAN for two */
};

/* ERROR_INVALID for fewer than two effects or where all of one side are tied. */
MUST_USE bool begg_test(const struct effect *effects, size_t count, struct begg *out,
                        struct error *err);

enum trimfill_estimator { TRIMFILL_L0, TRIMFILL_R0 };

/* Duval & Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x. metafor: trimfill(). */
struct trimfill {
    size_t k0; /* studies filled in */
    double se_k0;
    double p_k0;          /* R0: of no missing study; L0: NAN */
    bool right;           /* the side on which they are missing; else left */
    struct pooled pooled; /* of the filled data, same method and test */
};

/* The side is where small studies are missing by the sign of egger_rma()'s slope under the same
 * method. ERROR_INVALID where that regression fails or everything would be trimmed. */
MUST_USE bool trim_and_fill(const struct effect *effects, size_t count,
                            const struct pool_options *options, enum trimfill_estimator estimator,
                            struct trimfill *out, struct error *err);

/* How many null studies it would take; rounded up. metafor: fsn(). NAN where no number would. */
struct fail_safe {
    double n;
    double p;      /* of the studies as they are; Orwin: NAN */
    double mean;   /* Orwin, Rosenberg; else NAN */
    double target; /* Orwin; else NAN */
};

/* Rosenthal 1979: combined (Stouffer) one-sided p to reach alpha (0.05). */
struct fail_safe fail_safe_rosenthal(const struct effect *effects, size_t count, double alpha);

/* Orwin 1983: to bring the mean to `target` (NAN: half the mean; its sign is that of the mean).
 * Unweighted, or inverse-variance. */
struct fail_safe fail_safe_orwin(const struct effect *effects, size_t count, double target,
                                 bool weighted);

/* Rosenberg 2005: fixed-effect p to reach alpha, two-sided. */
struct fail_safe fail_safe_rosenberg(const struct effect *effects, size_t count, double alpha);

#endif
