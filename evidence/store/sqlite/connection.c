#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "evidence/store/sql/statement.h"
#include "evidence/store/sqlite/engine.h"

enum {
    APPLICATION_ID = 0x54636873,
    BUSY_TIMEOUT_MS = 5000,
    BRIEF_TIMEOUT_MS = 1000,
    BETWEEN_TRIES_MS = 5
};

bool sqlite_execute(struct store *store, const char *sql, struct error *err)
{
    return sqlite3_exec(store->connection->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           sqlite_fail(store, err);
}

/* Tells the application's number, the schema's version and how many tables there are. */
static void take_identity(sqlite3_stmt *statement, struct identity *out)
{
    int64_t application = sqlite3_column_int64(statement, 0);
    out->version = sqlite3_column_int64(statement, 1);
    out->ours = application == APPLICATION_ID;
    out->blank = application == 0 && out->version == 0 && sqlite3_column_int64(statement, 2) == 0;
}

bool sqlite_identify(struct store *store, struct identity *out, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(store->connection->db, sqlite_sql_identity, -1, &statement,
                                    NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found)
        take_identity(statement, out);
    else
        sqlite_fail(store, err);
    sqlite3_finalize(statement);
    return found;
}

/* Said by us, because SQLite's "unable to open database file" tells none of these apart. */
static bool check_path(const char *path, enum store_mode mode, struct error *err)
{
    struct stat status;
    if (path[0] == '\0')
        return error_set(err, ERROR_INVALID, "the store needs a file name");
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return error_set(err, ERROR_STORE, "%s is a folder; name a file in it", path);
        return true;
    }
    if (mode == STORE_WRITE)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return error_set(err, ERROR_NOT_FOUND, "there is no store at %s; build one first", path);
    return error_set(err, ERROR_STORE, "%s cannot be looked at: %s", path, strerror(errno));
}

static int patience_ms(const struct store *store)
{
    return store->mode == STORE_WRITE_BRIEFLY ? BRIEF_TIMEOUT_MS : BUSY_TIMEOUT_MS;
}

bool sqlite_connect(struct store *store, struct error *err)
{
    if (!check_path(store->path, store->mode, err))
        return false;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= store->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= store->mode == STORE_WRITE ? SQLITE_OPEN_CREATE : 0;
    struct connection *connection = memory_alloc(sizeof *connection);
    *connection = (struct connection){0};
    store->connection = connection;
    int code = sqlite3_open_v2(store->path, &connection->db, flags, NULL);
    if (code != SQLITE_OK)
        return sqlite_fail_with(store->path, code, sqlite3_errstr(code), err);
    sqlite3_busy_timeout(connection->db, patience_ms(store));
    /* A file from elsewhere must not be able to do more than hold wrong content. */
    sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return sqlite_execute(store, sqlite_sql_connection, err);
}

/* SQLite opens a file that may not be written for reading, without a word. */
static bool check_writable(const struct store *store, struct error *err)
{
    if (store->mode == STORE_READ || sqlite3_db_readonly(store->connection->db, "main") == 0)
        return true;
    return sqlite_fail_with(store->path, SQLITE_READONLY, sqlite3_errstr(SQLITE_READONLY), err);
}

/* The first writer to come changes the file to a write-ahead log, for which it must be alone.
 * SQLite does not wait for that by itself: its busy handler is not asked when a lock that is held
 * grows. */
static bool prepare_to_write(struct store *store, struct error *err)
{
    sqlite3 *db = store->connection->db;
    int code = sqlite3_exec(db, sqlite_sql_connection_write, NULL, NULL, NULL);
    for (int left = patience_ms(store); (code & 0xff) == SQLITE_BUSY && left > 0;
         left -= BETWEEN_TRIES_MS) {
        sqlite3_sleep(BETWEEN_TRIES_MS);
        code = sqlite3_exec(db, sqlite_sql_connection_write, NULL, NULL, NULL);
    }
    return code == SQLITE_OK || sqlite_fail(store, err);
}

bool sqlite_settle(struct store *store, struct error *err)
{
    if (!check_writable(store, err))
        return false;
    store->connection->ours = true;
    return store->mode == STORE_READ ? sqlite_execute(store, sqlite_sql_connection_read, err)
                                     : prepare_to_write(store, err);
}

/* One that is read, or written for a moment, prepares each statement when it is first used: a start
 * needs a fifth of them. */
bool sqlite_get_ready(struct store *store, struct error *err)
{
    struct connection *connection = store->connection;
    if (sqlite3_prepare_v3(connection->db, sqlite_sql_tokenizer, -1, SQLITE_PREPARE_PERSISTENT,
                           &connection->tokenizer, NULL) != SQLITE_OK)
        return sqlite_fail(store, err);
    return store->mode != STORE_WRITE || statements_prepare(store, err);
}

void sqlite_close(struct store *store)
{
    struct connection *connection = store->connection;
    sqlite3_finalize(connection->tokenizer);
    if (store->mode != STORE_READ && connection->ours)
        sqlite3_exec(connection->db, sqlite_sql_connection_close, NULL, NULL, NULL);
    sqlite3_close(connection->db);
    free(connection);
}
