#include "importers/formats/json_values.h"

#include <string.h>

/* ---- bytes ---- */

static bool is_blank(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

static int skip_blanks(struct json_values *values)
{
    int byte;
    while (is_blank(byte = text_stream_peek(values->stream)))
        text_stream_next(values->stream);
    return byte;
}

static bool fail(struct json_values *values, struct error *err, const char *expected)
{
    if (!text_stream_ended_well(values->stream, err))
        return false;
    int byte = text_stream_peek(values->stream);
    size_t line = text_stream_line(values->stream);
    if (byte == TEXT_END)
        return text_stream_fail(values->stream, err, ERROR_INVALID, line,
                                "the file ends where %s should stand; it was cut, so get it again",
                                expected);
    return text_stream_fail(values->stream, err, ERROR_INVALID, line, "'%c' stands where %s should",
                            byte < ' ' ? '?' : byte, expected);
}

/* ---- values as text ---- */

static void take_byte(struct json_values *values, struct buffer *out)
{
    buffer_byte(out, (char)text_stream_next(values->stream));
}

/* A string with its quotes. */
static bool take_string(struct json_values *values, struct buffer *out, struct error *err)
{
    take_byte(values, out);
    for (int byte; (byte = text_stream_take_until(values->stream, "\"\\", FORMAT_RECORD_MOST,
                                                  out)) != TEXT_END;) {
        take_byte(values, out);
        if (byte == '\\' && text_stream_peek(values->stream) != TEXT_END)
            take_byte(values, out);
        else if (byte == '"')
            return true;
        if (out->length > FORMAT_RECORD_MOST)
            return true; /* told by who took it */
    }
    return fail(values, err, "the end of a text");
}

static bool is_scalar_byte(int byte)
{
    return byte != TEXT_END && !is_blank(byte) && strchr(",:[]{}\"", byte) == NULL;
}

static bool is_too_long(struct json_values *values, int depth, struct error *err)
{
    if (values->text.length > FORMAT_RECORD_MOST)
        return !text_stream_fail(values->stream, err, ERROR_LIMIT, values->line,
                                 "the value that begins here has more than %d bytes",
                                 (int)FORMAT_RECORD_MOST);
    if (depth > FORMAT_DEPTH_MOST)
        return !text_stream_fail(values->stream, err, ERROR_LIMIT, values->line,
                                 "the value that begins here is nested more than %d levels deep",
                                 (int)FORMAT_DEPTH_MOST);
    return false;
}

/* One value, up to where its brackets close. */
static bool take_value(struct json_values *values, struct error *err)
{
    int depth = 0;
    buffer_clear(&values->text);
    skip_blanks(values);
    values->line = text_stream_line(values->stream);
    do {
        int byte = text_stream_peek(values->stream);
        if (byte == '"') {
            if (!take_string(values, &values->text, err))
                return false;
        } else if (byte == TEXT_END) {
            return fail(values, err, "the rest of a value");
        } else if (depth == 0 && strchr(",:]}", byte) != NULL) {
            return fail(values, err, "a value");
        } else if (is_scalar_byte(byte)) {
            while (is_scalar_byte(text_stream_peek(values->stream)) &&
                   values->text.length <= FORMAT_RECORD_MOST)
                take_byte(values, &values->text);
        } else {
            depth += byte == '{' || byte == '[' ? 1 : byte == '}' || byte == ']' ? -1 : 0;
            take_byte(values, &values->text);
        }
        if (is_too_long(values, depth, err))
            return false;
    } while (depth > 0);
    return true;
}

/* ---- values parsed ---- */

static bool parse(struct json_values *values)
{
    json_error_t fault;
    values->value = json_loadb(values->text.bytes, values->text.length, JSON_DECODE_ANY, &fault);
    if (values->value != NULL)
        return true;
    values->counts->refused++;
    text_stream_warn(values->stream, values->line,
                     "what begins here is no JSON (%s) and was left out", fault.text);
    return false;
}

/* ---- the document ---- */

static bool take_key(struct json_values *values, struct error *err)
{
    if (skip_blanks(values) != '"')
        return fail(values, err, "the name of a member");
    buffer_clear(&values->key);
    if (!take_string(values, &values->key, err))
        return false;
    if (skip_blanks(values) != ':')
        return fail(values, err, "':'");
    text_stream_next(values->stream);
    /* Without its quotes; an escape in a name is no name that anyone looks for. */
    if (values->key.length >= 2) {
        values->key.length--;
        values->key.bytes[values->key.length] = '\0';
        memmove(values->key.bytes, values->key.bytes + 1, values->key.length);
        values->key.length--;
    }
    return true;
}

/* At the comma or the closing bracket behind a value. */
static bool take_separator(struct json_values *values, bool *closed, struct error *err)
{
    int close = values->within == '[' ? ']' : '}';
    int byte = skip_blanks(values);
    *closed = byte == close && !values->is_next;
    if (*closed) {
        text_stream_next(values->stream);
        return true;
    }
    if (values->is_next) {
        values->is_next = false; /* the first value, or the one behind a comma */
        return true;
    }
    if (byte != ',')
        return fail(values, err, close == ']' ? "',' or ']'" : "',' or '}'");
    text_stream_next(values->stream);
    return true;
}

static enum json_values_read end_of_outermost(struct json_values *values)
{
    bool object = values->within == '{';
    values->within = '\0';
    if (!object)
        return JSON_VALUES_END;
    values->place = JSON_OBJECT_END;
    return JSON_VALUES_ONE;
}

/* Enters the next array or object, at the start or behind the one before. */
static enum json_values_read enter(struct json_values *values, struct error *err)
{
    int byte = skip_blanks(values);
    if (byte == TEXT_END)
        return text_stream_ended_well(values->stream, err) ? JSON_VALUES_END : JSON_VALUES_FAILED;
    if (byte != '[' && byte != '{') {
        fail(values, err, "'[' or '{'");
        return JSON_VALUES_FAILED;
    }
    values->within = (char)byte;
    values->line = text_stream_line(values->stream);
    text_stream_next(values->stream);
    int first = skip_blanks(values);
    values->is_next = first != (byte == '[' ? ']' : '}');
    return JSON_VALUES_ONE;
}

static bool next_within(struct json_values *values, bool *closed, struct error *err)
{
    if (!take_separator(values, closed, err))
        return false;
    if (*closed)
        return true;
    values->place = values->within == '[' ? JSON_ELEMENT : JSON_MEMBER;
    return (values->within == '[' || take_key(values, err)) && take_value(values, err);
}

enum json_values_read json_values_next(struct json_values *values, struct error *err)
{
    json_decref(values->value);
    values->value = NULL;
    for (;;) {
        if (values->within == '\0') {
            enum json_values_read entered = enter(values, err);
            if (entered != JSON_VALUES_ONE)
                return entered;
        }
        bool closed = false;
        if (!next_within(values, &closed, err))
            return JSON_VALUES_FAILED;
        if (closed && end_of_outermost(values) == JSON_VALUES_ONE)
            return JSON_VALUES_ONE;
        if (!closed && parse(values))
            return JSON_VALUES_ONE;
    }
}

void json_values_release(struct json_values *values)
{
    json_decref(values->value);
    buffer_release(&values->text);
    buffer_release(&values->key);
}
