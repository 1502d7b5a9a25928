#include "evidence/base/json_writer.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

void json_writer_init(struct json_writer *writer, struct buffer *out, int indent)
{
    *writer = (struct json_writer){.out = out, .indent = indent};
}

static void new_line(struct json_writer *writer)
{
    if (writer->indent == 0)
        return;
    buffer_byte(writer->out, '\n');
    for (int i = 0; i < writer->indent * writer->depth; i++)
        buffer_byte(writer->out, ' ');
}

static void part_from_the_one_before(struct json_writer *writer)
{
    if (writer->depth == 0)
        return;
    if (writer->filled[writer->depth])
        buffer_byte(writer->out, ',');
    writer->filled[writer->depth] = true;
    new_line(writer);
}

static void before_value(struct json_writer *writer)
{
    if (!writer->after_key)
        part_from_the_one_before(writer);
    writer->after_key = false;
}

static void open_level(struct json_writer *writer, char bracket)
{
    before_value(writer);
    buffer_byte(writer->out, bracket);
    writer->depth++;
    assert(writer->depth < JSON_WRITER_DEPTH);
    writer->filled[writer->depth] = false;
}

static void close_level(struct json_writer *writer, char bracket)
{
    bool filled = writer->filled[writer->depth];
    writer->depth--;
    if (filled)
        new_line(writer);
    buffer_byte(writer->out, bracket);
}

void json_begin_object(struct json_writer *writer)
{
    open_level(writer, '{');
}

void json_end_object(struct json_writer *writer)
{
    close_level(writer, '}');
}

void json_begin_array(struct json_writer *writer)
{
    open_level(writer, '[');
}

void json_end_array(struct json_writer *writer)
{
    close_level(writer, ']');
}

/* Length of the UTF-8 sequence at `at`, 0 if it is none (overlong forms and surrogates included).
 */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    if (length < 2 || length > left || at[0] > 0xF4)
        return length == 1 ? 1 : 0;
    uint32_t point = (uint32_t)(at[0] & (0x7F >> length));
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (at[i] & 0x3F);
    }
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < smallest[length] || point > 0x10FFFF || surrogate ? 0 : length;
}

static void append_control(struct buffer *out, unsigned char byte)
{
    switch (byte) {
    case '"':
        buffer_text(out, "\\\"");
        break;
    case '\\':
        buffer_text(out, "\\\\");
        break;
    case '\n':
        buffer_text(out, "\\n");
        break;
    case '\r':
        buffer_text(out, "\\r");
        break;
    case '\t':
        buffer_text(out, "\\t");
        break;
    default:
        buffer_printf(out, "\\u%04x", byte);
    }
}

/* What stands in a string as it is. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

/* Sixteen bytes that are looked at together, for all that is sent goes by here: a vector of GCC's
 * and Clang's, which they make of whatever the processor has. Those from 0x80 on are below zero. */
typedef signed char bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

static bytes16 read_16(const unsigned char *bytes)
{
    bytes16 read;
    memcpy(&read, bytes, sizeof read);
    return read;
}

/* By byte: -1 if it is not plain, else 0. With its second bit turned over a quotation mark, 0x22,
 * is next to the bytes below 0x20, which stay among themselves. */
static bytes16 not_plain(bytes16 bytes)
{
    return ((bytes ^ 2) < 0x21) | (bytes == '\\') | (bytes == 0x7F);
}

static bool is_zero(bytes16 bytes)
{
    words2 halves = (words2)bytes;
    return (halves[0] | halves[1]) == 0;
}

static size_t plain_until(const unsigned char *bytes, size_t from, size_t length)
{
    while (from + sizeof(bytes16) <= length && is_zero(not_plain(read_16(bytes + from))))
        from += sizeof(bytes16);
    while (from < length && is_plain(bytes[from]))
        from++;
    return from;
}

/* The first and the last four or eight bytes of as many or more, as sixteen: some of them twice. */
static bytes16 both_ends(const unsigned char *bytes, size_t length)
{
    uint64_t first;
    uint64_t last;
    if (length >= sizeof(uint64_t)) {
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + length - sizeof last, sizeof last);
    } else {
        uint32_t ends[2];
        memcpy(&ends[0], bytes, sizeof ends[0]);
        memcpy(&ends[1], bytes + length - sizeof ends[1], sizeof ends[1]);
        first = last = ends[0] | (uint64_t)ends[1] << 32;
    }
    return (bytes16)(words2){first, last};
}

