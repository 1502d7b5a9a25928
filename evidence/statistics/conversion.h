/*
 * Means and standard deviations from what papers print instead.
 *
 * An undefined or impossible input gives NAN. Formula sources: Cochrane Handbook chapter 6.5.2
 * (SE, CI, p, change, combining), Wan 2014 doi:10.1186/1471-2288-14-135 and Shi 2020
 * doi:10.1002/jrsm.1429 (SDs), Luo 2018 doi:10.1177/0962280216669183 (means). Wan's closed forms
 * are used for every n, as conv.fivenum() of metafor does, not the tables for small n.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_CONVERSION_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_CONVERSION_H

#include <stdbool.h>

#include "evidence/statistics/effect.h"

/* ---- standard deviations ---- */

/* SE sqrt(n), one arm. */
double sd_of_se(double se, double n);

/* One arm's mean with its interval: sqrt(n) (upper - lower)/(2 t), t with n - 1 df. */
double sd_of_interval(double lower, double upper, double level, double n);

/* The SD common to two arms, from the standard error of their difference:
 * se/sqrt(1/n1 + 1/n2). */
double sd_of_difference_se(double se, double n1, double n2);

/* (q3 - q1)/(2 z((0.75 n - 0.125)/(n + 0.25))), Wan eq 16. */
double sd_of_quartiles(double q1, double q3, double n);

/* (max - min)/(2 z((n - 0.375)/(n + 0.25))), Wan eq 9. */
double sd_of_range(double min, double max, double n);

/* All five numbers: Wan eq 13 (the mean of the two above), Shi eq 11 (an optimal weight). */
double sd_of_five_wan(double min, double q1, double q3, double max, double n);
double sd_of_five_shi(double min, double q1, double q3, double max, double n);

/* The SD of changes: sqrt(sdb^2 + sdf^2 - 2 r sdb sdf). */
double sd_of_change(double sd_baseline, double sd_final, double r);

/* And r from three SDs: (sdb^2 + sdf^2 - sdc^2)/(2 sdb sdf). NAN beyond -1..1. */
double correlation_of_sds(double sd_baseline, double sd_final, double sd_change);

/* ---- means ---- */

/* Luo eq 15: w (q1 + q3)/2 + (1 - w) median, w = 0.7 + 0.39/n. */
double mean_of_quartiles(double q1, double median, double q3, double n);

/* Luo eq 7: w (min + max)/2 + (1 - w) median, w = 4/(4 + n^0.75). */
double mean_of_range(double min, double median, double max, double n);

/* Luo eq 15 for five numbers: w1 = 2.2/(2.2 + n^0.75), w2 = 0.7 - 0.72/n^0.55. */
double mean_of_five(double min, double q1, double median, double q3, double max, double n);

/*
 * Shi 2023's test of skewness as conv.fivenum() has it: |q1 + q3 - 2 median|/(q3 - q1) against
 * 2.65/sqrt(n) - 6/n^2. True where the quartiles look too skewed for the formulas above to hold;
 * n below 5 is never told apart.
 */
bool quartiles_skewed(double q1, double median, double q3, double n);

/* ---- standard errors ---- */

/* (upper - lower)/(2 q), q normal, or t with `df` above 0; level as 0.95. */
double se_of_interval(double lower, double upper, double level, double df);

/* |estimate|/q of an exact two-sided p, q normal, or t with `df` above 0. */
double se_of_p(double estimate, double p, double df);

/* ---- arms ---- */

/* Two arms of the same kind as one. Cochrane Handbook 6.5.2.10; three arms by repetition. */
struct arm arm_combined(struct arm a, struct arm b);

/* A shared control split between `parts` comparisons: n divided, mean and SD kept. */
struct arm arm_split(struct arm arm, double parts);

/* Which way an arm's mean and SD were come by, for the trace. */
enum recovery {
    RECOVERY_NONE, /* nothing gives an SD: the arm is not usable */
    RECOVERY_AS_PRINTED,
    RECOVERY_FROM_SE,
    RECOVERY_FROM_INTERVAL,
    RECOVERY_FROM_FIVE_NUMBERS,
    RECOVERY_FROM_QUARTILES,
    RECOVERY_FROM_RANGE,
    RECOVERY_COUNT
};

/* All that a paper may print of an arm; NAN for what it does not. */
struct arm_printed {
    double n;
    double mean;
    double sd;
    double se;
    double ci_lower, ci_upper, ci_level; /* of the mean; a level of NAN means 0.95 */
    double median, q1, q3, min, max;
};

/* An arm with every field NAN, to be filled. */
struct arm_printed arm_printed_empty(void);

/* The first way, in the order of enum recovery, that gives both mean and SD. */
enum recovery arm_recover(const struct arm_printed *printed, struct arm *out);

/* One clause for a person, with its source: "SD from the quartiles (Wan 2014)". */
const char *recovery_text(enum recovery recovery);

#endif
