/*
 * The words of plain questions that are no entry's name, read from evidence/data/language.json.
 *
 * Two kinds of lists stand in it. A list of words is a list of lines, each of them words parted by
 * spaces, so that thousands stay readable. A list of phrases has one phrase an element. Case,
 * diacritics, hyphens, plurals and British or American spelling make no difference in either.
 *
 *     words         {"skipped", "subjects", "filler", "neutral", "asks", "tries", "helps",
 *                    "compares", "demotes", "everyday"}: lists of words, see enum word_role
 *     also          {"interventions", "conditions", "outcomes"}: each a list of {"id", "phrases"},
 *                   what people say for an entry and would not be its name ("chiropractor")
 *     complaints    {"pain", "knots", "arthritis", "recovery"}: lists of phrases, see enum
 * complaint body_parts    list of {"phrases", and as far as there is one the id of the condition
 * that the body part means with each complaint: "pain", "knots", "arthritis", "recovery" (sore
 * after exercise), and "alone" (no complaint named); "alone_after": list of words, one of which
 * must stand before it where it is alone; "goes_with": ids of conditions that it only places
 * ("wrist" with carpal tunnel)}. A body part without conditions is known and not understood.
 *     general_conditions  list of {"id", "as"}: conditions that a body part makes narrower; their
 *                   names count as complaint `as`
 *     after_exercise      {"phrases", "after": list of words, "condition"}: what people are sore
 *                   from, counted after one of the words
 *     choices       list of {"phrases", "conditions"}: words that leave open which of several
 *                   conditions is meant ("headache")
 *     duration      {"acute", "chronic": phrases; "before", "after": list of words around a length
 *                   of time ("for", "ago"); "numbers": list of {"words", "value"}; "units": list of
 *                   {"words", "days"}; "chronic_from_days"; "conditions": list of {"condition",
 *                   "acute", "chronic"}}
 *     ordinary      {"not_after": list of words; "entries": list of {"phrases", "sure",
 *                   "not_after", "not_before"}}: names that are everyday words as well. They do not
 *                   count where one of the words stands before or after them. Without `sure` they
 *                   do not count after a word of the first list either, nor where something surer
 *                   is named, unless they are compared with it ("heat or a massage gun")
 *     other_treatments, other_conditions  phrases for what has no entry here
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LANGUAGE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LANGUAGE_H

#include "evidence/base/problems.h"
#include "evidence/model/base.h"

/* What a word does in a question; a word may do several things. */
enum word_role {
    WORD_SKIPPED,  /* may stand inside a name and is passed over: my, the, in */
    WORD_SUBJECT,  /* who does it, passed over when looking what stands before: i, you, to */
    WORD_FILLER,   /* says nothing about what is asked */
    WORD_NEUTRAL,  /* nothing on its own, but part of an unknown treatment's name: therapy, oil */
    WORD_ASKS,     /* stands before a treatment that something is asked of: does, is */
    WORD_TRIES,    /* stands before a treatment: try, use, with */
    WORD_HELPS,    /* stands after a treatment: help, work, good */
    WORD_COMPARES, /* stands between two treatments: or, versus, than */
    WORD_DEMOTES,  /* what follows is not what is asked about: instead, than */
    WORD_EVERYDAY, /* a real word, never taken for a misspelling of another */
    WORD_ROLE_COUNT
};

/* True if a word with these roles (bit r: enum word_role r) says nothing about what is asked.
 * Neutral and everyday words do. */
bool roles_are_silent(unsigned roles);

/* What is wrong with a body part. */
enum complaint {
    COMPLAINT_PAIN,
    COMPLAINT_KNOTS,
    COMPLAINT_ARTHRITIS,
    COMPLAINT_RECOVERY,
    COMPLAINT_NONE,
    COMPLAINT_COUNT
};

/* Lists of strings end with NULL. Phrases stand as in the file, words as their stems (text_stem).
 */
struct also {
    const char *id;
    const char *const *phrases;
};

struct also_list {
    const struct also *items;
    size_t count;
};

struct body_part {
    const char *const *phrases;
    const struct condition *conditions[COMPLAINT_COUNT]; /* NULL where there is none */
    const char *const *alone_after;                      /* empty: no word is needed */
    const char *const *goes_with;
};

struct general_condition {
    const struct condition *condition;
    enum complaint as;
};

struct choice {
    const char *const *phrases;
    const struct condition *const *conditions; /* ended by NULL */
};

/* Words with a number: how many, or how many days a unit has. */
struct amount {
    const char *const *words;
    double value;
};

struct split_by_duration {
    const struct condition *condition;
    const struct condition *acute;
    const struct condition *chronic;
};

struct ordinary {
    const char *const *phrases;
    bool sure;
    const char *const *not_after;
    const char *const *not_before;
};

struct language {
    const char *const *words[WORD_ROLE_COUNT];
    struct also_list also_interventions;
    struct also_list also_conditions;
    struct also_list also_outcomes;
    const char *const *complaints[COMPLAINT_NONE];
    const struct body_part *body_parts;
    size_t body_part_count;
    const struct general_condition *general_conditions;
    size_t general_condition_count;
    const char *const *exercise;
    const char *const *exercise_after;
    const struct condition *exercise_condition;
    const struct choice *choices;
    size_t choice_count;
    const char *const *acute;
    const char *const *chronic;
    const char *const *duration_before;
    const char *const *duration_after;
    const struct amount *numbers;
    size_t number_count;
    const struct amount *units;
    size_t unit_count;
    double chronic_from_days;
    const struct split_by_duration *splits;
    size_t split_count;
    const char *const *ordinary_not_after;
    const struct ordinary *ordinary;
    size_t ordinary_count;
    const char *const *other_treatments;
    const char *const *other_conditions;
};

/*
 * Reads the document "language" of the base strictly; everything lives in the problems' arena and
 * points into `base`. What is wrong, an id without an entry among it, becomes a problem; `out` is
 * whole where there is none.
 */
void language_read(const struct base *base, struct language *out, struct problems *problems);

#endif
