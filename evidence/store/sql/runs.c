#include "evidence/store/runs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/intake.h"

const char *const run_status_names[] = {"running", "stopped", "failed", "finished", NULL};

/* ---- writing ---- */

static bool insert_run(struct store *store, struct import_run *run, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_IMPORT_RUN);
    bind_text(&binder, run->source);
    bind_text(&binder, run->query);
    bind_text(&binder, run->since);
    bind_key(&binder, run->most);
    bind_text(&binder, run->saved_search);
    bind_text(&binder, run->content_hash);
    bind_text(&binder, run->hash);
    bind_integer(&binder, (int64_t)run->begun);
    bind_text(&binder, run->host);
    bind_key(&binder, run->process);
    return bind_insert(&binder, &run->key, err);
}

bool store_add_run(struct store *store, struct import_run *run, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, insert_run(store, run, err), err);
}

static void bind_counts(struct binder *binder, const struct run_counts *counts)
{
    if (counts->found < 0)
        bind_nothing(binder);
    else
        bind_integer(binder, counts->found);
    bind_integer(binder, counts->added);
    bind_integer(binder, counts->merged);
    bind_integer(binder, counts->updated);
    bind_integer(binder, counts->unchanged);
    bind_integer(binder, counts->refused);
    bind_integer(binder, counts->warnings);
}

static bool update_run(struct store *store, const struct import_run *run, struct error *err)
{
    struct binder binder = bind_begin(store, PUT_IMPORT_RUN);
    bind_integer(&binder, run->key);
    bind_text(&binder, run->state);
    bind_integer(&binder, run->position);
    bind_text(&binder, run_status_names[run->status]);
    bind_truth(&binder, run->complete);
    bind_text(&binder, run->error);
    bind_truth(&binder, run->network);
    bind_counts(&binder, &run->counts);
    bind_text(&binder, run->hash);
    bind_integer(&binder, (int64_t)run->touched);
    bind_key(&binder, (int64_t)run->ended);
    bind_text(&binder, run->host);
    bind_key(&binder, run->process);
    return bind_run(&binder, err);
}

/* One row for a page: its hash covers every record of the page, chained over the run. */
static bool audit_page(struct store *store, const struct import_run *run, struct error *err)
{
    char name[32];
    struct audit_end end;
    snprintf(name, sizeof name, "%" PRId64, run->key);
    const struct audit_entry entry = {.at = (int64_t)run->touched,
                                      .actor = "import",
                                      .action = "change",
                                      .kind = "import",
                                      .record = name,
                                      .after_hash = run->hash};
    return audit_find_end(store, &end, err) && audit_add(store, &end, &entry, err);
}

bool store_put_run(struct store *store, const struct import_run *run, bool audited,
                   struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool good = update_run(store, run, err) && (!audited || audit_page(store, run, err));
    return unit_end(&unit, good, err);
}

bool store_add_warning(struct store *store, int64_t run, int64_t position, const char *message,
                       struct error *err)
{
    struct unit unit;
    if (position >= RUN_WARNINGS_KEPT)
        return true;
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, ADD_IMPORT_WARNING);
    bind_integer(&binder, run);
    bind_integer(&binder, position);
    bind_text(&binder, message);
    return unit_end(&unit, bind_run(&binder, err), err);
}

/* ---- reading ---- */

static void take_progress(struct cursor *cursor, struct import_run *out)
{
    out->state = take_text(cursor);
    out->position = take_integer(cursor);
    out->status = (enum run_status)take_choice(cursor, run_status_names, RUN_FAILED);
    out->complete = take_truth(cursor);
    out->error = take_text(cursor);
    out->network = take_truth(cursor);
    out->counts.found = take_integer_or(cursor, -1);
    out->counts.added = take_integer(cursor);
    out->counts.merged = take_integer(cursor);
    out->counts.updated = take_integer(cursor);
    out->counts.unchanged = take_integer(cursor);
    out->counts.refused = take_integer(cursor);
    out->counts.warnings = take_integer(cursor);
}

static void take_run(struct cursor *cursor, void *item)
{
    struct import_run *out = item;
    out->key = take_integer(cursor);
    out->source = take_text(cursor);
    out->query = take_text(cursor);
    out->since = take_text(cursor);
    out->most = take_integer(cursor);
    out->saved_search = take_text(cursor);
    out->content_hash = take_text(cursor);
    take_progress(cursor, out);
    const char *hash = take_borrowed(cursor);
    if (hash != NULL && strlen(hash) == HASH_SIZE - 1)
        memcpy(out->hash, hash, HASH_SIZE);
    out->begun = (time_t)take_integer(cursor);
    out->touched = (time_t)take_integer(cursor);
    out->ended = (time_t)take_integer(cursor);
    out->host = take_text(cursor);
    out->process = take_integer(cursor);
}

