#include "importers/formats/text_stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "evidence/base/text.h"

enum {
    RAW_BYTES = 64 << 10,
    LOOKED_AT = 64, /* bytes that tell UTF-16 without a mark */
    LONGEST_CHARACTER = 4,
    MARK = 0xFEFF
};

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE };

struct text_stream {
    struct input *input;
    const struct format_warnings *warnings;
    enum encoding encoding;
    unsigned char raw[RAW_BYTES];
    size_t at;
    size_t length;
    bool raw_ended;
    struct error failure;
    unsigned char character[LONGEST_CHARACTER]; /* decoded, not all taken */
    size_t character_at;
    size_t character_length;
    size_t line;
    bool after_return; /* the character before was a CR: an LF belongs to it */
    bool told;         /* of the encoding */
};

/* Windows-1252 where it is not Latin-1: 0x80 to 0x9F. */
static const uint16_t windows_1252[] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static uint32_t from_windows_1252(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte;
}

/* ---- what is told ---- */

static void write_place(const struct text_stream *stream, size_t line, const char *format,
                        va_list arguments, char message[ERROR_MESSAGE_SIZE])
{
    int length = snprintf(message, ERROR_MESSAGE_SIZE,
                          "%.200s: line %zu: ", input_name(stream->input), line);
    if (length > 0 && length < ERROR_MESSAGE_SIZE)
        vsnprintf(message + length, (size_t)(ERROR_MESSAGE_SIZE - length), format, arguments);
}

