#include "service/http/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "service/http/exchange.h"
#include "service/http/watch.h"
#include "service/http/worker_inside.h"

enum order { ORDER_CATALOG = 1, ORDER_DRAIN = 2, ORDER_HALT = 4, ORDER_ANSWERED = 8 };

enum { SWEEP_MS_MOST = 1000, SWEEP_MS_LEAST = 10, SPARE_BYTES_MOST = 64 * 1024 };

int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t now_ms(void)
{
    return now_us() / 1000;
}

struct catalog *worker_retain(const struct worker *worker, struct catalog *catalog)
{
    return catalog == NULL ? NULL : worker->shared->catalogs.retain(catalog);
}

void worker_release(const struct worker *worker, struct catalog *catalog)
{
    if (catalog != NULL)
        worker->shared->catalogs.release(catalog);
}

void worker_note(struct worker *worker, const struct access_entry *entry)
{
    access_log_add(worker->shared->log, &worker->lines, entry);
    if (worker->lines.count == 1 && worker->log_event != NULL)
        event_active(worker->log_event, EV_TIMEOUT, 0);
}

static void write_lines(evutil_socket_t fd, short what, void *argument)
{
    struct worker *worker = argument;
    (void)fd;
    (void)what;
    access_log_write(worker->shared->log, &worker->lines);
}

void worker_date(struct worker *worker, time_t now, char out[HTTP_DATE_SIZE])
{
    if (worker->dated != now)
        http_date_write(now, worker->date);
    worker->dated = now;
    memcpy(out, worker->date, HTTP_DATE_SIZE);
}

struct arena *worker_take_arena(struct worker *worker)
{
    struct arena *arena = worker->spare == NULL ? arena_new() : worker->spare;
    worker->spare = NULL;
    return arena;
}

void worker_return_arena(struct worker *worker, struct arena *arena)
{
    if (worker->spare != NULL || arena_bytes(arena) > SPARE_BYTES_MOST) {
        arena_free(arena);
        return;
    }
    arena_clear(arena);
    worker->spare = arena;
}

/* -- accepting -- */

static struct evconnlistener *listener_of(struct worker *worker)
{
    return worker->bound == NULL ? NULL : evhttp_bound_socket_get_listener(worker->bound);
}

void worker_pause(struct worker *worker)
{
    if (worker->bound != NULL)
        evconnlistener_disable(listener_of(worker));
}

void worker_resume(struct worker *worker)
{
    if (worker->bound != NULL && worker->watch_count < worker->shared->limits.connections)
        evconnlistener_enable(listener_of(worker));
}

/* Out of descriptors or memory: the connection stays in the queue, and asking again at once would
 * only burn the processor. The next sweep asks, or who closes a connection. What stands as argument
 * is evhttp's, which took the listener over, not ours. */
static void accept_failed(struct evconnlistener *listener, void *argument)
{
    (void)argument;
    evconnlistener_disable(listener);
}

/* -- orders from other threads -- */

static void give(struct worker *worker, enum order order)
{
    uint64_t one = 1;
    atomic_fetch_or(&worker->orders, (unsigned)order);
    /* Fails only if the counter is full, and then the loop is awake anyway. */
    if (write(worker->order_fd, &one, sizeof one) < 0)
        return;
}

void worker_set_catalog(struct worker *worker, struct catalog *catalog)
{
    struct catalog *given = worker_retain(worker, catalog);
    pthread_mutex_lock(&worker->lock);
    struct catalog *missed = worker->waiting;
    worker->waiting = given;
    worker->has_waiting = true;
    pthread_mutex_unlock(&worker->lock);
    worker_release(worker, missed);
    give(worker, ORDER_CATALOG);
}

void worker_drain(struct worker *worker)
{
    give(worker, ORDER_DRAIN);
}

void worker_halt(struct worker *worker)
{
    give(worker, ORDER_HALT);
}

static void take_catalog(struct worker *worker)
{
    struct catalog *old = NULL;
    pthread_mutex_lock(&worker->lock);
    if (worker->has_waiting) {
        old = worker->catalog;
        worker->catalog = worker->waiting;
        worker->waiting = NULL;
        worker->has_waiting = false;
    }
    pthread_mutex_unlock(&worker->lock);
    worker_release(worker, old);
}

