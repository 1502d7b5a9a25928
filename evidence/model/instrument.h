/*
 * The book of instruments: what RoB 2, PEDro and their kin ask of a study, item by item, and how an
 * instrument's own algorithm goes from answers to a judgement of an item. What the items together
 * say is appraisal.h's. Fields as in evidence/data/README.md.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_INSTRUMENT_H
#define TOUCHSTONE_EVIDENCE_MODEL_INSTRUMENT_H

#include "evidence/model/backing.h"
#include "evidence/model/vocabulary.h"

/* What an answer comes to for an algorithm; bits, so that a condition can allow several. */
enum answer_class {
    ANSWER_NONE = 0,   /* not answered, or no answer that the algorithms know */
    ANSWER_YES = 1,    /* yes, probably yes */
    ANSWER_NO = 2,     /* no, probably no */
    ANSWER_UNKNOWN = 4 /* no information */
};

/* The words for answers to a question of an item, in the order in which a form shows them. */
extern const char *const signalling_answers[];

/* "probably yes", or "PY" as tables print it. */
enum answer_class answer_class_of(const char *word);

struct signalling_question;

/* The question's own word for an answer, however it is written ("PY", "Probably yes"); NULL for one
 * that it may not have. */
const char *question_answer(const struct signalling_question *question, const char *given);

/* "Question 2.3 was answered by one of these." */
struct answered {
    size_t question; /* of the same item */
    unsigned classes;
};

/* All of them hold; none: it always holds. */
struct answered_all {
    const struct answered *items;
    size_t count;
};

struct signalling_question {
    const char *id; /* "2.3" */
    const char *ask;
    const char *const *answers;          /* the words it may have; ended by NULL */
    const struct answered_all *asked_if; /* one of these holds; none: it is always asked */
    size_t asked_if_count;
};

/* The first row that holds gives the judgement; the last always holds. */
struct judging_row {
    struct answered_all when;
    int judgement; /* of the instrument's, the best 0 */
};

struct judging_part {
    const struct judging_row *rows;
    size_t count;
};

struct instrument_item {
    const char *id; /* "D2", "11" */
    const char *name;
    const struct signalling_question *questions; /* none: the item is judged as a whole */
    size_t question_count;
    const struct judging_part *parts; /* the worst of them counts */
    size_t part_count;
};

struct instrument_form {
    const char *id; /* "rob-2" */
    enum instrument instrument;
    const char *name;
    const char *of;                /* what it judges */
    const char *overall;           /* how the items give a whole, in words */
    const char *const *judgements; /* of an item, ended by NULL */
    const struct instrument_item *items;
    size_t item_count;
    const char *note;
    struct backing backing;
};

struct instruments {
    const struct instrument_form *items;
    size_t count;
};

/* Reads the whole document, strictly: an algorithm that names a question which is not there, or
 * that could come to no judgement, is a problem. */
void instruments_read(const struct json_reader *at, struct instruments *out);

/* By id or name ("rob-2", "RoB 2"), in any case; NULL if there is none. */
const struct instrument_form *instrument_form_called(const struct instruments *instruments,
                                                     const char *name);

/* True if the question belongs to the form, given the answers to those before it; `answers` has one
 * word (NULL: none) for every question of the item. */
bool question_is_asked(const struct instrument_item *item, size_t question,
                       const char *const *answers);

/* What the algorithm makes of the answers: one of the form's judgements, or NULL while a question
 * that is asked has no answer, and for an item without questions. */
const char *item_judgement(const struct instrument_form *form, const struct instrument_item *item,
                           const char *const *answers);

#endif