/* The last bytes are looked at twice rather than one by one. */
static bool is_all_plain(const unsigned char *bytes, size_t length)
{
    if (length < sizeof(uint32_t))
        return plain_until(bytes, 0, length) == length;
    if (length < sizeof(bytes16))
        return is_zero(not_plain(both_ends(bytes, length)));
    bytes16 found = not_plain(read_16(bytes + length - sizeof(bytes16)));
    for (size_t at = 0; at + sizeof(bytes16) < length; at += sizeof(bytes16))
        found |= not_plain(read_16(bytes + at));
    return is_zero(found);
}

static void append_plain(struct buffer *out, const char *text, size_t length)
{
    char *quoted = buffer_extend(out, length + 2);
    quoted[0] = '"';
    memcpy(quoted + 1, text, length);
    quoted[length + 1] = '"';
}

static void append_escaped(struct buffer *out, const unsigned char *bytes, size_t length)
{
    buffer_byte(out, '"');
    for (size_t i = 0; i < length;) {
        size_t run = plain_until(bytes, i, length);
        buffer_append(out, bytes + i, run - i);
        i = run;
        if (i == length)
            break;
        size_t sequence = sequence_length(bytes + i, length - i);
        if (sequence == 0)
            buffer_text(out, "\xEF\xBF\xBD");
        else if (sequence == 1)
            append_control(out, bytes[i]);
        else
            buffer_append(out, bytes + i, sequence);
        i += sequence == 0 ? 1 : sequence;
    }
    buffer_byte(out, '"');
}

static void append_string(struct buffer *out, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (is_all_plain(bytes, length))
        append_plain(out, text, length);
    else
        append_escaped(out, bytes, length);
}

/* A comma, where one is due, the name and a colon at once: names make up most of what is written.
 */
static void append_plain_key(struct json_writer *writer, const char *key, size_t length)
{
    bool comma = writer->filled[writer->depth];
    char *at = buffer_extend(writer->out, comma + length + 3);
    if (comma)
        *at++ = ',';
    *at++ = '"';
    memcpy(at, key, length);
    memcpy(at + length, "\":", 2);
    writer->filled[writer->depth] = true;
}

static void append_key(struct json_writer *writer, const char *key, size_t length)
{
    before_value(writer);
    append_string(writer->out, key, length);
    buffer_text(writer->out, writer->indent == 0 ? ":" : ": ");
}

void json_put_plain_key(struct json_writer *writer, const char *key, size_t length)
{
    if (writer->indent == 0 && writer->depth > 0)
        append_plain_key(writer, key, length);
    else
        append_key(writer, key, length);
    writer->after_key = true;
}

void json_put_any_key(struct json_writer *writer, const char *key, size_t length)
{
    if (is_all_plain((const unsigned char *)key, length)) {
        json_put_plain_key(writer, key, length);
        return;
    }
    append_key(writer, key, length);
    writer->after_key = true;
}

void json_put_text_length(struct json_writer *writer, const char *text, size_t length)
{
    before_value(writer);
    if (text == NULL)
        buffer_text(writer->out, "null");
    else
        append_string(writer->out, text, length);
}

void json_quote(struct buffer *out, const char *text, size_t length)
{
    append_string(out, text, length);
}

void json_put_real(struct json_writer *writer, double value)
{
    before_value(writer);
    if (isfinite(value))
        buffer_number(writer->out, value);
    else
        buffer_text(writer->out, "null");
}

void json_put_count(struct json_writer *writer, long long value)
{
    before_value(writer);
    buffer_integer(writer->out, value);
}

void json_put_truth(struct json_writer *writer, bool value)
{
    before_value(writer);
    buffer_text(writer->out, value ? "true" : "false");
}

void json_put_nothing(struct json_writer *writer)
{
    json_put_text(writer, NULL);
}

void json_put_written(struct json_writer *writer, const char *json, size_t length)
{
    before_value(writer);
    buffer_append(writer->out, json, length);
}

void json_put_known_count(struct json_writer *writer, long long value)
{
    if (value < 0)
        json_put_nothing(writer);
    else
        json_put_count(writer, value);
}
