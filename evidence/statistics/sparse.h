/*
 * Sparse binary data pooled without a continuity correction: Mantel-Haenszel and Peto.
 *
 * Tables must be possible (0 <= ai <= n1, 0 <= ci <= n2, arms of at least 1); the names and the
 * defaults are those of metafor's rma.mh() and rma.peto(): Q is taken around the pooled value from
 * tables corrected by 0.5 where one has a zero and left out where both arms have none (or all).
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_SPARSE_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_SPARSE_H

#include "evidence/base/error.h"
#include "evidence/statistics/effect.h"

/* On the analysis scale (log for OR and RR); a common effect, normal interval. */
struct sparse {
    size_t k;    /* tables given */
    size_t k_yi; /* tables in Q */
    double b, se, ci_lb, ci_ub;
    double stat, p;
    double q, qp;
    double i2; /* percent */
    double h2;
};

/*
 * Mantel-Haenszel for OR, RR and RD. ERROR_INVALID for another measure, no tables, an impossible
 * table (its position is told), a level outside 0..1, or where the sums leave the ratio undefined.
 * Sources: Mantel & Haenszel 1959; variances of Robins 1986, doi:10.2307/2531052 (OR), Greenland &
 * Robins 1985, doi:10.2307/2530643 (RR), Sato 1989, doi:10.2307/2531784 (RD).
 */
MUST_USE bool mantel_haenszel(enum measure measure, const struct table *tables, size_t count,
                              double level, struct sparse *out, struct error *err);

/* Peto's one-step log odds ratio, for rare events and arms of similar size only. The same errors.
 * Yusuf 1985, doi:10.1016/S0033-0620(85)80003-7. */
MUST_USE bool peto(const struct table *tables, size_t count, double level, struct sparse *out,
                   struct error *err);

#endif
