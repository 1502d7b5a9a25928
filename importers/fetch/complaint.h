/* What a service says in the body of a refusal, in a few words for a message. */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_COMPLAINT_H
#define TOUCHSTONE_IMPORTERS_FETCH_COMPLAINT_H

#include <stddef.h>

enum { COMPLAINT_SIZE = 200 };

/*
 * The sentence in "message", "error", "detail" or "title" of a JSON object (or of the object its
 * "error" is), or the first line of plain text; "" where there is none. Nothing else of the body is
 * told: services repeat keys in it.
 */
void complaint_read(const char *content_type, const char *bytes, size_t length,
                    char out[COMPLAINT_SIZE]);

#endif
