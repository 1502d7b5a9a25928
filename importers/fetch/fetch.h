/*
 * Requests to the outside, over libcurl on a libevent loop: connections reused, HTTP/2 where
 * offered, gzip, TLS verified, redirects within the same site only (5 at most), every size and time
 * limited, a rate for each host and at most three requests to it at once, Retry-After obeyed, the
 * rest tried again with growing waits.
 *
 * No cookies, no .netrc. The environment's https_proxy, all_proxy and no_proxy are honoured for
 * https, since many institutions have no other way out and TLS stays whole through it; http and
 * loopback always go straight.
 */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_FETCH_H
#define TOUCHSTONE_IMPORTERS_FETCH_FETCH_H

#include <stddef.h>
#include <stdint.h>

#include "evidence/base/error.h"

struct event_base;
struct fetcher;

struct fetch_options {
    const char *user_agent; /* NULL: Touchstone and its version */
    const char *contact;    /* mail address, in the user agent and the From header; NULL: none */
    double connect_seconds; /* 0: 15 */
    double request_seconds; /* one try; 0: 120 */
    double total_seconds;   /* all tries and waits, from the first sending; 0: 900 */
    double stall_seconds;   /* without a byte; 0: 30 */
    int tries;              /* 0: 6 */
    uint64_t stored_most;   /* body bytes as sent; 0: 64 MB */
    uint64_t inflated_most; /* after gzip; 0: 256 MB */
    double wait_base;       /* first wait before trying again, seconds; 0: 1 */
    double wait_most;       /* 0: 120; a Retry-After beyond total_seconds ends the request */
    uint64_t seed;          /* of the jitter, so that a test can repeat it; 0: random */
    bool plain_http;        /* allow http:// to hosts other than loopback */
    const char *ca_file;    /* PEM file of certificates to trust, of a proxy that opens TLS, say;
                               NULL: the system's */
};

struct fetch_request {
    const char *url;
    const char *form; /* application/x-www-form-urlencoded: a POST with this body; NULL: GET */
    const char *accept;
    double per_second; /* most requests a second to this host; 0: 1 */
};

/* Lives until the callback returns. */
struct fetch_answer {
    int status;
    const char *content_type; /* NULL: none */
    const char *bytes;
    size_t length;
    const char *url; /* after redirects; a query can hold a key, so not for messages */
    int tries;
};

/*
 * `answer` is NULL where no answer could be had: `err` then says what, of which host, after how
 * many tries (ERROR_NETWORK, ERROR_LIMIT; ERROR_INVALID for an address that may not be asked). A
 * status that will not change by asking again (400, 403, 404 …) is an answer. 408, 429, 500, 502,
 * 503, 504, 520 to 524, resets, bodies cut short and time-outs are tried again, and where that does
 * not help end without an answer. A certificate that cannot be verified, a redirect to another
 * site and a body over a limit end at once.
 */
typedef void fetch_done(void *context, const struct fetch_answer *answer, const struct error *err);

/* Told before each wait to try again, not of the spacing between requests: why, and for how long;
 * may be NULL. */
typedef void fetch_waiting(void *context, double seconds, const char *why);

/* On a loop of the caller's, who frees the fetcher before the loop. Strings are copied. NULL with
 * ERROR_INVALID for a contact or user agent that cannot stand in a header, or ERROR_INTERNAL. */
MUST_USE struct fetcher *fetcher_new(struct event_base *loop, const struct fetch_options *options,
                                     struct error *err);

/* Ends what is under way; their callbacks are not called. Allowed in a callback, whose answer then
 * goes with it. NULL is allowed. */
void fetcher_free(struct fetcher *fetcher);

/* Starts a request; strings are copied. `done` is called once, from the loop, never from here. */
void fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done,
                 fetch_waiting *waiting, void *context);

/* The body was not what was promised: ask again after a wait, as for a 500. Only from `done`; true
 * if there are tries left, and `done` will be called again. */
bool fetch_again(struct fetcher *fetcher, const char *why);

#endif