static bool read_run(struct cursor *cursor, struct import_run *out)
{
    *out = (struct import_run){0};
    if (cursor_step(cursor))
        take_run(cursor, out);
    return cursor_end(cursor);
}

bool store_run(struct store *store, int64_t key, struct arena *arena, struct import_run *out,
               struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_IMPORT_RUN);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, arena, err);
    if (!read_run(&cursor, out))
        return false;
    return out->key != 0 || error_set(err, ERROR_NOT_FOUND, "there is no import %" PRId64, key);
}

bool store_runs(struct store *store, int64_t before, bool unfinished, size_t limit,
                struct arena *arena, struct import_run **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, unfinished ? LIST_UNFINISHED_RUNS : LIST_IMPORT_RUNS);
    bind_integer(&binder, before == 0 ? INT64_MAX : before);
    bind_limit(&binder, limit);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_run, count);
    return cursor_end(&cursor);
}

static bool find_run(struct store *store, enum statement statement, const char *source,
                     const char *query, struct arena *arena, struct import_run *out,
                     struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_text(&binder, source);
    bind_text(&binder, query);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_run(&cursor, out);
}

bool store_unfinished_run(struct store *store, const char *source, const char *query,
                          struct arena *arena, struct import_run *out, struct error *err)
{
    return find_run(store, FIND_UNFINISHED_RUN, source, query, arena, out, err);
}

bool store_unfinished_file(struct store *store, const char *content_hash, struct arena *arena,
                           struct import_run *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_UNFINISHED_FILE);
    bind_text(&binder, content_hash);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_run(&cursor, out);
}

bool store_last_complete_run(struct store *store, const char *source, const char *query,
                             struct arena *arena, struct import_run *out, struct error *err)
{
    return find_run(store, FIND_COMPLETE_RUN, source, query, arena, out, err);
}

bool store_warnings(struct store *store, int64_t run, struct arena *arena, const char *const **out,
                    struct error *err)
{
    struct binder binder = bind_begin(store, LIST_IMPORT_WARNINGS);
    bind_integer(&binder, run);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_texts(&cursor, out);
}

/* ---- saved searches ---- */

bool store_put_search(struct store *store, const struct saved_search *search, struct error *err)
{
    struct unit unit;
    if (!is_slug(search->name))
        return error_set(err, ERROR_INVALID,
                         "\"%s\" is no name for a search: letters a to z, digits and - only",
                         search->name);
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, PUT_SAVED_SEARCH);
    bind_text(&binder, search->name);
    bind_text(&binder, search->source);
    bind_text(&binder, search->query);
    bind_key(&binder, search->most);
    bind_integer(&binder, search->every_seconds);
    bind_integer(&binder, (int64_t)search->created);
    bind_integer(&binder, (int64_t)search->due);
    return unit_end(&unit, bind_run(&binder, err), err);
}

static bool delete_search(struct store *store, const char *name, struct error *err)
{
    struct binder binder = bind_begin(store, REMOVE_SAVED_SEARCH);
    bind_text(&binder, name);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    int64_t removed = 0;
    if (!read_key(&cursor, &removed))
        return false;
    return removed != 0 || error_set(err, ERROR_NOT_FOUND, "there is no saved search %s", name);
}

bool store_remove_search(struct store *store, const char *name, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, delete_search(store, name, err), err);
}

static void take_search(struct cursor *cursor, void *item)
{
    struct saved_search *out = item;
    out->name = take_text(cursor);
    out->source = take_text(cursor);
    out->query = take_text(cursor);
    out->most = take_integer(cursor);
    out->every_seconds = take_integer(cursor);
    out->created = (time_t)take_integer(cursor);
    out->due = (time_t)take_integer(cursor);
}

bool store_searches(struct store *store, time_t due_by, struct arena *arena,
                    struct saved_search **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, due_by == 0 ? LIST_SAVED_SEARCHES : LIST_DUE_SEARCHES);
    if (due_by != 0)
        bind_integer(&binder, (int64_t)due_by);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_search, count);
    return cursor_end(&cursor);
}
