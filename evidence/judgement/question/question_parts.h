/*
 * The inside of question.c: a question on its way to being understood, and the steps that take it
 * there, in the order in which they are called. Each step marks the words it used.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_QUESTION_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_QUESTION_PARTS_H

#include "evidence/judgement/language/sentence.h"
#include "evidence/judgement/question/question.h"

/* A question being understood. Each list has room for one entry a piece. */
struct question {
    struct sentence sentence;
    const struct language *language;
    const struct base *base;
    struct arena *arena;
    const char *query;
    bool *understood; /* one a token */
    bool *elsewhere;  /* one a token: part of a name that has no entry */
    struct understood_intervention *interventions;
    struct understood_condition *conditions;
    struct understood_outcome *outcomes;
    const struct piece *exercise; /* what someone is sore from */
    size_t unknown_at;            /* first token of the unknown treatment, past the end if none */
    bool failed_body_part;        /* a complaint about a part that has no condition */
    struct understood *out;
};

/* ---- places ---- */

struct span span_of(const struct question *question, size_t first, size_t end);
struct span piece_span(const struct question *question, const struct piece *piece);

/* The words of the piece are understood. */
void mark(struct question *question, const struct piece *piece);
bool is_marked(const struct question *question, const struct piece *piece);

enum surety surety_of(const struct piece *piece);

/* An article or a pronoun, passed over when looking for what stands beside a word. */
bool passes_over(const struct token *token);

/* The token before `at` that says something; false at the start or behind a comma. */
bool token_before(const struct question *question, size_t at, size_t *before);

/* The piece that ends before, or starts at, a token; NULL if there is none. */
const struct piece *piece_ending_at(const struct question *question, size_t end);
const struct piece *piece_starting_at(const struct question *question, size_t first);

/* Looks for a piece of one or two words within another piece that has the meaning. */
bool find_within(const struct question *question, const struct piece *outer, enum meaning meaning,
                 struct piece *out);

/* ---- steps ---- */

/* question_treatments.c. `piece` NULL names none. */
void find_interventions(struct question *question);
bool names_a_treatment(const struct piece *piece);

/* question_conditions.c: by name, by body part and complaint, sore after exercise; in order. */
void find_conditions(struct question *question);

/* question_time.c: acute or chronic, and the conditions that are split by it. */
void find_duration(struct question *question);

/* question_rest.c: an unknown treatment, and the words that nothing came from. */
void find_what_is_left(struct question *question);

#endif
