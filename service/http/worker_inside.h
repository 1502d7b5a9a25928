/*
 * What worker.c, watch.c and exchange.c share and nobody else sees: a worker's state. All of it is
 * touched by the worker's own thread alone, unless it says otherwise.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_WORKER_INSIDE_H
#define TOUCHSTONE_SERVICE_HTTP_WORKER_INSIDE_H

#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <pthread.h>
#include <stdatomic.h>

#include "service/http/date.h"
#include "service/http/worker.h"

/* Written by the worker, read by any thread. */
struct counters {
    atomic_uint_least64_t requests[6];
    atomic_uint_least64_t bytes;
    atomic_uint_least64_t accepted;
    atomic_int_least64_t connections;
    atomic_int_least64_t in_flight;
};

struct exchange;

struct worker {
    const struct shared *shared;
    pthread_t thread;
    bool started;

    struct event_base *base;
    struct evhttp *http;
    struct evhttp_bound_socket *bound; /* NULL once draining */
    struct event *order_event;         /* order_fd became readable */
    struct event *sweep_event;         /* looks for what takes too long */
    struct event *todo_event;          /* connections on `todo` want something done */
    struct event *log_event;           /* lines of the log are to be written */
    bool draining;
    int64_t drain_until_ms;

    struct watch *watches;   /* all connections */
    struct watch *todo;      /* who came first is done first */
    struct watch *last_todo; /* where there is one */
    struct watch **by_fd;
    size_t by_fd_count;
    size_t watch_count;

    struct catalog *catalog; /* a reference of our own, or NULL */

    int order_fd;         /* an eventfd, written by any thread */
    atomic_uint orders;   /* bits of enum order, set by any thread */
    pthread_mutex_t lock; /* guards the next three, between giver and taker only */
    struct catalog *waiting;
    bool has_waiting;
    struct exchange *answered; /* apart, to be sent from here */

    struct access_lines lines; /* of what was answered in this turn of the loop */
    struct arena *spare;       /* empty, for the next exchange; or NULL */
    struct buffer head;        /* of the reply that the front is sending; kept for its memory */
    time_t dated;              /* when `date` was written; 0: not yet */
    char date[HTTP_DATE_SIZE]; /* of the replies of that second */
    struct counters counters;
};

/* Milliseconds of a clock that never goes back. */
int64_t now_ms(void);
int64_t now_us(void);

/* A further reference, and one less; NULL is allowed, and stays NULL. */
struct catalog *worker_retain(const struct worker *worker, struct catalog *catalog);
void worker_release(const struct worker *worker, struct catalog *catalog);

/* Logs it at the end of this turn of the loop. */
void worker_note(struct worker *worker, const struct access_entry *entry);

/* http_date_write, once for all that is answered in a second. */
void worker_date(struct worker *worker, time_t now, char out[HTTP_DATE_SIZE]);

/* An empty arena for an exchange, and its return: one that has not grown is kept for the next. */
struct arena *worker_take_arena(struct worker *worker);
void worker_return_arena(struct worker *worker, struct arena *arena);

/* From any thread: the exchange was answered apart and is to go on here (exchange_go_on). */
void worker_give_back(struct worker *worker, struct exchange *exchange);

/* Stops accepting for a while, or until there is room again. */
void worker_pause(struct worker *worker);
void worker_resume(struct worker *worker);

/* Ends the loop if it drains and nothing is left. */
void worker_end_if_drained(struct worker *worker);

#endif
