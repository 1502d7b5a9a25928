/*
 * Requests that can be read in one way only: GET or HEAD without a body, or POST with one whose
 * length is told, in HTTP/1.1, a path without surprises, one Host that may be one, header lines of
 * printable ASCII, nothing of the connection but that it stays. That is nearly all there are; what
 * is left is for a whole parser, and framing_check (framing.h) has nothing against a plain one.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_PLAIN_H
#define TOUCHSTONE_SERVICE_HTTP_PLAIN_H

#include "service/http/request.h"

enum { MAX_PLAIN_BYTES = 8 * 1024, MAX_PLAIN_HEADERS = 48 };

/* Where a piece of text lies in the bytes that were read. */
struct piece {
    unsigned short from;
    unsigned short length;
};

struct plain {
    enum method method;  /* METHOD_GET, METHOD_HEAD or METHOD_POST */
    size_t head_length;  /* its empty line included */
    size_t body_length;  /* told by a POST; it follows the head, as far as it has come */
    bool tells_length;   /* has a Content-Length, which a POST has once and the others never */
    bool tells_host;     /* has a Host, which all have once */
    struct piece target; /* begins with one slash */
    struct piece names[MAX_PLAIN_HEADERS];
    struct piece values[MAX_PLAIN_HEADERS]; /* without spaces around */
    size_t header_count;
};

/* Reads the head of the request that the bytes begin with. False where it is not plain, or not all
 * there; of the body nothing need be there. */
MUST_USE bool plain_read(const char *bytes, size_t length, struct plain *out);

/* Of head and body. */
size_t plain_length(const struct plain *plain);

/* Puts what it says into the request, copied into its arena from the `bytes` it was read from, of
 * which the body is all there: method, path, query, headers and body. */
void plain_copy(const struct plain *plain, const char *bytes, struct request *request);

#endif
