#include "importers/intake/run.h"

#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "importers/intake/base_change.h"
#include "importers/intake/batch.h"
#include "importers/intake/run_begin.h"

/* A service that goes on giving pages and nothing in them, or far more than it says it has, is not
 * listened to for ever. */
enum { EMPTY_PAGES_MOST = 50, SURPLUS_RECORDS = 5000 };

/* Requests a second to a stand-in on this machine. */
static const double UNSPARED = 100000;

struct run {
    struct store *store;
    struct event_base *loop;
    struct fetcher *fetcher;
    const struct remote *remote;
    struct remote_query query;
    struct remote_options options;
    struct run_watch watch;
    struct import_run row;
    struct arena *kept; /* strings of the row and the plan */
    struct arena *page; /* of one request and its answer */
    char *state;        /* row.state, on the heap: it changes with every page */
    struct batch batch;
    struct event *ending; /* calls `finish` from the loop */
    struct error failure; /* why it ends; ERROR_NONE: it does not fail */
    unsigned empty_pages;
    bool waiting;  /* for the service, before it is asked again */
    bool stopping; /* told to end after the page */
    bool over;     /* nothing more is asked */
};

/* ---- the end ---- */

static void put_ended(struct run *run, enum run_status status)
{
    struct error err = {0};
    run->row.status = status;
    run->row.touched = run->row.ended = time(NULL);
    if (run->failure.kind != ERROR_NONE) {
        run->row.error = run->failure.message;
        run->row.network = run->failure.kind == ERROR_NETWORK || run->failure.kind == ERROR_LIMIT;
    }
    if (!store_put_run(run->store, &run->row, false, &err) && run->failure.kind == ERROR_NONE)
        run->failure = err;
}

/* What is over is told from the loop, so that whoever started it has its handle by then. */
static void finish(evutil_socket_t fd, short what, void *context)
{
    struct run *run = context;
    (void)fd, (void)what;
    if (run->watch.done != NULL)
        run->watch.done(run->watch.context, &run->row,
                        run->failure.kind == ERROR_NONE ? NULL : &run->failure);
}

static void end(struct run *run, enum run_status status)
{
    if (run->over)
        return;
    run->over = true;
    if (status != RUN_FINISHED) /* a finished run was stored so with its last page */
        put_ended(run, status);
    event_active(run->ending, EV_TIMEOUT, 0);
}

static void fail(struct run *run, const struct error *err)
{
    run->failure = *err;
    end(run, RUN_FAILED);
}

/* ---- pages ---- */

static void ask(struct run *run);

static void warn(void *context, const char *message)
{
    struct run *run = context;
    batch_warn(&run->batch, message);
    if (run->watch.warning != NULL)
        run->watch.warning(run->watch.context, message);
}

static void set_state(struct run *run, const char *state)
{
    char *copy = state == NULL ? NULL : strdup(state);
    free(run->state);
    run->state = copy;
    run->row.state = copy;
}

static bool check_sanity(struct run *run, const struct remote_page *page, struct error *err)
{
    run->empty_pages = page->records + page->refused == 0 ? run->empty_pages + 1 : 0;
    if (run->empty_pages > EMPTY_PAGES_MOST)
        return error_set(err, ERROR_NETWORK,
                         "%s gave %u pages without a record; try again later, nothing is lost",
                         run->remote->title, run->empty_pages);
    int64_t found = run->row.counts.found;
    if (found >= 0 && run->row.position > 2 * found + SURPLUS_RECORDS)
        return error_set(err, ERROR_NETWORK,
                         "%s gave %lld records of the %lld it has; try again later, nothing is "
                         "lost",
                         run->remote->title, (long long)run->row.position, (long long)found);
    return true;
}

static void tell_page(struct run *run)
{
    if (run->batch.change_count + run->batch.studies_changed > 0 && run->watch.changed != NULL)
        run->watch.changed(run->watch.context, run->batch.changes, run->batch.change_count,
                           run->batch.studies_changed);
    if (run->watch.progress != NULL)
        run->watch.progress(run->watch.context, &run->row, 0, 0);
}

static bool is_full(const struct run *run)
{
    return run->row.most > 0 && run->row.position >= run->row.most;
}