bool text_stream_fail(const struct text_stream *stream, struct error *err, enum error_kind kind,
                      size_t line, const char *format, ...)
{
    char message[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    write_place(stream, line, format, arguments, message);
    va_end(arguments);
    return error_set(err, kind, "%s", message);
}

void text_stream_warn(const struct text_stream *stream, size_t line, const char *format, ...)
{
    if (stream->warnings == NULL || stream->warnings->warn == NULL)
        return;
    char message[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    write_place(stream, line, format, arguments, message);
    va_end(arguments);
    stream->warnings->warn(stream->warnings->context, message);
}

static void tell_of_encoding(struct text_stream *stream, unsigned char byte)
{
    if (!stream->told)
        text_stream_warn(stream, stream->line,
                         "byte 0x%02X is no UTF-8; it and others like it are read as Windows-1252, "
                         "so look at names with accents",
                         byte);
    stream->told = true;
}

/* ---- raw bytes ---- */

static void fill(struct text_stream *stream)
{
    memmove(stream->raw, stream->raw + stream->at, stream->length - stream->at);
    stream->length -= stream->at;
    stream->at = 0;
    while (!stream->raw_ended && stream->length < LONGEST_CHARACTER) {
        long count = input_read(stream->input, stream->raw + stream->length,
                                sizeof stream->raw - stream->length, &stream->failure);
        stream->raw_ended = count <= 0;
        stream->length += count > 0 ? (size_t)count : 0;
    }
}

/* How many bytes can be looked at: at least a whole character's, unless the input ends. */
static size_t available(struct text_stream *stream)
{
    if (stream->length - stream->at < LONGEST_CHARACTER && !stream->raw_ended)
        fill(stream);
    return stream->length - stream->at;
}

/* ---- characters ---- */

static uint32_t take_utf8(struct text_stream *stream, size_t left)
{
    uint32_t code;
    const unsigned char *bytes = stream->raw + stream->at;
    size_t used = text_decode((const char *)bytes, left, &code);
    if (code == TEXT_NO_CHARACTER && used == 1) {
        tell_of_encoding(stream, *bytes);
        code = from_windows_1252(*bytes);
    }
    stream->at += used;
    return code;
}

static uint32_t utf16_unit(const struct text_stream *stream, size_t offset)
{
    const unsigned char *bytes = stream->raw + stream->at + offset;
    bool little = stream->encoding == ENCODING_UTF16_LE;
    return little ? (uint32_t)(bytes[0] | bytes[1] << 8) : (uint32_t)(bytes[0] << 8 | bytes[1]);
}

static uint32_t take_utf16(struct text_stream *stream, size_t left)
{
    if (left < 2) {
        stream->at += left;
        return TEXT_NO_CHARACTER;
    }
    uint32_t unit = utf16_unit(stream, 0);
    uint32_t low = left < 4 ? 0 : utf16_unit(stream, 2);
    stream->at += 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return TEXT_NO_CHARACTER;
    stream->at += 2;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static size_t encode(uint32_t code, unsigned char out[LONGEST_CHARACTER])
{
    if (code < 0x80) {
        out[0] = (unsigned char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (unsigned char)(0x80 | (code & 0x3F));
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (unsigned char)(first[length] | code);
    return length;
}

/* NULs, marks, and the LF of a CR LF are no characters of the text. */
static bool is_character(struct text_stream *stream, uint32_t *code)
{
    bool belongs = *code == '\n' && stream->after_return;
    stream->after_return = *code == '\r';
    if (*code == '\r')
        *code = '\n';
    return !belongs && *code != 0 && *code != MARK;
}

/* Makes sure that a decoded character stands ready; false at the end. */
static bool is_ready(struct text_stream *stream)
{
    while (stream->character_at == stream->character_length) {
        size_t left = available(stream);
        if (left == 0)
            return false;
        uint32_t code =
            stream->encoding == ENCODING_UTF8 ? take_utf8(stream, left) : take_utf16(stream, left);
        stream->character_at = stream->character_length = 0;
        if (is_character(stream, &code))
            stream->character_length = encode(code, stream->character);
    }
    return true;
}

int text_stream_peek(struct text_stream *stream)
{
    return is_ready(stream) ? stream->character[stream->character_at] : TEXT_END;
}

int text_stream_next(struct text_stream *stream)
{
    if (!is_ready(stream))
        return TEXT_END;
    int byte = stream->character[stream->character_at++];
    stream->line += byte == '\n';
    return byte;
}

size_t text_stream_line(const struct text_stream *stream)
{
    return stream->line;
}

/* How many bytes stand ready in the raw input that are characters of their own, none of `stops`, at
 * most `most`. */
static size_t plain_run(const struct text_stream *stream, const bool stops[128], size_t most)
{
    const unsigned char *bytes = stream->raw + stream->at;
    size_t left = stream->length - stream->at;
    size_t length = 0;
    if (stream->encoding != ENCODING_UTF8 || stream->character_at < stream->character_length)
        return 0;
    while (length < left && length < most && bytes[length] < 0x80 && !stops[bytes[length]])
        length++;
    return length;
}

static void take_run(struct text_stream *stream, size_t length, struct buffer *out)
{
    const unsigned char *bytes = stream->raw + stream->at;
    buffer_append(out, bytes, length);
    for (size_t i = 0; i < length; i++)
        stream->line += bytes[i] == '\n';
    stream->at += length;
    stream->after_return = false;
}

int text_stream_take_until(struct text_stream *stream, const char *stops, size_t most,
                           struct buffer *out)
{
    /* What is no character of its own, or belongs to the one before, goes the long way. */
    bool stopped[128] = {['\0'] = true, ['\r'] = true};
    for (const char *stop = stops; *stop != '\0'; stop++)
        stopped[(unsigned char)*stop] = true;
    size_t end = out->length + most;
    for (;;) {
        size_t run = stream->after_return ? 0 : plain_run(stream, stopped, end - out->length);
        if (run > 0)
            take_run(stream, run, out);
        int byte = text_stream_peek(stream);
        if (byte == TEXT_END || (byte < 0x80 && strchr(stops, byte) != NULL) ||
            (out->length >= end && (byte & 0xC0) != 0x80))
            return byte;
        buffer_byte(out, (char)text_stream_next(stream));
    }
}

bool text_stream_read_line(struct text_stream *stream, struct buffer *line, size_t most)
{
    if (text_stream_peek(stream) == TEXT_END)
        return false;
    size_t start = line->length;
    int byte = text_stream_take_until(stream, "\n", most + 1, line);
    if (line->length > start + most + 1)
        line->length = start + most + 1;
    if (line->bytes != NULL)
        line->bytes[line->length] = '\0';
    for (; byte != '\n' && byte != TEXT_END; byte = text_stream_peek(stream))
        text_stream_next(stream);
    if (byte == '\n')
        text_stream_next(stream);
    return true;
}

bool text_stream_ended_well(const struct text_stream *stream, struct error *err)
{
    if (stream->failure.kind == ERROR_NONE)
        return true;
    return error_set(err, stream->failure.kind, "%s", stream->failure.message);
}

/* ---- beginning ---- */

/* Text of our kinds begins with ASCII, so that one byte of each pair is zero. */
static enum encoding encoding_of(const unsigned char *head, size_t length)
{
    size_t zeros[2] = {0, 0};
    if (length >= 2 && head[0] == 0xFF && head[1] == 0xFE)
        return ENCODING_UTF16_LE;
    if (length >= 2 && head[0] == 0xFE && head[1] == 0xFF)
        return ENCODING_UTF16_BE;
    size_t pairs = (length < LOOKED_AT ? length : LOOKED_AT) / 2;
    for (size_t i = 0; i < 2 * pairs; i++)
        zeros[i % 2] += head[i] == 0;
    if (pairs < 2 || (zeros[0] == 0) == (zeros[1] == 0))
        return ENCODING_UTF8;
    if (zeros[0] + zeros[1] < pairs - pairs / 4)
        return ENCODING_UTF8;
    return zeros[0] == 0 ? ENCODING_UTF16_LE : ENCODING_UTF16_BE;
}

struct text_stream *text_stream_new(struct input *input, const struct format_warnings *warnings)
{
    struct text_stream *stream = memory_alloc(sizeof *stream);
    memset(stream, 0, sizeof *stream);
    stream->input = input;
    stream->warnings = warnings;
    stream->line = 1;

    const char *head = NULL;
    size_t length = 0;
    if (input_peek(input, &head, &length, &stream->failure))
        stream->encoding = encoding_of((const unsigned char *)head, length);
    else
        stream->raw_ended = true;
    return stream;
}

void text_stream_free(struct text_stream *stream)
{
    free(stream);
}

void text_stream_head(const char *head, size_t length, struct buffer *out)
{
    static const struct input_limits unlimited = {0};
    struct input *input = input_memory(head, length, "head", &unlimited);
    struct text_stream *stream = text_stream_new(input, NULL);
    for (int byte = text_stream_next(stream); byte != TEXT_END; byte = text_stream_next(stream))
        buffer_byte(out, (char)byte);
    text_stream_free(stream);
    input_close(input);
}
