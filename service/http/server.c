#include "service/http/server.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "evidence/base/arena.h"
#include "service/http/apart.h"
#include "service/http/listen.h"
#include "service/http/worker.h"

struct server {
    struct shared shared;
    struct routes *routes;
    struct listening listening;
    struct worker **workers;
    size_t count;
};

/* -- made and freed -- */

static size_t thread_count(unsigned wanted)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = wanted > 0 ? wanted : processors > 0 ? (size_t)processors : 1;
    return count > MAX_THREADS ? MAX_THREADS : count;
}

static bool make_workers(struct server *server, struct error *err)
{
    for (size_t i = 0; i < server->listening.count; i++) {
        struct worker *worker = worker_new(&server->shared, server->listening.fds[i], err);
        if (worker == NULL) {
            for (size_t j = i; j < server->listening.count; j++)
                close(server->listening.fds[j]);
            return false;
        }
        server->workers[server->count++] = worker;
    }
    return true;
}

struct server *server_new(const struct server_options *options, struct error *err)
{
    size_t threads = thread_count(options->threads);
    int fds[MAX_THREADS];
    struct server *server = memory_alloc(sizeof *server);
    *server = (struct server){
        .shared = {.responder = {.form = options->form, .gate = options->gate},
                   .base_url = options->base_url,
                   .tls = options->tls,
                   .requests = options->requests,
                   .crowd = options->crowd,
                   .proxies = options->proxies,
                   .limits = limits_filled(options->limits),
                   .log = options->log,
                   .catalogs = options->catalogs,
                   .freshness = options->freshness,
                   .context = options->context,
                   .server = server,
                   .ended_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)},
        .listening = {.fds = fds, .count = threads, .secure = options->tls != NULL},
        .workers = memory_alloc(threads * sizeof *server->workers),
    };
    if (server->shared.ended_fd < 0)
        error_set(err, ERROR_IO, "eventfd: %s", strerror(errno));
    else if (sodium_init() < 0) /* which picks the code for this processor, for tags */
        error_set(err, ERROR_INTERNAL, "libsodium could not be made ready");
    else
        server->routes = routes_new(options->routes, options->route_count, err);
    server->shared.responder.routes = server->routes;
    server->shared.apart = apart_new(&server->shared.responder);
    if (server->routes != NULL && listen_open(options->listen, &server->listening, err) &&
        make_workers(server, err)) {
        server->shared.by_unix = server->listening.port == 0;
        server->listening.fds = NULL; /* the workers have them */
        return server;
    }
    server_free(server);
    return NULL;
}

void server_free(struct server *server)
{
    if (server == NULL)
        return;
    server_halt(server);
    server_wait(server);
    apart_free(server->shared.apart);
    for (size_t i = 0; i < server->count; i++)
        worker_free(server->workers[i]);
    routes_free(server->routes);
    if (server->shared.ended_fd >= 0)
        close(server->shared.ended_fd);
    free(server->workers);
    free(server);
}

const char *server_url(const struct server *server)
{
    return server->listening.url;
}

int server_port(const struct server *server)
{
    return server->listening.port;
}

/* -- told from anywhere -- */

void server_set_catalog(struct server *server, struct catalog *catalog)
{
    for (size_t i = 0; i < server->count; i++)
        worker_set_catalog(server->workers[i], catalog);
}

void server_drain(struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        worker_drain(server->workers[i]);
}

void server_halt(struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        worker_halt(server->workers[i]);
}

void server_figures(const struct server *server, struct server_figures *out)
{
    *out = (struct server_figures){0};
    for (size_t i = 0; server != NULL && i < server->count; i++)
        worker_add_figures(server->workers[i], out);
}

/* -- running -- */

bool server_start(struct server *server, struct error *err)
{
    signal(SIGPIPE, SIG_IGN); /* a client that has gone is an error of write(), no more */
    for (size_t i = 0; i < server->count; i++) {
        if (worker_start(server->workers[i], err))
            continue;
        server_halt(server);
        server_wait(server);
        return false;
    }
    return true;
}

void server_wait(struct server *server)
{
    for (size_t i = 0; i < server->count; i++)
        worker_join(server->workers[i]);
}

/* A thread that reloads when told, so that no worker and no signal waits for it. */
struct reloader {
    const struct server_signals *signals;
    pthread_t thread;
    bool started;
    int fd; /* an eventfd; several calls while it works become one */
    atomic_bool stop;
};

static void *reload_when_told(void *argument)
{
    struct reloader *reloader = argument;
    uint64_t count = 0;
    while (read(reloader->fd, &count, sizeof count) == sizeof count &&
           !atomic_load(&reloader->stop))
        reloader->signals->reload(reloader->signals->context);
    return NULL;
}

static void tell(int fd)
{
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) < 0)
        return; /* full: it has been told */
}

static bool reloader_start(struct reloader *reloader, const struct server_signals *signals,
                           struct error *err)
{
    *reloader = (struct reloader){.signals = signals, .fd = -1};
    if (signals == NULL || signals->reload == NULL)
        return true;
    reloader->fd = eventfd(0, EFD_CLOEXEC);
    if (reloader->fd < 0)
        return error_set(err, ERROR_IO, "eventfd: %s", strerror(errno));
    int failed = pthread_create(&reloader->thread, NULL, reload_when_told, reloader);
    reloader->started = failed == 0;
    return reloader->started ||
           error_set(err, ERROR_INTERNAL, "a thread could not be started: %s", strerror(failed));
}

static void reloader_stop(struct reloader *reloader)
{
    if (reloader->started) {
        atomic_store(&reloader->stop, true);
        tell(reloader->fd);
        pthread_join(reloader->thread, NULL);
    }
    if (reloader->fd >= 0)
        close(reloader->fd);
}

/* SIGTERM and SIGINT: first in an orderly way, then at once. */
static void obey_signal(struct server *server, const struct reloader *reloader, int number,
                        bool *stopping)
{
    if (number == SIGHUP) {
        if (reloader->started)
            tell(reloader->fd);
    } else if (*stopping) {
        server_halt(server);
    } else {
        *stopping = true;
        server_drain(server);
    }
}

static void serve_signals(struct server *server, const struct reloader *reloader, int signal_fd)
{
    struct pollfd waited[] = {{.fd = signal_fd, .events = POLLIN},
                              {.fd = server->shared.ended_fd, .events = POLLIN}};
    struct signalfd_siginfo info;
    uint64_t ended = 0;
    bool stopping = false;
    while (ended < server->count) {
        uint64_t more = 0;
        if (poll(waited, 2, -1) < 0 && errno != EINTR)
            return;
        if ((waited[0].revents & POLLIN) && read(signal_fd, &info, sizeof info) == sizeof info)
            obey_signal(server, reloader, (int)info.ssi_signo, &stopping);
        if ((waited[1].revents & POLLIN) && read(waited[1].fd, &more, sizeof more) == sizeof more)
            ended += more;
    }
}

static bool run_with(struct server *server, const struct server_signals *signals, int signal_fd,
                     struct error *err)
{
    struct reloader reloader;
    bool good = reloader_start(&reloader, signals, err) && server_start(server, err);
    if (good) {
        serve_signals(server, &reloader, signal_fd);
        server_wait(server);
    }
    reloader_stop(&reloader);
    return good;
}

bool server_run(struct server *server, const struct server_signals *signals, struct error *err)
{
    sigset_t ours;
    sigset_t before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ours, &before);
    int fd = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
    bool good = fd >= 0 ? run_with(server, signals, fd, err)
                        : error_set(err, ERROR_IO, "signalfd: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}
