/* A copy of the store in a file, which takes its name when it is whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence/store/sql/statement.h"

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

bool store_backup(struct store *store, const char *path, bool replace, size_t *bytes,
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
        good = store->engine->copy_into(store, part, err) && check_copy(part, err) &&
               sync_file(part, err) && put_in_place(part, path, replace, bytes, err);
        unlink(part);
        unlink(
            arena_printf(arena, "%s-journal", part)); /* SQLite's own, where it could not finish */
    }
    arena_free(arena);
    if (!good)
        error_while(err, "copying the store");
    return good;
}
