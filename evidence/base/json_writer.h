/*
 * JSON written straight into a buffer, in the order of the calls: the same calls give the same
 * bytes. A number that is NAN or infinite is written as null, and every other with the fewest
 * digits that read back.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_JSON_WRITER_H
#define TOUCHSTONE_EVIDENCE_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <string.h>

#include "evidence/base/buffer.h"

/* Deep enough for every answer of ours; a deeper call is a programming error and aborts. */
enum { JSON_WRITER_DEPTH = 32 };

struct json_writer {
    struct buffer *out; /* borrowed */
    int indent;         /* spaces a level; 0 writes on one line */
    int depth;
    bool filled[JSON_WRITER_DEPTH]; /* this level has a member already */
    bool after_key;
};

/* Starts writing at the end of `out`, which the caller keeps. */
void json_writer_init(struct json_writer *writer, struct buffer *out, int indent);

/* Inside an object every value follows its key; inside an array values follow each other. A key
 * that stands in the program has nothing to escape, and its length is known when it is compiled. */
void json_put_plain_key(struct json_writer *writer, const char *key, size_t length);
void json_put_any_key(struct json_writer *writer, const char *key, size_t length);
static inline void json_put_key(struct json_writer *writer, const char *key)
{
    if (__builtin_constant_p(strlen(key)))
        json_put_plain_key(writer, key, strlen(key));
    else
        json_put_any_key(writer, key, strlen(key));
}

void json_begin_object(struct json_writer *writer);
void json_end_object(struct json_writer *writer);
void json_begin_array(struct json_writer *writer);
void json_end_array(struct json_writer *writer);

/* NULL is written as null. Bytes that are no UTF-8 become U+FFFD. */
void json_put_text_length(struct json_writer *writer, const char *text, size_t length);
static inline void json_put_text(struct json_writer *writer, const char *text)
{
    json_put_text_length(writer, text, text == NULL ? 0 : strlen(text));
}
void json_put_real(struct json_writer *writer, double value);
void json_put_count(struct json_writer *writer, long long value);
void json_put_known_count(struct json_writer *writer, long long value); /* below 0: null */
void json_put_truth(struct json_writer *writer, bool value);
void json_put_nothing(struct json_writer *writer);

/* A value that was written before, as it is: `length` bytes of JSON. */
void json_put_written(struct json_writer *writer, const char *json, size_t length);

/* A text as JSON alone, quotes and all, for who writes what stands around it. */
void json_quote(struct buffer *out, const char *text, size_t length);

/* Key and value at once. A negative count is "unknown" and written as null. */
static inline void json_field_text(struct json_writer *writer, const char *key, const char *text)
{
    json_put_key(writer, key);
    json_put_text(writer, text);
}

static inline void json_field_real(struct json_writer *writer, const char *key, double value)
{
    json_put_key(writer, key);
    json_put_real(writer, value);
}

static inline void json_field_count(struct json_writer *writer, const char *key, long long value)
{
    json_put_key(writer, key);
    json_put_known_count(writer, value);
}

static inline void json_field_truth(struct json_writer *writer, const char *key, bool value)
{
    json_put_key(writer, key);
    json_put_truth(writer, value);
}

static inline void json_field_object(struct json_writer *writer, const char *key)
{
    json_put_key(writer, key);
    json_begin_object(writer);
}

static inline void json_field_array(struct json_writer *writer, const char *key)
{
    json_put_key(writer, key);
    json_begin_array(writer);
}

#endif
