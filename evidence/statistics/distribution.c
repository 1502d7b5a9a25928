#include "evidence/statistics/distribution.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

/* Beyond this the finite series are slower than continued fractions. */
enum { SERIES_MAX_DF = 200 };

/* GSL's continued fraction would need too many terms; Hill's expansion is exact to rounding here.
 */
static const double LARGE_DF = 5000;

double normal_cdf(double x)
{
    return 0.5 * erfc(-x / M_SQRT2);
}

double normal_upper(double x)
{
    return 0.5 * erfc(x / M_SQRT2);
}

double normal_two_sided(double x)
{
    return erfc(fabs(x) / M_SQRT2);
}

double normal_quantile(double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    return gsl_cdf_ugaussian_Pinv(p);
}

double normal_critical(double level)
{
    return -normal_quantile((1 - level) / 2);
}

static bool is_small_whole(double df)
{
    return df <= SERIES_MAX_DF && df == floor(df);
}

/* Abramowitz & Stegun 26.7.3-4: P(|T| <= t), t >= 0. */
static double t_inside_series(double t, int df)
{
    double scale = df + t * t;
    double cosine2 = df / scale;
    bool odd = df % 2 == 1;
    double term = 1, sum = df > 1 ? 1 : 0;
    for (int i = odd ? 3 : 2; i <= df - 2; i += 2) {
        term *= cosine2 * (i - 1) / i;
        sum += term;
    }
    double sine = t / sqrt(scale);
    if (!odd)
        return sine * sum;
    return M_2_PI * (atan(t / sqrt(df)) + sine * sqrt(cosine2) * sum);
}

/* Hill 1970, doi:10.1145/355598.355599: the normal deviate of a t with many degrees of freedom. */
static double t_as_normal(double t, double df)
{
    double a = df - 0.5;
    double b = 48 * a * a;
    double y = a * log1p(t * t / df);
    double series =
        ((((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b) + y + 3) / b;
    return (series + 1) * sqrt(y);
}

double t_two_sided(double x, double df)
{
    if (isnan(x) || !(df > 0))
        return NAN;
    double t = fabs(x);
    if (isinf(df))
        return normal_two_sided(t);
    if (isinf(t))
        return 0;
    if (df >= LARGE_DF)
        return normal_two_sided(t_as_normal(t, df));
    if (is_small_whole(df)) {
        double outside = 1 - t_inside_series(t, (int)df);
        /* Further out the difference from 1 has lost its digits. */
        if (outside > 0.01)
            return outside;
    }
    /* Which of the two forms keeps its digits depends on which argument is small. */
    if (t * t < df)
        return gsl_cdf_beta_Q(t * t / (df + t * t), 0.5, df / 2);
    return gsl_cdf_beta_P(df / (df + t * t), df / 2, 0.5);
}

double t_upper(double x, double df)
{
    double tail = t_two_sided(x, df) / 2;
    return x > 0 ? tail : 1 - tail;
}

double t_cdf(double x, double df)
{
    return t_upper(-x, df);
}

/* Hill's approximation of the t with P(|T| > t) = tail, df >= 3; about six digits. */
static double t_start(double tail, double df)
{
    double z = gsl_cdf_ugaussian_Pinv(tail / 2);
    if (df < 3)
        return -z;
    double a = 1 / (df - 0.5);
    double b = 48 / (a * a);
    double c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
    double d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * M_PI_2) * df;
    double y = pow(d * tail, 2 / df);
    if (y > 0.05 + a) {
        if (df < 5)
            c += 0.3 * (df - 4.5) * (z + 0.6);
        c = (((0.05 * d * z - 5) * z - 7) * z - 2) * z + b + c;
        y = z * z;
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * z;
        y = expm1(a * y * y);
    } else {
        y = ((1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3) + 0.5 / (df + 4)) * y -
             1) *
                (df + 1) / (df + 2) +
            1 / y;
    }
    double t = sqrt(df * y);
    return t > 0 && isfinite(t) ? t : -z;
}

static double t_log_density_at_0(double df)
{
    int sign;
    return lgamma_r((df + 1) / 2, &sign) - lgamma_r(df / 2, &sign) - 0.5 * log(df * M_PI);
}

/* The t > 0 with P(|T| > t) = tail. The log of the tail falls ever faster with log t, so that
 * Newton's steps between the two logs cannot miss. */
static double t_of_tail(double tail, double df)
{
    if (df == 1)
        return 1 / tan(M_PI_2 * tail);
    if (df == 2)
        return (1 - tail) / sqrt(tail * (1 - tail / 2));
    double t = t_start(tail, df);
    double log_c = t_log_density_at_0(df);
    for (int i = 0; i < 100; i++) {
        double reached = t_two_sided(t, df);
        double density = exp(log_c - (df + 1) / 2 * log1p(t * t / df));
        double step = reached * log(reached / tail) / (2 * t * density);
        if (!isfinite(step))
            return NAN;
        t *= exp(fmin(fmax(step, -5), 5));
        if (fabs(step) < 1e-7)
            return t;
    }
    return NAN;
}

