#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "evidence/store/sqlite/history.h"
#include "evidence/store/sqlite/words.h"

enum {
    APPLICATION_ID = 0x54636873,
    BUSY_TIMEOUT_MS = 5000,
    BRIEF_TIMEOUT_MS = 1000,
    BETWEEN_TRIES_MS = 5
};

/* The schema from which on the base has editions. */
enum { VERSION_WITH_HISTORY = 4 };

/* What a file says of itself before anything else is read of it. */
struct identity {
    int64_t application;
    int64_t version;
    int64_t tables;
};

static bool execute(struct store *store, const char *sql, struct error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store, err);
    return true;
}

static bool read_identity(struct store *store, struct identity *out, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(store->db, sql_identity, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found)
        *out = (struct identity){.application = sqlite3_column_int64(statement, 0),
                                 .version = sqlite3_column_int64(statement, 1),
                                 .tables = sqlite3_column_int64(statement, 2)};
    else
        store_fail(store, err);
    sqlite3_finalize(statement);
    return found;
}

static bool is_blank(const struct identity *identity)
{
    return identity->application == 0 && identity->version == 0 && identity->tables == 0;
}

/* A file with nothing in it may become a store; any other must be one already. */
static bool check_identity(const struct store *store, const struct identity *identity,
                           struct error *err)
{
    if (is_blank(identity)) {
        if (store->mode == STORE_WRITE)
            return true;
        return error_set(err, ERROR_STORE,
                         "%s is empty and no Touchstone store yet; build one first", store->path);
    }
    if (identity->application != APPLICATION_ID)
        return error_set(err, ERROR_STORE,
                         "%s is a database of another program, not a Touchstone store; name "
                         "another file",
                         store->path);
    if (identity->version > newest_version)
        return error_set(err, ERROR_STORE,
                         "%s is of version %lld, made by a newer Touchstone than this one, which "
                         "knows up to version %d; use the newer program, or build a new store in "
                         "another file",
                         store->path, (long long)identity->version, newest_version);
    if (identity->version < newest_version && store->mode != STORE_WRITE)
        return error_set(err, ERROR_STORE,
                         "%s is of version %lld, older than this program's %d; build into it once "
                         "to bring it up to date",
                         store->path, (long long)identity->version, newest_version);
    return true;
}

/* What SQL alone cannot do of a step. */
static bool finish_step(struct store *store, int64_t version, struct error *err)
{
    return version != VERSION_WITH_HISTORY || history_begin(store, err);
}

/* One step of the schema, in a transaction. Another process may have taken it meanwhile. */
static bool migrate_from(struct store *store, int64_t version, struct error *err)
{
    struct identity identity;
    if (!execute(store, "BEGIN IMMEDIATE", err))
        return false;
    bool done = read_identity(store, &identity, err) && check_identity(store, &identity, err) &&
                (identity.version > version || (execute(store, sql_migrations[version], err) &&
                                                finish_step(store, version + 1, err))) &&
                execute(store, "COMMIT", err);
    if (!done && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return done;
}

static bool migrate(struct store *store, int64_t version, struct error *err)
{
    for (; version < newest_version; version++)
        if (!migrate_from(store, version, err)) {
            error_while(err, "bringing the store from version %lld to %lld", (long long)version,
                        (long long)version + 1);
            return false;
        }
    return true;
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

static bool connect_to(struct store *store, struct error *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= store->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= store->mode == STORE_WRITE ? SQLITE_OPEN_CREATE : 0;
    int code = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (code != SQLITE_OK)
        return store_fail_with(store->path, code, sqlite3_errstr(code), err);
    sqlite3_busy_timeout(store->db, patience_ms(store));
    /* A file from elsewhere must not be able to do more than hold wrong content. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return execute(store, sql_connection, err);
}

/* SQLite opens a file that may not be written for reading, without a word. */
static bool check_writable(const struct store *store, struct error *err)
{
    if (store->mode == STORE_READ || sqlite3_db_readonly(store->db, "main") == 0)
        return true;
    return store_fail_with(store->path, SQLITE_READONLY, sqlite3_errstr(SQLITE_READONLY), err);
}

/* The first writer to come changes the file to a write-ahead log, for which it must be alone.
 * SQLite does not wait for that by itself: its busy handler is not asked when a lock that is held
 * grows. */
static bool prepare_to_write(struct store *store, struct error *err)
{
    int code = sqlite3_exec(store->db, sql_connection_write, NULL, NULL, NULL);
    for (int left = patience_ms(store); (code & 0xff) == SQLITE_BUSY && left > 0;
         left -= BETWEEN_TRIES_MS) {
        sqlite3_sleep(BETWEEN_TRIES_MS);
        code = sqlite3_exec(store->db, sql_connection_write, NULL, NULL, NULL);
    }
    return code == SQLITE_OK || store_fail(store, err);
}

static bool settle(struct store *store, struct error *err)
{
    struct identity identity;
    if (!connect_to(store, err) || !read_identity(store, &identity, err) ||
        !check_identity(store, &identity, err) || !check_writable(store, err))
        return false;
    store->ours = true;
    if (store->mode == STORE_READ)
        return execute(store, sql_connection_read, err);
    return prepare_to_write(store, err) && migrate(store, identity.version, err);
}

struct store *store_open(const char *path, enum store_mode mode, struct error *err)
{
    if (!check_path(path, mode, err))
        return NULL;
    struct store *store = memory_alloc(sizeof *store);
    size_t size = strlen(path) + 1;
    *store = (struct store){
        .path = memcpy(memory_alloc(size), path, size), .mode = mode, .words = word_queue_new()};
    if (settle(store, err) && statements_prepare(store, err))
        return store;
    error_while(err, "opening the store");
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    statements_finalise(store);
    if (store->mode != STORE_READ && store->ours)
        sqlite3_exec(store->db, sql_connection_close, NULL, NULL, NULL);
    sqlite3_close(store->db);
    word_queue_free(store->words);
    free(store->path);
    free(store);
}
