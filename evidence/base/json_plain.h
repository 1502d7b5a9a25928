/*
 * JSON that can be read in one way only, read faster than the library does, which asks for each
 * byte anew: an object or array of names and texts without escapes, whole numbers and short
 * decimals. That is nearly all there is; what is left, and all that is wrong, is for the library,
 * which also knows to say what is wrong. The values are the library's own.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_JSON_PLAIN_H
#define TOUCHSTONE_EVIDENCE_BASE_JSON_PLAIN_H

#include <jansson.h>
#include <stddef.h>

/* The same value as json_loadb(text, length, JSON_REJECT_DUPLICATES, …), a new reference; NULL
 * where the text is not plain. */
json_t *json_plain_parse(const char *text, size_t length);

#endif
