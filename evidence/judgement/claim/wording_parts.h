/* The inside of the wording, shared by those who read it (wording_read.c) and those who make it
 * ready to be found (wording.c). */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_PARTS_H

#include "evidence/judgement/claim/wording.h"

/* A class as words.json has it. */
struct class_source {
    const char *id;
    const char *const *words; /* lines of words */
    const char *const *phrases;
    const char *const *made_of; /* patterns: what they match is of the class too */
    const char *const *in;      /* classes that its words are in too */
};

/* Words that may stand in one place of a name, as products.json has them: "mat", "rug", "cushion".
 */
struct form_source {
    const char *id;
    const char *const *words; /* lines of words */
    const char *const *phrases;
};

/* Names of one entry of the base, or of a product. "<spike> <mat>" is a name for every word of the
 * form "spike" before every word of the form "mat". */
struct name_source {
    const char *id;
    const char *const *names;
    const char *const *signs; /* products only: features that one alone is known by, … */
    const char *const *hints; /* … and features of which it takes two */
};

struct name_list {
    const struct name_source *items;
    size_t count;
};

struct outside_source {
    struct outside outside;
    const char *const *phrases;
};

struct value_source {
    const char *const *words; /* lines */
    double value;
};

struct entry_source {
    struct wording_entry entry;
    const char *const *patterns;
    const char *file;
};

/* All files as they stand, names of the base looked up. */
struct wording_source {
    const char *const *skipped;
    const char *const *irregular; /* a line a word: the word, then its forms */
    const char *const *past;      /* lines of words in the past that do not end in -ed */
    const struct value_source *numbers;
    size_t number_count;
    const struct value_source *units; /* seconds; -1: a session */
    size_t unit_count;
    const char *const *complaints[COMPLAINT_NONE];
    struct name_list interventions;
    struct name_list conditions;
    struct name_list outcomes;
    const char *const *other_conditions;
    const char *const *other_treatments;
    struct name_list products;
    const struct form_source *forms;
    size_t form_count;
    const struct class_source *classes;
    size_t class_count;
    const struct outside_source *outside;
    size_t outside_count;
    const struct finding_against *findings;
    size_t finding_count;
    struct entry_source *entries;
    size_t entry_count;
};

/* False if the base has no document "claims/words". What is wrong goes into `problems`. */
bool wording_read(const struct base *base, const struct regulatory_actions *actions,
                  struct wording_source *out, struct problems *problems);

#endif
