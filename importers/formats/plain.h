/* Text without markup brought to the form that records have it in, fast and in place. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_PLAIN_H
#define TOUCHSTONE_IMPORTERS_FORMATS_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/buffer.h"

/*
 * Rewrites UTF-8 text in place and returns its new length, which is never longer: any run of
 * blanks, control characters, no-break and other Unicode spaces is one blank, none at the ends;
 * invisible characters and those that turn the direction of writing go. What plain_line does,
 * except that bytes that are no UTF-8 become "?".
 *
 * `text` has room for a NUL after its `length` bytes, and gets one.
 */
size_t plain_fold(char *text, size_t length);

/* Whether UTF-8 text has characters U+0080 to U+009F, which nobody writes: they are bytes of
 * Windows-1252 in a file that calls itself ISO-8859-1. */
bool plain_has_windows(const char *text, size_t length);

/* Adds the text with each of them as the character that Windows shows: U+0096, en dash, which parts
 * two figures. */
void plain_from_windows(struct buffer *out, const char *text, size_t length);

#endif
