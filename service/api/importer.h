/*
 * Imports inside the service: one thread with an event loop of its own that runs them one after the
 * other, those that were asked for over HTTP and, where it is told to, the saved searches that are
 * due. Readers never wait for it.
 */
#ifndef TOUCHSTONE_SERVICE_API_IMPORTER_H
#define TOUCHSTONE_SERVICE_API_IMPORTER_H

#include "importers/intake/run.h"

struct importer;

/* Everything is borrowed and must outlive the importer; functions are called on its thread. */
struct importer_options {
    const char *db;
    bool schedule; /* run saved searches when they are due */
    /* Fills in how a source is asked: addresses, keys, contact. */
    void (*prepare)(void *context, const char *source, struct run_plan *plan);
    /* The curated base has changed: a new catalog is wanted. */
    void (*rebased)(void *context);
    void *context;
};

/* Starts the thread. NULL with ERROR_INTERNAL where there can be none. */
MUST_USE struct importer *importer_start(const struct importer_options *options, struct error *err);

/* Ends the import under way after its page, or at once where it waits for a service, and the
 * thread. What is not finished can be gone on with. NULL is allowed. */
void importer_stop(struct importer *importer);

/* From any thread: enters the run into the store and puts it at the end of the queue. A search that
 * is there already, unfinished, is the same run. Its strings live in `arena`. */
MUST_USE bool importer_submit(struct importer *importer, const struct run_plan *plan,
                              struct arena *arena, struct import_run *out, struct error *err);

/* From any thread: whether a run is under way or waits for its turn here. */
bool importer_has(struct importer *importer, int64_t run);

#endif
