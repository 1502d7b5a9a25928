/*
 * An eye on each connection, for what evhttp 2.1 does not do: it has no deadline for a whole
 * request, no list of its connections, and answers what it cannot read with HTML of its own.
 *
 * A watch is made with the connection's bufferevent and holds a second reference to it. So it
 * outlives evhttp's interest in the socket, can tell when that has ended, and closes the socket in
 * a way that a refused client can still read why.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_WATCH_H
#define TOUCHSTONE_SERVICE_HTTP_WATCH_H

#include <event2/bufferevent.h>

#include "service/http/crowd.h"
#include "service/http/front.h"
#include "service/http/wire.h"
#include "service/http/worker_inside.h"

enum watch_state {
    WATCH_IDLE,      /* between requests */
    WATCH_READING,   /* some of a request has come */
    WATCH_ANSWERING, /* ours to answer, or the answer is on its way */
    WATCH_GONE,      /* evhttp has let go */
    WATCH_LINGERING  /* … and we wait for the client to read the last reply */
};

struct exchange;

struct watch {
    struct worker *worker;
    struct bufferevent *bev;
    struct evbuffer_cb_entry *input_cb;
    struct evbuffer_cb_entry *output_cb;
    struct watch *next;
    struct watch *previous;
    struct watch *next_todo;
    bool on_todo;
    int fd;                   /* -1 until the first byte came */
    bool counted;             /* its address has been looked at */
    struct crowd_place place; /* among those of its address */

    enum watch_state state;
    int64_t since_ms; /* when the state began; while answering, when bytes last went out */
    size_t received;  /* bytes of the request under way */
    struct wire wire; /* what they were */
    int mend;         /* the status that evhttp would have replied with, which we do; 0: none */
    bool broken;      /* the reply cannot be finished */
    bool linger;      /* the client may still be sending */
    struct exchange *waited_for; /* an answer that is made apart, or NULL */
    struct exchange *streaming;  /* a stream under way, or NULL */
    struct front front;
};

/* For evhttp_set_bevcb: the bufferevent of a new connection, watched. `worker` is the argument. */
struct bufferevent *watch_new(struct event_base *base, void *worker);

/* The watch of a connection that has sent something. Never NULL for one of evhttp's. */
struct watch *watch_find(const struct worker *worker, struct evhttp_connection *connection);

/* The request has come in whole; the reply has gone out whole. */
void watch_answering(struct watch *watch, struct evhttp_connection *connection);
void watch_answered(struct watch *watch);

/* The same for the front: a request has come in whole at `at_us`, some of its reply has gone out,
 * all of it has, or it is evhttp's to send. */
void watch_heard(struct watch *watch, int64_t at_us);
void watch_progress(struct watch *watch);
void watch_done(struct watch *watch);

/* The client has gone, or has to: evhttp frees what it has of the connection, and we do soon. */
void watch_hang_up(struct watch *watch);

/* The reply under way cannot be finished: the connection is closed, soon, with what is out. */
void watch_break(struct watch *watch);

/* Does what connections on the todo list want. For a libevent callback. */
void watch_todo(evutil_socket_t fd, short what, void *worker);

/* Closes what has taken too long. */
void watch_sweep(struct worker *worker, int64_t now);

/* Closes all idle connections. */
void watch_close_idle(struct worker *worker);

/* Lets go of all; evhttp has been freed before. */
void watch_free_all(struct worker *worker);

#endif