/* The run as it stands after this page, to be stored with it. */
static void advance(struct run *run, const struct remote_page *page)
{
    if (page->total >= 0)
        run->row.counts.found = page->total;
    run->row.counts.refused += (int64_t)page->refused;
    if (page->next == NULL) {
        run->row.status = RUN_FINISHED;
        run->row.complete = !is_full(run);
        run->row.ended = run->row.touched;
    }
}

/* The state's memory must be the run's own whether or not the page gets stored. */
static bool store_page(struct run *run, const struct remote_page *page, struct error *err)
{
    char *before = run->state;
    char *after = page->next == NULL ? NULL : strdup(page->next);
    advance(run, page);
    run->row.state = after;
    if (batch_end(&run->batch, err)) {
        run->state = after;
        free(before);
        return true;
    }
    free(after);
    run->row.state = before;
    return false;
}

static void go_on(struct run *run)
{
    if (run->row.status == RUN_FINISHED)
        end(run, RUN_FINISHED);
    else if (run->stopping)
        end(run, RUN_STOPPED);
    else
        ask(run);
}

/* Reads an answer into a batch; what cannot be read is asked for again. */
static void take_page(struct run *run, const struct remote_answer *answer)
{
    const struct record_sink sink = {.take = batch_take, .context = &run->batch};
    const struct format_warnings warnings = {.warn = warn, .context = run};
    struct remote_page page = {.total = -1};
    struct error err = {0};
    run->row.touched = time(NULL);
    if (!batch_begin(&run->batch, &err)) {
        fail(run, &err);
        return;
    }
    if (!run->remote->read(&run->query, &run->options, run->state, answer, &sink, &warnings,
                           run->page, &page, &err)) {
        batch_cancel(&run->batch);
        if (err.kind != ERROR_NETWORK || !fetch_again(run->fetcher, err.message))
            fail(run, &err);
        return;
    }
    if (!store_page(run, &page, &err)) {
        fail(run, &err);
        return;
    }
    tell_page(run);
    if (run->row.status != RUN_FINISHED && !check_sanity(run, &page, &err))
        fail(run, &err);
    else
        go_on(run);
}

/* ---- refusals ---- */

static void refuse(struct run *run, const struct remote_answer *answer)
{
    struct error err = {0};
    const char *said = run->remote->refusal(answer, run->page);
    bool ours = answer->status >= 400 && answer->status < 500;
    error_set(&err, ours ? ERROR_INVALID : ERROR_NETWORK, "%s refuses with status %d%s%s",
              run->remote->title, answer->status, said == NULL ? "" : ": ",
              said == NULL ? "" : said);
    fail(run, &err);
}

/* A service that forgot a search is asked anew from where its state allows. */
static void recover(struct run *run, const struct remote_answer *answer)
{
    struct error err = {0};
    const char *next =
        run->remote->recover == NULL
            ? NULL
            : run->remote->recover(&run->query, &run->options, run->state, answer, run->page);
    if (next == NULL) {
        refuse(run, answer);
        return;
    }
    if (run->state != NULL && strcmp(next, run->state) == 0) {
        const char *said = run->remote->refusal(answer, run->page);
        if (!fetch_again(run->fetcher, said == NULL ? "it refused" : said))
            refuse(run, answer);
        return;
    }
    set_state(run, next);
    run->row.touched = time(NULL);
    if (store_put_run(run->store, &run->row, false, &err))
        go_on(run);
    else
        fail(run, &err);
}

/* ---- requests ---- */

static void on_done(void *context, const struct fetch_answer *got, const struct error *err)
{
    struct run *run = context;
    run->waiting = false;
    if (run->over)
        return;
    if (got == NULL) {
        fail(run, err);
        return;
    }
    const struct remote_answer answer = {.status = got->status,
                                         .content_type = got->content_type,
                                         .bytes = got->bytes,
                                         .length = got->length};
    if (got->status == 200)
        take_page(run, &answer);
    else
        recover(run, &answer);
}

static void on_waiting(void *context, double seconds, const char *why)
{
    struct run *run = context;
    run->waiting = true;
    if (run->over)
        return;
    if (run->watch.waiting != NULL)
        run->watch.waiting(run->watch.context, seconds, why);
    if (run->stopping)
        end(run, RUN_STOPPED);
}

