/* Whole files: read, listed and written. */
#ifndef TOUCHSTONE_EVIDENCE_BASE_FILE_H
#define TOUCHSTONE_EVIDENCE_BASE_FILE_H

#include <stddef.h>

#include "evidence/base/arena.h"

/* The bytes of a file, NUL-terminated, in `arena`. ERROR_NOT_FOUND if there is none, ERROR_LIMIT if
 * it is longer than `most_bytes`, ERROR_IO otherwise. NULL on failure. */
MUST_USE char *file_read(const char *path, size_t most_bytes, struct arena *arena, size_t *length,
                         struct error *err);

/* The names in a folder that end with `suffix`, without hidden ones, sorted by bytes, ended by
 * NULL, in `arena`. NULL on failure. */
MUST_USE const char *const *folder_list(const char *path, const char *suffix, struct arena *arena,
                                        size_t *count, struct error *err);

/* Makes the file hold these bytes: they go to a hidden name beside it first and are renamed when
 * all are written, so that nobody sees half a file. ERROR_IO names the file. */
MUST_USE bool file_write(const char *path, const void *bytes, size_t length, struct error *err);

/* Makes a folder and those above it where they are not there yet. ERROR_IO names the one that could
 * not be made. */
MUST_USE bool folder_make(const char *path, struct error *err);

/* Says in `empty` whether there is no such folder or nothing in it, hidden files included. ERROR_IO
 * if it cannot be looked into. */
MUST_USE bool folder_is_empty(const char *path, bool *empty, struct error *err);

#endif
