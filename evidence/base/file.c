#include "evidence/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *open_regular(const char *path, struct error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "%s: %s", path,
                  strerror(errno));
        return NULL;
    }
    struct stat status;
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        error_set(err, ERROR_IO, "%s: is a folder, not a file", path);
        fclose(file);
        return NULL;
    }
    return file;
}

char *file_read(const char *path, size_t most_bytes, struct arena *arena, size_t *length,
                struct error *err)
{
    FILE *file = open_regular(path, err);
    if (file == NULL)
        return NULL;
    size_t capacity = 1 << 14;
    size_t used = 0;
    char *bytes = memory_alloc(capacity);
    for (;;) {
        used += fread(bytes + used, 1, capacity - used, file);
        if (used < capacity || used > most_bytes)
            break;
        capacity *= 2;
        bytes = memory_resize(bytes, capacity);
    }
    char *copy = NULL;
    if (ferror(file))
        error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    else if (used > most_bytes)
        error_set(err, ERROR_LIMIT, "%s: longer than %zu bytes, the most that is read", path,
                  most_bytes);
    else
        copy = arena_strndup(arena, bytes, used);
    fclose(file);
    free(bytes);
    *length = used;
    return copy;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_wanted(const char *name, const char *suffix)
{
    size_t length = strlen(name);
    size_t ending = strlen(suffix);
    return name[0] != '.' && length > ending && strcmp(name + length - ending, suffix) == 0;
}

const char *const *folder_list(const char *path, const char *suffix, struct arena *arena,
                               size_t *count, struct error *err)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "%s: %s", path,
                  strerror(errno));
        return NULL;
    }
    const char **names = NULL;
    size_t used = 0;
    size_t capacity = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!is_wanted(entry->d_name, suffix))
            continue;
        if (used == capacity) {
            capacity = capacity == 0 ? 64 : capacity * 2;
            names = memory_resize(names, capacity * sizeof *names);
        }
        names[used++] = arena_strdup(arena, entry->d_name);
    }
    closedir(folder);
    const char **sorted = arena_array(arena, used + 1, sizeof *sorted);
    if (used > 0)
        memcpy(sorted, names, used * sizeof *sorted);
    free(names);
    qsort(sorted, used, sizeof *sorted, by_bytes);
    *count = used;
    return sorted;
}

/* ---- writing ---- */

static bool fail(const char *path, struct error *err)
{
    return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
}

/* "a/b.json" to "a/.b.json.4711", which no listing shows and no other process takes. */
static char *hidden_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - path);
    size_t size = strlen(path) + 32;
    char *name = memory_alloc(size);
    snprintf(name, size, "%.*s.%s.%ld", folder, path, path + folder, (long)getpid());
    return name;
}

static bool write_to(int file, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t done = write(file, at, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        at += done;
        length -= (size_t)done;
    }
    return true;
}

bool file_write(const char *path, const void *bytes, size_t length, struct error *err)
{
    char *hidden = hidden_name(path);
    int file = open(hidden, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool good = file >= 0 && write_to(file, bytes, length);
    if (!good)
        fail(path, err);
    if (file >= 0 && close(file) != 0 && good)
        good = fail(path, err);
    if (good && rename(hidden, path) != 0)
        good = fail(path, err);
    if (!good && file >= 0)
        unlink(hidden);
    free(hidden);
    return good;
}

static bool make_one(const char *path, struct error *err)
{
    struct stat status;
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return fail(path, err);
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    return error_set(err, ERROR_IO, "%s: is there already and no folder", path);
}

bool folder_make(const char *path, struct error *err)
{
    size_t size = strlen(path) + 1;
    char *part = memcpy(memory_alloc(size), path, size);
    bool good = true;
    for (char *at = part + strspn(part, "/"); good && (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        good = make_one(part, err);
        *at = '/';
    }
    good = good && make_one(part, err);
    free(part);
    return good;
}

bool folder_is_empty(const char *path, bool *empty, struct error *err)
{
    *empty = true;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return errno == ENOENT || fail(path, err);
    for (struct dirent *entry; *empty && (entry = readdir(folder)) != NULL;)
        *empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return true;
}
