/*
 * Text as people type it: UTF-8 taken apart, words folded so that spellings meet, and how far two
 * words are from each other. Nothing here depends on a locale, and any bytes will do.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_TEXT_H
#define TOUCHSTONE_EVIDENCE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "evidence/base/arena.h"

/* What stands for bytes that are no UTF-8. */
enum { TEXT_NO_CHARACTER = 0xFFFD };

/* A folded word is cut here; the place it came from stays whole. */
enum { TEXT_LONGEST_WORD = 64 };

/*
 * The code point at the start of `length` > 0 bytes. Overlong forms, surrogates, values above
 * U+10FFFF and stray or missing continuation bytes give TEXT_NO_CHARACTER for one byte.
 *
 * Returns the number of bytes used, 1 to 4.
 */
size_t text_decode_long(const char *bytes, size_t length, uint32_t *code); /* from 0x80 on */
static inline size_t text_decode(const char *bytes, size_t length, uint32_t *code)
{
    if ((unsigned char)*bytes >= 0x80)
        return text_decode_long(bytes, length, code);
    *code = (unsigned char)*bytes;
    return 1;
}

/* Whether two strings are the same: for those that mostly differ in their first byte. */
static inline bool text_is(const char *text, const char *other)
{
    return *text == *other && strcmp(text, other) == 0;
}

/* How many bytes at the start are each a character of its own: ASCII. */
size_t text_ascii_run(const char *bytes, size_t length);

/* How many code points `length` bytes hold; a byte that is no UTF-8 counts as one. */
size_t text_code_points(const char *bytes, size_t length);

/* The length in bytes of the first `most` code points, `length` at most. */
size_t text_bytes_of(const char *bytes, size_t length, size_t most);

/*
 * One word of a text.
 *
 * folded  lower case; Latin letters without diacritics in ASCII (é e, ß ss, æ ae, full width too);
 *         apostrophes within, trade marks and invisible characters dropped; "&" is the word "and".
 *         Letters of other scripts stay as they are.
 * stem    `folded` as text_stem leaves it
 */
struct text_word {
    size_t start; /* bytes from the start of the text */
    size_t end;   /* first byte after the word */
    const char *folded;
    const char *stem;
    size_t folded_length;
    size_t stem_length;
    bool apart; /* a comma, full stop or the like stands between it and the word before */
};

struct text_words {
    const struct text_word *items;
    size_t count;
};

/* Cuts a text into words, in order; strings live in `arena`. Hyphens and slashes part words as
 * spaces do. A full stop after one or two letters ("Dr. Scholl") is part of an abbreviation. */
struct text_words text_cut(const char *text, size_t length, struct arena *arena);

/*
 * Makes the spellings of one word meet, in place, and returns the new length: plural (knots,
 * patches, therapies), British and American (-our, -ise, -ae-, -tre, -mme, sulph-), -ing, -ed and a
 * last -e where at least five letters stay before it (needle, needles, needling, needled). Short
 * words keep their ending, since cup is not cupping, tap not tape and tense not TENS.
 */
size_t text_stem(char *word, size_t length);

/*
 * A pattern of at most 64 bytes made ready to be compared with many texts.
 *
 * Source: the bit-parallel optimal string alignment of Hyyrö 2003, "A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10.
 */
struct text_pattern {
    uint64_t places[256]; /* bit i of places[c]: byte i is c */
    size_t length;
};

/* Bytes after the 64th are left out. */
void text_pattern_init(struct text_pattern *pattern, const char *bytes, size_t length);

/*
 * The least number of bytes inserted, deleted, replaced or swapped with their neighbour (no piece
 * twice) that turns the pattern into `text`; `most` + 1 where it is more than `most`.
 */
size_t text_distance(const struct text_pattern *pattern, const char *text, size_t length,
                     size_t most);

/*
 * The least distance between the pattern and any beginning of `text`: how well a half-typed word
 * fits. `most` + 1 where it is more than `most`.
 */
size_t text_prefix_distance(const struct text_pattern *pattern, const char *text, size_t length,
                            size_t most);

#endif
