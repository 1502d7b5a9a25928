#include "service/command/import_session.h"

#include <event2/event.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "service/api/import_shape.h"
#include "service/command/command.h"

/* A person reads no faster; warnings beyond these are in the store, up to RUN_WARNINGS_KEPT. */
enum { TELL_EVERY_MS = 100, WARNINGS_TOLD = 20 };

struct import_session {
    bool json;
    bool live; /* standard error is a terminal and nobody asked for JSON */
    struct arena *arena;
    struct run *run;
    struct event_base *loop;
    struct import_run row; /* as it ended; key 0: it did not begin */
    int64_t before;        /* records that were there when it began */
    struct timespec start;
    double seconds;
    double told; /* when the line was last written */
    uint64_t taken;
    uint64_t total;
    bool line; /* a progress line stands on the terminal */
    size_t warnings;
    struct error failure;
    struct verdict_change *changes;
    size_t change_count;
    size_t studies;
    volatile int stop; /* a signal's number */
};

/* ---- settings ---- */

void import_settings_apply(const struct import_settings *settings, const char *source,
                           struct run_plan *plan)
{
    const char *url = command_environment(source, "url");
    const char *key = command_environment(source, "api-key");
    plan->options.base_url = settings->base_url != NULL ? settings->base_url : url;
    plan->options.api_key = key != NULL ? key : settings->api_key;
    plan->options.contact = settings->contact;
    plan->fetch.contact = settings->contact;
    plan->fetch.wait_base = settings->wait_seconds;
    plan->fetch.request_seconds = settings->timeout_seconds;
    plan->fetch.stall_seconds = settings->timeout_seconds;
    plan->fetch.connect_seconds = settings->timeout_seconds;
}

/* ---- the terminal ---- */

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void clear_line(struct import_session *session)
{
    if (session->line)
        fputs("\r\033[K", stderr);
    session->line = false;
}

static struct import_pace pace_of(const struct import_session *session)
{
    return (struct import_pace){.run = &session->row,
                                .before = session->before,
                                .seconds = session->seconds,
                                .taken = session->taken,
                                .total = session->total};
}

static void write_line(struct import_session *session)
{
    struct buffer line = {0};
    const struct import_pace pace = pace_of(session);
    import_progress_line(&pace, &line);
    clear_line(session);
    fputs(buffer_string(&line), stderr);
    fflush(stderr);
    session->line = true;
    session->told = session->seconds;
    buffer_release(&line);
}

/* ---- watching ---- */

/* The row as it is now; its strings go on living where they are until the run is freed. */
static void take_row(struct import_session *session, const struct import_run *run)
{
    session->row = *run;
    session->seconds = seconds_since(&session->start);
}

static void on_begun(void *context, const struct import_run *run)
{
    struct import_session *session = context;
    session->before = run->position;
    if (run->position > 0 && session->live)
        fprintf(stderr, "touchstone: going on with import %lld after %lld records\n",
                (long long)run->key, (long long)run->position);
}

/* Files are read without a loop that could be told: signals wait to be seen between batches. */
static void look_for_signals(struct import_session *session)
{
    sigset_t waiting;
    if (session->loop != NULL || sigpending(&waiting) != 0)
        return;
    if (sigismember(&waiting, SIGINT) == 1)
        session->stop = SIGINT;
    else if (sigismember(&waiting, SIGTERM) == 1)
        session->stop = SIGTERM;
}

static void on_progress(void *context, const struct import_run *run, uint64_t taken, uint64_t total)
{
    struct import_session *session = context;
    take_row(session, run);
    session->taken = taken;
    session->total = total;
    look_for_signals(session);
    if (session->live && session->seconds - session->told >= TELL_EVERY_MS / 1000.0)
        write_line(session);
}

static void on_waiting(void *context, double seconds, const char *why)
{
    struct import_session *session = context;
    if (!session->live)
        return;
    clear_line(session);
    fprintf(stderr, "waiting %.0f s: %s", ceil(seconds), why);
    fflush(stderr);
    session->line = true;
}

static void on_warning(void *context, const char *message)
{
    struct import_session *session = context;
    session->warnings++;
    if (session->json || session->warnings > WARNINGS_TOLD)
        return;
    clear_line(session);
    fprintf(stderr, "touchstone: %s\n", message);
    if (session->warnings == WARNINGS_TOLD)
        fputs("touchstone: further warnings are only counted\n", stderr);
}

static void keep_change(struct arena *arena, const struct verdict_change *change,
                        struct verdict_change *out)
{
    size_t count = 0;
    while (change->studies[count] != NULL)
        count++;
    const char **studies = arena_array(arena, count + 1, sizeof *studies);
    for (size_t i = 0; i < count; i++)
        studies[i] = arena_strdup(arena, change->studies[i]);
    *out = *change;
    out->question = arena_strdup(arena, change->question);
    out->before_verdict = arena_strdup(arena, change->before_verdict);
    out->after_verdict = arena_strdup(arena, change->after_verdict);
    out->studies = studies;
}

