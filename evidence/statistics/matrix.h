/*
 * Small square matrices on the stack: what least squares with a few terms needs.
 *
 * Internal to evidence/statistics. `n` is the number of rows used, at most MATRIX_MOST.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_MATRIX_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_MATRIX_H

#include <stddef.h>

enum { MATRIX_MOST = 24 };

struct square {
    double at[MATRIX_MOST][MATRIX_MOST];
};

/* m += factor z z' */
void matrix_add_outer(struct square *m, const double *z, size_t n, double factor);

/* tr(AB), and AB into `out`, which is neither a nor b. */
double matrix_trace_of_product(const struct square *a, const struct square *b, size_t n);
void matrix_multiply(const struct square *a, const struct square *b, size_t n, struct square *out);

/* x'Mx */
double matrix_quadratic(const struct square *m, const double *x, size_t n);

/*
 * The factor L of m = LL', below and on the diagonal. Returns n, or the first row that depends on
 * those before it (to 1e-12 of its own size), for which there is no factor.
 */
size_t matrix_cholesky(const struct square *m, size_t n, struct square *l);

/* Solves LL'x = b in place, and inverts LL'. */
void matrix_solve(const struct square *l, size_t n, double *x);
void matrix_invert(const struct square *l, size_t n, struct square *inverse);

#endif
