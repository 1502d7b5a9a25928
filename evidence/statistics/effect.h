/*
 * From a study's summary figures to one effect and its sampling variance.
 *
 * Everything is intervention (arm 1) against comparator (arm 2): 1 minus 2, or the log of 1 over 2.
 * An effect that the figures do not define (a log of a negative ratio, an SD that is missing) comes
 * back with both numbers NAN; effect_usable() tells. Nothing here fails otherwise.
 *
 * Definitions are those of escalc() in metafor 3.8-1 with vtype "LS" (Viechtbauer 2010,
 * doi:10.18637/jss.v036.i03).
 */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_EFFECT_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_EFFECT_H

#include <stdbool.h>
#include <stddef.h>

/* On the analysis scale: RR, OR and ROM are pooled as natural logarithms. */
struct effect {
    double yi; /* MD: unit of the scale; SMD: standard deviations; RD: proportion; ratios: log */
    double vi; /* its sampling variance, the same unit squared */
};

enum measure {
    MEASURE_MD,  /* mean difference */
    MEASURE_SMD, /* standardised mean difference, Hedges' g */
    MEASURE_ROM, /* log ratio of means, without the second-order correction of metafor 5 */
    MEASURE_RR,  /* log risk ratio */
    MEASURE_OR,  /* log odds ratio */
    MEASURE_RD,  /* risk difference */
    MEASURE_GEN, /* yi and vi given as they are */
    MEASURE_COUNT
};

/* "MD", "SMD", "ROM", "RR", "OR", "RD", "GEN". */
const char *measure_name(enum measure measure);

/* True if `name` is one of these names. */
bool measure_from_name(const char *name, enum measure *out);

/* True for RR, OR and ROM, whose estimates are told as exp(yi). */
bool measure_is_ratio(enum measure measure);

/* True if both numbers are finite and vi is above 0: only such effects may be pooled. */
bool effect_usable(struct effect effect);

/* From the scale of telling to the analysis scale and back: log and exp for ratios, else itself. */
double measure_to_analysis(enum measure measure, double told);
double measure_to_told(enum measure measure, double analysis);

/* ---- from two arms of means ---- */

/* One arm of a continuous outcome. n counts people and may be fractional (an effective size). */
struct arm {
    double n;
    double mean;
    double sd;
};

/*
 * MD:  m1 - m2;  sd1^2/n1 + sd2^2/n2.
 * SMD: J (m1 - m2)/sp, sp pooled over n1 + n2 - 2;  1/n1 + 1/n2 + yi^2/(2 (n1 + n2)).
 * ROM: log(m1/m2);  sd1^2/(n1 m1^2) + sd2^2/(n2 m2^2).
 * Undefined for other measures, n below 1 (SMD: n1 + n2 - 2 of 1 or less), SD below 0 or missing,
 * ROM of means of different signs. An SD of 0 gives vi 0, which is not usable.
 */
struct effect effect_of_means(enum measure measure, struct arm arm1, struct arm arm2);

/* The exact small-sample factor J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), m degrees of
 * freedom, above 1 (NAN below). Hedges 1981, doi:10.3102/10769986006002107. */
double hedges_correction(double m);

/* ---- from 2x2 tables ---- */

/* Events and people; ai <= n1 and ci <= n2, both arms at least 1. Numbers need not be whole. */
struct table {
    double ai;
    double n1;
    double ci;
    double n2;
};

/* To which tables `add` is added, to all four cells. */
enum correct_to {
    CORRECT_ONLY0,  /* those with an empty cell */
    CORRECT_ALL,    /* every one */
    CORRECT_IF0ALL, /* every one if any has an empty cell */
    CORRECT_NONE
};

/* escalc's `add`, `to`, `drop00`; drop00 leaves out tables with no event in both arms, and those
 * where everybody has it. */
struct correction {
    double add;
    enum correct_to to;
    bool drop00;
};

/* 0.5, only0, false: metafor's defaults. */
extern const struct correction correction_default;

const char *correct_to_name(enum correct_to to);
bool correct_to_from_name(const char *name, enum correct_to *out);

/*
 * RR: log(a/n1) - log(c/n2);  1/a - 1/n1 + 1/c - 1/n2.
 * OR: log(ad/bc);             1/a + 1/b + 1/c + 1/d.
 * RD: a/n1 - c/n2;            p1(1-p1)/n1 + p2(1-p2)/n2.
 * All on the corrected table; RD is corrected like the others. Undefined for other measures, counts
 * that cannot be, and what a zero makes infinite.
 */
