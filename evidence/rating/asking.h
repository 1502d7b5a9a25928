/*
 * How the answer to a pair is found: what is being looked for, which of the pair's questions
 * answers it, what stands beside it, and in which words it is told. For headline.c and the files
 * of its steps: choice.c, kin.c, account.c, headline_words.c.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_ASKING_H
#define TOUCHSTONE_EVIDENCE_RATING_ASKING_H

#include "evidence/rating/catalog_private.h"

/* What is being looked for, and where the pieces live. */
struct asking {
    const struct catalog *catalog;
    const struct intervention *intervention;
    const struct condition *condition; /* asked about */
    const struct condition *at;        /* looked at now: itself, a child or a parent */
    const struct outcome *outcome;     /* asked for; NULL: the condition's primary ones */
    struct arena *arena;
    struct arena *scratch; /* gone with the answer */
};

/* ---- which question answers (choice.c) ---- */

/* A rating with a body, and what stood against the sham beside it. */
struct choice {
    const struct rating *rating;
    const struct rating *sham; /* of the same window, else of the nearest that has one */
    const struct rating *nothing;
    const struct rating *parents_sham; /* told beside an answer that has none of its own */
    bool weaker;        /* acute and chronic answers differ, and this is the weaker */
    bool held_back;     /* an own sham body holds "no difference": the answer is unproven */
    bool size_untold;   /* nobody knows of how many people it is, … */
    bool others_untold; /* … or those of its kin that stand beside it are */
};

/* The first of the primary outcomes, in the primary window or else the nearest, that has a body at
 * `ask->at`; false where none has. */
bool choice_of(const struct asking *ask, struct choice *out);

/* The first body against a sham at `ask->at`, whatever its window; NULL where there is none. */
const struct rating *choice_sham(const struct asking *ask, const char *outcome);

const char *choice_verdict(const struct choice *choice);

/* The interval holds zero, or lies wholly on the side of harm. */
bool choice_shows_no_benefit(const struct rating *rating);

/* What was seen at one time speaks of another only where nobody told the time. */
bool choice_bears_on(enum window one, enum window other);

/* ---- the condition and its children (kin.c) ---- */

bool kin_is_parent(const struct condition *child, const char *id);

/* The condition itself and its children, each with a body; gives how many. Both lists have room for
 * every condition. */
size_t kin_choices(struct asking *ask, struct choice *choices, const struct condition **homes);

/* The one with most people; where acute and chronic differ the weaker heads, and is marked so. */
size_t kin_head(struct choice *choices, const struct condition *const *homes, size_t count);

/* All homes but the head's, ended by NULL. */
const struct condition *const *kin_besides(const struct condition *const *homes, size_t count,
                                           size_t head, struct arena *arena);

/* ---- what studies found by their own account (account.c) ---- */

/* True if any study speaks of the intervention in the condition, its children or its parents: where
 * none does, the answer is that nothing is known. */
bool account_speaks(const struct asking *ask);

/* The places of the studies of the condition and its children, each once, retracted ones left out;
 * gives how many. The list is in the scratch arena. */
size_t account_studies(const struct asking *ask, const uint32_t **out);

/* Adds what the trials among them found, those with a sham alone where `sham_only`. */
void account_trials(const struct asking *ask, bool sham_only, struct directions *out);

int account_total(const struct directions *directions);

/* ---- words (headline_words.c), in the asker's arena ---- */

const char *headline_told(const struct asking *ask, const struct choice *choice,
                          const struct headline *headline);

/* V0: studies, and no figure among them. `sham`: what those with a sham found. */
const char *headline_told_without_body(const struct asking *ask, const struct headline *headline,
                                       const struct directions *sham);

/* Nobody looked at this condition, but somebody did at a wider one: a sentence, or "". */
const char *headline_told_of_parents(const struct asking *ask);

#endif
