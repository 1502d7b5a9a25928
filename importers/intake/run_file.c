/* Files: read once, some hundreds of records a transaction. */
#include <string.h>
#include <time.h>

#include "importers/intake/base_change.h"
#include "importers/intake/batch.h"
#include "importers/intake/run.h"
#include "importers/intake/run_begin.h"

/* Fewer, and the disk is waited for more often than needed; more, and a kill costs more of them. */
enum { RECORDS_A_BATCH = 500 };

struct file_run {
    struct store *store;
    struct input *input;
    const struct run_watch *watch;
    const volatile int *stop;
    struct import_run row;
    struct batch batch;
    size_t in_batch;
    int64_t at;   /* record of the file, from 0 */
    bool stopped; /* told to, or the limit is reached: the reading ends and has not failed */
};

static void tell_batch(struct file_run *file)
{
    const struct run_watch *watch = file->watch;
    uint64_t taken = 0;
    uint64_t total = 0;
    input_progress(file->input, &taken, &total);
    if (file->batch.change_count + file->batch.studies_changed > 0 && watch->changed != NULL)
        watch->changed(watch->context, file->batch.changes, file->batch.change_count,
                       file->batch.studies_changed);
    if (watch->progress != NULL)
        watch->progress(watch->context, &file->row, taken, total);
}

static bool end_batch(struct file_run *file, struct error *err)
{
    file->in_batch = 0;
    if (!batch_end(&file->batch, err))
        return false;
    tell_batch(file);
    return true;
}

static bool begin_batch(struct file_run *file, struct error *err)
{
    file->row.touched = time(NULL);
    return batch_begin(&file->batch, err);
}

static bool is_full(const struct file_run *file)
{
    return file->row.most > 0 && file->row.position >= file->row.most;
}

static bool end_early(struct file_run *file, const char *why, struct error *err)
{
    file->stopped = true;
    return error_set(err, ERROR_INVALID, "%s", why);
}

/* A sink's function. Records before the run's position were stored before. */
static bool take(void *context, const struct record *record, struct error *err)
{
    struct file_run *file = context;
    if (file->at++ < file->row.position)
        return true;
    if (is_full(file))
        return end_early(file, "the limit is reached", err);
    if (!batch_take(&file->batch, record, err))
        return false;
    if (++file->in_batch < RECORDS_A_BATCH)
        return true;
    if (!end_batch(file, err))
        return false;
    if (*file->stop != 0)
        return begin_batch(file, err) && end_early(file, "stopped", err);
    return begin_batch(file, err);
}

static void warn(void *context, const char *message)
{
    struct file_run *file = context;
    batch_warn(&file->batch, message);
    if (file->watch->warning != NULL)
        file->watch->warning(file->watch->context, message);
}

/* ---- how it ended ---- */

static void set_ended(struct file_run *file, bool read, const struct error *failed)
{
    struct import_run *row = &file->row;
    row->ended = row->touched;
    if (read || (file->stopped && is_full(file))) {
        row->status = RUN_FINISHED;
        row->complete = read;
        row->counts.found = read ? row->position : row->counts.found;
    } else if (file->stopped) {
        row->status = RUN_STOPPED;
    } else {
        row->status = RUN_FAILED;
        row->error = failed->message;
    }
}

/* What came before a fault is stored with the fault; a fault of the store leaves the batch out. */
static bool end_reading(struct file_run *file, bool read, const struct format_counts *counts,
                        struct error *failed, struct error *err)
{
    file->row.counts.refused = (int64_t)counts->refused;
    if (failed->kind == ERROR_STORE) {
        batch_cancel(&file->batch);
        set_ended(file, false, failed);
        struct error ignored = {0};
        if (!store_put_run(file->store, &file->row, false, &ignored))
            return false;
        return true;
    }
    set_ended(file, read, failed);
    return end_batch(file, err);
}

static void tell_done(struct file_run *file, const struct error *failed)
{
    if (file->watch->done != NULL)
        file->watch->done(file->watch->context, &file->row,
                          file->row.status == RUN_FAILED ? failed : NULL);
}

static bool read_file(struct file_run *file, const struct format *format, struct error *err)
{
    const struct record_sink sink = {.take = take, .context = file};
    const struct format_warnings warnings = {.warn = warn, .context = file};
    struct format_counts counts = {0};
    struct error failed = {0};
    if (!begin_batch(file, err))
        return false;
    bool read = format->read(file->input, &sink, &warnings, &counts, &failed);
    bool stored = end_reading(file, read, &counts, &failed, err);
    if (!stored)
        failed = *err;
    tell_done(file, &failed);
    file->row.error = NULL; /* it was ours */
    if (!stored || file->row.status != RUN_FAILED)
        return stored;
    *err = failed;
    return false;
}

/* ---- a file ---- */

static bool begin(struct file_run *file, const char *path, size_t limit, struct arena *arena,
                  struct error *err)
{
    char hash[HASH_SIZE];
    bool again = strcmp(path, "-") != 0; /* standard input is read once and for all */
    if (again && !hash_file(path, hash, err))
        return false;
    return base_change_match(file->store, time(NULL), err) &&
           run_begin_file(file->store, path, again ? arena_strdup(arena, hash) : NULL, limit, arena,
                          &file->row, err);
}

static bool run_input(struct file_run *file, const char *path, const char *format_name,
                      size_t limit, struct error *err)
{
    const struct format *format =
        format_name == NULL ? format_of(file->input, err) : format_named(format_name);
    if (format == NULL)
        return error_set(err, ERROR_INVALID, "there is no format %s", format_name);
    struct arena *arena = arena_new();
    bool good = begin(file, path, limit, arena, err);
    if (good) {
        if (file->watch->begun != NULL)
            file->watch->begun(file->watch->context, &file->row);
        batch_init(&file->batch, file->store, &file->row);
        good = read_file(file, format, err);
        batch_release(&file->batch);
    }
    arena_free(arena);
    return good;
}

bool run_file(struct store *store, const char *path, const char *format, size_t limit,
              const volatile int *stop, const struct run_watch *watch, struct error *err)
{
    struct file_run file = {.store = store, .watch = watch, .stop = stop};
    file.input = input_open(path, &input_limits_default, err);
    if (file.input == NULL)
        return false;
    bool good = run_input(&file, path, format, limit, err);
    input_close(file.input);
    return good;
}