struct effect effect_of_table(enum measure measure, struct table table,
                              const struct correction *correction);

/* The same for a whole analysis, which CORRECT_IF0ALL needs. `out` has room for `count`. */
void effects_of_tables(enum measure measure, const struct table *tables, size_t count,
                       const struct correction *correction, struct effect *out);

/* ---- from a printed estimate; `told` is on the scale of telling, a ratio as a ratio ---- */

/* vi = se^2. For ratios `se` is that of the logarithm. */
struct effect effect_of_se(enum measure measure, double told, double se);

/*
 * se = (upper - lower)/(2 q), q the normal quantile of the level (0.95), on the analysis scale;
 * with `df` above 0 the t quantile (MD of two arms: n1 + n2 - 2). An estimate of NAN takes the
 * middle. Cochrane Handbook 6.3.1 and 6.5.2.3.
 */
struct effect effect_of_interval(enum measure measure, double told, double lower, double upper,
                                 double level, double df);

/* se = |estimate|/|t|; undefined for t = 0. `t` may be a z. */
struct effect effect_of_t(enum measure measure, double told, double t);

/* The same from an exact two-sided p, through t with `df` (0: the normal). Never give it a p that
 * was printed as a bound ("p < 0.05"). Undefined for p of 0, 1 or beyond. */
struct effect effect_of_p(enum measure measure, double told, double p, double df);

/* Hedges' g from the t of two independent groups: d = t sqrt(1/n1 + 1/n2), J and vi as for SMD.
 * t has the sign of m1 - m2; an F(1, df) is t^2. */
struct effect smd_of_t(double t, double n1, double n2);
struct effect smd_of_f(double f, int sign, double n1, double n2);
struct effect smd_of_p(double p, int sign, double n1, double n2);

/* ---- other designs ---- */

/* One group measured twice, after minus before, `r` the correlation of the two (-1..1).
 * escalc MC: m2 - m1;  (sd1^2 + sd2^2 - 2 r sd1 sd2)/n. */
struct effect effect_of_change(struct arm before, struct arm after, double r);

/* The same in baseline SDs. escalc SMCR: J(n-1)(m2 - m1)/sd1;  2(1 - r)/n + yi^2/(2n). */
struct effect smd_of_change(struct arm before, struct arm after, double r);

/* A crossover in n people: MD with the paired variance (sd1^2 + sd2^2 - 2 r sd1 sd2)/n.
 * Cochrane Handbook 23.2.7; Elbourne 2002, doi:10.1093/ije/31.1.140. */
struct effect effect_of_crossover(double n, struct arm arm1, struct arm arm2, double r);

/* The same as g: (m1 - m2)/sqrt((sd1^2 + sd2^2)/2) with J(n - 1), variance 2(1 - r)(1/n +
 * yi^2/(2n)). Elbourne 2002; Becker 1988, doi:10.1111/j.2044-8317.1988.tb00901.x. */
struct effect smd_of_crossover(double n, struct arm arm1, struct arm arm2, double r);

/* 1 + (m - 1) icc, m people a cluster. Cochrane Handbook 23.1.4. NAN if m < 1 or icc not in 0..1.
 */
double design_effect(double cluster_size, double icc);

/* Takes a variance that ignored the clusters to the right one: vi times the design effect. */
struct effect effect_of_clusters(struct effect ignoring, double cluster_size, double icc);

/* The effective size of a clustered arm: n divided by the design effect; mean and SD stay. */
struct arm arm_of_clusters(struct arm arm, double cluster_size, double icc);

/* ---- between scales ---- */

/* Chinn 2000, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M: log OR times
 * sqrt(3)/pi is an SMD, the standard error likewise. */
struct effect smd_of_or(struct effect log_or);
struct effect or_of_smd(struct effect smd);

/* An SMD told in points of a reference scale, and back: yi times its SD. */
struct effect md_of_smd(struct effect smd, double sd);
struct effect smd_of_md(struct effect md, double sd);

/* A difference on a scale from `low` to `high` told on one from `to_low` to `to_high`. */
struct effect effect_rescaled(struct effect md, double low, double high, double to_low,
                              double to_high);

/* An arm's mean and SD moved the same way. */
struct arm arm_rescaled(struct arm arm, double low, double high, double to_low, double to_high);

/* The effect with its direction turned round: yi times -1. */
struct effect effect_reversed(struct effect effect);

#endif
