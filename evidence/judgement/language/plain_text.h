/*
 * A text as someone reads it: pasted HTML without its tags, styles and scripts, characters written
 * as &reg; decoded, and for every byte the place where it stood in the original.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_PLAIN_TEXT_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_PLAIN_TEXT_H

#include <stdint.h>

#include "evidence/base/arena.h"

struct plain_text {
    const char *bytes;      /* not ended by a NUL */
    size_t length;          /* never more than the original's */
    const uint32_t *places; /* of each byte in the original, and of the end; NULL: it is the same */
};

/*
 * Reads `length` bytes, any bytes, fewer than 2^32. What begins like a tag and is closed is one:
 * those that part blocks (p, li, br, td …) become a line break, others nothing; comments, head,
 * style and script are left out whole; a heading begins with '#', as in Markdown. In a text with
 * tags line breaks are spaces, as browsers have it. "pain < 3" and "<3" stay.
 *
 * Without markup `bytes` is the text given; else it lives in `arena`.
 */
struct plain_text plain_text_of(const char *text, size_t length, struct arena *arena);

/* The place in the original of a place in the plain text, its end included. */
size_t plain_text_place(const struct plain_text *plain, size_t at);

#endif
