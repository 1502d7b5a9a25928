/*
 * The store's door for imports: what was asked of which source, how far it is, and the searches
 * that are run again and again.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_RUNS_H
#define TOUCHSTONE_EVIDENCE_STORE_RUNS_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

enum run_status {
    RUN_RUNNING,
    RUN_STOPPED, /* by a person, after a page */
    RUN_FAILED,
    RUN_FINISHED
};
extern const char *const run_status_names[];

struct run_counts {
    int64_t found; /* how many the source says there are; -1: it does not */
    int64_t added; /* publications that are new */
    int64_t merged;
    int64_t updated;
    int64_t unchanged;
    int64_t refused;
    int64_t warnings;
};

/* One import, as it is stored. Strings live in the arena it was read into. */
struct import_run {
    int64_t key;
    const char *source; /* pubmed … ; file */
    const char *query;
    const char *since;        /* YYYY-MM-DD or NULL */
    int64_t most;             /* 0: all */
    const char *saved_search; /* its name, or NULL */
    const char *content_hash; /* of a file, or NULL */
    const char *state;        /* how to go on, NULL: from the start */
    int64_t position;         /* records of it that were taken */
    enum run_status status;
    bool complete; /* finished, and not because of the limit */
    const char *error;
    bool network; /* the failure was the source's */
    struct run_counts counts;
    char hash[HASH_SIZE]; /* over all it stored */
    time_t begun;
    time_t touched;
    time_t ended; /* 0: not yet */
    const char *host;
    int64_t process; /* 0: unknown */
};

/* Stores a new run and sets its key. */
MUST_USE bool store_add_run(struct store *store, struct import_run *run, struct error *err);

/* Stores how far it is: state, position, status, error, counts, hash, times, host and process. With
 * `audited` a row in the audit log tells that records came in. */
MUST_USE bool store_put_run(struct store *store, const struct import_run *run, bool audited,
                            struct error *err);

/* ERROR_NOT_FOUND if there is none. */
MUST_USE bool store_run(struct store *store, int64_t key, struct arena *arena,
                        struct import_run *out, struct error *err);

/* The newest first, those before `before` (0: all); `unfinished`: only those that can be gone on
 * with. */
MUST_USE bool store_runs(struct store *store, int64_t before, bool unfinished, size_t limit,
                         struct arena *arena, struct import_run **out, size_t *count,
                         struct error *err);

/* The newest run of a search, or of a file of this content, if it is not finished, and the newest
 * run that is complete; `out->key` is 0 if there is none. */
MUST_USE bool store_unfinished_run(struct store *store, const char *source, const char *query,
                                   struct arena *arena, struct import_run *out, struct error *err);
MUST_USE bool store_unfinished_file(struct store *store, const char *content_hash,
                                    struct arena *arena, struct import_run *out, struct error *err);
MUST_USE bool store_last_complete_run(struct store *store, const char *source, const char *query,
                                      struct arena *arena, struct import_run *out,
                                      struct error *err);

/* Keeps what a run warned of, up to RUN_WARNINGS_KEPT; `position` counts all of them from 0. */
enum { RUN_WARNINGS_KEPT = 200 };
MUST_USE bool store_add_warning(struct store *store, int64_t run, int64_t position,
                                const char *message, struct error *err);
MUST_USE bool store_warnings(struct store *store, int64_t run, struct arena *arena,
                             const char *const **out, struct error *err);

/* ---- saved searches ---- */

struct saved_search {
    const char *name; /* a slug */
    const char *source;
    const char *query;
    int64_t most;          /* 0: all */
    int64_t every_seconds; /* from one run to the next */
    time_t created;
    time_t due;
};

/* Adds or replaces one. ERROR_INVALID for a name that is no slug. */
MUST_USE bool store_put_search(struct store *store, const struct saved_search *search,
                               struct error *err);

/* ERROR_NOT_FOUND if there is none. */
MUST_USE bool store_remove_search(struct store *store, const char *name, struct error *err);

/* All by name; with `due_by` other than 0 only those that are due then, the longest due first. */
MUST_USE bool store_searches(struct store *store, time_t due_by, struct arena *arena,
                             struct saved_search **out, size_t *count, struct error *err);

#endif
