/*
 * A meta-analysis: effects in, one estimate with its interval out.
 *
 * The numbers, their names and their signs are those of metafor's rma() (3.8-1). Nothing here
 * allocates memory or knows what a study is.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_POOL_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_POOL_H

#include "evidence/base/error.h"
#include "evidence/statistics/effect.h"
#include "evidence/statistics/heterogeneity.h"

/* More effects than this are refused. */
enum { POOL_MAX_EFFECTS = 1000000 };

enum pool_test {
    POOL_Z,    /* normal */
    POOL_KNHA, /* Knapp & Hartung 2003, doi:10.1002/sim.1482: se scaled by sqrt(q), t with k-1 df */
    POOL_ADHOC, /* the same with q never below 1 */
    POOL_TEST_COUNT
};

/* "z", "knha", "adhoc". */
const char *pool_test_name(enum pool_test test);
bool pool_test_from_name(const char *name, enum pool_test *out);

struct pool_options {
    enum pool_method method;
    enum pool_test test;
    double level; /* of all intervals: 0.95 */
};

/* REML, z, 0.95: metafor's defaults. */
extern const struct pool_options pool_default;

/* On the analysis scale. NAN is "not defined" or, for stat, infinite. */
struct pooled {
    size_t k;
    double b;
    double se;
    double ci_lb, ci_ub;
    double stat; /* b/se: z, or t with df degrees of freedom */
    double p;    /* two-sided */
    double df;   /* of stat and of the interval; NAN for a z test, and for k = 1 */
    double tau2, se_tau2;
    double i2; /* percent */
    double h2;
    double q, qp;        /* Cochran's Q, chi-square with k - 1 df; k = 1: 0 and 1 */
    double pi_lb, pi_ub; /* prediction interval, b -+ c sqrt(se^2 + tau2); NAN for FE */
    double pi_df;        /* df of its c: NAN for the normal (z test), else k - 1 */
    double s2w;          /* the q that se^2 was multiplied by; NAN for a z test */
};

/* ERROR_INVALID, with the position from 0, at the first effect that cannot be pooled: yi not
 * finite, vi not finite or not above 0; also for count 0. ERROR_LIMIT beyond POOL_MAX_EFFECTS. */
MUST_USE bool pool_check(const struct effect *effects, size_t count, struct error *err);

/*
 * Pools. `out` is written only on success. Fails as pool_check() and tau2_estimate() do, and with
 * ERROR_INVALID if level is not inside 0..1.
 *
 * One effect alone comes back as it is, with tau2 0 and a normal interval whatever the test.
 * Effects that are all equal have se 0 under KNHA: stat NAN, p 0 (NAN if they are all 0).
 *
 * I2 and H2: for FE from Q (Higgins & Thompson 2002), else from tau2 and the typical variance.
 */
MUST_USE bool pool_fit(const struct effect *effects, size_t count,
                       const struct pool_options *options, struct pooled *out, struct error *err);

/* The same for effects known to pass pool_check() and a tau2 already estimated (`tau2->tau2` 0 for
 * FE). For callers that fit the same effects in several ways. */
void pool_at_tau2(const struct effect *effects, size_t count, const struct pool_options *options,
                  const struct tau2 *tau2, struct pooled *out);

/* Each effect's share of the pooled estimate, 1/(vi + tau2), in percent; they sum to 100. */
void pool_weights(const struct effect *effects, size_t count, double tau2, double *percent);

/*
 * A prediction interval with other degrees of freedom: `df` k - 2 is Higgins 2009's
 * (doi:10.1111/j.1467-985X.2008.00552.x), 0 or less the normal. NAN where undefined.
 */
void pool_prediction(const struct pooled *pooled, double df, double level, double *lb, double *ub);

/* The probability that the true mean lies above `threshold` (analysis scale), from the t or normal
 * that the interval used. NAN if se is 0. */
double pool_probability_above(const struct pooled *pooled, double threshold);

#endif
