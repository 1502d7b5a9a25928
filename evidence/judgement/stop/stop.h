/*
 * Go on, or stop: METHOD section 7. A diary, what the base expects and what is known of danger come
 * to one decision, by rules in a fixed order of which the first that holds decides:
 *
 *     T1 red flag · T2 harm · T3 not for you · T4 too early · T5 unlikely to help ·
 *     T6 the trial is over · T7 go on until a day that is named
 *
 * Nothing here is stored or logged.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_H

#include "evidence/judgement/signs/signs.h"
#include "evidence/judgement/stop/medicines.h"
#include "evidence/judgement/stop/stop_plan.h"

enum stop_decided {
    STOP_SEEK_CARE,
    STOP_FOR_HARM,
    STOP_DO_NOT_START,
    STOP_TOO_EARLY,
    STOP_UNLIKELY,
    STOP_DONE,
    STOP_CONTINUE
};
extern const char *const stop_decided_names[]; /* seek-care, stop-harm, do-not-start … */

/* A danger or a reason against it, found in what was told. */
struct stop_sign {
    const char *id;                /* of the row in a rule book, NULL */
    const char *sentence;          /* what to do and why, whole sentences */
    enum urgency urgency;          /* of a red flag or a serious event */
    const struct backing *backing; /* what it rests on; NULL: on a rule of ours */
};

/* What was found in symptoms, side effects, notes and medicines; NULL: nothing of the kind. */
struct stop_signs {
    const struct stop_sign *red_flag; /* the most urgent */
    const struct stop_sign *serious;  /* a serious side effect */
    const struct stop_sign *against;  /* a contraindication */
    struct raised_flags flags;        /* all of them */
    const char *states;               /* all that was told in which a reason against may stand */
    bool unchecked;             /* … but nothing is known of whom the treatment is not for */
    const struct not_for *asks; /* what to ask about first, … */
    size_t ask_count;           /* … so many */
    struct told_medicines medicines;
};

/* Looks for them in what the diary tells beside its scores; in `arena`. What it is tried for, and
 * what is tried, are read along: fever with back pain is another thing than fever. */
void stop_signs_of(const struct catalog *catalog, const struct diary *diary, struct arena *arena,
                   struct stop_signs *out);

struct stopping {
    enum stop_decided decided;
    const char *rule; /* "T5" */
    const char *sentence;
    const struct stop_sign *sign; /* that decided, or NULL */
    const struct stop_rule *slow; /* why what is tried must be come off slowly; NULL: it need not */
    struct stop_plan plan;
    bool known; /* false: nothing can be expected, or nothing was scored after the start */
    struct recovery recovery;
    double now;          /* the day of the last score */
    size_t later_scores; /* scores after the start */
    size_t sessions_so_far;
    double probability;     /* of being at the goal when the trial ends, NAN */
    double next_review_day; /* from the first session, NAN where there is none; with STOP_CONTINUE
                               the first on which scores back at the start would end it */
    bool little_left;       /* with STOP_DONE: nobody could get much better than this */
    const struct outcome *worse; /* the outcome that got worse (T2), or NULL */
};

/* Decides; strings live in `arena`. Never fails. */
void stop_decide(const struct catalog *catalog, const struct diary *diary,
                 const struct stop_signs *signs, struct arena *arena, struct stopping *out);

/* A day of the curve to draw: what the model expects with the scores so far, four times of five
 * between low and high, and what would be expected with no treatment. */
struct stop_point {
    double day;
    double expected;
    double low;
    double high;
    double without;
};

/* The curve from the start to the end of the trial or the last score, whichever is later; an array
 * of `*count` in `arena`, none where nothing is known. */
const struct stop_point *stop_curve(const struct stopping *stopping, struct arena *arena,
                                    size_t *count);

enum { STOP_ALTERNATIVES = 3 };

/* What is rated better for the same, best first, but for what nobody should have who told what this
 * person did; an array of `*count` in `arena`, at most STOP_ALTERNATIVES. */
const struct headline *const *stop_alternatives(const struct catalog *catalog,
                                                const struct diary *diary,
                                                const struct stop_signs *signs, struct arena *arena,
                                                size_t *count);

#endif
