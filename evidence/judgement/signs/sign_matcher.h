/*
 * Concepts in running text, with what is denied left out: "no chest pain" speaks of no pain in the
 * chest. Words meet whatever their ending, small words may stand between those of a phrase, and a
 * misspelt long word counts as the one it is nearest to.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_MATCHER_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_MATCHER_H

#include "evidence/judgement/language/lexicon.h"
#include "evidence/model/sign_words.h"

/* Only so much of a text is looked at. */
enum { SIGN_TEXT_MOST = 100000 };

/* The words made ready to be looked for; immutable, shared by threads. */
struct sign_matcher;

/* Built in `arena`; points into `words` and `lexicon`, which must outlive it. A word that stands in
 * the lexicon (NULL: there is none) is never taken for a misspelling. */
const struct sign_matcher *sign_matcher_new(const struct sign_words *words,
                                            const struct lexicon *lexicon, struct arena *arena);

/* One place where a concept is said and not denied. */
struct sign_place {
    size_t start; /* bytes of the text */
    size_t end;   /* the first one after it */
    size_t word;  /* how many words stand before it */
};

/* A concept said more often than this in one text has said what it has to say. */
enum { SIGN_PLACES_MOST = 200 };

/* The places of every concept, in order, SIGN_PLACES_MOST at most; by the concept's place in the
 * list. */
struct sign_places {
    const struct sign_place *items;
    size_t count;
};

/* An array of words->concept_count in `arena`. Any bytes will do. */
const struct sign_places *sign_places_of(const struct sign_matcher *matcher, const char *text,
                                         size_t length, struct arena *arena);

/* The same with what is denied: in "do not use it with a pacemaker" the pacemaker counts. */
const struct sign_places *sign_mentions_of(const struct sign_matcher *matcher, const char *text,
                                           size_t length, struct arena *arena);

#endif
