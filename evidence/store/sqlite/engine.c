#include "evidence/store/sqlite/engine.h"

#include "embedded.h"
#include "evidence/store/sql/statement.h"

#define SQL(file) ((const char *)embedded_evidence_store_sqlite_sql_##file##_sql)

const char *const sqlite_sql_connection = SQL(connection);
const char *const sqlite_sql_connection_read = SQL(connection_read);
const char *const sqlite_sql_connection_write = SQL(connection_write);
const char *const sqlite_sql_connection_close = SQL(connection_close);
const char *const sqlite_sql_identity = SQL(identity);
const char *const sqlite_sql_publish = SQL(publish);
const char *const sqlite_sql_publish_attach = SQL(publish_attach);
const char *const sqlite_sql_tokenizer = SQL(tokenizer);

static const struct migration migrations[] = {{SQL(migration_0001), 1},
                                              {SQL(migration_0002), 2},
                                              {SQL(migration_0003), 3},
                                              {SQL(migration_0004), 4},
                                              {SQL(migration_0005), 5}};

static const char *const statements[OWN_STATEMENT_COUNT] = {
#define STATEMENT_SQL(name, file) [name - COMMON_STATEMENT_COUNT] = SQL(file),
    OWN_STATEMENTS(STATEMENT_SQL) SQLITE_STATEMENTS(STATEMENT_SQL)
#undef STATEMENT_SQL
};

/* ---- what went wrong ---- */

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

bool sqlite_fail_with(const char *path, int code, const char *said, struct error *err)
{
    bool content = (code & 0xFF) == SQLITE_CONSTRAINT;
    return error_set(err, content ? ERROR_INVALID : ERROR_STORE, "%s: SQLite says \"%s\" (%d): %s",
                     path, said, code, advice(code));
}

bool sqlite_fail(const struct store *store, struct error *err)
{
    sqlite3 *db = store->connection->db;
    return sqlite_fail_with(store->path, sqlite3_extended_errcode(db), sqlite3_errmsg(db), err);
}

/* ---- transactions ---- */

static bool begin_migration(struct store *store, struct error *err)
{
    return sqlite_execute(store, "BEGIN IMMEDIATE", err);
}

static bool begin_write(struct store *store, struct error *err)
{
    return statement_run(store, BEGIN_WRITE, err);
}

static bool begin_read(struct store *store, struct error *err)
{
    return statement_run(store, BEGIN_READ, err);
}

static bool commit(struct store *store, struct error *err)
{
    return statement_run(store, COMMIT, err);
}

static bool is_begun(const struct store *store)
{
    return sqlite3_get_autocommit(store->connection->db) == 0;
}

/* A failure leaves the transaction open, or has ended it already (a full disk may). */
static void roll_back(struct store *store)
{
    struct error ignored = {0};
    if (is_begun(store) && !statement_run(store, ROLLBACK, &ignored))
        sqlite3_exec(store->connection->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- statements: one that is prepared is SQLite's own ---- */

static sqlite3_stmt *own(struct prepared *prepared)
{
    return (sqlite3_stmt *)prepared;
}

static struct prepared *prepare(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v3(store->connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    return (struct prepared *)statement;
}

static void finalise(struct prepared *prepared)
{
    sqlite3_finalize(own(prepared));
}

static bool bind_text_bytes(struct prepared *prepared, int parameter, const char *bytes,
                            size_t length)
{
    return sqlite3_bind_text64(own(prepared), parameter, bytes, length, SQLITE_STATIC,
                               SQLITE_UTF8) == SQLITE_OK;
}

static bool bind_blob_bytes(struct prepared *prepared, int parameter, const void *bytes,
                            size_t length)
{
    return sqlite3_bind_blob64(own(prepared), parameter, bytes, length, SQLITE_STATIC) == SQLITE_OK;
}

static bool bind_int64(struct prepared *prepared, int parameter, int64_t value)
{
    return sqlite3_bind_int64(own(prepared), parameter, value) == SQLITE_OK;
}

static bool bind_double(struct prepared *prepared, int parameter, double value)
{
    return sqlite3_bind_double(own(prepared), parameter, value) == SQLITE_OK;
}

static bool bind_null(struct prepared *prepared, int parameter)
{
    return sqlite3_bind_null(own(prepared), parameter) == SQLITE_OK;
}

static enum step step(struct prepared *prepared)
{
    int code = sqlite3_step(own(prepared));
    return code == SQLITE_ROW ? STEP_ROW : code == SQLITE_DONE ? STEP_DONE : STEP_FAILED;
}

/* Not by RETURNING: that makes SQLite open a savepoint for the statement, at which FTS5 writes out
 * all that it had gathered. */
static int64_t inserted_key(struct prepared *prepared)
{
    return sqlite3_last_insert_rowid(sqlite3_db_handle(own(prepared)));
}

static void reset(struct prepared *prepared)
{
    sqlite3_reset(own(prepared));
    sqlite3_clear_bindings(own(prepared));
}

/* ---- columns ---- */

static bool is_null(struct prepared *prepared, int column)
{
    return sqlite3_column_type(own(prepared), column) == SQLITE_NULL;
}

static const char *column_text(struct prepared *prepared, int column)
{
    return (const char *)sqlite3_column_text(own(prepared), column);
}

static const void *column_blob(struct prepared *prepared, int column)
{
    return sqlite3_column_blob(own(prepared), column);
}

static size_t column_length(struct prepared *prepared, int column)
{
    return (size_t)sqlite3_column_bytes(own(prepared), column);
}

static int64_t column_integer(struct prepared *prepared, int column)
{
    return sqlite3_column_int64(own(prepared), column);
}

static double column_real(struct prepared *prepared, int column)
{
    return sqlite3_column_double(own(prepared), column);
}

static const char *column_name(struct prepared *prepared, int column)
{
    return sqlite3_column_name(own(prepared), column);
}

const struct engine sqlite_engine = {
    .name = "SQLite",
    .statements = statements,
    .migrations = migrations,
    .newest_version = sizeof migrations / sizeof *migrations,
    .connect = sqlite_connect,
    .identify = sqlite_identify,
    .settle = sqlite_settle,
    .get_ready = sqlite_get_ready,
    .close = sqlite_close,
    .begin_migration = begin_migration,
    .begin_write = begin_write,
    .begin_read = begin_read,
    .commit = commit,
    .roll_back = roll_back,
    .is_begun = is_begun,
    .execute = sqlite_execute,
    .prepare = prepare,
    .prepare_long = prepare,
    .finalise = finalise,
    .bind_text = bind_text_bytes,
    .bind_exact = bind_text_bytes,
    .bind_blob = bind_blob_bytes,
    .bind_integer = bind_int64,
    .bind_real = bind_double,
    .bind_null = bind_null,
    .step = step,
    .inserted_key = inserted_key,
    .reset = reset,
    .fail = sqlite_fail,
    .is_null = is_null,
    .text = column_text,
    .blob = column_blob,
    .length = column_length,
    .integer = column_integer,
    .real = column_real,
    .column_name = column_name,
    .cut_query = sqlite_cut_query,
    .index_study = sqlite_index_study,
    .forget_study = sqlite_forget_study,
    .index_publication = sqlite_index_publication,
    .forget_publication = sqlite_forget_publication,
    .check = sqlite_check,
    .copy_into = sqlite_copy_into,
    .publish = sqlite_publish,
};
