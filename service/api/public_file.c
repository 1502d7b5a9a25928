#include "service/api/public_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/store/store.h"

enum { WRITE_AT_ONCE = 64 * 1024, PATH_SIZE = 4096 };

#define NDJSON "application/x-ndjson"
#define CSV    "text/csv; charset=utf-8"

const struct public_kind public_kinds[] = {
    {"ratings.ndjson", NDJSON, false, EXPORT_RATINGS, EXPORT_NDJSON},
    {"ratings.csv", CSV, false, EXPORT_RATINGS, EXPORT_CSV},
    {"studies.ndjson", NDJSON, false, EXPORT_STUDIES, EXPORT_NDJSON},
    {"studies.csv", CSV, false, EXPORT_STUDIES, EXPORT_CSV},
    {"results.ndjson", NDJSON, false, EXPORT_RESULTS, EXPORT_NDJSON},
    {"results.csv", CSV, false, EXPORT_RESULTS, EXPORT_CSV},
    {.name = "touchstone.db", .content_type = "application/vnd.sqlite3", .is_store = true},
};
enum { KIND_COUNT = sizeof public_kinds / sizeof *public_kinds };
const size_t public_kind_count = KIND_COUNT;

struct public_file {
    struct public_files *files;
    const struct public_kind *kind;
    struct catalog *catalog; /* held, so that its address is its own */
    int fd;
    atomic_uint holders; /* those who read it, the list and the maker */
    atomic_uint_least64_t length;
    atomic_int state;
};

struct public_files {
    const char *db;
    pthread_mutex_t lock;
    struct public_file *current[KIND_COUNT];
    atomic_bool stopping;
    unsigned making; /* makers at work, under the lock */
    pthread_cond_t made;
};

const struct public_kind *public_kind_named(const char *name)
{
    for (size_t i = 0; i < public_kind_count; i++)
        if (strcmp(public_kinds[i].name, name) == 0)
            return &public_kinds[i];
    return NULL;
}

/* ---- making ---- */

static bool write_all(struct public_file *file, const char *bytes, size_t length)
{
    uint64_t at = atomic_load(&file->length);
    while (length > 0) {
        ssize_t written = pwrite(file->fd, bytes, length, (off_t)at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
        at += (uint64_t)written;
    }
    atomic_store(&file->length, at);
    return true;
}

static bool make_lines(struct public_file *file)
{
    struct export_lines lines = export_lines(file->catalog, file->kind->noun, file->kind->format);
    struct buffer bytes = {0};
    bool more = true;
    bool good = true;
    while (more && good) {
        struct arena *scratch = arena_new();
        buffer_clear(&bytes);
        while (more && bytes.length < WRITE_AT_ONCE)
            more = export_next(&lines, scratch, &bytes);
        good = !atomic_load(&file->files->stopping) &&
               write_all(file, buffer_string(&bytes), bytes.length);
        arena_free(scratch);
    }
    buffer_release(&bytes);
    return good;
}

/* A file of this process alone; `path` (of PATH_SIZE) tells its name. -1 with ERROR_IO. */
static int make_temporary(char *path, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    int length = snprintf(path, PATH_SIZE, "%s/touchstone-XXXXXX", folder);
    int fd = length < PATH_SIZE ? mkostemp(path, O_CLOEXEC) : -1;
    if (fd < 0)
        error_set(err, ERROR_IO, "no file can be made in %s: %s; set TMPDIR to another folder",
                  folder, strerror(errno));
    return fd;
}

/* SQLite wants a name; the copy has one until it is whole. */
static bool make_store(struct public_file *file)
{
    char path[PATH_SIZE];
    char bytes[WRITE_AT_ONCE];
    struct error err = {0};
    ssize_t count = 0;
    int fd = make_temporary(path, &err);
    struct store *store = fd < 0 ? NULL : store_open(file->files->db, STORE_READ, &err);
    bool good = store != NULL && store_publish(store, path, &err);
    store_close(store);
    while (good && (count = read(fd, bytes, sizeof bytes)) > 0)
        good = write_all(file, bytes, (size_t)count);
    if (fd >= 0) {
        unlink(path);
        close(fd);
    }
    if (err.kind != ERROR_NONE)
        fprintf(stderr, "touchstone: %s\n", err.message);
    return good && count == 0;
}

static void *run_maker(void *argument)
{
    struct public_file *file = argument;
    struct public_files *files = file->files;
    bool good = file->kind->is_store ? make_store(file) : make_lines(file);
    atomic_store(&file->state, good ? PUBLIC_WHOLE : PUBLIC_FAILED);
    public_file_release(file);
    pthread_mutex_lock(&files->lock);
    files->making--;
    pthread_cond_signal(&files->made);
    pthread_mutex_unlock(&files->lock);
    return NULL;
}

/* ---- the list ---- */

struct public_files *public_files_new(const char *db)
{
    struct public_files *files = memory_alloc(sizeof *files);
    *files = (struct public_files){.db = db};
    pthread_mutex_init(&files->lock, NULL);
    pthread_cond_init(&files->made, NULL);
    return files;
}

void public_files_forget(struct public_files *files)
{
    struct public_file *before[KIND_COUNT];
    pthread_mutex_lock(&files->lock);
    memcpy(before, files->current, sizeof before);
    memset(files->current, 0, sizeof files->current);
    pthread_mutex_unlock(&files->lock);
    for (size_t i = 0; i < KIND_COUNT; i++)
        public_file_release(before[i]);
}

void public_files_free(struct public_files *files)
{
    if (files == NULL)
        return;
    atomic_store(&files->stopping, true);
    pthread_mutex_lock(&files->lock);
    while (files->making > 0)
        pthread_cond_wait(&files->made, &files->lock);
    pthread_mutex_unlock(&files->lock);
    public_files_forget(files);
    pthread_cond_destroy(&files->made);
    pthread_mutex_destroy(&files->lock);
    free(files);
}

void public_file_release(struct public_file *file)
{
    if (file == NULL || atomic_fetch_sub(&file->holders, 1) > 1)
        return;
    close(file->fd);
    catalog_release(file->catalog);
    free(file);
}

/* The maker lets go of it when it is done, and of nothing else of ours but the list. */
static bool start_maker(struct public_file *file, struct error *err)
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    atomic_fetch_add(&file->holders, 1);
    int failed = pthread_create(&thread, &attributes, run_maker, file);
    pthread_attr_destroy(&attributes);
    if (failed == 0) {
        file->files->making++;
        return true;
    }
    atomic_fetch_sub(&file->holders, 1);
    return error_set(err, ERROR_IO, "no thread can be started: %s", strerror(failed));
}

