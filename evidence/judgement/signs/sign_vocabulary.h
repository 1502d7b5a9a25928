/*
 * The words of the book of signs in all their forms, as numbers: "ending" is "end", "dont" is "do
 * not", "himself" speaks as "myself" does, and a misspelt long word is the one it is nearest to.
 * First everything is learnt, then texts are read; while reading it is immutable.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_VOCABULARY_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_VOCABULARY_H

#include <stdbool.h>

#include "evidence/base/text.h"
#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/language/phrase_tree.h"
#include "evidence/model/sign_words.h"

struct sign_vocabulary;

/* What a word does, beside being part of phrases. */
enum sign_role {
    SIGN_DENIES = 1,
    SIGN_BREAKS = 2,
    SIGN_JOINS = 4,
    SIGN_FILLS = 8,
    SIGN_IS_WHOLE = 16 /* no form of another word: "burning" is no "burn" */
};

enum { SIGN_NO_NUMBER = -1, SIGN_TOKENS_OF_ONE_MOST = 4 };

/* A word as phrases know it. */
struct sign_token {
    uint32_t word; /* PHRASE_NONE: no phrase has it */
    int number;    /* what it counts, SIGN_NO_NUMBER: nothing */
};

/* Knows what words do and which stand for others; numbers its words in `tree`. Both, and the
 * lexicon (NULL: there is none), must outlive it. A word of the lexicon is never a misspelling. */
struct sign_vocabulary *sign_vocabulary_new(const struct sign_negation *negation,
                                            const struct lexicon *lexicon, struct phrase_tree *tree,
                                            struct arena *arena);

/* A word of a phrase, learnt where it is new; gives how many tokens it is. */
size_t sign_vocabulary_learn(struct sign_vocabulary *vocabulary, const struct text_word *word,
                             struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST]);

/* "38..43" in a phrase: any number from the one to the other. */
uint32_t sign_vocabulary_learn_range(struct sign_vocabulary *vocabulary, int least, int most);

/* All is learnt: from here on texts may be read, and nothing more learnt. */
void sign_vocabulary_settle(struct sign_vocabulary *vocabulary);

/* A word of a text; `may_guess`: the nearest one is looked for where it is not known, `*guessed`
 * tells that this was tried. Gives how many tokens it is. */
size_t sign_vocabulary_read(const struct sign_vocabulary *vocabulary, const struct text_word *word,
                            bool may_guess, bool *guessed,
                            struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST]);

bool sign_token_has(const struct sign_vocabulary *vocabulary, struct sign_token token,
                    enum sign_role role);

/* Where a search for phrases stands after a token: the nodes of `tree` it leads to from `node`,
 * SIGN_NEXT_MOST at most; gives how many. */
enum { SIGN_NEXT_MOST = 8 };
size_t sign_token_next(const struct sign_vocabulary *vocabulary, struct sign_token token,
                       uint32_t node, uint32_t next[SIGN_NEXT_MOST]);

#endif
