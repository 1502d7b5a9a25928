/*
 * A request as a handler sees it: plain data, decoded and checked, so that a test can write one
 * down without a socket. Everything in it is borrowed and lives as long as the request's arena.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_REQUEST_H
#define TOUCHSTONE_SERVICE_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <strings.h>
#include <time.h>

#include "evidence/base/arena.h"
#include "evidence/base/problems.h"

struct catalog;    /* evidence/rating/catalog.h; these headers never look inside */
struct server;     /* server.h */
struct credential; /* credential.h */

/* Bits, so that a route can name several. */
enum method {
    METHOD_GET = 1,
    METHOD_HEAD = 2,
    METHOD_POST = 4,
    METHOD_PUT = 8,
    METHOD_PATCH = 16,
    METHOD_DELETE = 32,
    METHOD_OPTIONS = 64
};

enum { METHOD_COUNT = 7 };

/* "GET"; "?" for what is no single method. */
const char *method_name(enum method method);

/* The names of all methods in `mask`, "GET, HEAD, POST", in the arena. */
const char *method_list(unsigned mask, struct arena *arena);

/* A header line, a query parameter or a part of the path. */
struct field {
    const char *name;
    const char *value; /* never NULL */
};

struct request {
    enum method method;    /* a HEAD request comes as METHOD_GET */
    bool head;             /* … with this set; a handler need not look */
    const char *path;      /* as sent, still percent-encoded, without the query */
    const char *raw_query; /* as sent, without the '?'; NULL if there was none */

    const struct field *parts; /* the {names} of the route's pattern, decoded */
    size_t part_count;
    const struct field *query; /* decoded, in the order sent, repeated names included */
    size_t query_count;
    const struct field *headers; /* as sent; names in any case */
    size_t header_count;

    const char *body; /* NUL-terminated beyond `body_length`; "" if there is none */
    size_t body_length;
    const char
        *origin; /* "https://example.org": how this service is reached, for whole addresses */
    bool origin_is_told; /* by the operator; else it is only what the request itself says */
    const char *remote;  /* the client's address as text, without port; NULL if unknown */
    time_t stale_since;  /* since when the store may hold something else than the catalog; 0: it
                            does not */
    time_t now;          /* seconds since the epoch, when the request was complete */
    const char *date;    /* the same as HTTP writes it; NULL: not written yet */

    struct arena *arena;       /* freed after the answer has been sent */
    struct problems *problems; /* what is wrong with the input; told as `errors` if refused */
    struct catalog *catalog;   /* immutable, borrowed for the call; NULL before the first one */
    bool apart;      /* on a thread of its own: the handler may wait, for a disk or a lock */
    bool *must_wait; /* see request_wait; set by respond alone, NULL in tests of a handler */
    const struct server *server; /* for server_figures(); NULL in tests */
    void *context;               /* the application's own, from server_options */

    const struct credential *credential; /* who asks, where the route wants to know; NULL: nobody
                                            we know */
    bool admitted;                       /* the route's gate was passed; set by respond alone */
};

/*
 * For what would have to wait and has no answer at hand: true on an event loop's thread. Whatever
 * is given back then is thrown away, and the request is answered anew on a thread that may wait.
 */
bool request_wait(const struct request *request);

/* The value of {name} in the route's pattern; NULL if the pattern has no such name. */
const char *request_part(const struct request *request, const char *name);

/* True if two names of headers are the same, in any case. Nearly all that differ do so at once. */
static inline bool is_header(const char *name, const char *wanted)
{
    return ((name[0] ^ wanted[0]) & ~0x20) == 0 && strcasecmp(name, wanted) == 0;
}

/* The first header of that name, in any case; NULL if there is none. */
const char *request_header(const struct request *request, const char *name);

/* All headers of that name as one comma-separated list, in the arena; NULL if there is none. For
 * headers that are lists, such as Accept-Encoding and If-None-Match. */
const char *request_header_list(const struct request *request, const char *name);

/* True if the comma-separated `list` (NULL: empty) has `token`, in any case, parameters ignored. */
bool header_has_token(const char *list, const char *token);

/* The token after "Authorization: Bearer "; NULL if there is none. */
const char *request_bearer(const struct request *request);

/* True if the Content-Type is `type`, whatever its parameters ("application/json"). */
bool request_is_type(const struct request *request, const char *type);

/* True where a browser says that a page of another site sent this: Sec-Fetch-Site, else an Origin
 * of another host than ours (request->origin). Who says neither is no browser, or one that hides it
 * as our pages ask for (Referrer-Policy: no-referrer makes the Origin of a form "null"). */
bool request_is_cross_site(const struct request *request);

#endif