double t_quantile(double p, double df)
{
    if (!(p >= 0 && p <= 1) || !(df > 0))
        return NAN;
    if (p == 0 || p == 1 || isinf(df))
        return normal_quantile(p);
    if (p == 0.5)
        return 0;
    return p < 0.5 ? -t_of_tail(2 * p, df) : t_of_tail(2 * (1 - p), df);
}

double t_critical(double level, double df)
{
    return -t_quantile((1 - level) / 2, df);
}

/* Abramowitz & Stegun 26.4.4-5; every term is positive, so that small tails keep their digits. */
static double chi2_upper_series(double x, int df)
{
    bool odd = df % 2 == 1;
    double term = odd ? sqrt(2 * x / M_PI) : 1;
    double sum = 0;
    for (int i = odd ? 1 : 0; i <= df - 2; i += 2) {
        sum += term;
        term *= x / (i + 2);
    }
    double body = exp(-x / 2) * sum;
    return odd ? body + erfc(sqrt(x / 2)) : body;
}

/* exp(-y) y^a / Gamma(a + 1), through logarithms where the factors would overflow. */
static double gamma_term(double a, double y)
{
    int sign;
    return exp(a * log(y) - y - lgamma_r(a + 1, &sign));
}

/* The regularised incomplete gamma function: its power series from below, for y < a + 1. */
static double gamma_lower_series(double a, double y)
{
    double term = 1, sum = 1;
    for (double i = 1; term > sum * DBL_EPSILON / 4; i++) {
        term *= y / (a + i);
        sum += term;
    }
    return gamma_term(a, y) * sum;
}

/* Legendre's continued fraction from above, for y >= a + 1, by Lentz's method. */
static double gamma_upper_fraction(double a, double y)
{
    double b = y + 1 - a;
    double c = INFINITY, d = 1 / b, fraction = d;
    for (int i = 1; i < 1000000; i++) {
        double numerator = -i * (i - a);
        b += 2;
        d = 1 / (numerator * d + b);
        c = b + numerator / c;
        fraction *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return gamma_term(a, y) * a * fraction;
}

static double chi2_lower(double x, double df)
{
    double a = df / 2, y = x / 2;
    return y < a + 1 ? gamma_lower_series(a, y) : 1 - gamma_upper_fraction(a, y);
}

double chi2_upper(double x, double df)
{
    if (isnan(x) || !(df > 0))
        return NAN;
    if (x <= 0)
        return 1;
    if (isinf(x))
        return 0;
    /* exp(-700) is near the least double. */
    if (is_small_whole(df) && x < 1400)
        return chi2_upper_series(x, (int)df);
    return x / 2 < df / 2 + 1 ? 1 - chi2_lower(x, df) : gamma_upper_fraction(df / 2, x / 2);
}

/* Wilson & Hilferty 1931, and for small x the first term of the power series. */
static double chi2_start(double p, double df)
{
    double c = 2 / (9 * df);
    double root = 1 - c + normal_quantile(p) * sqrt(c);
    int sign;
    if (root > 0.2)
        return df * root * root * root;
    return 2 * exp((log(p) + lgamma_r(df / 2 + 1, &sign)) / (df / 2));
}

double chi2_quantile(double p, double df)
{
    if (!(p >= 0 && p <= 1) || !(df > 0))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? 0 : INFINITY;
    double x = chi2_start(p, df);
    /* The logs of both tails are concave in log x, so that Newton's steps there cannot miss. */
    for (int i = 0; i < 100 && isfinite(x) && x > 0; i++) {
        double slope = gamma_term(df / 2, x / 2) * df / 2;
        double tail = p < 0.5 ? chi2_lower(x, df) : chi2_upper(x, df);
        double step = p < 0.5 ? -log(tail / p) : log(tail / (1 - p));
        step *= tail / slope;
        x *= exp(fmin(fmax(step, -5), 5));
        if (fabs(step) < 1e-8)
            return x;
    }
    return NAN;
}

double f_upper(double x, double df1, double df2)
{
    if (isnan(x) || !(df1 > 0) || !(df2 > 0))
        return NAN;
    if (x <= 0)
        return 1;
    if (isinf(x))
        return 0;
    double scaled = df1 * x;
    if (scaled < df2)
        return gsl_cdf_beta_Q(scaled / (scaled + df2), df1 / 2, df2 / 2);
    return gsl_cdf_beta_P(df2 / (scaled + df2), df2 / 2, df1 / 2);
}
