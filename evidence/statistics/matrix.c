#include "evidence/statistics/matrix.h"

#include <math.h>

void matrix_add_outer(struct square *m, const double *z, size_t n, double factor)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            m->at[a][b] += factor * z[a] * z[b];
}

double matrix_trace_of_product(const struct square *a, const struct square *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            sum += a->at[i][j] * b->at[j][i];
    return sum;
}

void matrix_multiply(const struct square *a, const struct square *b, size_t n, struct square *out)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            out->at[i][j] = 0;
            for (size_t k = 0; k < n; k++)
                out->at[i][j] += a->at[i][k] * b->at[k][j];
        }
    }
}

size_t matrix_cholesky(const struct square *m, size_t n, struct square *l)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = m->at[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= l->at[i][k] * l->at[j][k];
            if (i == j && !(sum > 1e-12 * m->at[i][i]))
                return i;
            l->at[i][j] = i == j ? sqrt(sum) : sum / l->at[j][j];
        }
    }
    return n;
}

void matrix_solve(const struct square *l, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= l->at[i][k] * x[k];
        x[i] /= l->at[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= l->at[k][i] * x[k];
        x[i] /= l->at[i][i];
    }
}

void matrix_invert(const struct square *l, size_t n, struct square *inverse)
{
    for (size_t j = 0; j < n; j++) {
        double column[MATRIX_MOST] = {0};
        column[j] = 1;
        matrix_solve(l, n, column);
        for (size_t i = 0; i < n; i++)
            inverse->at[i][j] = column[i];
    }
}

double matrix_quadratic(const struct square *m, const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            sum += x[i] * m->at[i][j] * x[j];
    return sum;
}
