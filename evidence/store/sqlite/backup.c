#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
static bool copy_into(struct store *store, const char *path, struct error *err)
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

static bool check_copy(const char *path, struct error *err)
{
    struct store *copy = store_open(path, STORE_READ, err);
    bool good = copy != NULL && store_verify(copy, err);
    store_close(copy);
    if (!good)
        error_while(err, "checking the copy");
    return good;
}

static bool sync_file(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (!good)
        error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

static bool put_in_place(const char *from, const char *to, bool replace, size_t *bytes,
                         struct error *err)
{
    struct stat status;
    /* link() takes a name only where there is none. */
    bool good = replace ? rename(from, to) == 0 : link(from, to) == 0;
    if (!good)
        return error_set(err, errno == EEXIST ? ERROR_INVALID : ERROR_IO,
                         errno == EEXIST ? "%s is there already; name another file, or use --force"
                                         : "%s cannot be written",
                         to);
    *bytes = stat(to, &status) == 0 ? (size_t)status.st_size : 0;
    return true;
}

bool sqlite_back_up(struct store *store, const char *path, bool replace, size_t *bytes,
                    struct error *err)
{
    struct stat status;
    struct arena *arena = arena_new();
    const char *part = arena_printf(arena, "%s.part-%ld", path, (long)getpid());
    bool good = replace || lstat(path, &status) != 0 ||
                error_set(err, ERROR_INVALID,
                          "%s is there already; name another file, or use --force", path);
    if (good) {
        unlink(part);
        good = copy_into(store, part, err) && check_copy(part, err) && sync_file(part, err) &&
               put_in_place(part, path, replace, bytes, err);
        unlink(part);
        unlink(
            arena_printf(arena, "%s-journal", part)); /* SQLite's own, where it could not finish */
    }
    arena_free(arena);
    if (!good)
        error_while(err, "copying the store");
    return good;
}
