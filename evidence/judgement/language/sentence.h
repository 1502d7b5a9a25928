/*
 * A sentence looked up in the lexicon: its words, what each may be, and the phrases that together
 * cover most of them. What the phrases mean for the question is question.c's business.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_SENTENCE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_SENTENCE_H

#include "evidence/judgement/language/lexicon.h"

/* A word and what the lexicon knows of it. */
struct token {
    const struct text_word *text;
    unsigned roles; /* bit r: enum word_role r; of a misspelt function word its own */
    struct lexicon_guess guesses[LEXICON_GUESSES]; /* none for a word of the lexicon */
    size_t guess_count;
};

/* A phrase found: tokens first to end - 1. Several meanings may share the words. */
struct piece {
    size_t first;
    size_t end;
    const struct phrase *phrases;
    size_t phrase_count;
    unsigned usable;   /* bit i: phrases[i] counts here */
    unsigned forgiven; /* misspelt words in it */
    int value;
};

struct sentence {
    const struct lexicon *lexicon;
    const struct token *tokens;
    size_t token_count;
    const struct piece *pieces; /* in order, none over another */
    size_t piece_count;
};

/* Reads `length` bytes. Everything lives in `arena`; `out` is written whole. */
void sentence_read(const struct lexicon *lexicon, const char *text, size_t length,
                   struct arena *arena, struct sentence *out);

/* The phrase of that meaning in a piece, NULL if there is none that counts. */
const struct phrase *piece_meaning(const struct piece *piece, enum meaning meaning);

bool token_has(const struct token *token, enum word_role role);

#endif
