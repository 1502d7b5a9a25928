/* What the audit log tells of publications: who screened and who merged what. */
#include "evidence/base/json_writer.h"
#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/intake.h"

bool note_intake(struct store *store, const struct intake_note *note, struct error *err)
{
    struct audit_end end;
    struct buffer detail = {0};
    struct json_writer writer;
    json_writer_init(&writer, &detail, 0);
    json_begin_object(&writer);
    if (note->source != NULL)
        json_field_text(&writer, "source", note->source);
    if (note->reason != NULL)
        json_field_text(&writer, "reason", note->reason);
    if (note->about != NULL)
        json_field_count(&writer, note->about, note->key);
    json_end_object(&writer);
    const struct audit_entry entry = {.at = (int64_t)note->at,
                                      .actor = note->who,
                                      .action = note->action,
                                      .kind = "publication",
                                      .record = note->record,
                                      .after_hash = note->hash,
                                      .detail = buffer_string(&detail),
                                      .undoes = note->undoes};
    bool good = audit_find_end(store, &end, err) && audit_add(store, &end, &entry, err);
    buffer_release(&detail);
    return good;
}

/* Puts the columns that are left of the row, as texts. */
static void put_columns(struct cursor *cursor, struct json_writer *writer, int count)
{
    for (int i = 0; i < count; i++)
        json_put_text(writer, take_borrowed(cursor));
}

/* Puts every row of a statement that is asked by a key: `columns` of them. */
static bool put_rows(struct store *store, enum statement statement, int64_t key, int columns,
                     struct json_writer *writer, struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    while (cursor_step(&cursor))
        put_columns(&cursor, writer, columns);
    return cursor_end(&cursor);
}

/* A statement for the row and one for what belongs to it. */
struct noted_rows {
    enum statement row;
    int row_columns;
    enum statement rest;
    int rest_columns;
};

static bool hash_rows(struct store *store, const struct noted_rows *rows, int64_t key,
                      char out[HASH_SIZE], struct error *err)
{
    struct buffer line = {0};
    struct json_writer writer;
    json_writer_init(&writer, &line, 0);
    json_begin_array(&writer);
    json_put_count(&writer, key);
    bool good = put_rows(store, rows->row, key, rows->row_columns, &writer, err) &&
                put_rows(store, rows->rest, key, rows->rest_columns, &writer, err);
    json_end_array(&writer);
    hash_bytes(line.bytes, line.length, out);
    buffer_release(&line);
    return good;
}

bool decision_hash(struct store *store, int64_t decision, char out[HASH_SIZE], struct error *err)
{
    static const struct noted_rows rows = {LOAD_DECISION, 5, LIST_SCREENING_TOPICS, 2};
    return hash_rows(store, &rows, decision, out, err);
}

bool merge_hash(struct store *store, int64_t merge, char out[HASH_SIZE], struct error *err)
{
    static const struct noted_rows rows = {LOAD_MERGE_LOG, 9, LIST_MERGED_KEYS, 1};
    return hash_rows(store, &rows, merge, out, err);
}
