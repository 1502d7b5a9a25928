#include "evidence/store/reports.h"

#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/curation.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/transaction.h"

const char *const report_kind_names[] = {"report", "cds-feedback", NULL};
const char *const report_status_names[] = {"open", "closed", NULL};

static bool count_open(struct store *store, enum report_kind kind, int64_t *out, struct error *err)
{
    struct binder binder = bind_begin(store, COUNT_OPEN_REPORTS);
    bind_text(&binder, report_kind_names[kind]);
    bind_integer(&binder, REPORTS_OPEN_MOST);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = cursor_step(&cursor) ? take_integer(&cursor) : 0;
    return cursor_end(&cursor);
}

static bool check_room(struct store *store, enum report_kind kind, struct error *err)
{
    int64_t open;
    if (!count_open(store, kind, &open, err))
        return false;
    return open < REPORTS_OPEN_MOST ||
           error_set(err, ERROR_LIMIT, "%d reports wait to be looked at; no more are taken",
                     REPORTS_OPEN_MOST);
}

static bool add_row(struct store *store, struct report_task *report, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_REPORT);
    bind_integer(&binder, (int64_t)report->at);
    bind_text(&binder, report_kind_names[report->kind]);
    bind_text(&binder, report->about);
    bind_text(&binder, report->text);
    return bind_insert(&binder, &report->id, err);
}

bool store_add_report(struct store *store, struct report_task *report, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool good = check_room(store, report->kind, err) && add_row(store, report, err);
    report->status = REPORT_OPEN;
    report->outcome = NULL;
    return unit_end(&unit, good, err);
}

static void take_report(struct cursor *cursor, void *item)
{
    struct report_task *out = item;
    out->id = take_integer(cursor);
    out->at = (time_t)take_integer(cursor);
    out->kind = (enum report_kind)take_choice(cursor, report_kind_names, REPORT_OF_READER);
    out->about = take_text(cursor);
    out->text = take_text(cursor);
    out->status = (enum report_status)take_choice(cursor, report_status_names, REPORT_OPEN);
    out->outcome = take_text(cursor);
}

bool store_reports(struct store *store, enum report_status status, int64_t after, size_t limit,
                   struct arena *arena, struct report_task **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_REPORTS);
    bind_text(&binder, report_status_names[status]);
    bind_integer(&binder, after);
    bind_limit(&binder, limit);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_report, count);
    return cursor_end(&cursor);
}

bool store_report(struct store *store, int64_t id, struct arena *arena, struct report_task *out,
                  struct error *err)
{
    struct binder binder = bind_begin(store, FIND_REPORT);
    bind_integer(&binder, id);
    struct cursor cursor = cursor_of(&binder, arena, err);
    bool found = cursor_step(&cursor);
    if (found)
        take_report(&cursor, out);
    return cursor_end(&cursor) &&
           (found || error_set(err, ERROR_NOT_FOUND, "there is no report %lld", (long long)id));
}

static bool close_row(struct store *store, int64_t id, const char *outcome, struct error *err)
{
    struct binder binder = bind_begin(store, CLOSE_REPORT);
    bind_integer(&binder, id);
    bind_text(&binder, outcome);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    bool found = cursor_step(&cursor);
    return cursor_end(&cursor) &&
           (found ||
            error_set(err, ERROR_NOT_FOUND, "there is no open report %lld", (long long)id));
}

static bool note_closing(struct store *store, int64_t id, const char *outcome,
                         const struct curation_stamp *stamp, struct error *err)
{
    char hash[HASH_SIZE];
    struct audit_end end;
    struct arena *arena = arena_new();
    hash_text(outcome, hash);
    const struct audit_entry entry = {.at = (int64_t)stamp->now,
                                      .actor = stamp->actor,
                                      .action = "change",
                                      .kind = "report",
                                      .record = arena_printf(arena, "%lld", (long long)id),
                                      .after_hash = hash,
                                      .detail = curation_detail(stamp, arena)};
    bool good = audit_find_end(store, &end, err) && audit_add(store, &end, &entry, err);
    arena_free(arena);
    return good;
}

bool store_close_report(struct store *store, int64_t id, const char *outcome,
                        const struct curation_stamp *stamp, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(
        &unit, close_row(store, id, outcome, err) && note_closing(store, id, outcome, stamp, err),
        err);
}
