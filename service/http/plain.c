#include "service/http/plain.h"

#include <string.h>
#include <strings.h>

#include "evidence/base/eight.h"

enum { MAX_PLAIN_DIGITS = 9 };

/* What a character may be part of: a path or a query (RFC 3986, section 3.3), a header's name, a
 * host, or all three. */
enum { T = 1, N = 2, H = 4, TH = T | H, A = T | N | H };

/* A row is 16 characters, from the space on. */
static const unsigned char kinds[UINT8_MAX + 1] = {
    [' '] = 0, TH, 0, 0, TH, TH, TH, TH, TH, TH, TH, TH, TH, A,  TH, T, /*  !"#$%&'()*+,-./ */
    ['0'] = A, A,  A, A, A,  A,  A,  A,  A,  A,  TH, TH, 0,  TH, 0,  T, /* 0123456789:;<=>? */
    ['@'] = T, A,  A, A, A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A, /* @ABCDEFGHIJKLMNO */
    ['P'] = A, A,  A, A, A,  A,  A,  A,  A,  A,  A,  H,  0,  H,  0,  A, /* PQRSTUVWXYZ[\]^_ */
    ['`'] = 0, A,  A, A, A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A,  A, /* `abcdefghijklmno */
    ['p'] = A, A,  A, A, A,  A,  A,  A,  A,  A,  A,  0,  0,  0,  TH, 0, /* pqrstuvwxyz{|}~  */
};

/* The bytes under way. */
struct reader {
    const char *bytes;
    size_t length;
    size_t at;
};

