/* The inside of the lexicon, shared by those who build it (lexicon_build.c) and look things up in
 * it (lexicon.c). */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LEXICON_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LEXICON_PARTS_H

#include "evidence/judgement/language/lexicon.h"

enum { OTHER_LETTER_BIT = 26 };

struct lexicon {
    const struct base *base;
    struct language language;
    const struct phrase *phrases; /* sorted by key, meaning and text */
    size_t phrase_count;
    const struct lexicon_word *words; /* sorted by stem */
    size_t word_count;
    const struct lexicon_word *const *by_length; /* what misspellings may lead to */
    size_t length_starts[TEXT_LONGEST_WORD + 2]; /* words of length n: [n] up to [n + 1] */
};

/* The letters of a word as a set, see struct lexicon_word. */
uint32_t letters_of(const char *word, size_t length);

#endif
