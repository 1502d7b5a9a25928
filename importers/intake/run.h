/*
 * An import from its beginning, or from where it stopped, to its end: a search at a service, page
 * by page over the network, or a file, some hundreds of records at a time.
 *
 * What was asked for before and did not finish goes on where it was. What finished is asked again
 * for what was added or changed since. Everything a run learns is in the store, each page whole
 * (batch.h), so that a run can be killed at any instant.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_RUN_H
#define TOUCHSTONE_IMPORTERS_INTAKE_RUN_H

#include <stdint.h>

#include "evidence/store/changes.h"
#include "evidence/store/runs.h"
#include "importers/fetch/fetch.h"
#include "importers/sources/remote.h"

struct event_base;
struct run;

/* Who watches a run; any function may be NULL. What is pointed to lives until the call returns. */
struct run_watch {
    /* The run is found or made: `run->position` records of it are stored already. */
    void (*begun)(void *context, const struct import_run *run);
    /* A page or batch is stored. `taken` and `total`: bytes of a file; 0: unknown. */
    void (*progress)(void *context, const struct import_run *run, uint64_t taken, uint64_t total);
    /* The service makes us wait. */
    void (*waiting)(void *context, double seconds, const char *why);
    void (*warning)(void *context, const char *message);
    /* Verdicts that notices moved, with how many studies they marked. */
    void (*changed)(void *context, const struct verdict_change *changes, size_t count,
                    size_t studies);
    /* Once, at the end: `run->status` says how it ended, `err` why it failed, else NULL. */
    void (*done)(void *context, const struct import_run *run, const struct error *err);
    void *context;
};

/* What is asked of a service. Strings outlive the run. */
struct run_plan {
    const struct remote *remote;
    const char *query;
    const char *since; /* YYYY-MM-DD; NULL: the day before the last complete run of this search */
    bool everything;   /* with `since` NULL: from the beginning after all */
    size_t limit;      /* most records; 0: all */
    const char *saved_search; /* its name, or NULL */
    struct remote_options options;
    struct fetch_options fetch;
};

/*
 * Finds or makes the run in the store and sends its first request; the rest happens on the loop.
 * `store` is open for writing and the run's alone until `done`. NULL with ERROR_INVALID for a query
 * that the service cannot be asked, or where the same search is under way in another process;
 * ERROR_STORE.
 */
MUST_USE struct run *run_start(struct event_base *loop, struct store *store,
                               const struct run_plan *plan, const struct run_watch *watch,
                               struct error *err);

/* Finds or makes the run in the store and leaves it there, for run_resume to begin; its strings
 * live in `arena`. Fails as run_start does. */
MUST_USE bool run_enter(struct store *store, const struct run_plan *plan, struct arena *arena,
                        struct import_run *out, struct error *err);

/* Goes on with a run that is not finished; `plan` gives options, the run the rest. */
MUST_USE struct run *run_resume(struct event_base *loop, struct store *store, int64_t key,
                                const struct run_plan *plan, const struct run_watch *watch,
                                struct error *err);

/* Ends it after the page under way, at once where it is waiting: RUN_STOPPED, to be gone on with.
 */
void run_stop(struct run *run);

/* Not from a function of its watch. NULL is allowed. */
void run_free(struct run *run);

/*
 * Imports a file, in whatever format it is in, to its end; `stop` is looked at between batches. A
 * file that cannot be read to its end is a failure, but the records before the place are stored.
 * True where the run finished or was stopped; `watch->done` is called either way, unless there is
 * no such file or no known format.
 */
MUST_USE bool run_file(struct store *store, const char *path, const char *format, size_t limit,
                       const volatile int *stop, const struct run_watch *watch, struct error *err);

#endif
