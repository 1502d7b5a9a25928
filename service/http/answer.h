/*
 * What a handler gives back. It sends nothing: it fills an answer and returns true, or says what is
 * wrong and returns false.
 *
 *     static bool get_health(const struct request *request, struct answer *answer,
 *                            struct error *err)
 *     {
 *         struct json_writer json;
 *         answer_json(answer, &json);
 *         json_begin_object(&json);
 *         json_field_text(&json, "status", "ok");
 *         json_end_object(&json);
 *         return true;
 *     }
 *
 * ETag, If-None-Match, HEAD, gzip, CORS, Content-Length, Date and the refusals' JSON are not a
 * handler's business: respond.c does them for all.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_ANSWER_H
#define TOUCHSTONE_SERVICE_HTTP_ANSWER_H

#include <stdint.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_writer.h"
#include "service/http/limits.h"
#include "service/http/request.h"

/* Why a request is refused; status, type and title stand in one table in reply.c. */
enum refusal {
    REFUSAL_NONE,
    REFUSAL_INVALID,               /* 400 */
    REFUSAL_UNAUTHORIZED,          /* 401, add WWW-Authenticate */
    REFUSAL_FORBIDDEN,             /* 403 */
    REFUSAL_NOT_FOUND,             /* 404 */
    REFUSAL_METHOD,                /* 405, made by the route table with Allow */
    REFUSAL_NOT_ACCEPTABLE,        /* 406 */
    REFUSAL_TIMEOUT,               /* 408 */
    REFUSAL_CONFLICT,              /* 409 */
    REFUSAL_GONE,                  /* 410 */
    REFUSAL_PRECONDITION,          /* 412: If-Match does not hold */
    REFUSAL_TOO_LARGE,             /* 413 */
    REFUSAL_TARGET_TOO_LONG,       /* 414 */
    REFUSAL_MEDIA_TYPE,            /* 415 */
    REFUSAL_EXPECTATION,           /* 417 */
    REFUSAL_UNPROCESSABLE,         /* 422 */
    REFUSAL_PRECONDITION_REQUIRED, /* 428: If-Match is missing */
    REFUSAL_TOO_MANY,              /* 429, add Retry-After */
    REFUSAL_HEAD_TOO_LARGE,        /* 431 */
    REFUSAL_INTERNAL,              /* 500; the detail goes to the log, not to the client */
    REFUSAL_NOT_IMPLEMENTED,       /* 501 */
    REFUSAL_BAD_GATEWAY,           /* 502 */
    REFUSAL_UNAVAILABLE,           /* 503 */
    REFUSAL_COUNT
};

enum stream_step {
    STREAM_MORE, /* something was written; ask again when it has gone out */
    STREAM_WAIT, /* nothing to say now; ask again in STREAM_POLL_MS */
    STREAM_END,  /* what was written, if anything, is the last */
    STREAM_BREAK /* the rest cannot be had: the connection is closed, so that nobody takes what
                    came for the whole */
};

/*
 * A body made in steps while it is sent, for exports and events. `next` runs on a worker's loop and
 * must not block, unless `waits` is set: then it runs on a thread apart (apart.h). It appends at
 * most about MAX_STREAM_CHUNK_BYTES a step. The request's arena and catalog stay until the stream
 * has ended, so `state` may live in the arena. `end` (may be NULL) is called exactly once, also
 * when the client went away. Streams have no gzip, and no ETag but the one that the handler gives.
 *
 * With `seek` set the body has `length` bytes, and parts of it can be asked for (Range): `seek` is
 * called before the first `next`, which begins there.
 */
struct stream {
    enum stream_step (*next)(void *state, struct buffer *out);
    void (*end)(void *state);
    void *state;
    bool waits;
    void (*seek)(void *state, uint64_t from); /* NULL: only as a whole, of unknown length */
    uint64_t length;
};

/* Zero-initialise; release with answer_release. Strings are borrowed from the request's arena, the
 * catalog, or are literals. */
struct answer {
    int status;               /* 0 means 200 */
    const char *content_type; /* NULL means application/json */

    struct buffer body;   /* owned: write here, or use one of the next two instead */
    const char *borrowed; /* bytes of the catalog or the arena, which are kept until sent */
    size_t borrowed_length;
    const char *borrowed_gzip; /* the same, gzipped in advance; NULL: gzipped when asked for */
    size_t borrowed_gzip_length;
    const struct sendable *sendable; /* where `borrowed` lies; NULL: in plain memory */
    struct stream stream;            /* used if `next` is set */

    const char *etag;               /* without quotes; NULL: made from the body's bytes for a GET */
    bool etag_weak;                 /* told as W/"tag": the same in meaning, not byte for byte */
    time_t last_modified;           /* 0: not told */
    const char *last_modified_text; /* the same as HTTP writes it; NULL: not written yet */
    const char *cache_control;      /* NULL: "no-cache" (may be kept, must be asked about) */
    struct field headers[MAX_ANSWER_HEADERS];
    size_t header_count;

    bool apart; /* set by answer_apart */

    enum refusal refusal; /* set by answer_refuse */
    const char *detail;
    const char *members; /* of the problem object, more than the usual: "\"nearest\":[…]" */
};

/*
 * One function a route. Returns true with `answer` filled, or false with either answer_refuse
 * called or an error in `err` (its kind becomes a status, its message the detail; the messages of
 * ERROR_STORE, ERROR_IO and ERROR_INTERNAL go to the log instead). What the handler put into
 * request->problems is told as `errors`.
 */
typedef bool handler(const struct request *request, struct answer *answer, struct error *err);

void answer_release(struct answer *answer);

/* Starts JSON in the body; one line, no spaces. */
void answer_json(struct answer *answer, struct json_writer *writer);

/* Answers with bytes of the catalog or of the request's arena, not copied. */
void answer_borrow(struct answer *answer, const char *content_type, const char *bytes,
                   size_t length);

/* Adds a header; later ones of the same name are sent as well (Link, Set-Cookie). A value with a
 * line break is dropped, and so is what exceeds MAX_ANSWER_HEADERS. */
void answer_header(struct answer *answer, const char *name, const char *value);

/* Refuses with a sentence for people: what, where, what to do. Always false. */
bool answer_refuse(const struct request *request, struct answer *answer, enum refusal refusal,
                   const char *format, ...) PRINTF_LIKE(4, 5);

/*
 * For a handler that finds it would have to wait: where it is on an event loop's thread, true and
 * the handler returns true at once, to be called again with the same request on a thread where it
 * may (request->apart). False there: go on. ROUTE_APART says it once for all of a route.
 */
MUST_USE bool answer_apart(const struct request *request, struct answer *answer);

/* Puts `"nearest": [names…]` (ended by NULL) into the refusal that follows. */
void answer_nearest(const struct request *request, struct answer *answer, const char *const *names);

/* Adds `Link: <target>; rel="rel"`. `target` is taken as it is, so encode what needs encoding. */
void answer_link(const struct request *request, struct answer *answer, const char *target,
                 const char *rel);

#endif
