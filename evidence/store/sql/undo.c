/* Taking back what a row of the audit log did. */
#include <inttypes.h>
#include <string.h>

#include "evidence/base/json_reader.h"
#include "evidence/store/audit.h"
#include "evidence/store/sql/curation.h"
#include "evidence/store/sql/history.h"
#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/transaction.h"

/* What is being taken back, by whom. */
struct undoing {
    struct store *store;
    const struct audit_row *row;
    struct curation_stamp stamp;
    struct arena *arena;
    struct undone *out;
    struct error *err;
};

/* ---- records of the base ---- */

static bool refuse_changed(const struct undoing *undoing)
{
    const struct audit_row *row = undoing->row;
    struct binder binder = bind_begin(undoing->store, LAST_CHANGE_OF_RECORD);
    bind_text(&binder, row->kind);
    bind_text(&binder, row->record);
    struct cursor cursor = cursor_of(&binder, undoing->arena, undoing->err);
    int64_t last = 0;
    const char *actor = NULL;
    if (cursor_step(&cursor)) {
        last = take_integer(&cursor);
        actor = take_text(&cursor);
    }
    if (!cursor_end(&cursor))
        return false;
    return error_set(undoing->err, ERROR_CONFLICT,
                     "%s %s is no longer what row %" PRId64 " of the audit log made of it: row "
                     "%" PRId64 " by %s changed it since; take that back first, or change it by "
                     "hand",
                     row->kind, row->record, row->id, last, actor == NULL ? "?" : actor);
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool check_unchanged(const struct undoing *undoing, enum content_kind kind)
{
    struct held held;
    if (!record_find(undoing->store, kind, undoing->row->record, undoing->arena, &held,
                     undoing->err))
        return false;
    return same_text(held.hash, undoing->row->after_hash) || refuse_changed(undoing);
}

/* The record as the row found it; nothing where there was none. */
static bool read_before(const struct undoing *undoing, enum content_kind kind, struct base *base,
                        struct wanted_record *wanted)
{
    const struct audit_row *row = undoing->row;
    const char *text = NULL;
    size_t length = 0;
    *wanted = (struct wanted_record){.kind = kind, .id = row->record};
    if (row->before_hash == NULL)
        return true;
    wanted->base = base;
    if (history_content(undoing->store, row->before_hash, undoing->arena, &text, &length,
                        undoing->err) &&
        content_read(kind, row->record, text, length, undoing->arena, base, undoing->err))
        return true;
    error_while(undoing->err,
                "what %s %s held before row %" PRId64 " (rows of a store that an older program "
                "wrote cannot be taken back)",
                row->kind, row->record, row->id);
    return false;
}

static bool undo_record(const struct undoing *undoing, enum content_kind kind)
{
    struct base base;
    struct wanted_record wanted;
    return check_unchanged(undoing, kind) && read_before(undoing, kind, &base, &wanted) &&
           curate_record(undoing->store, &wanted, undoing->row->after_hash, "undo", &undoing->stamp,
                         &undoing->out->change, undoing->err);
}

/* ---- publications ---- */

/* The number under `key` in the row's detail; 0 if there is none. */
static int64_t number_in_detail(const struct undoing *undoing, const char *key)
{
    struct problems ignored = {.arena = undoing->arena};
    const char *detail = undoing->row->detail;
    json_t *document =
        detail == NULL ? NULL : json_parse(detail, strlen(detail), "detail", &ignored);
    int64_t number = json_integer_value(json_object_get(document, key));
    json_decref(document);
    return number;
}

static bool refuse_done(const struct undoing *undoing, const char *what)
{
    return error_set(undoing->err, ERROR_CONFLICT,
                     "row %" PRId64 " of the audit log cannot be taken back: %s", undoing->row->id,
                     what);
}

/* Each decision stands on the one before it; the first on none. */
static bool undo_screening(const struct undoing *undoing, int64_t decision)
{
    struct publication publication;
    struct keyed_decision *decisions = NULL;
    size_t count = 0;
    if (!store_find_publication(undoing->store, undoing->row->record, undoing->arena, &publication,
                                undoing->err) ||
        !list_decisions(undoing->store, publication.key, undoing->arena, &decisions, &count,
                        undoing->err))
        return false;
    if (count == 0 || decisions[0].key != decision)
        return refuse_done(undoing, "the publication was screened again since");
    struct screening_decision again = {.decision = SCREENING_UNSCREENED};
    if (count > 1)
        again = decisions[1].decision;
    again.reason = undoing->stamp.reason;
    again.who = undoing->stamp.actor;
    again.at = undoing->stamp.now;
    again.source = undoing->stamp.source;
    again.undoes = undoing->stamp.undoes;
    return store_screen(undoing->store, publication.key, &again, undoing->err);
}

static bool undo_merged(const struct undoing *undoing, int64_t merge)
{
    const struct intake_stamp stamp = {.who = undoing->stamp.actor,
                                       .now = undoing->stamp.now,
                                       .reason = undoing->stamp.reason,
                                       .source = undoing->stamp.source};
    struct error gone = {0};
    if (store_undo_merge(undoing->store, merge, &stamp, &undoing->out->settle[0],
                         &undoing->out->settle[1], &gone))
        return true;
    if (gone.kind == ERROR_NOT_FOUND || gone.kind == ERROR_INVALID)
        return refuse_done(undoing, gone.message);
    return error_set(undoing->err, gone.kind, "%s", gone.message);
}

/* ---- the door ---- */

static bool refuse_kind(const struct undoing *undoing)
{
    const struct audit_row *row = undoing->row;
    return error_set(undoing->err, ERROR_INVALID,
                     "row %" PRId64 " of the audit log (%s %s) cannot be taken back", row->id,
                     row->action, row->kind);
}

static bool undo_row(const struct undoing *undoing)
{
    const struct audit_row *row = undoing->row;
    enum content_kind kind = CONTENT_STUDY;
    if (content_kind_named(row->kind, &kind))
        return strcmp(row->action, "reorder") == 0 ? refuse_kind(undoing)
                                                   : undo_record(undoing, kind);
    int64_t decision = number_in_detail(undoing, "decision");
    if (decision != 0)
        return undo_screening(undoing, decision);
    if (strcmp(row->action, "merge") == 0)
        return undo_merged(undoing, number_in_detail(undoing, "merge"));
    return refuse_kind(undoing);
}

bool store_undo(struct store *store, int64_t audit_id, const struct curation_stamp *stamp,
                struct arena *arena, struct undone *out, struct error *err)
{
    struct audit_row row;
    struct undoing undoing = {store, &row, *stamp, arena, out, err};
    struct unit unit;
    *out = (struct undone){0};
    undoing.stamp.undoes = audit_id;
    if (!unit_begin(store, &unit, err))
        return false;
    bool good = store_audit_row(store, audit_id, arena, &row, err);
    if (good) {
        out->kind = row.kind;
        out->record = row.record;
        good = undo_row(&undoing);
    }
    if (!good)
        error_while(err, "undoing");
    return unit_end(&unit, good, err);
}
