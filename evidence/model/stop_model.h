/*
 * The numbers by which a diary is judged: when to stop, what the goal is, how long a fair trial is
 * where nobody says, how fast scores fall, how far one score can be off. Fields as in
 * evidence/data/README.md; unknown strings are NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_STOP_MODEL_H
#define TOUCHSTONE_EVIDENCE_MODEL_STOP_MODEL_H

#include "evidence/model/base.h"
#include "evidence/model/threshold.h"

/* Probabilities, 0 to 1. */
struct stop_decision {
    double stop_below;       /* of reaching the goal: stop */
    double stop_early_below; /* the same before the least exposure */
    double worse_above;      /* of being worse than the start: stop */
    const char *note;
};

struct stop_goal {
    double share;                /* of the start, by which the score has to fall */
    double least_share_of_scale; /* and at least by this much of the scale */
    const char *threshold;       /* id of the row that the share comes from */
    const char *note;
    const char *other_note; /* where the share is taken for another outcome than pain */
    const char *floor_note; /* where the least share of the scale is more than a threshold */
};

/* A trial where the base names none. */
struct stop_trial {
    const char *outcome; /* id; NULL: any other */
    double days;
    double least_days;
    int least_sessions;
    const char *note;
};

enum { STOP_PACES_MOST = 8 };

/* How fast: the time constant as a share of the trial, and how likely that is. */
struct stop_pace {
    double share_of_trial;
    double weight;
};

/* The error of one score. */
struct stop_error {
    const char *outcome; /* id; NULL: any other */
    double share_of_scale;
    const char *threshold; /* id of the row that it comes from, or NULL */
    const char *note;
};

/* An outcome that a diary can be decided on. */
struct stop_outcome {
    const char *outcome; /* id */
    bool higher_is_better;
    bool way_is_told; /* false: which way is good depends on what is measured, and must be told */
    bool is_pain;     /* words such as "mild" say how bad it is */
    bool has_course;  /* what is known of the course and the relief of pain holds for it */
    double low, high; /* of the scale where none is told, NAN: it must be told */
    double high_else; /* where a score is above `high`; NAN: then it must be told */
    const char *unit; /* what is counted: "days a month"; NULL */
};

/* A questionnaire, or another way to score that has a name. */
struct stop_instrument {
    const char *const *names;    /* "ODI", "Oswestry" */
    const char *const *outcomes; /* ids of what it measures, the first where nobody says */
    double low, high;            /* NAN: they vary */
    bool higher_is_better;
};

/* How people put that something began or ended. */
struct stop_change_words {
    const char *const *begins;
    const char *const *switches; /* began, and ended what was before */
    const char *const *ends;
};

/* A word for a score: how bad ("mild"), as a share of the scale, or how it has become ("a bit
 * better"), as a share of where it began. The other one is NAN. */
struct stop_word {
    const char *word;
    double share;
    double of_start;
};

struct stop_model {
    struct stop_decision decision;
    struct stop_goal goal;
    const struct stop_trial *trials;
    size_t trial_count;
    const struct stop_pace *paces;
    size_t pace_count;
    const struct stop_error *errors;
    size_t error_count;
    double error_weight; /* the errors count as so many differences between two scores, against
                            those that a diary has before the first session */
    double course_days; /* by when the base-wide course of control groups has come as far as told */
    double unknown_spread; /* SD of the fall where no course is known, as a share of the scale */
    const char *course_note;
    double start_days; /* scores within so many days up to the first session make the start */
    const struct stop_outcome *outcomes;
    size_t outcome_count;
    const struct stop_instrument *instruments;
    size_t instrument_count;
    struct stop_change_words changes;
    const struct stop_word *words;
    size_t word_count;
    const char *words_note;
    const char *compared_note; /* of words that tell how it has become */
    const char *else_condition; /* id: what pain is judged as where its condition is not known, … */
    const char *const *else_words; /* … and by which words a name tells that it is pain */
};

/* Reads the whole document, strictly: outcomes must stand in `base` and thresholds in the book,
 * whose instruments must be known here. */
void stop_model_read(const struct json_reader *at, const struct base *base,
                     const struct thresholds *thresholds, struct stop_model *out);

/* The row of an outcome; NULL: no diary is decided on it. */
const struct stop_outcome *stop_model_outcome(const struct stop_model *model, const char *outcome);

/* The row of an outcome, or the one for any other; NULL in a book without rows. */
const struct stop_trial *stop_model_trial(const struct stop_model *model, const char *outcome);
const struct stop_error *stop_model_error(const struct stop_model *model, const char *outcome);

#endif
