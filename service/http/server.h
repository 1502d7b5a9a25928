/*
 * The HTTP server: worker threads that share an address, a catalog that can be exchanged while they
 * work, and an orderly end.
 *
 *     struct server *server = server_new(&options, &err);
 *     server_set_catalog(server, catalog);
 *     printf("listening on %s\n", server_url(server));
 *     bool good = server_run(server, &signals, &err);
 *     server_free(server);
 *
 * Nothing of libevent shows here.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_SERVER_H
#define TOUCHSTONE_SERVICE_HTTP_SERVER_H

#include "service/http/access_log.h"
#include "service/http/freshness.h"
#include "service/http/limits.h"
#include "service/http/respond.h"

/*
 * How a catalog is kept: {catalog_retain, catalog_release}. The count is atomic; a reply that
 * borrows bytes holds a reference until they are out. Both NULL: no catalogs are used.
 */
struct catalog_counting {
    struct catalog *(*retain)(struct catalog *catalog); /* returns its argument */
    void (*release)(struct catalog *catalog);
};

struct tls;     /* tls.h */
struct proxies; /* forwarded.h */
struct limiter; /* limiter.h */
struct crowd;   /* crowd.h */

/* Everything is borrowed and must outlive the server. */
struct server_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:8080", "localhost:0", "unix:/path", "systemd"
                           (listen.h) */
    struct tls *tls;    /* NULL: plain HTTP */
    unsigned threads;   /* 0: one a processor */
    const struct route *routes;
    size_t route_count;
    refusal_form *form;   /* NULL: refusals are always problem+json */
    gate *gate;           /* NULL: routes that demand something are refused */
    const char *base_url; /* where clients reach this service; NULL: as their Host header says */
    const struct proxies *proxies; /* whom to believe who asks; NULL: nobody */
    struct limiter
        *requests; /* how often one address may ask, other than this machine's; NULL: at will */
    struct crowd *crowd; /* how many connections one address may have; NULL: as many as there are */
    void *context;       /* handed to every handler as request->context */
    struct access_log *log;      /* NULL: none */
    struct freshness *freshness; /* of the catalogs, told in every reply (STALE_HEADER in respond.h)
                                    and to handlers; NULL: they are always fresh */
    struct limits limits;
    struct catalog_counting catalogs;
};

/*
 * Makes the workers and binds their sockets; connections wait until server_start. ERROR_INVALID for
 * an address that is none, ERROR_IO for a port in use or not allowed (with what to do),
 * ERROR_INTERNAL for a bad route table.
 */
MUST_USE struct server *server_new(const struct server_options *options, struct error *err);

/* Stops at once if it still runs, then frees. NULL is allowed. */
void server_free(struct server *server);

/* "http://127.0.0.1:43210", with the port that was chosen. Lives as long as the server. */
const char *server_url(const struct server *server);
int server_port(const struct server *server);

/*
 * From any thread, at any time: every worker goes over to `catalog` (NULL: none) before its next
 * request. The server takes references of its own; the caller keeps his.
 */
void server_set_catalog(struct server *server, struct catalog *catalog);

/* Starts the workers' threads and returns. SIGPIPE is ignored from here on. */
MUST_USE bool server_start(struct server *server, struct error *err);

/* From any thread: no new connections, idle ones are closed, requests under way are finished, given
 * up after limits.drain_ms. */
void server_drain(struct server *server);

/* From any thread: stop now. */
void server_halt(struct server *server);

/* Until all workers have ended. */
void server_wait(struct server *server);

struct server_signals {
    /* Called for SIGHUP on a thread of its own, never twice at once; NULL: SIGHUP is ignored.
     * Typically builds a catalog and calls server_set_catalog. */
    void (*reload)(void *context);
    void *context;
};

/*
 * server_start, then signals until the end: SIGTERM and SIGINT drain, a second one halts, SIGHUP
 * reloads. Call it from the main thread; other threads made by the caller before should block these
 * three signals. Returns when the workers and a running reload have ended.
 */
MUST_USE bool server_run(struct server *server, const struct server_signals *signals,
                         struct error *err);

struct server_figures {
    uint64_t
        requests[6];   /* by class of status, [2] is 2xx; [0] is answered before a request stood */
    uint64_t bytes;    /* of bodies handed over */
    uint64_t accepted; /* connections, ever */
    int64_t connections; /* open now */
    int64_t in_flight;   /* requests being answered now */
    unsigned workers;
};

/* The sum over all workers, from any thread; NULL server gives zeroes. */
void server_figures(const struct server *server, struct server_figures *out);

#endif
