/* OpenAlex gives an abstract as its words with their places: {"Knots": [0, 4], "hurt": [1]}. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_OPENALEX_ABSTRACT_H
#define TOUCHSTONE_IMPORTERS_SOURCES_OPENALEX_ABSTRACT_H

#include <jansson.h>

#include "evidence/base/arena.h"

/*
 * The text again, in paragraphs without markup. NULL where there is none, or where the words in
 * their places would be longer than FORMAT_FIELD_MOST. A place that is none is passed over; of
 * several words in one place each is kept.
 */
const char *openalex_abstract(const json_t *index, struct arena *arena);

#endif
