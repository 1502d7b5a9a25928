/*
 * Finding tau2: the root of a falling function, and the highest of a likelihood's maxima.
 *
 * Internal to evidence/statistics. A model is whatever the callbacks make of it; nothing allocates.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_SOLVE_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_SOLVE_H

#include <stdbool.h>

/* A function and its slope at one tau2. */
struct value {
    double value;
    double slope;
};

struct curve {
    struct value (*at)(const void *model, double tau2);
    double (*deviance)(const void *model,
                       double tau2); /* -2 log likelihood; NULL for plain roots */
    const void *model;
};

/*
 * The tau2 between `low`, where the curve is above 0, and `high`, where it is not. A Newton step
 * (for a score: a scoring step with the observed information) is taken where it stays inside the
 * bracket; else the bracket is cut. `resolution` is the least tau2 that makes a difference. False
 * if 500 steps do not close the bracket.
 */
bool solve_root(const struct curve *curve, double low, double high, double resolution,
                double *root);

/*
 * The tau2 in 0..bound with the least deviance, where `curve` is the score. Every fall of the score
 * from above 0 to below it, on a grid whose points stand a factor of 4 apart from `first` up (wider
 * where that would take more than 32), is narrowed and weighed; 0 is one too where the score starts
 * below 0. The score must be below 0 from `bound` on.
 */
bool solve_maximum(const struct curve *curve, double first, double bound, double resolution,
                   double *tau2);

/*
 * A bound for both likelihoods: y'PPy <= squares/tau2^2, while tr P, whose df eigenvalues are at
 * least the least weight, is at least df/(tau2 + vi_most); the score of ML is smaller still.
 * `squares` are the residual squares of the unweighted fit, `df` its residual degrees of freedom.
 */
double solve_bound(double squares, double df, double vi_most);

#endif
