/*
 * A rating: one question answered from the base by the rules, with everything it was made of.
 *
 * The chain, each step a module: question (which results belong) -> body (one effect a trial) ->
 * synthesis (the pool, ours or a published one) -> certainty -> verdict -> sentence. All of it is
 * kept here and lives in the arena it was made in; nothing is changed afterwards.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RATING_H
#define TOUCHSTONE_EVIDENCE_RATING_RATING_H

#include <stdint.h>

#include "evidence/model/base.h"
#include "evidence/rating/ruleset.h"
#include "evidence/rating/trace.h"

struct overrides;
struct verdict_override;

/* What is asked: (intervention, condition, comparator, outcome, window). METHOD section 1. */
struct question {
    const char *id; /* dry-needling.neck-mtrp.sham.pain-intensity.short */
    const struct intervention *intervention;
    const struct condition *condition;
    const char *comparator; /* sham, nothing, mixed, active:<slug> */
    enum comparator_class comparator_class;
    const struct outcome *outcome;
    enum window window;
};

/* What the estimates of a body are told in. */
enum body_scale {
    BODY_POINTS, /* MD on a scale of known ends: pain on 0-10 (E1), others on their own scale */
    BODY_SMD,    /* Hedges g */
    BODY_RATIO,  /* log RR; OR where a published pool gives no other */
    BODY_NONE
};

/* One study's place in a question. */
struct rated_study {
    const struct study *study;
    const char *label;
    const struct result *result; /* the one that stands for it, NULL if none gives a figure */
    struct effect effect;        /* analysis scale, sign of the body's scale */
    /* The interval as printed, on the same scale, where the effect's error was taken from it and it
     * is of the ruleset's level; NAN. It need not lie evenly round the estimate. */
    double printed_low, printed_high;
    double weight; /* percent of the pool; NAN where not used */
    enum risk risk;
    const char *risk_by; /* "PEDro 7/10", NULL where nobody judged it */
    int n;               /* people behind the effect */
    int events;
    double control_sd; /* on the body's scale, NAN if unknown */
    double control_risk;
    bool used;
    const char *why_not;      /* a sentence, where not used */
    bool improbable;          /* P6: kept, and the pool is given without it too */
    const char *imputed;      /* E2, E3: how its error was imputed or assumed, NULL if printed */
    const char *approximated; /* all that was done to its figure, that included; NULL if nothing */
    enum favours favours;     /* what the study itself found */
};

/* P1: a pool of this one trial is told with the trial's own interval, where that was printed. */
void pooled_keep_interval(struct pooled *pooled, const struct rated_study *alone);

/* The studies of a question and the scale they are told on. */
struct body {
    enum body_scale scale;
    enum better better;          /* which way is good on that scale */
    struct scale points;         /* BODY_POINTS: its name and ends */
    struct rated_study *studies; /* by year, then id */
    size_t count;
    size_t used;
    int n;               /* people in the used ones, COUNT_UNKNOWN if one is unknown */
    int events;          /* in both arms of the used ones */
    double control_risk; /* of the used ones, events over people; NAN if unknown, 0 or 1 */
    double control_sd;   /* median of the used ones' control groups, NAN if unknown */
};

/* The pool without some of its trials. */
struct sensitivity {
    size_t left_out;      /* 0: there are none to leave out */
    bool pooled;          /* others are left, and … */
    struct pooled others; /* … this is their pool */
};

enum basis { BASIS_NONE, BASIS_DIRECTION, BASIS_TRIALS, BASIS_ADOPTED };
extern const char *const basis_names[]; /* none, direction, trials, adopted */

/* What the question comes to in numbers. On the analysis scale, sign of the body's scale. */
struct synthesis {
    enum basis basis;
    enum body_scale scale;
    enum better better;   /* which way is good on that scale */
    struct scale points;  /* BODY_POINTS: its name and ends */
    enum measure measure; /* how it is told: MD, SMD, RR, OR */
    struct pooled pooled; /* of an adopted one: what it states, the rest NAN */
    const char *method;   /* "REML, Hartung-Knapp (never narrower)" */
    int k;
    int n;
    double i2;
    const struct study *adopted; /* the review, and … */
    const struct result *adopted_result;
    struct sensitivity improbable; /* P6: the pool without what is improbable */
    struct sensitivity imputed;    /* E2: the pool without what was imputed */
    bool reference_is_base_wide;
    double reference_sd;               /* that tells an SMD in points, NAN */
    double control_risk;               /* that tells a ratio in people of 100, NAN (E4): … */
    bool control_risk_is_printed;      /* … the review's own, not that of the trials here */
    const struct rated_study *outlier; /* a newer trial that leaves the adopted estimate out */
};

/* The estimate as the verdict weighs it: benefit positive, in a unit in which a MID has a meaning
 * (points, standard deviations, or people of 100 at the control risk). */
struct weighed {
    double benefit;
    double low;
    double high;
    double mid; /* NAN: nobody says what size matters */
};

/* The size as people are told it: on the scale of telling, with the sign of the scale. */
struct effect_told {
    const char *measure; /* MD, SMD, RR, OR */
    const char *scale;   /* "0-10 points", "standard deviations", "risk ratio" */
    double estimate;
    double ci_low, ci_high;
    double benefit; /* the same number with benefit positive (a ratio: above 1) */
    struct weighed weighed;
    double points; /* an SMD told in points of a reference scale; NAN otherwise */
    double points_low, points_high;
    const char *magnitude; /* trivial, small, moderate, large; NULL without a MID */
    bool large_throughout; /* so is the near end of the interval */
    enum favours favours;
    double p_any_benefit;
    double p_important_benefit;
    double p_important_harm;
    double of_100_control; /* people of 100 with the event without it, and with it; NAN unless a
                              ratio with a control risk */
    double of_100_treated;
    double of_100_low, of_100_high; /* the interval of those with it */
};

