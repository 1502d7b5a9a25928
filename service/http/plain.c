#include "service/http/plain.h"

#include <string.h>
#include <strings.h>

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

/* What the header is about decides how much of the bytes belongs to this request, or what becomes
 * of the connection. */
static bool is_of_framing(const char *bytes, struct piece name, struct piece value)
{
    static const char *const names[] = {"Content-Length", "Transfer-Encoding", "Expect", "Upgrade",
                                        "Proxy-Connection"};
    if (reads(bytes, name, "Connection"))
        return !reads(bytes, value, "keep-alive");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (reads(bytes, name, names[i]))
            return true;
    return false;
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
    return skip(reader, "\r\n") && !is_of_framing(reader->bytes, name, value);
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
    if (skip(&reader, "GET "))
        out->method = METHOD_GET;
    else if (skip(&reader, "HEAD "))
        out->method = METHOD_HEAD;
    else
        return false;
    if (!read_target(&reader, out) || !skip(&reader, " HTTP/1.1\r\n"))
        return false;
    while (!skip(&reader, "\r\n"))
        if (!read_header(&reader, out))
            return false;
    out->length = reader.at;
    return true;
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
    char *head = arena_strndup(arena, bytes, plain->length);
    *target = cut_out(plain->target, head);
    for (size_t i = 0; i < plain->header_count; i++)
        headers[i] =
            (struct field){cut_out(plain->names[i], head), cut_out(plain->values[i], head)};
    return headers;
}
