/* Entity tags and the conditions made of them (RFC 9110, sections 8.8.3 and 13.1). */
#ifndef TOUCHSTONE_SERVICE_HTTP_ETAG_H
#define TOUCHSTONE_SERVICE_HTTP_ETAG_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/arena.h"

/* A tag from the bytes themselves: 32 hex digits of BLAKE2b, without quotes, in the arena. */
const char *etag_of(const void *bytes, size_t length, struct arena *arena);

/* `"tag"` or, for the gzip representation, `"tag-gz"`, in the arena. */
const char *etag_quoted(const char *tag, bool gzip, struct arena *arena);

/* `W/"tag"`, which is the same for every representation, in the arena. */
const char *etag_quoted_weak(const char *tag, struct arena *arena);

/*
 * True if the list of an If-None-Match header (`"a", W/"b"` or `*`) holds the tag, or the tag of
 * its gzip representation. Weak comparison: W/ is passed over. A malformed rest of the list holds
 * nothing. NULL list: false.
 */
bool etag_listed(const char *list, const char *tag);

/* The same for If-Match: strong comparison, a weak tag matches nothing. `tag` NULL means that there
 * is nothing to match, for which even `*` is false. */
bool etag_listed_strong(const char *list, const char *tag);

#endif
