#include "evidence/store/sqlite/statement.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "embedded.h"

#define SQL(file) ((const char *)embedded_evidence_store_sqlite_sql_##file##_sql)

const char *const sql_connection = SQL(connection);
const char *const sql_connection_read = SQL(connection_read);
const char *const sql_connection_write = SQL(connection_write);
const char *const sql_connection_close = SQL(connection_close);
const char *const sql_identity = SQL(identity);
const char *const sql_publish = SQL(publish);
const char *const sql_publish_attach = SQL(publish_attach);
const char *const sql_tokenizer = SQL(tokenizer);

const char *const sql_migrations[] = {SQL(migration_0001), SQL(migration_0002), SQL(migration_0003),
                                      SQL(migration_0004), SQL(migration_0005)};
const int newest_version = sizeof sql_migrations / sizeof *sql_migrations;

static const char *const statement_sql[STATEMENT_COUNT] = {
#define STATEMENT_SQL(name, file) [name] = SQL(file),
    STATEMENTS(STATEMENT_SQL)
#undef STATEMENT_SQL
};

static int prepare(struct store *store, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

bool statements_prepare(struct store *store, struct error *err)
{
    if (prepare(store, sql_tokenizer, &store->tokenizer_statement) != SQLITE_OK)
        return store_fail(store, err);
    if (store->mode != STORE_WRITE)
        return true;
    for (int i = 0; i < STATEMENT_COUNT; i++) /* a migration may have needed some already */
        if (store->statements[i] == NULL &&
            prepare(store, statement_sql[i], &store->statements[i]) != SQLITE_OK)
            return store_fail(store, err);
    return true;
}

void statements_finalise(struct store *store)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_finalize(store->tokenizer_statement);
}

static const char *advice(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is writing to it; try again when that has finished";
    case SQLITE_FULL:
        return "make room on the disk and try again; nothing was changed";
    case SQLITE_IOERR:
        return "look at the disk (full, read only, gone?) and try again; nothing was changed";
    case SQLITE_NOTADB:
        return "it is no Touchstone store; name another file, or build a new one";
    case SQLITE_CORRUPT:
        return "it is damaged; restore a backup, or move it away and build it anew";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "it or its folder may not be written; look at the permissions of both";
    case SQLITE_CANTOPEN:
        return "look at the permissions of the file and of its folder, in which SQLite keeps two "
               "files beside it (-wal, -shm)";
    case SQLITE_CONSTRAINT:
        return "something it names has no entry, or a value is not allowed; check the base first";
    case SQLITE_TOOBIG:
        return "one text is longer than SQLite takes";
    case SQLITE_ERROR:
        return "its tables are not those this program made; restore a backup, or build it anew";
    default:
        return "try again, and report it if it stays";
    }
}

bool store_fail_with(const char *path, int code, const char *said, struct error *err)
{
    bool content = (code & 0xFF) == SQLITE_CONSTRAINT;
    return error_set(err, content ? ERROR_INVALID : ERROR_STORE, "%s: SQLite says \"%s\" (%d): %s",
                     path, said, code, advice(code));
}

bool store_fail(const struct store *store, struct error *err)
{
    return store_fail_with(store->path, sqlite3_extended_errcode(store->db),
                           sqlite3_errmsg(store->db), err);
}

