/*
 * JSON written straight into a buffer, in the order of the calls: the same calls give the same
 * bytes. A number that is NAN or infinite is written as null, and every other with the fewest
 * digits that read back.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_JSON_WRITER_H
#define TOUCHSTONE_EVIDENCE_BASE_JSON_WRITER_H

#include <stdbool.h>

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

/* Inside an object every value follows its key; inside an array values follow each other. */
void json_put_key(struct json_writer *writer, const char *key);

void json_begin_object(struct json_writer *writer);
void json_end_object(struct json_writer *writer);
void json_begin_array(struct json_writer *writer);
void json_end_array(struct json_writer *writer);

/* NULL is written as null. Bytes that are no UTF-8 become U+FFFD. */
void json_put_text(struct json_writer *writer, const char *text);
void json_put_text_length(struct json_writer *writer, const char *text, size_t length);
void json_put_real(struct json_writer *writer, double value);
void json_put_count(struct json_writer *writer, long long value);
void json_put_truth(struct json_writer *writer, bool value);
void json_put_nothing(struct json_writer *writer);

/* A value that was written before, as it is: `length` bytes of JSON. */
void json_put_written(struct json_writer *writer, const char *json, size_t length);

/* A text as JSON alone, quotes and all, for who writes what stands around it. */
void json_quote(struct buffer *out, const char *text, size_t length);

/* Key and value at once. A negative count is "unknown" and written as null. */
void json_field_text(struct json_writer *writer, const char *key, const char *text);
void json_field_real(struct json_writer *writer, const char *key, double value);
void json_field_count(struct json_writer *writer, const char *key, long long value);
void json_field_truth(struct json_writer *writer, const char *key, bool value);
void json_field_object(struct json_writer *writer, const char *key);
void json_field_array(struct json_writer *writer, const char *key);

#endif
