/*
 * Inputs of a fuzz target, kept as text: one a line, bytes other than printable ASCII as \n, \r,
 * \t or \xHH, a backslash as two. Lines that begin with '#' tell about the input after them; empty
 * ones part. (An input that begins with '#' begins with \x23, an empty one is \e.)
 */
#ifndef TOUCHSTONE_TESTS_FUZZ_CORPUS_FILE_H
#define TOUCHSTONE_TESTS_FUZZ_CORPUS_FILE_H

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"

struct corpus_input {
    size_t line; /* of the file, from 1 */
    const char *bytes;
    size_t length;
    const char *about; /* the comment before it, or NULL */
};

struct corpus {
    const struct corpus_input *inputs;
    size_t count;
};

/* Everything lives in `arena`. ERROR_IO where the file cannot be read, ERROR_INVALID with the line
 * where an escape is none. */
MUST_USE bool corpus_read(const char *path, struct arena *arena, struct corpus *out,
                          struct error *err);

/* Appends the bytes as a line of such a file, without its end. */
void corpus_write(const void *bytes, size_t length, struct buffer *out);

#endif
