/* A copy of the store that everyone may have. */
#include <unistd.h>

#include "evidence/store/sqlite/engine.h"

static bool attach(struct store *copy, const char *path, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(copy->connection->db, sqlite_sql_publish_attach, -1, &statement,
                                   NULL) == SQLITE_OK &&
                sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_DONE;
    if (!done)
        sqlite_fail(copy, err);
    sqlite3_finalize(statement);
    return done;
}

static bool fill(struct store *copy, struct error *err)
{
    if (!store_begin(copy, err))
        return false;
    if (sqlite3_exec(copy->connection->db, sqlite_sql_publish, NULL, NULL, NULL) == SQLITE_OK)
        return store_commit(copy, err);
    sqlite_fail(copy, err);
    store_roll_back(copy);
    return false;
}

bool sqlite_publish(struct store *store, const char *path, struct error *err)
{
    struct store *copy = store_open(path, STORE_WRITE, err);
    bool done = copy != NULL && attach(copy, store->path, err) && fill(copy, err);
    store_close(copy);
    if (!done) {
        unlink(path);
        error_while(err, "making a public copy of the store");
    }
    return done;
}
