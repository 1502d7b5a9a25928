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

static void before_value(struct json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->depth == 0)
        return;
    if (writer->filled[writer->depth])
        buffer_byte(writer->out, ',');
    writer->filled[writer->depth] = true;
    new_line(writer);
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

/* The same of eight bytes at once, for all that is sent goes by here. Taking 1 from a byte below
 * 0x80 sets its high bit only where it was 0; a borrow from the byte before means that one is not
 * plain. */
static bool is_plain_word(uint64_t word)
{
    const uint64_t each = 0x0101010101010101u;
    uint64_t is_control = word - each * 0x20;
    uint64_t is_quote = (word ^ each * '"') - each;
    uint64_t is_backslash = (word ^ each * '\\') - each;
    uint64_t is_delete = (word ^ each * 0x7F) - each;
    return ((word | is_control | is_quote | is_backslash | is_delete) & each * 0x80) == 0;
}

static bool are_plain(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return is_plain_word(word);
}

/* How many of the bytes are plain for certain, in steps of eight, until `least` are. */
static size_t plain_words(const unsigned char *bytes, size_t least)
{
    size_t at = 0;
    while (at < least && are_plain(bytes + at))
        at += sizeof(uint64_t);
    return at;
}

static size_t plain_until(const unsigned char *bytes, size_t from, size_t length)
{
    while (from + sizeof(uint64_t) <= length && are_plain(bytes + from))
        from += sizeof(uint64_t);
    while (from < length && is_plain(bytes[from]))
        from++;
    return from;
}

/* The last eight bytes, or four, are looked at twice rather than one by one. */
static bool is_all_plain(const unsigned char *bytes, size_t length)
{
    if (length >= sizeof(uint64_t)) {
        size_t last = length - sizeof(uint64_t);
        return plain_words(bytes, last) >= last && are_plain(bytes + last);
    }
    if (length < sizeof(uint32_t))
        return plain_until(bytes, 0, length) == length;
    uint32_t ends[2];
    uint64_t word;
    memcpy(&ends[0], bytes, sizeof ends[0]);
    memcpy(&ends[1], bytes + length - sizeof ends[1], sizeof ends[1]);
    memcpy(&word, ends, sizeof word);
    return is_plain_word(word);
}

static void append_plain(struct buffer *out, const char *text, size_t length)
{
    char *quoted = buffer_extend(out, length + 2);
    quoted[0] = '"';
    memcpy(quoted + 1, text, length);
    quoted[length + 1] = '"';
}

static void append_string(struct buffer *out, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (is_all_plain(bytes, length)) {
        append_plain(out, text, length);
        return;
    }
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

void json_put_key(struct json_writer *writer, const char *key)
{
    size_t length = strlen(key);
    if (writer->indent == 0 && writer->depth > 0 &&
        is_all_plain((const unsigned char *)key, length)) {
        append_plain_key(writer, key, length);
    } else {
        before_value(writer);
        append_string(writer->out, key, length);
        buffer_text(writer->out, writer->indent == 0 ? ":" : ": ");
    }
    writer->after_key = true;
}

void json_put_text(struct json_writer *writer, const char *text)
{
    json_put_text_length(writer, text, text == NULL ? 0 : strlen(text));
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

void json_field_text(struct json_writer *writer, const char *key, const char *text)
{
    json_put_key(writer, key);
    json_put_text(writer, text);
}

void json_field_real(struct json_writer *writer, const char *key, double value)
{
    json_put_key(writer, key);
    json_put_real(writer, value);
}

void json_field_count(struct json_writer *writer, const char *key, long long value)
{
    json_put_key(writer, key);
    if (value < 0)
        json_put_nothing(writer);
    else
        json_put_count(writer, value);
}

void json_field_truth(struct json_writer *writer, const char *key, bool value)
{
    json_put_key(writer, key);
    json_put_truth(writer, value);
}

void json_field_object(struct json_writer *writer, const char *key)
{
    json_put_key(writer, key);
    json_begin_object(writer);
}

void json_field_array(struct json_writer *writer, const char *key)
{
    json_put_key(writer, key);
    json_begin_array(writer);
}
