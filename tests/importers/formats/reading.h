/*
 * A file read to its end by a format, for tests: every record as JSON (record_json.h), every
 * warning, and how it ended. Expected JSON is written with single quotes.
 */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_FORMATS_READING_H
#define TOUCHSTONE_TESTS_IMPORTERS_FORMATS_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <unistd.h>

#include "evidence/base/buffer.h"
#include "evidence/model/record_json.h"
#include "importers/formats/formats.h"
#include "tests/importers/formats/sound_record.h"

struct reading {
    json_t *records;
    json_t *warnings;
    struct format_counts counts;
    struct error err;
    bool ok;
};

static inline bool reading_take(void *context, const struct record *record, struct error *err)
{
    struct reading *reading = context;
    (void)err;
    if (unsound(record) != NULL)
        fail_msg("record %zu: %s", json_array_size(reading->records), unsound(record));
    struct buffer text = {0};
    struct json_writer writer;
    json_writer_init(&writer, &text, 0);
    record_write(record, &writer);
    json_error_t fault;
    json_t *value = json_loadb(text.bytes, text.length, 0, &fault);
    if (value == NULL)
        fail_msg("%s", fault.text);
    json_array_append_new(reading->records, value);
    buffer_release(&text);
    return true;
}

static inline void reading_warn(void *context, const char *message)
{
    struct reading *reading = context;
    json_array_append_new(reading->warnings, json_string(message));
}

static inline struct reading reading_of_input(const struct format *format, struct input *input)
{
    struct reading reading = {.records = json_array(), .warnings = json_array()};
    const struct record_sink sink = {.take = reading_take, .context = &reading};
    const struct format_warnings warnings = {.warn = reading_warn, .context = &reading};
    reading.ok = format->read(input, &sink, &warnings, &reading.counts, &reading.err);
    assert_int_equal(reading.ok, reading.err.kind == ERROR_NONE);
    assert_int_equal(reading.counts.records, json_array_size(reading.records));
    return reading;
}

static inline struct reading reading_of(const struct format *format, const void *bytes,
                                        size_t length)
{
    struct input *input = input_memory(bytes, length, "memory", &input_limits_default);
    struct reading reading = reading_of_input(format, input);
    input_close(input);
    return reading;
}

static inline struct reading reading_of_text(const struct format *format, const char *text)
{
    return reading_of(format, text, strlen(text));
}

/* A file of ../shared/fixtures, found by its content to be of `format`; skips without it. */
static inline struct reading reading_of_fixture(const struct format *format, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "../shared/fixtures/%s", name);
    if (access(path, R_OK) != 0) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    struct error err = {0};
    struct input *input = input_open(path, &input_limits_default, &err);
    assert_non_null(input);
    const struct format *found = format_of(input, &err);
    if (found != format)
        fail_msg("%s is taken for %s: %s", name, found == NULL ? "nothing" : found->name,
                 err.message);
    struct reading reading = reading_of_input(format, input);
    input_close(input);
    return reading;
}

static inline void reading_release(struct reading *reading)
{
    json_decref(reading->records);
    json_decref(reading->warnings);
}

static inline void assert_counts(const struct reading *reading, size_t records, size_t refused)
{
    if (!reading->ok)
        fail_msg("%s", reading->err.message);
    assert_int_equal(reading->counts.records, records);
    assert_int_equal(reading->counts.refused, refused);
}

static inline void assert_failed(const struct reading *reading, enum error_kind kind,
                                 const char *within, size_t records)
{
    assert_false(reading->ok);
    assert_int_equal(reading->err.kind, kind);
    if (strstr(reading->err.message, within) == NULL)
        fail_msg("\"%s\" says nothing of \"%s\"", reading->err.message, within);
    assert_int_equal(reading->counts.records, records);
}

static inline void assert_warned(const struct reading *reading, size_t index, const char *within)
{
    const char *message = json_string_value(json_array_get(reading->warnings, index));
    if (message == NULL || strstr(message, within) == NULL)
        fail_msg("warning %zu is \"%s\", without \"%s\"", index, message == NULL ? "" : message,
                 within);
}

/* Every member of `expected` stands in the record as it is there; null: it is not there. */
static inline void assert_record(const struct reading *reading, size_t index, const char *expected)
{
    char *text = strdup(expected);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_error_t fault;
    json_t *wanted = json_loads(text, 0, &fault);
    if (wanted == NULL)
        fail_msg("%s in %s", fault.text, text);
    const json_t *record = json_array_get(reading->records, index);
    const char *key;
    json_t *value;
    json_object_foreach(wanted, key, value)
    {
        json_t *there = json_object_get(record, key);
        bool same = json_is_null(value) ? there == NULL : json_equal(there, value);
        char *shown = there == NULL ? strdup("nothing") : json_dumps(there, JSON_ENCODE_ANY);
        if (!same)
            fail_msg("%s of record %zu is %s", key, index, shown);
        free(shown);
    }
    json_decref(wanted);
    free(text);
}

/* The member of a record as text; "" if it is not there. */
static inline const char *text_of(const struct reading *reading, size_t index, const char *key)
{
    const char *text =
        json_string_value(json_object_get(json_array_get(reading->records, index), key));
    return text == NULL ? "" : text;
}

static inline size_t length_of(const struct reading *reading, size_t index, const char *key)
{
    return json_array_size(json_object_get(json_array_get(reading->records, index), key));
}

#endif
