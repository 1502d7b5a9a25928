#include "importers/intake/batch.h"

#include <string.h>
#include <time.h>

#include "importers/intake/intake.h"

void batch_init(struct batch *batch, struct store *store, struct import_run *run)
{
    *batch =
        (struct batch){.store = store, .run = run, .scratch = arena_new(), .warnings = arena_new()};
}

void batch_release(struct batch *batch)
{
    buffer_release(&batch->digest);
    revision_release(&batch->revision);
    arena_free(batch->scratch);
    arena_free(batch->warnings);
}

bool batch_begin(struct batch *batch, struct error *err)
{
    batch->before = *batch->run;
    buffer_clear(&batch->digest);
    revision_release(&batch->revision);
    arena_clear(batch->warnings);
    batch->messages = arena_array(batch->warnings, RUN_WARNINGS_KEPT, sizeof *batch->messages);
    batch->message_count = 0;
    batch->changes = NULL;
    batch->change_count = 0;
    batch->studies_changed = 0;
    return store_begin(batch->store, err);
}

static void count(struct run_counts *counts, enum intake_outcome outcome)
{
    switch (outcome) {
    case INTAKE_ADDED:
        counts->added++;
        break;
    case INTAKE_MERGED:
        counts->merged++;
        break;
    case INTAKE_UPDATED:
        counts->updated++;
        break;
    case INTAKE_UNCHANGED:
        counts->unchanged++;
        break;
    }
}

bool batch_take(void *context, const struct record *record, struct error *err)
{
    struct batch *batch = context;
    const struct intake_stamp stamp = {
        .who = "import", .run = batch->run->key, .now = batch->run->touched};
    struct intake_took took;
    arena_clear(batch->scratch);
    if (!intake_take(batch->store, record, &stamp, batch->scratch, &took, err))
        return false;
    count(&batch->run->counts, took.outcome);
    batch->run->position++;
    if (took.outcome != INTAKE_UNCHANGED)
        buffer_printf(&batch->digest, "%s %s %s\n", record->source, took.source_id, took.hash);
    return true;
}

void batch_warn(void *context, const char *message)
{
    struct batch *batch = context;
    batch->run->counts.warnings++;
    if (batch->message_count < RUN_WARNINGS_KEPT)
        batch->messages[batch->message_count++] = arena_strdup(batch->warnings, message);
}

/* ---- the end ---- */

/* Over the hash before and every record that came in: the audit log vouches for it. */
static void chain(struct batch *batch)
{
    struct buffer line = {0};
    buffer_printf(&line, "%s\n", batch->run->hash);
    buffer_append(&line, batch->digest.bytes, batch->digest.length);
    hash_bytes(line.bytes, line.length, batch->run->hash);
    buffer_release(&line);
}

static bool put_warnings(struct batch *batch, struct error *err)
{
    int64_t first = batch->before.counts.warnings;
    for (size_t i = 0; i < batch->message_count; i++)
        if (!store_add_warning(batch->store, batch->run->key, first + (int64_t)i,
                               batch->messages[i], err))
            return false;
    return true;
}

static bool apply_notices(struct batch *batch, struct error *err)
{
    const struct intake_stamp stamp = {
        .who = "import", .run = batch->run->key, .now = batch->run->touched};
    struct store_changes done = {0};
    if (!store_notices_wait(batch->store))
        return true;
    if (!revision_begin(&batch->revision, batch->store, "import", batch->run->touched, err) ||
        !store_apply_notices(batch->store, &stamp, &done, err) ||
        !revision_end(&batch->revision, &batch->changes, &batch->change_count, err))
        return false;
    batch->studies_changed = done.changed;
    return true;
}

static bool store_all(struct batch *batch, struct error *err)
{
    bool audited = batch->digest.length > 0;
    if (audited)
        chain(batch);
    return apply_notices(batch, err) && put_warnings(batch, err) &&
           store_put_run(batch->store, batch->run, audited, err) && store_commit(batch->store, err);
}

bool batch_end(struct batch *batch, struct error *err)
{
    if (store_all(batch, err))
        return true;
    batch_cancel(batch);
    return false;
}

void batch_cancel(struct batch *batch)
{
    store_roll_back(batch->store);
    *batch->run = batch->before;
}
