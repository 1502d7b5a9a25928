#include "service/api/importer.h"

#include <event2/event.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* More waiting than this is more than anybody meant to ask for. */
enum { QUEUE_MOST = 100, SCHEDULE_SECONDS = 60, GRACE_SECONDS = 5 };

struct importer {
    struct importer_options options;
    pthread_t thread;
    int order_fd; /* an eventfd: look at the queue, or stop */

    pthread_mutex_t lock; /* guards the next three */
    int64_t queue[QUEUE_MOST];
    size_t queued;
    bool stopping;

    /* Of the thread alone. */
    struct event_base *loop;
    struct event *order;
    struct event *timer;
    struct event *next; /* from the end of a run to the next */
    struct store *store;
    struct run *run;
    int64_t running; /* under the lock */
};

/* ---- the queue ---- */

static bool is_queued(const struct importer *importer, int64_t run)
{
    for (size_t i = 0; i < importer->queued; i++)
        if (importer->queue[i] == run)
            return true;
    return importer->running == run;
}

bool importer_has(struct importer *importer, int64_t run)
{
    pthread_mutex_lock(&importer->lock);
    bool found = is_queued(importer, run);
    pthread_mutex_unlock(&importer->lock);
    return found;
}

static bool enqueue(struct importer *importer, int64_t run, struct error *err)
{
    pthread_mutex_lock(&importer->lock);
    bool known = is_queued(importer, run);
    bool room = importer->queued < QUEUE_MOST;
    if (!known && room)
        importer->queue[importer->queued++] = run;
    pthread_mutex_unlock(&importer->lock);
    return known || room ||
           error_set(err, ERROR_LIMIT, "%d imports wait already; ask again later", QUEUE_MOST);
}

/* Takes the first; 0 if none waits, or all is to end. */
static int64_t dequeue(struct importer *importer)
{
    pthread_mutex_lock(&importer->lock);
    int64_t first = 0;
    if (importer->queued > 0 && !importer->stopping) {
        first = importer->queue[0];
        importer->queued--;
        memmove(importer->queue, importer->queue + 1, importer->queued * sizeof first);
    }
    importer->running = first;
    pthread_mutex_unlock(&importer->lock);
    return first;
}

static void tell(const struct importer *importer)
{
    uint64_t one = 1;
    if (write(importer->order_fd, &one, sizeof one) < 0)
        return; /* full: it has been told */
}

bool importer_submit(struct importer *importer, const struct run_plan *plan, struct arena *arena,
                     struct import_run *out, struct error *err)
{
    struct run_plan whole = *plan;
    struct store *store = store_open(importer->options.db, STORE_WRITE, err);
    if (store == NULL)
        return false;
    importer->options.prepare(importer->options.context, plan->remote->name, &whole);
    bool good = run_enter(store, &whole, arena, out, err) && enqueue(importer, out->key, err);
    store_close(store);
    if (good)
        tell(importer);
    return good;
}

/* ---- one run ---- */

static void complain(const char *what, const struct error *err)
{
    fprintf(stderr, "touchstone: %s: %s\n", what, err->message);
}

static void on_changed(void *context, const struct verdict_change *changes, size_t count,
                       size_t studies)
{
    struct importer *importer = context;
    (void)changes;
    fprintf(stderr, "touchstone: an import marked %zu studies and moved %zu verdicts\n", studies,
            count);
    importer->options.rebased(importer->options.context);
}

static void on_done(void *context, const struct import_run *run, const struct error *err)
{
    struct importer *importer = context;
    if (err != NULL)
        fprintf(stderr, "touchstone: import %lld: %s\n", (long long)run->key, err->message);
    event_active(importer->next, EV_TIMEOUT, 0);
}

static bool begin_run(struct importer *importer, int64_t key, struct error *err)
{
    struct arena *arena = arena_new();
    const struct run_watch watch = {.changed = on_changed, .done = on_done, .context = importer};
    struct run_plan plan = {0};
    struct import_run row;
    importer->store = store_open(importer->options.db, STORE_WRITE, err);
    bool good = importer->store != NULL && store_run(importer->store, key, arena, &row, err);
    if (good) {
        importer->options.prepare(importer->options.context, row.source, &plan);
        importer->run = run_resume(importer->loop, importer->store, key, &plan, &watch, err);
    }
    arena_free(arena);
    return importer->run != NULL;
}

static void end_run(struct importer *importer)
{
    run_free(importer->run);
    store_close(importer->store);
    importer->run = NULL;
    importer->store = NULL;
}

/* The next that waits; what cannot even begin is told and left. */
static void run_next(struct importer *importer)
{
    int64_t key = 0;
    while (importer->run == NULL && (key = dequeue(importer)) != 0) {
        struct error err = {0};
        if (begin_run(importer, key, &err))
            return;
        complain("an import did not begin", &err);
        end_run(importer);
    }
}

/* ---- the schedule ---- */