static bool skip(struct reader *reader, const char *text, size_t length)
{
    if (reader->length - reader->at < length ||
        memcmp(reader->bytes + reader->at, text, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool skip_line_end(struct reader *reader)
{
    const char *at = reader->bytes + reader->at;
    if (reader->length - reader->at < 2 || at[0] != '\r' || at[1] != '\n')
        return false;
    reader->at += 2;
    return true;
}

/* The bytes up to `end`, behind which it goes on. */
static struct piece take_to(struct reader *reader, const char *end)
{
    size_t from = reader->at;
    reader->at = (size_t)(end - reader->bytes);
    return (struct piece){(unsigned short)from, (unsigned short)(reader->at - from)};
}

/* As many characters of the kind as follow. */
static struct piece take(struct reader *reader, unsigned char kind)
{
    const char *at = reader->bytes + reader->at;
    const char *end = reader->bytes + reader->length;
    while (at < end && (kinds[(unsigned char)*at] & kind) != 0)
        at++;
    return take_to(reader, at);
}

/* How many of eight bytes are of a value, which is printable ASCII, before one is not. */
static size_t of_value(const char *bytes)
{
    uint64_t word = eight_of(bytes);
    return eight_before(word, eight_below(word, ' ') | eight_is(word, 0x7F));
}

/* Eight at once, for values are most of a head. */
static struct piece take_value(struct reader *reader)
{
    const char *at = reader->bytes + reader->at;
    const char *end = reader->bytes + reader->length;
    while (end - at >= 8) {
        size_t more = of_value(at);
        at += more;
        if (more < 8)
            return take_to(reader, at);
    }
    while (at < end && *at >= ' ' && *at <= '~')
        at++;
    return take_to(reader, at);
}

static struct piece trimmed(struct piece piece, const char *bytes)
{
    for (; piece.length > 0 && bytes[piece.from] == ' '; piece.from++)
        piece.length--;
    while (piece.length > 0 && bytes[piece.from + piece.length - 1] == ' ')
        piece.length--;
    return piece;
}

static bool is_empty(struct piece piece)
{
    return piece.length == 0;
}

static bool reads(const char *bytes, struct piece piece, const char *text)
{
    return strlen(text) == piece.length && strncasecmp(bytes + piece.from, text, piece.length) == 0;
}

/* The length of a body: digits, and no more of them than any body that is taken has. */
static bool read_length(const char *bytes, struct piece value, struct plain *out)
{
    if (out->method != METHOD_POST || out->tells_length || is_empty(value) ||
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

/* Once, and a host by its letters. */
static bool read_host(const char *bytes, struct piece value, struct plain *out)
{
    struct reader host = {bytes, value.from + value.length, value.from};
    if (out->tells_host || is_empty(value) || take(&host, H).length != value.length)
        return false;
    out->tells_host = true;
    return true;
}

/* Some headers decide how much of the bytes belongs to this request, in another way than by its
 * length, or what becomes of the connection: a plain request has none of these. */
static bool read_meaning(const char *bytes, struct piece name, struct piece value,
                         struct plain *out)
{
    switch (name.length) {
    case sizeof "Host" - 1:
        return !reads(bytes, name, "Host") || read_host(bytes, value, out);
    case sizeof "Expect" - 1:
        return !reads(bytes, name, "Expect");
    case sizeof "Upgrade" - 1:
        return !reads(bytes, name, "Upgrade");
    case sizeof "Connection" - 1:
        return !reads(bytes, name, "Connection") || reads(bytes, value, "keep-alive");
    case sizeof "Content-Length" - 1:
        return !reads(bytes, name, "Content-Length") || read_length(bytes, value, out);
    case sizeof "Proxy-Connection" - 1:
        return !reads(bytes, name, "Proxy-Connection");
    case sizeof "Transfer-Encoding" - 1:
        return !reads(bytes, name, "Transfer-Encoding");
    default:
        return true;
    }
}

static bool read_header(struct reader *reader, struct plain *out)
{
    if (out->header_count == MAX_PLAIN_HEADERS)
        return false;
    struct piece name = take(reader, N);
    if (is_empty(name) || !skip(reader, ":", 1))
        return false;
    struct piece value = trimmed(take_value(reader), reader->bytes);
    out->names[out->header_count] = name;
    out->values[out->header_count++] = value;
    return skip_line_end(reader) && read_meaning(reader->bytes, name, value, out);
}

/* "//host/path" could be an address of another kind. */
static bool read_target(struct reader *reader, struct plain *out)
{
    out->target = take(reader, T);
    const char *target = reader->bytes + out->target.from;
    return out->target.length > 0 && target[0] == '/' &&
           (out->target.length == 1 || target[1] != '/');
}

static bool read_method(struct reader *reader, struct plain *out)
{
    if (skip(reader, "GET ", 4))
        out->method = METHOD_GET;
    else if (skip(reader, "POST ", 5))
        out->method = METHOD_POST;
    else if (skip(reader, "HEAD ", 5))
        out->method = METHOD_HEAD;
    else
        return false;
    return true;
}

bool plain_read(const char *bytes, size_t length, struct plain *out)
{
    static const char version[] = " HTTP/1.1\r\n";
    struct reader reader = {bytes, length < MAX_PLAIN_BYTES ? length : MAX_PLAIN_BYTES, 0};
    out->header_count = 0;
    out->body_length = 0;
    out->tells_length = false;
    out->tells_host = false;
    if (!read_method(&reader, out) || !read_target(&reader, out) ||
        !skip(&reader, version, sizeof version - 1))
        return false;
    while (!skip_line_end(&reader))
        if (!read_header(&reader, out))
            return false;
    out->head_length = reader.at;
    return out->tells_host && out->tells_length == (out->method == METHOD_POST);
}

size_t plain_length(const struct plain *plain)
{
    return plain->head_length + plain->body_length;
}

/* -- copies -- */

/* No two pieces touch, so each has room for its end. */
static const char *cut_out(struct piece piece, char *head)
{
    head[piece.from + piece.length] = '\0';
    return head + piece.from;
}

void plain_copy(const struct plain *plain, const char *bytes, struct request *request)
{
    struct field *headers = arena_array(request->arena, plain->header_count, sizeof *headers);
    char *copy = arena_strndup(request->arena, bytes, plain_length(plain));
    char *path = copy + plain->target.from;
    char *mark = memchr(path, '?', plain->target.length);
    cut_out(plain->target, copy);
    if (mark != NULL)
        *mark = '\0';
    for (size_t i = 0; i < plain->header_count; i++)
        headers[i] =
            (struct field){cut_out(plain->names[i], copy), cut_out(plain->values[i], copy)};
    request->method = plain->method;
    request->path = path;
    request->raw_query = mark == NULL ? NULL : mark + 1;
    request->headers = headers;
    request->header_count = plain->header_count;
    request->body = copy + plain->head_length;
    request->body_length = plain->body_length;
}
