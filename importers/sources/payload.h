/* The body of an answer: as JSON where that was promised, and as words where it was refused. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PAYLOAD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PAYLOAD_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "importers/sources/remote.h"

/*
 * A new reference, which the caller decrefs; `title` is the service in messages. All numbers are
 * reals. What is no Unicode (half a surrogate pair, a stray byte) is U+FFFD in the result and no
 * reason to lose the rest.
 *
 * NULL with ERROR_NETWORK for an empty body, a web page, an answer that was cut short and what is
 * no JSON.
 */
json_t *payload_json(const struct remote_answer *answer, const char *title, struct error *err);

/* The same for a refusal, where nobody needs to know why: NULL for all of these. */
json_t *payload_of_refusal(const struct remote_answer *answer);

/* ERROR_NETWORK: the answer is JSON, but not what the service promises. `said`: its own words for
 * that, or NULL. Always returns false. */
bool payload_unexpected(const char *title, const char *said, struct error *err);

/* A body that is text or a web page, in words: a page's title, else the start of its text. NULL
 * where it has none. */
const char *payload_words(const struct remote_answer *answer, struct arena *arena);

/* Words cut to what fits into a message; NULL stays NULL. */
const char *payload_brief(const char *words, struct arena *arena);

#endif
