/*
 * The distributions that intervals and tests are read from.
 *
 * Probabilities are between 0 and 1. An argument outside a function's domain gives NAN, never an
 * abort, whatever GSL's error handler is set to. Degrees of freedom need not be whole.
 *
 * Accuracy, relative, checked against R 4.2.2: 1e-12 up to some thousand degrees of freedom, tails
 * down to 1e-300 included; 1e-9 up to a million. F with df2 above 1e5 has 1e-8 in the body and 0 in
 * its far tail. A quantile that would be beyond about 1e150 is NAN.
 *
 * Sources: GSL 2.7 for the normal quantile and the incomplete beta function; finite series for
 * whole degrees of freedom from Abramowitz & Stegun 1964, 26.4.4-5 and 26.7.3-4; the incomplete
 * gamma function by its series and continued fraction, 6.5.29 and 6.5.31; the starting value of the
 * t quantile from Hill 1970, doi:10.1145/355598.355600. GSL's chi-square is not used: its inverse
 * fails on some arguments, which ends the program unless its error handler is off.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_DISTRIBUTION_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_DISTRIBUTION_H

/* Standard normal: P(Z <= x), P(Z > x), and the x with P(Z <= x) = p. p 0 and 1 give infinities. */
double normal_cdf(double x);
double normal_upper(double x);
double normal_quantile(double p);

/* P(|Z| > |x|): the two-sided p of a z test. */
double normal_two_sided(double x);

/* Student's t with df > 0; an infinite df is the normal. */
double t_cdf(double x, double df);
double t_upper(double x, double df);
double t_quantile(double p, double df);
double t_two_sided(double x, double df);

/* Chi-square with df > 0: P(X > x), and the x with P(X <= p). */
double chi2_upper(double x, double df);
double chi2_quantile(double p, double df);

/* F with df1, df2 > 0: P(X > x). */
double f_upper(double x, double df1, double df2);

/* The c with P(|T| <= c) = level: normal_critical(0.95) is 1.96. */
double normal_critical(double level);
double t_critical(double level, double df);

#endif
