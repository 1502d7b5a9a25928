/*
 * Files that everyone may have, whole: the exports and the store as a public copy. Each is made
 * when it is first asked for, on a thread of its own and into a file without a name, and served
 * while it grows; whoever asks again gets the same bytes until the base has changed. Memory does
 * not grow with the base.
 */
#ifndef TOUCHSTONE_SERVICE_API_PUBLIC_FILE_H
#define TOUCHSTONE_SERVICE_API_PUBLIC_FILE_H

#include <stdint.h>

#include "service/api/export_lines.h"

/* What there is. */
struct public_kind {
    const char *name; /* "ratings.csv" */
    const char *content_type;
    bool is_store; /* else lines: */
    enum export_noun noun;
    enum export_format format;
};
extern const struct public_kind public_kinds[];
extern const size_t public_kind_count;

/* NULL if there is none of that name. */
const struct public_kind *public_kind_named(const char *name);

struct public_files;
struct public_file;

/* `db` is borrowed. Never NULL. */
struct public_files *public_files_new(const char *db);

/* Waits for what is being made, which is given up. NULL is allowed. */
void public_files_free(struct public_files *files);

/* The base has changed: what was made of the one before goes when its last reader has it. */
void public_files_forget(struct public_files *files);

/*
 * The file of that kind for this base, being made or whole; give it back with public_file_release.
 * Safe from any thread. NULL with ERROR_IO where no file can be had ($TMPDIR, else /tmp).
 */
MUST_USE struct public_file *public_file_open(struct public_files *files, struct catalog *catalog,
                                              const struct public_kind *kind, struct error *err);
void public_file_release(struct public_file *file);

enum public_state {
    PUBLIC_GROWING,
    PUBLIC_WHOLE,
    PUBLIC_FAILED /* it will not be whole; the next to ask begins anew */
};

/* How far it is, and how many bytes there are. */
enum public_state public_file_state(const struct public_file *file, uint64_t *length);

/* Copies up to `size` bytes from `offset` that are there already; how many, -1 where they cannot be
 * read. */
MUST_USE long public_file_read(const struct public_file *file, uint64_t offset, char *out,
                               size_t size);

#endif
