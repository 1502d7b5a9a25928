/* Text of ClinicalTrials.gov, which is Markdown: "\[rHGG\]" is [rHGG], "\>= 18" is >= 18. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_TEXT_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_TEXT_H

#include <jansson.h>

#include "evidence/base/arena.h"

/* NULL where there is no text. On one line, and in the paragraphs it has. */
const char *ctgov_line(const json_t *at, const char *path, struct arena *arena);
const char *ctgov_paragraphs(const json_t *at, const char *path, struct arena *arena);

/* "LEAST_SQUARES_MEAN" as words: least squares mean. NULL for NULL. */
const char *ctgov_words(const char *constant, struct arena *arena);

/* True if two titles of groups are the same but for case, blanks and punctuation; neither may be
 * NULL. `length` bytes of the first count. */
bool ctgov_same_title(const char *one, size_t length, const char *other);

#endif
