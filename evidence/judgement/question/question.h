/*
 * What a plain question asks about: "does dry needling help neck knots?", "foam roler doms",
 * "should I try the theragun for my traps".
 *
 * How: the words are looked up in the lexicon, misspelt ones as what they are near to; of all names
 * found, those are kept that together cover most words (so "massage gun" is never "massage").
 * Then body parts meet complaints ("pain in my neck"), lengths of time tell acute from chronic, and
 * what is left over is told, as an unknown treatment where it stands in a treatment's place.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_QUESTION_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_QUESTION_H

#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/language/names.h"

/* Only so much of a question is looked at. */
enum { QUESTION_CHARACTERS = 1000 };

/* A piece of the question, in bytes: `end` is the first one after it. */
struct span {
    size_t start;
    size_t end;
};

enum surety {
    SURETY_EXACT,   /* named, as spelt in the lexicon */
    SURETY_SPELLING /* a misspelling was forgiven */
};

struct understood_intervention {
    const struct intervention *entry;
    struct span span;
    enum surety surety;
};

struct understood_condition {
    const struct condition *entry;
    struct span span;
    enum surety surety;
};

struct understood_outcome {
    const struct outcome *entry;
    struct span span;
    enum surety surety;
};

enum duration { DURATION_NOT_SAID, DURATION_ACUTE, DURATION_CHRONIC };

enum { NEAREST_TREATMENTS = 3 };

/* A treatment that the base does not have. */
struct unknown_treatment {
    const char *phrase; /* as typed; NULL: there is none */
    struct span span;
    const struct suggestion *nearest; /* interventions whose names are near, best first */
    size_t nearest_count;             /* NEAREST_TREATMENTS at most */
};

/* Arrays and strings live in the arena of the call, entries in the base. */
struct understood {
    /* What is asked about first, the ones it is compared with after it. */
    const struct understood_intervention *interventions;
    size_t intervention_count;

    /* The one meant first. Split by `duration` where the base splits it (low back pain). */
    const struct understood_condition *conditions;
    size_t condition_count;

    const struct understood_outcome *outcomes;
    size_t outcome_count;

    enum duration duration;
    struct span duration_span;

    /* Where the words leave open which condition is meant ("headache") and no other is named: the
     * ones it may be, ended by NULL; else NULL. */
    const struct condition *const *choices;
    struct span choices_span;

    struct unknown_treatment unknown;

    /* A complaint or a part of the body that the base has no condition for, as typed, where none
     * that it has is asked about; NULL: there is none. */
    const char *unknown_complaint;

    /* Words with a meaning that nothing above comes from, neighbours together, in order. The words
     * of `unknown` are among them. */
    const struct span *not_understood;
    size_t not_understood_count;

    size_t looked_at; /* bytes of the query that were looked at */
};

/*
 * Reads a question of `length` bytes, any bytes. Nothing fails: what is not understood is told in
 * `out`, which is written whole. The same question and lexicon give the same answer.
 */
void question_understand(const struct lexicon *lexicon, const char *query, size_t length,
                         struct arena *arena, struct understood *out);

#endif
