#include "service/http/plain.h"

#include <string.h>
#include <strings.h>

enum { MAX_PLAIN_DIGITS = 9 };

/* The bytes under way. */
struct reader {
    const char *bytes;
    size_t length;
    size_t at;
};

static bool skip(struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    if (reader->length - reader->at < length ||
        memcmp(reader->bytes + reader->at, text, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           (byte >= 'A' && byte <= 'Z');
}

/* Of a path or a query (RFC 3986, section 3.3). */
static bool is_of_target(char byte)
{
    static const char marks[] = "/-._~?%&=+:@!$'()*,;";
    return is_alphanumeric(byte) || memchr(marks, byte, sizeof marks - 1) != NULL;
}

static bool is_of_name(char byte)
{
    return is_alphanumeric(byte) || byte == '-' || byte == '_';
}

static bool is_of_value(char byte)
{
    return byte >= ' ' && byte <= '~';
}

/* As many bytes of the kind as follow. */
static struct piece take(struct reader *reader, bool (*is_of)(char byte))
{
    size_t from = reader->at;
    while (reader->at < reader->length && is_of(reader->bytes[reader->at]))
        reader->at++;
    return (struct piece){(unsigned short)from, (unsigned short)(reader->at - from)};
}

static struct piece trimmed(struct piece piece, const char *bytes)
{
    for (; piece.length > 0 && bytes[piece.from] == ' '; piece.from++)
        piece.length--;
    while (piece.length > 0 && bytes[piece.from + piece.length - 1] == ' ')
        piece.length--;
    return piece;
}

static bool reads(const char *bytes, struct piece piece, const char *text)
{
    return strlen(text) == piece.length && strncasecmp(bytes + piece.from, text, piece.length) == 0;
}

/* What the header is about decides how much of the bytes belongs to this request, in another way
 * than by its length, or what becomes of the connection. */
static bool is_of_framing(const char *bytes, struct piece name, struct piece value)
{
    static const char *const names[] = {"Transfer-Encoding", "Expect", "Upgrade",
                                        "Proxy-Connection"};
    if (reads(bytes, name, "Connection"))
        return !reads(bytes, value, "keep-alive");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (reads(bytes, name, names[i]))
            return true;
    return false;
}

/* The length of a body: digits, and no more of them than any body that is taken has. */
static bool read_length(const char *bytes, struct piece value, struct plain *out)
{
    if (out->method != METHOD_POST || out->tells_length || value.length == 0 ||
        value.length > MAX_PLAIN_DIGITS)
        return false;
    for (size_t i = 0; i < value.length; i++) {
        char digit = bytes[value.from + i];
        if (digit < '0' || digit > '9')
            return false;
        out->body_length = 10 * out->body_length + (size_t)(digit - '0');
    }
    out->tells_length = true;
    return true;
}

static bool read_header(struct reader *reader, struct plain *out)
{
    if (out->header_count == MAX_PLAIN_HEADERS)
        return false;
    struct piece name = take(reader, is_of_name);
    if (name.length == 0 || !skip(reader, ":"))
        return false;
    struct piece value = trimmed(take(reader, is_of_value), reader->bytes);
    out->names[out->header_count] = name;
    out->values[out->header_count++] = value;
    if (!skip(reader, "\r\n"))
        return false;
    return reads(reader->bytes, name, "Content-Length")
               ? read_length(reader->bytes, value, out)
               : !is_of_framing(reader->bytes, name, value);
}

/* "//host/path" could be an address of another kind. */
static bool read_target(struct reader *reader, struct plain *out)
{
    out->target = take(reader, is_of_target);
    const char *target = reader->bytes + out->target.from;
    return out->target.length > 0 && target[0] == '/' &&
           (out->target.length == 1 || target[1] != '/');
}

bool plain_read(const char *bytes, size_t length, struct plain *out)
{
    struct reader reader = {bytes, length < MAX_PLAIN_BYTES ? length : MAX_PLAIN_BYTES, 0};
    out->header_count = 0;
    out->body_length = 0;
    out->tells_length = false;
    if (skip(&reader, "GET "))
        out->method = METHOD_GET;
    else if (skip(&reader, "POST "))
        out->method = METHOD_POST;
    else if (skip(&reader, "HEAD "))
        out->method = METHOD_HEAD;
    else
        return false;
    if (!read_target(&reader, out) || !skip(&reader, " HTTP/1.1\r\n"))
        return false;
    while (!skip(&reader, "\r\n"))
        if (!read_header(&reader, out))
            return false;
    out->head_length = reader.at;
    return out->tells_length == (out->method == METHOD_POST);
}

size_t plain_length(const struct plain *plain)
{
    return plain->head_length + plain->body_length;
}

/* -- copies -- */

/* The head is copied as a whole; no two pieces touch, so each has room for its end. */
static const char *cut_out(struct piece piece, char *head)
{
    head[piece.from + piece.length] = '\0';
    return head + piece.from;
}

const struct field *plain_copy(const struct plain *plain, const char *bytes, struct arena *arena,
                               const char **target)
{
    struct field *headers = arena_array(arena, plain->header_count, sizeof *headers);
    char *head = arena_strndup(arena, bytes, plain->head_length);
    *target = cut_out(plain->target, head);
    for (size_t i = 0; i < plain->header_count; i++)
        headers[i] =
            (struct field){cut_out(plain->names[i], head), cut_out(plain->values[i], head)};
    return headers;
}