/* Called with the lock held. */
static struct public_file *begin(struct public_files *files, struct catalog *catalog,
                                 const struct public_kind *kind, struct error *err)
{
    char path[PATH_SIZE];
    int fd = make_temporary(path, err);
    if (fd < 0)
        return NULL;
    unlink(path);
    struct public_file *file = memory_alloc(sizeof *file);
    *file = (struct public_file){
        .files = files, .kind = kind, .catalog = catalog_retain(catalog), .fd = fd};
    atomic_init(&file->holders, 1);
    if (start_maker(file, err))
        return file;
    public_file_release(file);
    return NULL;
}

static bool is_of_use(const struct public_file *file, const struct catalog *catalog)
{
    return file != NULL && file->catalog == catalog && atomic_load(&file->state) != PUBLIC_FAILED;
}

struct public_file *public_file_open(struct public_files *files, struct catalog *catalog,
                                     const struct public_kind *kind, struct error *err)
{
    struct public_file *stale = NULL;
    pthread_mutex_lock(&files->lock);
    struct public_file **place = &files->current[kind - public_kinds];
    if (!is_of_use(*place, catalog)) {
        stale = *place;
        *place = begin(files, catalog, kind, err);
    }
    struct public_file *file = *place;
    if (file != NULL)
        atomic_fetch_add(&file->holders, 1);
    pthread_mutex_unlock(&files->lock);
    public_file_release(stale);
    return file;
}

/* ---- reading ---- */

enum public_state public_file_state(const struct public_file *file, uint64_t *length)
{
    enum public_state state = (enum public_state)atomic_load(&file->state);
    *length = atomic_load(&file->length); /* after the state: a whole file grows no more */
    return state;
}

long public_file_read(const struct public_file *file, uint64_t offset, char *out, size_t size)
{
    uint64_t length = atomic_load(&file->length);
    ssize_t count;
    if (offset >= length)
        return 0;
    if (size > length - offset)
        size = (size_t)(length - offset);
    do
        count = pread(file->fd, out, size, (off_t)offset);
    while (count < 0 && errno == EINTR);
    return (long)count;
}
