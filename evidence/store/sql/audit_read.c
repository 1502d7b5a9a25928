/* Reading the audit log. */
#include "evidence/store/audit.h"

#include <inttypes.h>
#include <string.h>

#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/load.h"

static void take_row(struct cursor *cursor, void *item)
{
    struct audit_row *out = item;
    out->id = take_integer(cursor);
    out->at = (time_t)take_integer(cursor);
    out->actor = take_text(cursor);
    out->action = take_text(cursor);
    out->kind = take_text(cursor);
    out->record = take_text(cursor);
    out->before_hash = take_text(cursor);
    out->after_hash = take_text(cursor);
    out->detail = take_text(cursor);
    out->reason = take_text(cursor);
    out->source = take_text(cursor);
    out->undoes = take_integer(cursor);
    out->undone_by = take_integer(cursor);
    out->hash = take_text(cursor);
}

/* The place from which the newest come first where none is given. */
static int64_t beginning(const struct audit_query *query)
{
    return query->newest_first && query->beyond == 0 ? INT64_MAX : query->beyond;
}

bool store_audit(struct store *store, const struct audit_query *query, struct arena *arena,
                 struct audit_row **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, query->newest_first ? LIST_AUDIT_NEWEST : LIST_AUDIT);
    bind_text(&binder, query->kind);
    bind_text(&binder, query->record);
    bind_text(&binder, query->actor);
    bind_integer(&binder, beginning(query));
    bind_limit(&binder, query->limit == 0 ? SIZE_MAX : query->limit);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_row, count);
    return cursor_end(&cursor);
}

bool store_audit_row(struct store *store, int64_t id, struct arena *arena, struct audit_row *out,
                     struct error *err)
{
    const struct audit_query only = {.beyond = id > 0 ? id - 1 : 0, .limit = 1};
    struct audit_row *rows;
    size_t count;
    if (!store_audit(store, &only, arena, &rows, &count, err))
        return false;
    if (count == 0 || rows[0].id != id)
        return error_set(err, ERROR_NOT_FOUND, "the audit log has no row %" PRId64, id);
    *out = rows[0];
    return true;
}

bool store_audit_head(struct store *store, struct audit_head *out, struct error *err)
{
    struct audit_end end;
    if (!audit_find_end(store, &end, err))
        return false;
    out->id = end.id;
    memcpy(out->hash, end.hash, HASH_SIZE);
    return true;
}

bool store_check_head(struct store *store, const struct audit_head *head, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_AUDIT_HASH);
    bind_integer(&binder, head->id);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    bool there = cursor_step(&cursor);
    const char *hash = there ? take_borrowed(&cursor) : NULL;
    bool same = hash != NULL && strcmp(hash, head->hash) == 0;
    if (!cursor_end(&cursor))
        return false;
    return same || error_set(err, ERROR_STORE,
                             "%s: row %" PRId64 " of the audit log %s; the log was cut or written "
                             "anew since; compare with a backup",
                             store->path, head->id,
                             there ? "is not the one that was written down" : "is not there");
}
