/*
 * One thread with one event loop, its own listening socket, its own reference to the catalog. A
 * worker shares nothing with another but the address.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_WORKER_H
#define TOUCHSTONE_SERVICE_HTTP_WORKER_H

#include "service/http/server.h"

struct worker;
struct apart;

/* Borrowed by all workers, and outlives them. */
struct shared {
    struct responder responder;
    struct limits limits; /* filled */
    struct access_log *log;
    struct catalog_counting catalogs;
    const char *base_url;          /* NULL: requests tell */
    const struct proxies *proxies; /* NULL: none is believed */
    struct tls *tls;               /* NULL: plain HTTP */
    void *context;
    const struct server *server;
    bool by_unix;                /* connections come by a unix socket, and have no address */
    struct limiter *requests;    /* by address; NULL: none */
    struct crowd *crowd;         /* connections by address; NULL: not counted */
    struct apart *apart;         /* for what has to wait */
    struct freshness *freshness; /* of the catalog; NULL: it is always fresh */
    int ended_fd;                /* an eventfd; each worker adds 1 when its loop has ended */
};

/* Takes over `listening_fd` on success. */
MUST_USE struct worker *worker_new(const struct shared *shared, int listening_fd,
                                   struct error *err);

/* After worker_join, or before worker_start. NULL is allowed. */
void worker_free(struct worker *worker);

MUST_USE bool worker_start(struct worker *worker, struct error *err);
void worker_join(struct worker *worker); /* does nothing if it was not started, or joined */

/* From any thread; they take effect on the worker's own loop. */
void worker_set_catalog(struct worker *worker, struct catalog *catalog);
void worker_drain(struct worker *worker);
void worker_halt(struct worker *worker);
void worker_add_figures(struct worker *worker, struct server_figures *figures);

#endif
