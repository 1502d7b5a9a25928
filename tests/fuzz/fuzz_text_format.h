/*
 * Bytes into the reader of a text format. Bytes that start as the format does are taken as they
 * are; else, since random bytes never become a file, each of them stands for one of the format's
 * own pieces or for itself. Every record has to be sound, an error has to say something, and
 * machine reading has to get along with whatever came out.
 */
#ifndef TOUCHSTONE_TESTS_FUZZ_FUZZ_TEXT_FORMAT_H
#define TOUCHSTONE_TESTS_FUZZ_FUZZ_TEXT_FORMAT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/formats/formats.h"
#include "importers/intake/machine_reading.h"
#include "tests/importers/formats/sound_record.h"

enum { FUZZ_FIRST_PIECE = 128, FUZZ_RECORDS_MOST = 100000 };

struct fuzz_reading {
    size_t records;
    size_t warnings;
};

static inline void fuzz_die(const char *what, const char *more)
{
    fprintf(stderr, "%s: %s\n", what, more);
    abort();
}

static inline bool fuzz_take(void *context, const struct record *record, struct error *err)
{
    struct fuzz_reading *reading = context;
    if (unsound(record) != NULL)
        fuzz_die("a record", unsound(record));
    struct arena *arena = arena_new();
    struct record read = *record;
    machine_read(&read, arena);
    if (unsound(&read) != NULL)
        fuzz_die("a record read by machine", unsound(&read));
    if ((read.machine.participants_from == NULL) != (read.machine.participants == COUNT_UNKNOWN) ||
        (read.machine.design_from == NULL) != !read.machine.design_known)
        fuzz_die("a reading", "without its words");
    arena_free(arena);
    return ++reading->records < FUZZ_RECORDS_MOST || error_set(err, ERROR_STORE, "enough");
}

static inline void fuzz_warn(void *context, const char *message)
{
    struct fuzz_reading *reading = context;
    if (strncmp(message, "fuzz: ", 6) != 0)
        fuzz_die("a warning without its place", message);
    reading->warnings++;
}

static inline void fuzz_read(const struct format *format, const void *bytes, size_t length)
{
    static const struct input_limits unlimited = {0};
    struct fuzz_reading reading = {0};
    const struct record_sink sink = {.take = fuzz_take, .context = &reading};
    const struct format_warnings warnings = {.warn = fuzz_warn, .context = &reading};
    struct format_counts counts = {0};
    struct error err = {0};
    struct input *input = input_memory(bytes, length, "fuzz", &unlimited);
    bool ok = format->read(input, &sink, &warnings, &counts, &err);
    input_close(input);
    if (ok != (err.kind == ERROR_NONE) || (!ok && err.message[0] == '\0'))
        fuzz_die("an end without its reason", err.message);
    if (counts.records != reading.records)
        fuzz_die("records", "miscounted");
    for (const struct format *const *other = formats; *other != NULL; other++) {
        int sure = (*other)->recognise(bytes, length);
        if (sure < 0 || sure > 100)
            fuzz_die("surer than sure", (*other)->name);
    }
}

/* `pieces`: what the format is made of, ended by NULL. */
static inline void fuzz_text_format(const struct format *format, const char *const *pieces,
                                    const uint8_t *data, size_t size)
{
    if (size == 0)
        return;
    if (data[0] % 4 == 0) {
        fuzz_read(format, data + 1, size - 1);
        return;
    }
    size_t count = 0;
    while (pieces[count] != NULL)
        count++;
    struct buffer text = {0};
    for (size_t i = 1; i < size; i++)
        if (data[i] >= FUZZ_FIRST_PIECE)
            buffer_text(&text, pieces[(data[i] - FUZZ_FIRST_PIECE) % count]);
        else
            buffer_byte(&text, (char)data[i]);
    fuzz_read(format, buffer_string(&text), text.length);
    buffer_release(&text);
}

#endif
