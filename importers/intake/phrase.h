/*
 * Short patterns of words, looked for in a text that text_cut took apart. The patterns are data:
 *
 *     word      the word as text_cut folds it (small letters, no accents)
 *     wor*      a word that begins so
 *     a|b*      one or the other
 *     word?     may be missing
 *     ~3        up to three words of any kind
 *     ^word     only as the first word of the text
 *     $         here a sentence, or a part before a colon, ends
 *
 * parted by blanks. A pattern does not go past the end of a sentence, a colon or a semicolon.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_PHRASE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_PHRASE_H

#include "evidence/base/text.h"

/* A text and its words. */
struct phrase_text {
    const char *text;
    struct text_words words;
};

/* At most the first `most` bytes of a text (NULL: none), cut where a word ends; in the arena. */
struct phrase_text phrase_cut(const char *text, size_t most, struct arena *arena);

/* True if the word is one of those that a pattern's word stands for. */
bool phrase_is(const struct phrase_text *text, size_t word, const char *wanted);

/* True if a sentence, or a part of one that stands for itself, begins with this word. */
bool phrase_breaks_before(const struct phrase_text *text, size_t word);

/* The number of the word behind the pattern if it begins at `word`, else 0. */
size_t phrase_match(const struct phrase_text *text, size_t word, const char *pattern);

/* The same anywhere; `*first` is where it begins. 0 if it is nowhere. */
size_t phrase_find(const struct phrase_text *text, const char *pattern, size_t *first);

/* What stands between a word and the next, as it is written; the rest of the text behind the last.
 */
const char *phrase_gap(const struct phrase_text *text, size_t word, size_t *length);
bool phrase_gap_has(const struct phrase_text *text, size_t word, char sign);

/* The words from `first` up to `end` as they stand, at most `most` bytes, on one line. */
const char *phrase_words(const struct phrase_text *text, size_t first, size_t end, size_t most,
                         struct arena *arena);

#endif
