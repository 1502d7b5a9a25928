#include "evidence/store/sql/audit.h"

#include <inttypes.h>
#include <string.h>

#include "evidence/base/json_writer.h"

static const char FIRST_PREVIOUS[HASH_SIZE] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* SHA-256 of the row as a JSON array on one line, the previous hash last. What a row of an older
 * schema could not hold is left out where it is not there, so that its seal stays what it was. */
static void seal(int64_t id, const struct audit_entry *entry, const char *previous,
                 char out[HASH_SIZE])
{
    struct buffer line = {0};
    struct json_writer writer;
    json_writer_init(&writer, &line, 0);
    json_begin_array(&writer);
    json_put_count(&writer, id);
    json_put_count(&writer, entry->at);
    json_put_text(&writer, entry->actor);
    json_put_text(&writer, entry->action);
    json_put_text(&writer, entry->kind);
    json_put_text(&writer, entry->record);
    json_put_text(&writer, entry->before_hash);
    json_put_text(&writer, entry->after_hash);
    if (entry->detail != NULL || entry->undoes != 0) {
        json_put_text(&writer, entry->detail);
        json_put_count(&writer, entry->undoes);
    }
    json_put_text(&writer, previous);
    json_end_array(&writer);
    hash_bytes(line.bytes, line.length, out);
    buffer_release(&line);
}

bool audit_find_end(struct store *store, struct audit_end *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LAST_AUDIT, NULL, err);
    out->id = 0;
    memcpy(out->hash, FIRST_PREVIOUS, HASH_SIZE);
    if (cursor_step(&cursor)) {
        out->id = take_integer(&cursor);
        const char *hash = take_borrowed(&cursor);
        if (hash != NULL && strlen(hash) == HASH_SIZE - 1)
            memcpy(out->hash, hash, HASH_SIZE);
        else
            cursor_damaged(&cursor, "the audit log's last row has no hash");
    }
    return cursor_end(&cursor);
}

bool audit_put_end(struct store *store, const struct audit_end *end, struct error *err)
{
    struct binder binder = bind_begin(store, PUT_AUDIT_HEAD);
    bind_integer(&binder, end->id);
    bind_text(&binder, end->hash);
    return bind_run(&binder, err);
}

bool audit_append(struct store *store, struct audit_end *end, const struct audit_entry *entry,
                  struct error *err)
{
    char hash[HASH_SIZE];
    seal(end->id + 1, entry, end->hash, hash);
    struct binder binder = bind_begin(store, ADD_AUDIT);
    bind_integer(&binder, end->id + 1);
    bind_integer(&binder, entry->at);
    bind_text(&binder, entry->actor);
    bind_text(&binder, entry->action);
    bind_text(&binder, entry->kind);
    bind_text(&binder, entry->record);
    bind_text(&binder, entry->before_hash);
    bind_text(&binder, entry->after_hash);
    bind_text(&binder, entry->detail);
    if (entry->undoes == 0)
        bind_nothing(&binder);
    else
        bind_integer(&binder, entry->undoes);
    bind_text(&binder, end->hash);
    bind_text(&binder, hash);
    if (!bind_run(&binder, err))
        return false;
    end->id++;
    memcpy(end->hash, hash, HASH_SIZE);
    return true;
}

bool audit_add(struct store *store, struct audit_end *end, const struct audit_entry *entry,
               struct error *err)
{
    return audit_append(store, end, entry, err) && audit_put_end(store, end, err);
}

static void check_row(struct cursor *cursor, struct audit_end *end)
{
    int64_t id = take_integer(cursor);
    struct audit_entry entry = {.at = take_integer(cursor)};
    entry.actor = take_borrowed(cursor);
    entry.action = take_borrowed(cursor);
    entry.kind = take_borrowed(cursor);
    entry.record = take_borrowed(cursor);
    entry.before_hash = take_borrowed(cursor);
    entry.after_hash = take_borrowed(cursor);
    entry.detail = take_borrowed(cursor);
    entry.undoes = take_integer(cursor);
    const char *previous = take_borrowed(cursor);
    const char *hash = take_borrowed(cursor);
    char expected[HASH_SIZE];
    seal(id, &entry, end->hash, expected);
    if (id != end->id + 1 || previous == NULL || strcmp(previous, end->hash) != 0 || hash == NULL ||
        strcmp(hash, expected) != 0) {
        cursor->failed = true;
        error_set(cursor->err, ERROR_STORE,
                  "%s: row %" PRId64
                  " of the audit log does not follow from the row before; it was "
                  "changed, or rows were taken out; compare with a backup",
                  cursor->store->path, id);
    }
    end->id = id;
    memcpy(end->hash, expected, HASH_SIZE);
}

/* What was written down of the end must be the end. */
static bool check_end(struct store *store, const struct audit_end *end, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LOAD_AUDIT_HEAD, NULL, err);
    int64_t id = 0;
    bool same = end->id == 0;
    if (cursor_step(&cursor)) {
        id = take_integer(&cursor);
        const char *hash = take_borrowed(&cursor);
        same = id == end->id && hash != NULL && strcmp(hash, end->hash) == 0;
    }
    if (!cursor_end(&cursor))
        return false;
    return same || error_set(err, ERROR_STORE,
                             "%s: the audit log ends with row %" PRId64 " and should end with row "
                             "%" PRId64 ": rows were taken off its end, or added by another hand; "
                             "compare with a backup",
                             store->path, end->id, id);
}

bool audit_verify(struct store *store, struct error *err)
{
    struct audit_end end = {0};
    memcpy(end.hash, FIRST_PREVIOUS, HASH_SIZE);
    struct cursor cursor = cursor_begin(store, LOAD_AUDIT, NULL, err);
    while (cursor_step(&cursor))
        check_row(&cursor, &end);
    return cursor_end(&cursor) && check_end(store, &end, err);
}
