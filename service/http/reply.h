/*
 * The one shape in which everything leaves: a status, headers and a body, whether a handler
 * answered, refused, or the request never got as far as a handler.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_REPLY_H
#define TOUCHSTONE_SERVICE_HTTP_REPLY_H

#include <string.h>

#include "service/http/answer.h"

enum { MAX_REPLY_HEADERS = MAX_ANSWER_HEADERS + 20 };

/* With the lengths of both, which are known where a header is made and asked for when a head is
 * written. */
struct reply_header {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
};

/* The headers that stand last in nearly every reply, always the same: in each one the first of
 * them, and in each one that other origins may read all. */
enum { COMMON_FOR_ALL = 2, COMMON_FOR_OPEN = 4 };
extern const struct field reply_common[COMMON_FOR_OPEN];
extern const struct field *const reply_exposed; /* the one of them that names what may be read */

/* Zero-initialise. Strings live in the request's arena, the catalog, or are literals. */
struct reply {
    int status;
    const char *body; /* NULL if none is sent (HEAD, 204, 304, streams) */
    size_t body_length;
    const struct sendable *sendable; /* where the body lies; NULL: in plain memory */
    struct buffer owned;  /* the body's bytes where they are owned; release with reply_release */
    struct stream stream; /* used if `next` is set; whoever sends the reply calls `end`. With
                             `seek` set: it begins where it should, and `length` bytes are sent */
    bool apart;           /* not answered: respond has to be called again with request->apart */
    const char *log;      /* what an operator should know of this reply; NULL: nothing */
    size_t common_count;  /* 0, COMMON_FOR_ALL or COMMON_FOR_OPEN, beside its own headers */
    size_t header_count;
    struct reply_header headers[MAX_REPLY_HEADERS]; /* without Connection, which is the server's */
};

/* Frees what it holds and empties it. */
void reply_release(struct reply *reply);

/* Here, so that the lengths of literals cost nothing. */
static inline void reply_header(struct reply *reply, const char *name, const char *value)
{
    if (reply->header_count < MAX_REPLY_HEADERS)
        reply->headers[reply->header_count++] =
            (struct reply_header){name, strlen(name), value, strlen(value)};
}

/* The first header of that name, the common ones included; NULL if there is none. */
const char *reply_find(const struct reply *reply, const char *name);

/* Appends its status line and its headers, and the empty line behind them. A header whose value is
 * more than one line is left out, as evhttp does. */
void reply_write_head(const struct reply *reply, struct buffer *out);

/* "Not Found"; "Unknown" for what HTTP does not know. */
const char *status_phrase(int status);

/* In every reply by HTTPS. */
extern const struct field reply_for_secure;

/* How many seconds to come back after, where there was no room for a connection: one of those that
 * are open takes the request at once. */
#define RETRY_AFTER_CROWD "1"

/* The refusal that an error becomes. */
enum refusal refusal_of(enum error_kind kind);

/* What a refusal tells, before it is written as JSON or as a page. */
struct refused {
    int status;
    const char *type;  /* "/problems/not-found" */
    const char *title; /* "Not found" */
    const char *detail;
    const struct problems *problems; /* NULL or empty: no `errors` */
    const char *members;             /* NULL: none */
};

/* The table's row for a refusal, with `detail`. REFUSAL_NONE gives that of REFUSAL_INTERNAL. */
struct refused refused_for(enum refusal refusal, const char *detail);

/* RFC 9457: {"type","title","status","detail"[,"errors"][,members]}, appended to `out`. */
void refused_write(const struct refused *refused, struct buffer *out);

/*
 * A whole response, head and problem+json, as bytes: for refusals that come before there is a
 * request to reply to. It has the headers of every other refusal, those of HTTPS where it is
 * `secure`, and says `Connection: close`.
 */
void refusal_bytes(enum refusal refusal, const char *detail, bool secure, time_t now,
                   struct buffer *out);

#endif