static void on_changed(void *context, const struct verdict_change *changes, size_t count,
                       size_t studies)
{
    struct import_session *session = context;
    struct verdict_change *all =
        arena_array(session->arena, session->change_count + count, sizeof *all);
    if (session->change_count > 0)
        memcpy(all, session->changes, session->change_count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        keep_change(session->arena, &changes[i], &all[session->change_count + i]);
    session->changes = all;
    session->change_count += count;
    session->studies += studies;
}

/* The strings of the row go with the run. */
static void keep_row(struct import_session *session)
{
    struct import_run *row = &session->row;
    row->source = arena_strdup(session->arena, row->source);
    row->query = arena_strdup(session->arena, row->query);
    row->since = arena_strdup(session->arena, row->since);
    row->saved_search = arena_strdup(session->arena, row->saved_search);
    row->error = arena_strdup(session->arena, row->error);
    row->state = NULL;
    row->content_hash = NULL;
    row->host = NULL;
}

static void on_done(void *context, const struct import_run *run, const struct error *err)
{
    struct import_session *session = context;
    take_row(session, run);
    keep_row(session);
    clear_line(session);
    if (err != NULL)
        session->failure = *err;
    if (session->loop != NULL)
        event_base_loopbreak(session->loop);
}

static struct run_watch watch_of(struct import_session *session)
{
    return (struct run_watch){.begun = on_begun,
                              .progress = on_progress,
                              .waiting = on_waiting,
                              .warning = on_warning,
                              .changed = on_changed,
                              .done = on_done,
                              .context = session};
}

/* ---- signals ---- */

/* The second one finds the usual way to end: nothing that is stored is lost by it. */
static void on_signal(evutil_socket_t number, short what, void *context)
{
    struct import_session *session = context;
    (void)what;
    session->stop = (int)number;
    signal((int)number, SIG_DFL);
    if (session->run != NULL)
        run_stop(session->run);
}

struct signals {
    struct event *interrupt;
    struct event *terminate;
};

static struct signals catch_signals(struct import_session *session)
{
    struct signals caught = {
        .interrupt = evsignal_new(session->loop, SIGINT, on_signal, session),
        .terminate = evsignal_new(session->loop, SIGTERM, on_signal, session),
    };
    if (caught.interrupt != NULL)
        event_add(caught.interrupt, NULL);
    if (caught.terminate != NULL)
        event_add(caught.terminate, NULL);
    return caught;
}

static void release_signals(struct signals *caught)
{
    if (caught->interrupt != NULL)
        event_free(caught->interrupt);
    if (caught->terminate != NULL)
        event_free(caught->terminate);
}

/* ---- running ---- */

struct import_session *import_session_new(bool json)
{
    struct import_session *session = memory_alloc(sizeof *session);
    *session = (struct import_session){
        .json = json, .live = !json && isatty(STDERR_FILENO), .arena = arena_new()};
    clock_gettime(CLOCK_MONOTONIC, &session->start);
    return session;
}

void import_session_free(struct import_session *session)
{
    if (session == NULL)
        return;
    arena_free(session->arena);
    free(session);
}

static bool result(const struct import_session *session, struct error *err)
{
    return session->failure.kind == ERROR_NONE ||
           error_set(err, session->failure.kind, "%s", session->failure.message);
}

/* `key` 0: the search of the plan. */
static bool run_remote(struct import_session *session, struct store *store, int64_t key,
                       const struct run_plan *plan, struct error *err)
{
    const struct run_watch watch = watch_of(session);
    session->loop = event_base_new();
    if (session->loop == NULL)
        return error_set(err, ERROR_INTERNAL, "no event loop can be had");
    session->run = key == 0 ? run_start(session->loop, store, plan, &watch, err)
                            : run_resume(session->loop, store, key, plan, &watch, err);
    bool good = session->run != NULL;
    if (good) {
        struct signals caught = catch_signals(session);
        event_base_dispatch(session->loop);
        release_signals(&caught);
        good = result(session, err);
    }
    run_free(session->run);
    session->run = NULL;
    event_base_free(session->loop);
    session->loop = NULL;
    return good;
}

bool import_session_search(struct import_session *session, struct store *store,
                           const struct run_plan *plan, struct error *err)
{
    return run_remote(session, store, 0, plan, err);
}

bool import_session_resume(struct import_session *session, struct store *store, int64_t key,
                           const struct run_plan *plan, struct error *err)
{
    return run_remote(session, store, key, plan, err);
}

bool import_session_file(struct import_session *session, struct store *store, const char *path,
                         const char *format, size_t limit, struct error *err)
{
    const struct run_watch watch = watch_of(session);
    sigset_t held;
    sigset_t before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, &before);
    bool good = run_file(store, path, format, limit, &session->stop, &watch, err);
    clear_line(session);
    if (session->stop != 0) /* the caller ends by it, once all is told */
        signal(session->stop, SIG_IGN);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (session->stop != 0)
        signal(session->stop, SIG_DFL);
    return good;
}

int import_session_signal(const struct import_session *session)
{
    return session->stop;
}

/* ---- the report ---- */

void import_session_print(const struct import_session *session)
{
    const struct terminal terminal = terminal_of(stdout);
    const struct import_pace pace = pace_of(session);
    if (session->row.key == 0)
        return;
    print_import(&terminal, &pace);
    print_changes(&terminal, session->changes, session->change_count);
}

void import_session_write(const struct import_session *session, struct json_writer *json)
{
    const struct import_pace pace = pace_of(session);
    if (session->row.key == 0)
        return;
    json_begin_object(json);
    shape_import_fields(json, &session->row);
    json_field_real(json, "seconds", session->seconds);
    json_field_real(json, "per_second", import_rate(&pace));
    json_field_count(json, "studies_marked", (long long)session->studies);
    json_field_array(json, "changes");
    for (size_t i = 0; i < session->change_count; i++)
        shape_change(json, &session->changes[i]);
    json_end_array(json);
    json_end_object(json);
}
