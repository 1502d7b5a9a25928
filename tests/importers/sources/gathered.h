/* What a service's reader handed on, as JSON to look into by path, with its warnings and state. */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_SOURCES_GATHERED_H
#define TOUCHSTONE_TESTS_IMPORTERS_SOURCES_GATHERED_H

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"
#include "evidence/model/record_json.h"
#include "importers/sources/all.h"
#include "importers/sources/field.h"

struct gathered {
    struct arena *arena;
    json_t *records;
    struct buffer warnings; /* a line each */
    size_t warning_count;
    struct remote_page page;
    struct error err;
    size_t refuse_after; /* the sink's own error after so many; SIZE_MAX: never */
};

static bool gathered_take(void *context, const struct record *record, struct error *err)
{
    struct gathered *gathered = context;
    if (json_array_size(gathered->records) >= gathered->refuse_after)
        return error_set(err, ERROR_STORE, "the store is full");
    struct buffer text = {0};
    struct json_writer writer;
    json_writer_init(&writer, &text, 0);
    record_write(record, &writer);
    json_array_append_new(gathered->records, json_loadb(text.bytes, text.length, 0, NULL));
    buffer_release(&text);
    return true;
}

static void gathered_warn(void *context, const char *message)
{
    struct gathered *gathered = context;
    buffer_printf(&gathered->warnings, "%s\n", message);
    gathered->warning_count++;
}

static inline struct gathered *gathered_new(void)
{
    struct gathered *gathered = calloc(1, sizeof *gathered);
    gathered->arena = arena_new();
    gathered->records = json_array();
    gathered->refuse_after = SIZE_MAX;
    return gathered;
}

static inline void gathered_free(struct gathered *gathered)
{
    arena_free(gathered->arena);
    json_decref(gathered->records);
    buffer_release(&gathered->warnings);
    free(gathered);
}

/* Reads one answer of `state` after whatever was gathered before. */
static inline bool gathered_read(struct gathered *gathered, const struct remote *remote,
                                 const struct remote_query *query,
                                 const struct remote_options *options, const char *state,
                                 const char *bytes, size_t length)
{
    /* A copy without room behind it, so that a read past its end is seen. */
    char *body = malloc(length == 0 ? 1 : length);
    if (length > 0)
        memcpy(body, bytes, length);
    const struct remote_answer answer = {
        .status = 200, .content_type = "application/json", .bytes = body, .length = length};
    const struct record_sink sink = {.take = gathered_take, .context = gathered};
    const struct format_warnings warnings = {.warn = gathered_warn, .context = gathered};
    gathered->err = (struct error){0};
    bool read = remote->read(query, options, state, &answer, &sink, &warnings, gathered->arena,
                             &gathered->page, &gathered->err);
    free(body);
    return read;
}

static inline size_t gathered_count(const struct gathered *gathered)
{
    return json_array_size(gathered->records);
}

/* "3.authors.0.family": a number is a place in a list. NULL where there is nothing. */
static inline const json_t *gathered_at(const struct gathered *gathered, const char *path)
{
    const json_t *at = gathered->records;
    char part[64];
    while (at != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)length, path);
        at = json_is_array(at) ? json_array_get(at, (size_t)atoi(part)) : json_object_get(at, part);
        path += length + (path[length] == '.');
    }
    return at;
}

static inline const char *gathered_text(const struct gathered *gathered, const char *path)
{
    const char *text = json_string_value(gathered_at(gathered, path));
    return text == NULL ? "(nothing)" : text;
}

static inline double gathered_number(const struct gathered *gathered, const char *path)
{
    const json_t *value = gathered_at(gathered, path);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static inline size_t gathered_length(const struct gathered *gathered, const char *path)
{
    return json_array_size(gathered_at(gathered, path));
}

#define ASSERT_TEXT(gathered, path, expected)                                                      \
    assert_string_equal(gathered_text(gathered, path), expected)
#define ASSERT_COUNT(gathered, path, expected)                                                     \
    assert_int_equal((int)gathered_number(gathered, path), expected)
#define ASSERT_NUMBER(gathered, path, expected)                                                    \
    assert_true(gathered_number(gathered, path) == (expected))
#define ASSERT_NOTHING(gathered, path) assert_null(gathered_at(gathered, path))
#define ASSERT_LENGTH(gathered, path, expected)                                                    \
    assert_int_equal(gathered_length(gathered, path), expected)
#define ASSERT_TRUE(gathered, path) assert_true(json_is_true(gathered_at(gathered, path)))

/* The file of real answers, or a skipped test where those are not at hand. */
static inline bool gathered_file(struct gathered *gathered, const struct remote *remote,
                                 const struct remote_query *query, const char *state,
                                 const char *name)
{
    const char *path = arena_printf(gathered->arena, "../shared/fixtures/%s", name);
    const struct remote_options options = {0};
    char *text = NULL;
    size_t length = 0;
    struct error err = {0};
    text = file_read(path, 64 << 20, gathered->arena, &length, &err);
    if (text == NULL) {
        gathered_free(gathered);
        print_message("skipped: %s is not here\n", path);
        skip();
    }
    return gathered_read(gathered, remote, query, &options, state, text, length);
}

#endif
