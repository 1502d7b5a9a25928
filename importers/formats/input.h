/*
 * Bytes that come in, from a file, from memory, gzip or not, never more than allowed: what all
 * format readers read from. Inflates gzip by itself (found by its first bytes, several members one
 * after the other too) and counts both sides against their limits.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_INPUT_H
#define TOUCHSTONE_IMPORTERS_FORMATS_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "evidence/base/error.h"

struct input;

struct input_limits {
    uint64_t stored;   /* bytes as they lie on disk or came over the wire; 0: no limit */
    uint64_t inflated; /* bytes after gzip; 0: no limit */
    double ratio;      /* most inflated bytes a stored one, looked at beyond 1 MB; 0: no limit */
};

/* Limits for files that a person names: 64 GB, 512 GB, 200 fold. */
extern const struct input_limits input_limits_default;

/* NULL with ERROR_NOT_FOUND or ERROR_IO. "-" is standard input. The caller closes it. */
MUST_USE struct input *input_open(const char *path, const struct input_limits *limits,
                                  struct error *err);

/* Bytes that stay the caller's and outlive the input; `name` stands in errors. Never NULL. */
struct input *input_memory(const void *bytes, size_t length, const char *name,
                           const struct input_limits *limits);

void input_close(struct input *input);

/* Up to `size` bytes; 0 at the end. -1 with ERROR_LIMIT, ERROR_INVALID (broken gzip: with the
 * byte it broke at) or ERROR_IO. What came before the trouble is given first; gzip's checksum
 * stands at its end, so bytes of a file that turns out broken may be wrong ones. */
MUST_USE long input_read(struct input *input, void *bytes, size_t size, struct error *err);

/* Looks at the first bytes without taking them, at most INPUT_PEEK_MOST; fewer at a short input. */
enum { INPUT_PEEK_MOST = 65536 };
MUST_USE bool input_peek(struct input *input, const char **bytes, size_t *length,
                         struct error *err);

/* How errors call it, and how far it is: stored bytes taken and their total (0: unknown). */
const char *input_name(const struct input *input);
void input_progress(const struct input *input, uint64_t *taken, uint64_t *total);

#endif