void worker_give_back(struct worker *worker, struct exchange *exchange)
{
    pthread_mutex_lock(&worker->lock);
    worker->answered = exchange_chain(exchange, worker->answered);
    pthread_mutex_unlock(&worker->lock);
    give(worker, ORDER_ANSWERED);
}

static void take_answered(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    struct exchange *answered = worker->answered;
    worker->answered = NULL;
    pthread_mutex_unlock(&worker->lock);
    exchange_go_on(answered);
}

static void start_draining(struct worker *worker)
{
    if (worker->draining)
        return;
    worker->draining = true;
    worker->drain_until_ms = now_ms() + worker->shared->limits.drain_ms;
    evhttp_del_accept_socket(worker->http, worker->bound);
    worker->bound = NULL;
    watch_close_idle(worker);
    worker_end_if_drained(worker);
}

static void obey(evutil_socket_t fd, short what, void *argument)
{
    struct worker *worker = argument;
    uint64_t count = 0;
    (void)what;
    if (read(fd, &count, sizeof count) < 0)
        return;
    unsigned orders = atomic_exchange(&worker->orders, 0);
    if (orders & ORDER_CATALOG)
        take_catalog(worker);
    if (orders & ORDER_ANSWERED)
        take_answered(worker);
    if (orders & ORDER_DRAIN)
        start_draining(worker);
    if (orders & ORDER_HALT)
        event_base_loopbreak(worker->base);
}

void worker_end_if_drained(struct worker *worker)
{
    if (worker->draining && worker->watch_count == 0)
        event_base_loopbreak(worker->base);
}

/* -- the loop -- */

static void sweep(evutil_socket_t fd, short what, void *argument)
{
    struct worker *worker = argument;
    int64_t now = now_ms();
    (void)fd;
    (void)what;
    worker_resume(worker);
    watch_sweep(worker, now);
    if (worker->draining && now >= worker->drain_until_ms)
        event_base_loopbreak(worker->base);
}

/* Often enough that nothing overstays its time by more than a quarter, or a second. */
static struct timeval sweep_interval(const struct limits *limits)
{
    const int times[] = {limits->request_ms, limits->idle_ms, limits->stall_ms, limits->drain_ms};
    int least = SWEEP_MS_MOST;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        if (times[i] / 4 < least)
            least = times[i] / 4;
    if (least < SWEEP_MS_LEAST)
        least = SWEEP_MS_LEAST;
    return (struct timeval){.tv_sec = least / 1000, .tv_usec = least % 1000 * 1000L};
}

static bool make_events(struct worker *worker, struct error *err)
{
    struct timeval interval = sweep_interval(&worker->shared->limits);
    worker->base = event_base_new();
    if (worker->base == NULL)
        return error_set(err, ERROR_INTERNAL, "an event loop could not be made");
    worker->order_event =
        event_new(worker->base, worker->order_fd, EV_READ | EV_PERSIST, obey, worker);
    worker->sweep_event = event_new(worker->base, -1, EV_PERSIST, sweep, worker);
    worker->todo_event = event_new(worker->base, -1, 0, watch_todo, worker);
    worker->log_event = event_new(worker->base, -1, 0, write_lines, worker);
    if (worker->order_event == NULL || worker->sweep_event == NULL || worker->todo_event == NULL ||
        worker->log_event == NULL || event_add(worker->order_event, NULL) != 0 ||
        event_add(worker->sweep_event, &interval) != 0)
        return error_set(err, ERROR_INTERNAL, "an event loop could not be filled");
    return true;
}

