/*
 * The words by which danger is found in what people write: concepts (places, feelings, events) with
 * the ways to put them, and patterns of which of them together are a red flag or a serious side
 * effect. Fields as in evidence/data/README.md; lists of strings end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_SIGN_WORDS_H
#define TOUCHSTONE_EVIDENCE_MODEL_SIGN_WORDS_H

#include "evidence/model/base.h"
#include "evidence/model/red_flag.h"

struct sign_concept {
    const char *id;
    const char *const *words; /* words and phrases that say it; "38..43" is any number between */
    const char *state;        /* what a person has that a treatment may not be for: "a pacemaker";
                                 NULL: no such thing */
    const char *people;       /* whom studies seldom tell apart, as they are spoken of: "children";
                                 NULL: no such people */
    const char *asks;         /* whom such people ask first; stands wherever `people` does */
    bool passes;              /* told as long past ("ten years ago"), it says nothing of today */
};

/* Any one of these concepts, as their places in the list, ended by SIGN_NONE. */
enum { SIGN_NONE = -1, SIGN_ALTERNATIVES_MOST = 12, SIGN_GROUPS_MOST = 5 };
struct sign_group {
    int concepts[SIGN_ALTERNATIVES_MOST + 1];
};

/* All groups in one text: a red flag, or a serious side effect. */
struct sign_pattern {
    const struct red_flag *flag; /* NULL: a side effect, of which `sentence` says what to do */
    const char *sentence;
    enum urgency urgency;
    struct sign_group groups[SIGN_GROUPS_MOST];
    size_t group_count;
    int near; /* all within so many words; COUNT_UNKNOWN: anywhere */
};

/* A word that stands for others: "can't" is "cannot". */
struct sign_short {
    const char *word;
    const char *means;
};

struct sign_negation {
    const char *const *negators; /* what follows is denied … */
    const char *const *breaks;   /* … until one of these … */
    const char *const *joins;    /* … also past a comma where a later one of these follows */
    const char *const *cannot;   /* ways to say cannot, which denies nothing */
    const char *const *fillers;  /* may stand inside a phrase */
    const char *const *past;     /* phrases that put what stands beside them into the past */
    const char *const *whole;    /* words that are no form of another: "burning" of "burn" */
    const struct sign_short *shorts;
    size_t short_count;
};

struct sign_words {
    const char *const *ignored; /* phrases whose words mean nothing here: "fell asleep" */
    const struct sign_concept *concepts;
    size_t concept_count;
    const struct sign_pattern *patterns;
    size_t pattern_count;
    const struct sign_pattern *serious;
    size_t serious_count;
    struct sign_negation negation;
    const char *const *offers; /* words and signs of who sells, advises or reports: "relieves" */
    const char *note;
};

/* Reads the whole document, strictly: the flags of patterns must stand in `flags`, which must
 * outlive the result, and their concepts in the document. */
void sign_words_read(const struct json_reader *at, const struct red_flags *flags,
                     struct sign_words *out);

#endif
