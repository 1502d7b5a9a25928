/*
 * How much of anything a stranger may send, and for how long. Whatever grows from outside input has
 * its maximum here.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_LIMITS_H
#define TOUCHSTONE_SERVICE_HTTP_LIMITS_H

#include <stddef.h>

enum {
    MAX_HEAD_BYTES = 16 * 1024,   /* request line and header lines together: 431 above it */
    MAX_TARGET_BYTES = 8 * 1024,  /* path and query as sent: 414 above it */
    MAX_HEADERS = 100,            /* header lines: 431 above it */
    MAX_BODY_BYTES = 1024 * 1024, /* a request's body: 413 above it */
    MAX_PARAMETERS = 100,         /* query parameters: 400 above it */
    MAX_PATH_PARAMETERS = 8,      /* {names} in a route's pattern */
    MAX_CONNECTIONS = 10000,      /* open at once, per worker; further ones wait to be accepted */
    MAX_THREADS = 256,
    MAX_HELPERS = 8,  /* threads apart: a database that one waits for does not hold up all others */
    MAX_STEPPING = 2, /* … of which streams may hold so many */
    MAX_APART = 256,  /* requests that wait for a thread apart: 503 beyond */
    MAX_ANSWER_HEADERS = 16,             /* extra headers that a handler may set */
    MAX_STREAM_CHUNK_BYTES = 256 * 1024, /* what a stream should write at one step */
};

enum {
    REQUEST_MS = 30000,  /* from a request's first byte to its last */
    IDLE_MS = 60000,     /* between requests on a connection that is kept */
    STALL_MS = 60000,    /* while answering: without a byte taken by the client */
    LINGER_MS = 2000,    /* after a refusal: for the client to read it before the socket closes */
    DRAIN_MS = 20000,    /* after SIGTERM: for requests under way */
    STREAM_POLL_MS = 250 /* until a stream that had nothing to say is asked again */
};

enum { DEFAULT_PAGE_SIZE = 50, MAX_PAGE_SIZE = 500 }; /* `limit` of lists */

enum { COMPRESS_FROM_BYTES = 1024 }; /* shorter bodies are sent as they are */

/* The same as numbers that an operator or a test may change. Zero fields mean the default above. */
struct limits {
    size_t body_bytes;
    size_t connections; /* per worker */
    int request_ms;
    int idle_ms;
    int stall_ms;
    int drain_ms;
};

/* `limits` with every zero replaced by its default. */
struct limits limits_filled(struct limits limits);

#endif