/* What stands in for a service on this very machine need not be spared. */
static bool is_stand_in(const struct run *run)
{
    static const char *const starts[] = {"http://127.",  "http://localhost",  "http://[::1]",
                                         "https://127.", "https://localhost", "https://[::1]"};
    const char *url = run->options.base_url;
    for (size_t i = 0; url != NULL && i < sizeof starts / sizeof *starts; i++)
        if (strncmp(url, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void ask(struct run *run)
{
    struct remote_request request;
    struct error err = {0};
    arena_clear(run->page);
    if (!run->remote->request(&run->query, &run->options, run->state, run->page, &request, &err)) {
        fail(run, &err);
        return;
    }
    const struct fetch_request fetch = {.url = request.url,
                                        .form = request.form,
                                        .accept = request.accept,
                                        .per_second =
                                            is_stand_in(run) ? UNSPARED : request.per_second};
    fetch_start(run->fetcher, &fetch, on_done, on_waiting, run);
}

/* ---- a run ---- */

static struct run *run_new(struct event_base *loop, struct store *store,
                           const struct run_plan *plan, const struct run_watch *watch,
                           struct error *err)
{
    struct run *run = memory_alloc(sizeof *run);
    *run = (struct run){
        .store = store,
        .loop = loop,
        .fetcher = fetcher_new(loop, &plan->fetch, err),
        .options = plan->options,
        .watch = *watch,
        .kept = arena_new(),
        .page = arena_new(),
    };
    run->ending = event_new(loop, -1, 0, finish, run);
    batch_init(&run->batch, store, &run->row);
    if (run->fetcher != NULL && run->ending != NULL)
        return run;
    error_set(err, ERROR_INTERNAL, "the event loop takes no more");
    run_free(run);
    return NULL;
}

/* The query is the run's, which may be older than what was asked for now. */
static void begin(struct run *run)
{
    run->query = (struct remote_query){
        .text = run->row.query, .since = run->row.since, .limit = (size_t)run->row.most};
    set_state(run, run->row.state);
    if (run->watch.begun != NULL)
        run->watch.begun(run->watch.context, &run->row);
    ask(run);
}

/* A query that cannot be asked is told before there is a run of it. */
static bool check_plan(const struct run_plan *plan, struct error *err)
{
    const struct remote_query query = {
        .text = plan->query, .since = plan->since, .limit = plan->limit};
    struct remote_request request;
    struct arena *arena = arena_new();
    bool good = plan->remote->request(&query, &plan->options, NULL, arena, &request, err);
    arena_free(arena);
    return good;
}

bool run_enter(struct store *store, const struct run_plan *plan, struct arena *arena,
               struct import_run *out, struct error *err)
{
    return check_plan(plan, err) && run_begin_search(store, plan, arena, out, err);
}

struct run *run_start(struct event_base *loop, struct store *store, const struct run_plan *plan,
                      const struct run_watch *watch, struct error *err)
{
    if (!check_plan(plan, err) || !base_change_match(store, time(NULL), err))
        return NULL;
    struct run *run = run_new(loop, store, plan, watch, err);
    if (run == NULL)
        return NULL;
    run->remote = plan->remote;
    if (run_begin_search(store, plan, run->kept, &run->row, err)) {
        begin(run);
        return run;
    }
    run_free(run);
    return NULL;
}

static bool load_run(struct run *run, int64_t key, struct error *err)
{
    if (!store_run(run->store, key, run->kept, &run->row, err))
        return false;
    run->remote = remote_named(run->row.source);
    if (run->remote == NULL)
        return error_set(err, ERROR_INVALID,
                         "import %lld is of a %s; import that again to go on with it",
                         (long long)key, run->row.source);
    return run_begin_again(run->store, &run->row, run->kept, err);
}

struct run *run_resume(struct event_base *loop, struct store *store, int64_t key,
                       const struct run_plan *plan, const struct run_watch *watch,
                       struct error *err)
{
    if (!base_change_match(store, time(NULL), err))
        return NULL;
    struct run *run = run_new(loop, store, plan, watch, err);
    if (run == NULL)
        return NULL;
    if (load_run(run, key, err)) {
        begin(run);
        return run;
    }
    run_free(run);
    return NULL;
}

void run_stop(struct run *run)
{
    run->stopping = true;
    if (run->waiting)
        end(run, RUN_STOPPED);
}

void run_free(struct run *run)
{
    if (run == NULL)
        return;
    fetcher_free(run->fetcher);
    if (run->ending != NULL)
        event_free(run->ending);
    batch_release(&run->batch);
    arena_free(run->kept);
    arena_free(run->page);
    free(run->state);
    free(run);
}
