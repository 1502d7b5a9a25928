/* The whole file, page by page, while others write. */
#include "evidence/store/sqlite/engine.h"

/* So many pages are copied before others may write: they wait no longer than that. */
enum { PAGES_A_STEP = 1024, BUSY_PAUSE_MS = 50, BUSY_PAUSES_MOST = 600 };

static bool copy_pages(struct store *store, sqlite3 *copy, const char *path, struct error *err)
{
    int pauses = 0;
    int code = SQLITE_OK;
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->connection->db, "main");
    if (backup == NULL)
        return sqlite_fail_with(path, sqlite3_extended_errcode(copy), sqlite3_errmsg(copy), err);
    while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            if (++pauses > BUSY_PAUSES_MOST)
                break;
            sqlite3_sleep(BUSY_PAUSE_MS);
        }
    }
    int finished = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        return sqlite_fail_with(path, code, sqlite3_errstr(code), err);
    return finished == SQLITE_OK || sqlite_fail_with(path, finished, sqlite3_errstr(finished), err);
}

/* A file that is read in full must be one file, without a log beside it. */
bool sqlite_copy_into(struct store *store, const char *path, struct error *err)
{
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    bool good = code == SQLITE_OK ? copy_pages(store, copy, path, err)
                                  : sqlite_fail_with(path, code, sqlite3_errstr(code), err);
    if (good && sqlite3_exec(copy, sqlite_sql_connection_close, NULL, NULL, NULL) != SQLITE_OK)
        good = sqlite_fail_with(path, sqlite3_extended_errcode(copy), sqlite3_errmsg(copy), err);
    sqlite3_close(copy);
    return good;
}
