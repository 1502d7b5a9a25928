/* gzip: whether the client wants it, whether it is worth it, and doing it. */
#ifndef TOUCHSTONE_SERVICE_HTTP_ENCODING_H
#define TOUCHSTONE_SERVICE_HTTP_ENCODING_H

#include "evidence/base/buffer.h"

/* True if an Accept-Encoding list (NULL: absent) takes gzip at least as gladly as plain bytes:
 * quality values are honoured, `*` stands for what is not named, q=0 refuses. */
bool encoding_accepts_gzip(const char *list);

/* True for types that shrink: text, JSON, JavaScript, XML, SVG. Parameters are passed over. */
bool encoding_is_text(const char *content_type);

/* Appends the bytes as one gzip member, the same for the same bytes. */
MUST_USE bool encoding_gzip(const void *bytes, size_t length, struct buffer *out,
                            struct error *err);

#endif
