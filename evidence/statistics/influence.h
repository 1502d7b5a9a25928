/*
 * What single studies do to a pooled result. Effects must pass pool_check().
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_INFLUENCE_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_INFLUENCE_H

#include "evidence/statistics/pool.h"

/*
 * The pool without each effect in turn: out[i] is what the others give. `scratch` and `out` have
 * room for `count`. ERROR_INVALID for fewer than two effects; else fails as pool_fit() does.
 * metafor: leave1out().
 */
MUST_USE bool leave_one_out(const struct effect *effects, size_t count,
                            const struct pool_options *options, struct effect *scratch,
                            struct pooled *out, struct error *err);

/* The pool of the first, the first two, … in the order given. `out` has room for `count`.
 * metafor: cumul(). */
MUST_USE bool pool_cumulative(const struct effect *effects, size_t count,
                              const struct pool_options *options, struct pooled *out,
                              struct error *err);

/* Deletion diagnostics of one effect, as metafor's influence() defines them (Viechtbauer & Cheung
 * 2010, doi:10.1002/jrsm.11). NAN where undefined. */
struct influence {
    double rstudent;  /* externally standardised residual */
    double dffits;    /* shift of the estimate in standard errors, by the study's own weight */
    double cook_d;    /* squared shift over the full fit's variance */
    double cov_r;     /* variance without it over variance with it */
    double tau2_del;  /* tau2 without it */
    double q_del;     /* Q without it */
    double hat;       /* its weight as a share, 0..1 */
    double dfbs;      /* shift of the estimate in standard errors */
    bool influential; /* by metafor's rule of thumb, for a look, not for leaving out */
};

/* For each effect. `scratch` and `out` have room for `count`. Fails as leave_one_out() does. */
MUST_USE bool pool_influence(const struct effect *effects, size_t count,
                             const struct pool_options *options, struct effect *scratch,
                             struct influence *out, struct error *err);

#endif