/* What happens to pain in control groups, on the scale of the outcome's MID. NAN where unknown. */
struct control_course {
    double baseline;
    double baseline_sd; /* between people, the error of measuring included */
    double fall;        /* how much it falls by itself */
    double fall_sd;     /* between people */
    size_t groups;      /* that tell it */
    bool own;           /* the control groups of the body itself, not those of the whole base */
};

/* People of 100 whose pain falls by 30 % or more, modelled; see responders.h. */
struct responders {
    bool known;
    double without;
    double with, with_low, with_high;
    struct control_course course;
};

enum domain {
    DOMAIN_BIAS,
    DOMAIN_INCONSISTENCY,
    DOMAIN_INDIRECTNESS,
    DOMAIN_IMPRECISION,
    DOMAIN_PUBLICATION,
    DOMAIN_UPGRADE,
    DOMAIN_CAP
};
enum { DOMAIN_COUNT = 7 };
extern const char *const domain_names[];

struct domain_judgement {
    int change; /* levels: 0, -1, -2, +1 … */
    const char *rule;
    const char *reason;
};

struct certainty {
    enum certainty_level level; /* very low where there is nothing to be sure of */
    enum certainty_level start;
    struct domain_judgement domains[DOMAIN_COUNT];
    bool authors_own; /* the grade of the review's authors stands (S1, B4) */
};

/* METHOD section 5. */
enum effect_class {
    CLASS_BENEFIT,
    CLASS_SMALL,
    CLASS_NO_DIFFERENCE,
    CLASS_UNDECIDED,
    CLASS_HARM,
    CLASS_NONE
};

struct directions {
    int better;
    int neither;
    int worse;
    int unclear;
    int people; /* COUNT_UNKNOWN if any is unknown */
};

struct rating {
    struct question question;
    const char *comparator_detail; /* what it was, where all say the same; NULL otherwise */
    const char *verdict; /* NULL: a harm outcome, or a size that nobody can call important */
    const char *rule;    /* the rule that gave it */
    const char *sentence;
    enum effect_class class;
    bool hangs_on_improbable; /* P6: without its improbable figures the class would be another */
    bool hangs_on_imputed;    /* E2: without its imputed ones it would be, … */
    enum effect_class
        class_without_imputed; /* … this one; CLASS_NONE where nothing would be left */
    struct body body;
    struct synthesis synthesis;
    struct effect_told effect;
    struct responders responders;
    struct certainty certainty;
    struct directions directions;
    struct trace trace;
    const struct condition *borrowed_from; /* Q4: a headline's evidence comes from this one */
    enum window headline_window_wanted;    /* the primary window, where a headline took another */
    int newest_year;
    const struct verdict_override *override; /* V4: a curator's word beside the verdict; NULL */
};

/* What the base tells beyond one question: the SD of controls on 0-10 pain scales. */
struct reference_values {
    double
        pain_control_sd; /* median over arms, on the scale of the outcome's MID; NAN without any */
    size_t pain_arms;
    struct control_course course;
};

/* Everything a rating is made from. All borrowed. */
struct rating_context {
    const struct base *base;
    const struct ruleset *ruleset;
    struct reference_values reference;
    const struct overrides *overrides; /* V4; NULL: none */
    const struct rules *rules;         /* for the sources in a trace; NULL: not told */
    const uint32_t *retracted;         /* places of the studies that were retracted, sorted */
    size_t retracted_count;
    bool untraced; /* ratings are made without their traces, which take most of the time */
};

/* Looks the reference values up in the base. */
struct reference_values reference_values_of(const struct base *base);

/* A result that speaks to a question, by its place in its study and that of its study in the base:
 * studies need not be unfolded to be asked. */
struct speaker {
    uint32_t study;
    uint32_t result;
};

/* A question, and the results that can answer it. */
struct open_question {
    struct question question;
    const struct speaker *speakers; /* by year of the study, then its id, then their order in it */
    size_t count;
};

/* The id of the question that a result speaks to, in `arena`. */
const char *question_id(const struct result *result, struct arena *arena);

/* Every question that any result of the base speaks to, each once, in `arena`. */
struct open_question *question_list(const struct base *base, struct arena *arena, size_t *count);

/* One study's results of one question: what question_gather lists and rate_question reads. */
struct member {
    const struct study *study;
    const struct result *const *results; /* `count` of them */
    size_t count;
};

/* A question and who has anything to say to it. */
struct gathered {
    struct question question;
    const struct member *members; /* by year, then id; reviews and retracted ones too */
    size_t count;
};

/* The studies and results behind a question; the lists are in `arena`, the studies the base's. */
struct gathered question_gather(const struct base *base, const struct open_question *open,
                                struct arena *arena);

/*
 * Rates one question. Never fails: what cannot be pooled leaves a rating that says why. `indirect`
 * is how many levels of indirectness the asker adds (Q4: 1 for a borrowed condition).
 */
struct rating *rate_question(const struct rating_context *context, const struct gathered *gathered,
                             int indirect, struct arena *arena);

/* True where a pool, ours or a published one, stands behind the answer. */
bool rating_has_figure(const struct rating *rating);

#endif
