/* Whole files, read and listed. */
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

#endif
