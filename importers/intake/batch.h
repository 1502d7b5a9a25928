/*
 * Records stored together with how far their import is: a page of a service, some hundreds of a
 * file. Either all of it is on the disk, or nothing: whenever a program is killed, the next one
 * goes on with the page after the last that was stored.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_BATCH_H
#define TOUCHSTONE_IMPORTERS_INTAKE_BATCH_H

#include "evidence/base/buffer.h"
#include "evidence/rating/revision.h"
#include "evidence/store/intake.h"
#include "evidence/store/runs.h"

struct batch {
    struct store *store;
    struct import_run *run; /* the caller's; changed as records are taken */
    struct arena *scratch;  /* cleared after every record */
    struct buffer digest;   /* what was stored, for the run's hash */
    struct arena *warnings; /* of this batch, … */
    const char **messages;  /* … RUN_WARNINGS_KEPT at most */
    size_t message_count;
    struct import_run before; /* the run as it was, for batch_cancel */
    struct revision revision; /* … and what the batch did to the base */
    struct verdict_change *changes;
    size_t change_count;
    size_t studies_changed;
};

/* `run` is stored already. Release after use. */
void batch_init(struct batch *batch, struct store *store, struct import_run *run);
void batch_release(struct batch *batch);

/* Begins a batch, which ends with one of the two below. */
MUST_USE bool batch_begin(struct batch *batch, struct error *err);

/* A record_sink's function: `context` is the batch. */
bool batch_take(void *context, const struct record *record, struct error *err);

/* A format_warnings' function: `context` is the batch. */
void batch_warn(void *context, const char *message);

/*
 * Stores the batch with the run as the caller has set it (state, status, found …), what its notices
 * do to the curated base, and the verdicts that this moves: `changes`, valid until the next
 * batch_begin. On failure nothing is stored and the run is as before the batch.
 */
MUST_USE bool batch_end(struct batch *batch, struct error *err);

/* Nothing of it is stored; the run is as it was. */
void batch_cancel(struct batch *batch);

#endif