static void submit_due(struct importer *importer, const struct saved_search *search, time_t now)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    struct saved_search later = *search;
    struct import_run run;
    const struct run_plan plan = {.remote = remote_named(search->source),
                                  .query = search->query,
                                  .limit = (size_t)search->most,
                                  .saved_search = search->name};
    later.due = now + (time_t)search->every_seconds;
    struct store *store = store_open(importer->options.db, STORE_WRITE, &err);
    bool good = store != NULL && store_put_search(store, &later, &err);
    store_close(store);
    if (good && plan.remote == NULL)
        good = error_set(&err, ERROR_INVALID, "there is no source %s", search->source);
    if (!good || !importer_submit(importer, &plan, arena, &run, &err))
        complain(search->name, &err);
    arena_free(arena);
}

static void look_at_schedule(evutil_socket_t fd, short what, void *context)
{
    struct importer *importer = context;
    struct arena *arena = arena_new();
    struct saved_search *due = NULL;
    size_t count = 0;
    struct error err = {0};
    time_t now = time(NULL);
    (void)fd, (void)what;
    struct store *store = store_open(importer->options.db, STORE_READ, &err);
    if (store == NULL || !store_searches(store, now, arena, &due, &count, &err))
        complain("the saved searches", &err);
    store_close(store);
    for (size_t i = 0; i < count; i++)
        submit_due(importer, &due[i], now);
    arena_free(arena);
}

/* ---- the thread ---- */

static bool is_stopping(struct importer *importer)
{
    pthread_mutex_lock(&importer->lock);
    bool stopping = importer->stopping;
    pthread_mutex_unlock(&importer->lock);
    return stopping;
}

static void on_next(evutil_socket_t fd, short what, void *context)
{
    struct importer *importer = context;
    (void)fd, (void)what;
    end_run(importer);
    run_next(importer);
    if (importer->run == NULL && is_stopping(importer))
        event_base_loopbreak(importer->loop);
}

/* A service that does not answer must not keep the program from ending. */
static void stop(struct importer *importer)
{
    const struct timeval grace = {.tv_sec = GRACE_SECONDS};
    if (importer->run == NULL) {
        event_base_loopbreak(importer->loop);
        return;
    }
    run_stop(importer->run);
    event_base_loopexit(importer->loop, &grace);
}

static void on_order(evutil_socket_t fd, short what, void *context)
{
    struct importer *importer = context;
    uint64_t count = 0;
    (void)what;
    if (read(fd, &count, sizeof count) != sizeof count)
        return;
    if (is_stopping(importer))
        stop(importer);
    else
        run_next(importer);
}

static void *work(void *context)
{
    struct importer *importer = context;
    event_base_loop(importer->loop, EVLOOP_NO_EXIT_ON_EMPTY);
    end_run(importer);
    return NULL;
}

/* Signals are the main thread's to obey. */
static bool start_thread(struct importer *importer, struct error *err)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&importer->thread, NULL, work, importer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0 ||
           error_set(err, ERROR_INTERNAL, "a thread could not be started: %s", strerror(failed));
}

static void release(struct importer *importer)
{
    if (importer->order != NULL)
        event_free(importer->order);
    if (importer->timer != NULL)
        event_free(importer->timer);
    if (importer->next != NULL)
        event_free(importer->next);
    if (importer->loop != NULL)
        event_base_free(importer->loop);
    if (importer->order_fd >= 0)
        close(importer->order_fd);
    pthread_mutex_destroy(&importer->lock);
    free(importer);
}

static bool make_events(struct importer *importer)
{
    const struct timeval minute = {.tv_sec = SCHEDULE_SECONDS};
    importer->loop = event_base_new();
    if (importer->loop == NULL || importer->order_fd < 0)
        return false;
    importer->order =
        event_new(importer->loop, importer->order_fd, EV_READ | EV_PERSIST, on_order, importer);
    importer->timer = event_new(importer->loop, -1, EV_PERSIST, look_at_schedule, importer);
    importer->next = event_new(importer->loop, -1, 0, on_next, importer);
    if (importer->order == NULL || importer->timer == NULL || importer->next == NULL)
        return false;
    if (importer->options.schedule) {
        event_add(importer->timer, &minute);
        event_active(importer->timer, EV_TIMEOUT, 0);
    }
    return event_add(importer->order, NULL) == 0;
}

struct importer *importer_start(const struct importer_options *options, struct error *err)
{
    struct importer *importer = memory_alloc(sizeof *importer);
    *importer =
        (struct importer){.options = *options, .order_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    pthread_mutex_init(&importer->lock, NULL);
    if (!make_events(importer))
        error_set(err, ERROR_INTERNAL, "no event loop can be had for imports");
    else if (start_thread(importer, err))
        return importer;
    release(importer);
    return NULL;
}

void importer_stop(struct importer *importer)
{
    if (importer == NULL)
        return;
    pthread_mutex_lock(&importer->lock);
    importer->stopping = true;
    pthread_mutex_unlock(&importer->lock);
    tell(importer);
    pthread_join(importer->thread, NULL);
    release(importer);
}