static bool make_http(struct worker *worker, int listening_fd, struct error *err)
{
    worker->http = evhttp_new(worker->base);
    struct evconnlistener *listener =
        worker->http == NULL
            ? NULL
            : evconnlistener_new(worker->base, NULL, NULL,
                                 LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_CLOSE_ON_FREE, 0, listening_fd);
    if (listener == NULL)
        return error_set(err, ERROR_INTERNAL, "an HTTP server could not be made");
    evconnlistener_set_error_cb(listener, accept_failed);
    worker->bound = evhttp_bind_listener(worker->http, listener);
    if (worker->bound == NULL) {
        evconnlistener_free(listener);
        return error_set(err, ERROR_INTERNAL, "an HTTP server could not be bound");
    }
    evhttp_set_bevcb(worker->http, watch_new, worker);
    evhttp_set_gencb(worker->http, exchange_handle, worker);
    evhttp_set_allowed_methods(worker->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST |
                                                 EVHTTP_REQ_PUT | EVHTTP_REQ_PATCH |
                                                 EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS);
    evhttp_set_max_headers_size(worker->http, MAX_HEAD_BYTES);
    evhttp_set_max_body_size(worker->http, (ev_ssize_t)worker->shared->limits.body_bytes);
    evhttp_set_default_content_type(worker->http, NULL);
    return true;
}

struct worker *worker_new(const struct shared *shared, int listening_fd, struct error *err)
{
    struct worker *worker = memory_alloc(sizeof *worker);
    memset(worker, 0, sizeof *worker);
    worker->shared = shared;
    pthread_mutex_init(&worker->lock, NULL);
    worker->order_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (worker->order_fd < 0)
        error_set(err, ERROR_IO, "eventfd: %s", strerror(errno));
    else if (make_events(worker, err) && make_http(worker, listening_fd, err))
        return worker;
    worker_free(worker);
    return NULL;
}

static void free_events(struct worker *worker)
{
    if (worker->http != NULL)
        evhttp_free(worker->http);
    worker->bound = NULL;
    watch_free_all(worker);
    if (worker->order_event != NULL)
        event_free(worker->order_event);
    if (worker->sweep_event != NULL)
        event_free(worker->sweep_event);
    if (worker->todo_event != NULL)
        event_free(worker->todo_event);
    if (worker->log_event != NULL)
        event_free(worker->log_event);
    worker->log_event = NULL;
    if (worker->base == NULL)
        return;
    /* Bufferevents are finalised, and their sockets closed, on a last turn of the loop. */
    event_base_loop(worker->base, EVLOOP_NONBLOCK);
    event_base_free(worker->base);
}

void worker_free(struct worker *worker)
{
    if (worker == NULL)
        return;
    free_events(worker);
    take_answered(worker); /* whose clients are all gone now */
    take_catalog(worker);
    worker_release(worker, worker->catalog);
    arena_free(worker->spare);
    buffer_release(&worker->head);
    access_log_write(worker->shared->log, &worker->lines);
    access_lines_release(&worker->lines);
    if (worker->order_fd >= 0)
        close(worker->order_fd);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    uint64_t one = 1;
    event_base_loop(worker->base, EVLOOP_NO_EXIT_ON_EMPTY);
    if (write(worker->shared->ended_fd, &one, sizeof one) < 0)
        return NULL;
    return NULL;
}

bool worker_start(struct worker *worker, struct error *err)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all); /* signals are the main thread's */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&worker->thread, NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed != 0)
        return error_set(err, ERROR_INTERNAL, "a thread could not be started: %s",
                         strerror(failed));
    worker->started = true;
    return true;
}

void worker_join(struct worker *worker)
{
    if (worker->started)
        pthread_join(worker->thread, NULL);
    worker->started = false;
}

static uint64_t value_of(atomic_uint_least64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void worker_add_figures(struct worker *worker, struct server_figures *figures)
{
    struct counters *counters = &worker->counters;
    for (size_t i = 0; i < sizeof figures->requests / sizeof figures->requests[0]; i++)
        figures->requests[i] += value_of(&counters->requests[i]);
    figures->bytes += value_of(&counters->bytes);
    figures->accepted += value_of(&counters->accepted);
    figures->connections += atomic_load_explicit(&counters->connections, memory_order_relaxed);
    figures->in_flight += atomic_load_explicit(&counters->in_flight, memory_order_relaxed);
    figures->workers++;
}
