/*
 * What stands before evhttp: it reads a connection while nothing is under way there, answers plain
 * requests (plain.h) itself, and gives evhttp whatever else comes, from its first byte on.
 *
 * What is answered is the same in both ways, byte for byte: both make an exchange, and it is only
 * read and written in another way here, with two system calls and no copy of what is answered. A
 * body that has not come in whole when its head is read, and connections under TLS, are evhttp's.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_FRONT_H
#define TOUCHSTONE_SERVICE_HTTP_FRONT_H

#include <event2/buffer.h>
#include <event2/event.h>
#include <netinet/in.h>

struct watch;
struct exchange;

enum { FRONT_REMOTE_SIZE = INET6_ADDRSTRLEN + 20 }; /* with its scope */

enum front_state {
    FRONT_AWAY,    /* evhttp has the connection */
    FRONT_READING, /* idle, and the next bytes come here */
    FRONT_SENDING, /* the rest of an answer goes out before more is read */
    FRONT_OVER     /* the client has gone */
};

/* A connection's, zero-initialised. */
struct front {
    enum front_state state;
    int fd;
    struct event *readable;    /* NULL until the front took the connection for the first time */
    struct event *writable;    /* NULL until a socket did not take an answer whole */
    struct evbuffer *unsent;   /* the rest of that answer, or NULL */
    struct exchange *answered; /* what evhttp has to send, as its request comes there; or NULL */
    char remote[FRONT_REMOTE_SIZE]; /* who is connected; "" until asked for */
};

/* The connection is idle: the front may read it, if it is one to read. */
void front_take(struct watch *watch);

/* Frees what it holds. */
void front_release(struct watch *watch);

#endif
