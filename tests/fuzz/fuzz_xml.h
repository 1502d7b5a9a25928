/*
 * Bytes to XML that a reader gets far into. Bytes that start with '<' are taken as they are; an odd
 * first byte makes each of the others an element that opens, one that closes, or a letter, and
 * closes whatever is open at the end; an even one makes them changes to a sample. Run from the root
 * of the project.
 */
#ifndef TOUCHSTONE_TESTS_FUZZ_FUZZ_XML_H
#define TOUCHSTONE_TESTS_FUZZ_FUZZ_XML_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/formats/format.h"
#include "tests/importers/formats/sample.h"
#include "tests/importers/formats/sound_record.h"

enum { FUZZ_DEPTH = 300, FUZZ_FIRST_ELEMENT = 128, FUZZ_CLOSE = 127, FUZZ_RECORDS_MOST = 100000 };

static inline void fuzz_close(struct buffer *out, const char *open)
{
    buffer_text(out, "</");
    buffer_append(out, open, strcspn(open, " "));
    buffer_byte(out, '>');
}

/* `elements`: names with their attributes, ended by NULL. */
static inline void fuzz_nest(const uint8_t *data, size_t size, const char *const *elements,
                             struct buffer *out)
{
    const char *open[FUZZ_DEPTH];
    size_t depth = 0;
    size_t count = 0;
    while (elements[count] != NULL)
        count++;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == FUZZ_CLOSE && depth > 1) {
            fuzz_close(out, open[--depth]);
        } else if (data[i] >= FUZZ_FIRST_ELEMENT && depth < FUZZ_DEPTH) {
            open[depth] = elements[(data[i] - FUZZ_FIRST_ELEMENT) % count];
            buffer_byte(out, '<');
            buffer_text(out, open[depth++]);
            buffer_byte(out, '>');
        } else if (data[i] < FUZZ_FIRST_ELEMENT) {
            buffer_byte(out, (char)data[i]);
        }
    }
    while (depth > 0)
        fuzz_close(out, open[--depth]);
}

/* Where a change is made, what it is and how long. */
enum { FUZZ_CHANGE_BYTES = 5, FUZZ_CHANGED_MOST = 1 << 18 };

static inline void fuzz_change(const uint8_t *change, const char *const *elements,
                               struct buffer *document)
{
    struct buffer out = {0};
    size_t at = ((size_t)change[1] << 8 | change[2]) % (document->length + 1);
    size_t length = change[3] < document->length - at ? change[3] : document->length - at;
    size_t count = 0;
    while (elements[count] != NULL)
        count++;
    const char *element = elements[change[4] % count];
    buffer_append(&out, document->bytes, at);
    if (change[0] % 6 == 0) /* in place of what stands there */
        buffer_byte(&out, (char)change[4]);
    else if (change[0] % 6 == 1)
        buffer_printf(&out, "<%s>", element);
    else if (change[0] % 6 == 2)
        fuzz_close(&out, element);
    else if (change[0] % 6 == 3) /* twice */
        buffer_append(&out, document->bytes + at, length);
    else if (change[0] % 6 == 4)
        buffer_printf(&out, "&#%d;", change[4] * 257);
    if (change[0] % 6 == 5 || change[0] % 6 == 0) /* gone */
        at += length;
    buffer_append(&out, document->bytes + at, document->length - at);
    buffer_release(document);
    *document = out;
}

static inline void fuzz_document(const uint8_t *data, size_t size, const char *sample,
                                 const char *const *elements, struct buffer *out)
{
    if (size == 0 || data[0] == '<') {
        buffer_append(out, data, size);
    } else if (data[0] % 2 == 1) {
        fuzz_nest(data + 1, size - 1, elements, out);
    } else {
        *out = sample_read(sample);
        for (size_t at = 1;
             at + FUZZ_CHANGE_BYTES <= size && out->length > 0 && out->length < FUZZ_CHANGED_MOST;
             at += FUZZ_CHANGE_BYTES)
            fuzz_change(data + at, elements, out);
    }
}

static inline bool fuzz_take(void *context, const struct record *record, struct error *err)
{
    (void)context;
    (void)err;
    const char *why = unsound(record);
    if (why == NULL)
        return true;
    fprintf(stderr, "%s\n", why);
    abort();
}

static inline void fuzz_warn(void *context, const char *message)
{
    (void)context;
    if (strchr(message, ':') == NULL)
        abort(); /* a warning without its place */
}

/* Reads to the end: every record sound, and an error if and only if the reading says so. */
static inline void fuzz_read(const struct format *format, const void *bytes, size_t length)
{
    const struct record_sink sink = {.take = fuzz_take};
    const struct format_warnings warnings = {.warn = fuzz_warn};
    struct format_counts counts = {0};
    struct error err = {0};
    struct input *input = input_memory(bytes, length, "fuzz", &input_limits_default);
    (void)format->recognise(bytes, length);
    bool good = format->read(input, &sink, &warnings, &counts, &err);
    if (good != (err.kind == ERROR_NONE) || counts.records > FUZZ_RECORDS_MOST)
        abort();
    input_close(input);
}

#endif
