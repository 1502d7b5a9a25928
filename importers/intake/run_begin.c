#include "importers/intake/run_begin.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* A process that stored nothing for so long is not at work, whatever has its number now. */
enum { DEAD_AFTER_SECONDS = 3600, DAY_SECONDS = 86400, DAY_SIZE = 11 };

static const char no_hash[HASH_SIZE] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* ---- who runs it ---- */

static const char *this_host(struct arena *arena)
{
    struct utsname name;
    return uname(&name) == 0 ? arena_strdup(arena, name.nodename) : "unknown";
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool is_alive(const struct import_run *run, const char *host)
{
    if (run->status != RUN_RUNNING || run->process == 0 ||
        time(NULL) - run->touched > DEAD_AFTER_SECONDS)
        return false;
    if (!same_text(run->host, host))
        return true;
    if (run->process == (int64_t)getpid())
        return false; /* our number, from before this machine was started anew */
    return kill((pid_t)run->process, 0) == 0 || errno == EPERM;
}

bool run_begin_again(struct store *store, struct import_run *run, struct arena *arena,
                     struct error *err)
{
    const char *host = this_host(arena);
    if (run->status == RUN_FINISHED)
        return error_set(err, ERROR_INVALID, "import %" PRId64 " is finished; ask again instead",
                         run->key);
    if (is_alive(run, host))
        return error_set(err, ERROR_INVALID,
                         "import %" PRId64 " is under way in process %" PRId64 " on %s; wait for "
                         "it, or end that first",
                         run->key, run->process, run->host);
    run->status = RUN_RUNNING;
    run->error = NULL;
    run->network = false;
    run->ended = 0;
    run->host = host;
    run->process = (int64_t)getpid();
    run->touched = time(NULL);
    return store_put_run(store, run, false, err);
}

static bool begin_new(struct store *store, struct import_run *run, struct arena *arena,
                      struct error *err)
{
    run->status = RUN_RUNNING;
    run->counts.found = -1;
    memcpy(run->hash, no_hash, sizeof run->hash);
    run->begun = run->touched = time(NULL);
    run->host = this_host(arena);
    run->process = (int64_t)getpid();
    return store_add_run(store, run, err);
}

/* ---- searches ---- */

static const char *day_of(time_t at, struct arena *arena)
{
    struct tm parts;
    char *day = arena_alloc(arena, DAY_SIZE);
    if (gmtime_r(&at, &parts) == NULL || strftime(day, DAY_SIZE, "%Y-%m-%d", &parts) == 0)
        return NULL;
    return day;
}

/* A day earlier than the last run began: services count days in their own time zone. */
static bool since_last_time(struct store *store, const struct run_plan *plan, struct arena *arena,
                            const char **since, struct error *err)
{
    struct import_run last;
    if (!store_last_complete_run(store, plan->remote->name, plan->query, arena, &last, err))
        return false;
    *since = last.key == 0 ? NULL : day_of(last.begun - DAY_SECONDS, arena);
    return true;
}

/* An unfinished run is the one that is meant, unless something else is asked for now. */
static bool is_meant(const struct import_run *run, const struct run_plan *plan)
{
    if (run->key == 0 || run->most != (int64_t)plan->limit)
        return false;
    if (plan->since != NULL)
        return same_text(run->since, plan->since);
    return !plan->everything || run->since == NULL;
}

bool run_begin_search(struct store *store, const struct run_plan *plan, struct arena *arena,
                      struct import_run *out, struct error *err)
{
    if (!store_unfinished_run(store, plan->remote->name, plan->query, arena, out, err))
        return false;
    if (is_meant(out, plan))
        return run_begin_again(store, out, arena, err);
    *out = (struct import_run){.source = plan->remote->name,
                               .query = plan->query,
                               .since = plan->since,
                               .most = (int64_t)plan->limit,
                               .saved_search = plan->saved_search};
    if (plan->since == NULL && !plan->everything &&
        !since_last_time(store, plan, arena, &out->since, err))
        return false;
    return begin_new(store, out, arena, err);
}

bool run_begin_file(struct store *store, const char *path, const char *content_hash, size_t limit,
                    struct arena *arena, struct import_run *out, struct error *err)
{
    *out = (struct import_run){0};
    if (content_hash != NULL && !store_unfinished_file(store, content_hash, arena, out, err))
        return false;
    if (out->key != 0 && out->most == (int64_t)limit)
        return run_begin_again(store, out, arena, err);
    *out = (struct import_run){
        .source = "file", .query = path, .most = (int64_t)limit, .content_hash = content_hash};
    return begin_new(store, out, arena, err);
}
