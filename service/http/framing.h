/*
 * What evhttp lets through and should not: the checks on a request's framing that keep two
 * programs from reading one stream of bytes in two ways (RFC 9112, sections 3.2 and 6.3).
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_FRAMING_H
#define TOUCHSTONE_SERVICE_HTTP_FRAMING_H

#include "service/http/answer.h"

struct framing {
    enum refusal refusal; /* REFUSAL_NONE: the request is sound */
    const char *detail;   /* a literal */
    bool close;           /* nothing after this request can be trusted, or the client asked so */
};

/*
 * Looks at a request's version (1.`minor`), raw target and headers. Refused: Content-Length with
 * Transfer-Encoding, Content-Length twice or no plain number, a Transfer-Encoding other
 * than chunked or in HTTP/1.0, a body where evhttp reads none (HEAD), a Host that is missing in
 * HTTP/1.1, repeated or malformed, header names that are no tokens, control bytes in a value or in
 * the target, too many headers, a target that is too long, has a fragment or names another host
 * than Host, `*` with another method than OPTIONS. A chunked request is answered and its connection
 * closed. What evhttp hides from here is wire.h's.
 */
struct framing framing_check(enum method method, int minor, const char *target,
                             const struct field *headers, size_t count);

/*
 * Splits a raw target into path and query, in the arena: "/path?query" or "http://host/path?query".
 * `*` stays as it is. False if it is neither. `query` is NULL if there is none; a fragment, which
 * should not be here, is cut off.
 */
MUST_USE bool framing_split(const char *target, struct arena *arena, const char **path,
                            const char **query);

#endif