/* For the next use. One that could not be prepared is NULL. */
static void set_back(sqlite3_stmt *statement)
{
    if (statement == NULL)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

/* ---- writing ---- */

struct binder bind_begin(struct store *store, enum statement which)
{
    sqlite3_stmt **statement = &store->statements[which];
    int code = *statement == NULL ? prepare(store, statement_sql[which], statement) : SQLITE_OK;
    return (struct binder){.store = store, .statement = *statement, .next = 1, .code = code};
}

static void keep_first(struct binder *binder, int code)
{
    binder->next++;
    if (binder->code == SQLITE_OK)
        binder->code = code;
}

void bind_bytes(struct binder *binder, const char *text, size_t length)
{
    keep_first(binder, sqlite3_bind_text64(binder->statement, binder->next, text, length,
                                           SQLITE_STATIC, SQLITE_UTF8));
}

/* NULL would be bound as NULL; no bytes are no bytes. */
void bind_blob(struct binder *binder, const void *bytes, size_t length)
{
    keep_first(binder, sqlite3_bind_blob64(binder->statement, binder->next,
                                           bytes == NULL ? "" : bytes, length, SQLITE_STATIC));
}

void bind_text(struct binder *binder, const char *text)
{
    bind_bytes(binder, text, text == NULL ? 0 : strlen(text));
}

void bind_real(struct binder *binder, double value)
{
    /* SQLite makes NULL of a NAN by itself; said here because all else depends on it. */
    if (isnan(value))
        bind_nothing(binder);
    else
        keep_first(binder, sqlite3_bind_double(binder->statement, binder->next, value));
}

void bind_integer(struct binder *binder, int64_t value)
{
    keep_first(binder, sqlite3_bind_int64(binder->statement, binder->next, value));
}

void bind_count(struct binder *binder, int value)
{
    if (value < 0)
        bind_nothing(binder);
    else
        bind_integer(binder, value);
}

void bind_truth(struct binder *binder, bool value)
{
    bind_integer(binder, value);
}

void bind_nothing(struct binder *binder)
{
    keep_first(binder, sqlite3_bind_null(binder->statement, binder->next));
}

bool bind_run(struct binder *binder, struct error *err)
{
    int code = binder->code;
    if (code == SQLITE_OK)
        code = sqlite3_step(binder->statement);
    bool done = code == SQLITE_DONE || code == SQLITE_ROW;
    if (!done)
        store_fail(binder->store, err);
    set_back(binder->statement);
    return done;
}

/* Not by RETURNING: that makes SQLite open a savepoint for the statement, at which FTS5 writes out
 * all that it had gathered. */
bool bind_insert(struct binder *binder, int64_t *key, struct error *err)
{
    if (!bind_run(binder, err))
        return false;
    *key = sqlite3_last_insert_rowid(binder->store->db);
    return true;
}

bool statement_run(struct store *store, enum statement which, struct error *err)
{
    struct binder binder = bind_begin(store, which);
    return bind_run(&binder, err);
}

/* ---- reading ---- */

struct cursor cursor_of(struct binder *binder, struct arena *arena, struct error *err)
{
    struct cursor cursor = {
        .store = binder->store, .statement = binder->statement, .arena = arena, .err = err};
    if (binder->code != SQLITE_OK) {
        cursor.failed = true;
        store_fail(binder->store, err);
    }
    return cursor;
}

struct cursor cursor_begin(struct store *store, enum statement which, struct arena *arena,
                           struct error *err)
{
    struct binder binder = bind_begin(store, which);
    return cursor_of(&binder, arena, err);
}

bool cursor_step(struct cursor *cursor)
{
    if (cursor->failed)
        return false;
    cursor->next = 0;
    int code = sqlite3_step(cursor->statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        cursor->failed = true;
        store_fail(cursor->store, cursor->err);
    }
    return false;
}

const char *take_borrowed(struct cursor *cursor)
{
    return (const char *)sqlite3_column_text(cursor->statement, cursor->next++);
}

const char *take_bytes(struct cursor *cursor, size_t *length)
{
    const char *text = (const char *)sqlite3_column_text(cursor->statement, cursor->next);
    int bytes = sqlite3_column_bytes(cursor->statement, cursor->next++);
    *length = (size_t)bytes;
    return arena_strndup(cursor->arena, text, *length);
}

const void *take_borrowed_blob(struct cursor *cursor, size_t *length)
{
    const void *bytes = sqlite3_column_blob(cursor->statement, cursor->next);
    *length = (size_t)sqlite3_column_bytes(cursor->statement, cursor->next++);
    return bytes;
}

const char *take_text(struct cursor *cursor)
{
    size_t length = 0;
    return take_bytes(cursor, &length);
}

double take_real(struct cursor *cursor)
{
    int column = cursor->next++;
    if (sqlite3_column_type(cursor->statement, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(cursor->statement, column);
}

int64_t take_integer(struct cursor *cursor)
{
    return sqlite3_column_int64(cursor->statement, cursor->next++);
}

int take_count(struct cursor *cursor)
{
    int column = cursor->next++;
    if (sqlite3_column_type(cursor->statement, column) == SQLITE_NULL)
        return COUNT_UNKNOWN;
    int64_t value = sqlite3_column_int64(cursor->statement, column);
    if (value >= 0 && value <= INT_MAX)
        return (int)value;
    cursor_damaged(cursor, "%lld is no count", (long long)value);
    return COUNT_UNKNOWN;
}

bool take_truth(struct cursor *cursor)
{
    return take_integer(cursor) != 0;
}

int take_choice(struct cursor *cursor, const char *const *names, int otherwise)
{
    const char *word = take_borrowed(cursor);
    if (word == NULL)
        return otherwise;
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], word) == 0)
            return i;
    cursor_damaged(cursor, "\"%s\" is no word this program knows", word);
    return otherwise;
}

void cursor_damaged(struct cursor *cursor, const char *format, ...)
{
    char detail[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    int column = cursor->next > 0 ? cursor->next - 1 : 0;
    const char *name = sqlite3_column_name(cursor->statement, column);
    cursor->failed = true;
    error_set(cursor->err, ERROR_STORE, "%s: column %s: %s: %s", cursor->store->path,
              name == NULL ? "?" : name, detail, advice(SQLITE_CORRUPT));
}

bool cursor_end(struct cursor *cursor)
{
    set_back(cursor->statement);
    return !cursor->failed;
}
