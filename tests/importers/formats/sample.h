/* The files of tests/importers/data, in memory. Run from the root of the project. */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_FORMATS_SAMPLE_H
#define TOUCHSTONE_TESTS_IMPORTERS_FORMATS_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>

#include "evidence/base/buffer.h"

/* The whole file; the caller releases the buffer. */
static inline struct buffer sample_read(const char *name)
{
    struct buffer out = {0};
    char path[256];
    char piece[4096];
    size_t length;
    snprintf(path, sizeof path, "tests/importers/data/%s", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        abort();
    }
    while ((length = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_append(&out, piece, length);
    fclose(file);
    return out;
}

#endif
