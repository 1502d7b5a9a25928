/*
 * What fetcher.c, host.c and transfer.c share and nobody else sees. All of it belongs to the thread
 * of the loop.
 *
 * The way of a request: fetch_start ─► its host's queue ─► under way ─► settled ─► its callback,
 * or, by a redirect, the queue again, or, after a wait, the queue again.
 */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_FETCHER_INSIDE_H
#define TOUCHSTONE_IMPORTERS_FETCH_FETCHER_INSIDE_H

#include <event2/event.h>

#include "importers/fetch/address.h"
#include "importers/fetch/body.h"
#include "importers/fetch/fetch.h"
#include "importers/fetch/libcurl.h"
#include "importers/fetch/rate.h"

enum {
    REDIRECTS_MOST = 5,
    HEAD_BYTES_MOST = 128 * 1024, /* all header lines of one answer */
    HOST_UNDER_WAY_MOST = 3,      /* requests to one host at the same time */
    WHY_SIZE = 320
};

/* What a try came to. */
enum outcome {
    OUTCOME_ANSWER,   /* hand it on */
    OUTCOME_REDIRECT, /* ask at `address`, which is a new one */
    OUTCOME_AGAIN,    /* may go better another time */
    OUTCOME_ERROR     /* will not */
};

struct transfer_list {
    struct transfer *first;
    struct transfer *last;
};

struct host {
    struct host *next;
    struct fetcher *fetcher;
    char name[ADDRESS_HOST_SIZE];
    struct rate rate;
    struct transfer_list queue;
    int under_way;
    struct event *timer; /* the rate allows the next one */
};

struct transfer {
    struct transfer *previous; /* all of the fetcher */
    struct transfer *next;
    struct transfer *queue_next; /* in a queue, or among the settled */
    struct fetcher *fetcher;
    struct host *host; /* NULL where the request was refused */

    struct address address; /* changes with redirects */
    char *form;             /* NULL: GET */
    double per_second;
    fetch_done *done;
    fetch_waiting *waiting;
    void *context;

    int tries;
    int redirects;   /* of this try */
    bool started;    /* sent once: `deadline` holds */
    double deadline; /* of all tries */

    CURL *easy;
    struct curl_slist *headers;
    bool under_way;
    struct event *timer; /* under way: stalled; else: waited long enough */
    double begun;
    double last_byte; /* when something last came */
    struct body body;
    size_t head_bytes;
    bool odd_coding; /* a Content-Encoding nobody asked for */
    bool stalled;

    enum outcome outcome;
    char why[WHY_SIZE]; /* a clause after the host's name: "answered 503" */
    const char *advice; /* what to do; NULL where `why` is the whole message */
    enum error_kind kind;
    int status;
    double retry_after; /* seconds the service asked for; 0: it did not */
    bool wanted_again;  /* by fetch_again */
    double next_wait;
};

struct fetcher {
    struct event_base *loop;
    struct fetch_options options; /* without zeros; its strings are not kept */
    char *user_agent;
    char *from; /* a mail address, or NULL */
    char *ca_file;
    CURLM *multi;
    struct event *timer;  /* curl's own */
    struct event *settle; /* some have settled */
    struct host *hosts;
    struct transfer *transfers;
    struct transfer_list settled;
    struct transfer *delivering; /* whose `done` runs now */
    bool *gone;                  /* set where the fetcher is freed in a callback */
    uint64_t random;
};

/* Seconds of a clock that never goes back. */
double fetch_now(void);

/* An event on the loop; never NULL. fetch_event_free takes it off; NULL is allowed. */
struct event *fetch_event_new(struct event_base *loop, evutil_socket_t fd, int what,
                              event_callback_fn call, void *context);
void fetch_event_free(struct event *event);
void fetch_event_in(struct event *event, double seconds);

char *fetch_copy(const char *text);

/* First in, first out. */
void transfer_list_add(struct transfer_list *list, struct transfer *transfer);
struct transfer *transfer_list_take(struct transfer_list *list);

/* -- host.c -- */

/* The host by its name, made where it is new. Never NULL. */
struct host *host_of(struct fetcher *fetcher, const char *name);

/* Puts a request into its host's queue, and sends what may go. */
void host_queue(struct transfer *transfer);

/* One request less is under way. */
void host_left(struct host *host);
void host_free(struct host *host);

/* -- settle.c -- */

/* Decides what becomes of the first of the settled: its callback, the queue again, a wait. */
void settle_one(evutil_socket_t fd, short what, void *fetcher);

/* -- transfer.c, verdict.c -- */

/* In the fetcher's list; without a host, and failed, where the request makes no sense. */
struct transfer *transfer_new(struct fetcher *fetcher, const struct fetch_request *request);

/* Sends it: a new try, or the same one after a redirect. Settles it where that fails. */
void transfer_begin(struct transfer *transfer);

/* curl is through with it: takes it off and settles it. */
void transfer_end(struct transfer *transfer, CURLcode result);

/* Sets the outcome from curl's result and from what came. */
void transfer_judge(struct transfer *transfer, CURLcode result);

/* Puts it among the settled, with the outcome that was set. */
void transfer_settle(struct transfer *transfer);

/* OUTCOME_AGAIN or OUTCOME_ERROR with a clause that says why. */
void transfer_fail(struct transfer *transfer, enum outcome outcome, enum error_kind kind,
                   const char *advice, const char *format, ...) PRINTF_LIKE(5, 6);

/* Takes it off curl, if it is there, and frees it. */
void transfer_free(struct transfer *transfer);

#endif
