/*
 * How one person's score goes on while a treatment is tried, in closed form.
 *
 *     score at day t = b - A (1 - exp(-t / tau)) + e
 *
 * b is the level before the first session: normal with a prior from where others begin, and told by
 * the scores before that session and by no later one. Whoever begins with a high score has more
 * often had a bad day than a good one, and the prior takes that into account (regression to the
 * mean). A, how far the score falls in the end, is normal with a prior from what is known of
 * others; tau, how fast, is one of a few values with fixed weights; e is normal, the error of
 * measuring. Given b and tau the posterior of A is normal (conjugate linear regression through the
 * origin), and b is integrated out, so that every probability below is a weighted sum of normal
 * ones: no sampling.
 *
 * What later scores say does not flow back into b or into the weights of tau. That is less than a
 * full Bayesian fit would do (the feedback is "cut", as in BUGS), and on purpose: with feedback a
 * better score early on can make the end look worse, because the curve then seems to have
 * flattened. Without it the probability of reaching a line falls with every score that rises,
 * whatever the others are.
 *
 * Scores are such that less is better; whoever has others turns them round. Days count from the
 * first session. Nothing here allocates memory; numbers that make no sense give NAN.
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_RECOVERY_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>

enum { RECOVERY_PACES_MOST = 8 };

/* What is expected before the person's own scores are seen. */
struct recovery_prior {
    double start;    /* the level before, on average; of no account where start_sd is INFINITY */
    double start_sd; /* between people; > 0, INFINITY: nothing is known of where people begin */
    double fall;     /* mean fall by `fall_day`, the same for every tau */
    double fall_sd;  /* between people, without the error of measuring; > 0 */
    double fall_day; /* > 0 */
    double error_sd; /* of one score; > 0 */
    double taus[RECOVERY_PACES_MOST];
    double weights[RECOVERY_PACES_MOST]; /* of the taus; their sum is 1 */
    size_t pace_count;
};

/* Scores from the first session on, in any order. */
struct recovery_scores {
    double start;       /* mean of the scores before the first session */
    size_t start_count; /* how many those are, at least 1 */
    const double *days; /* > 0 */
    const double *values;
    size_t count;
};

/* The posterior of A for one tau: normal, its mean linear in b. */
struct recovery_pace {
    double tau;
    double weight;
    double fall;      /* mean of A where b is the recovery's `start` */
    double fall_by_b; /* how much that mean grows with b */
    double variance;  /* of A given b */
};

struct recovery {
    struct recovery_pace paces[RECOVERY_PACES_MOST];
    size_t pace_count;
    double start; /* mean of b */
    double start_variance;
    double error_sd;
};

/* The posterior; false where the prior or a score makes no sense (then `out` is not touched). */
bool recovery_fit(const struct recovery_prior *prior, const struct recovery_scores *scores,
                  struct recovery *out);

/* P(b - A (1 - exp(-day/tau)) <= line): that the person's level, without the error of measuring, is
 * at or below the line on that day. */
double recovery_reaches(const struct recovery *recovery, double day, double line);

/* P(the level on that day is above b by more than `margin`). */
double recovery_worse(const struct recovery *recovery, double day, double margin);

/* The mean of the level on a day. */
double recovery_mean(const struct recovery *recovery, double day);

/* Probabilities, and where a normal distribution has them: for who asks about many days. */
struct recovery_band {
    double low_p;
    double high_p;
    double low_z;
    double high_z;
};
struct recovery_band recovery_band(double low_p, double high_p);

/*
 * The same with the levels below which it lies with the band's probabilities (NAN where one is not
 * between 0 and 1), to 1e-9 of the spread: by Halley's method, within a bracket that is halved
 * where a step would lead out of it.
 */
struct recovery_range {
    double mean;
    double low;
    double high;
};
struct recovery_range recovery_range_on(const struct recovery *recovery, double day,
                                        const struct recovery_band *band);

/* The mean of b with `count` scores of mean `start` before the first session; of the prior, start,
 * start_sd and error_sd are read. */
double recovery_level_before(const struct recovery_prior *prior, double start, size_t count);

#endif
