#include "service/http/reply.h"

#include <stddef.h>

#include "service/http/date.h"

/* The one place where errors and refusals become statuses. */
static const struct {
    int status;
    const char *type;
    const char *title;
} refusals[REFUSAL_COUNT] = {
    [REFUSAL_INVALID] = {400, "/problems/invalid", "Invalid request"},
    [REFUSAL_UNAUTHORIZED] = {401, "/problems/unauthorized", "A token is needed"},
    [REFUSAL_FORBIDDEN] = {403, "/problems/forbidden", "Not allowed with this token"},
    [REFUSAL_NOT_FOUND] = {404, "/problems/not-found", "Not found"},
    [REFUSAL_METHOD] = {405, "/problems/method-not-allowed", "Method not allowed"},
    [REFUSAL_NOT_ACCEPTABLE] = {406, "/problems/not-acceptable", "Not available in this form"},
    [REFUSAL_TIMEOUT] = {408, "/problems/timeout", "The request took too long"},
    [REFUSAL_CONFLICT] = {409, "/problems/conflict", "Conflict"},
    [REFUSAL_GONE] = {410, "/problems/gone", "Gone"},
    [REFUSAL_PRECONDITION] = {412, "/problems/precondition-failed", "Changed in the meantime"},
    [REFUSAL_TOO_LARGE] = {413, "/problems/too-large", "Too large"},
    [REFUSAL_TARGET_TOO_LONG] = {414, "/problems/address-too-long", "Address too long"},
    [REFUSAL_MEDIA_TYPE] = {415, "/problems/media-type", "Unsupported media type"},
    [REFUSAL_EXPECTATION] = {417, "/problems/expectation", "Expectation not met"},
    [REFUSAL_UNPROCESSABLE] = {422, "/problems/unprocessable", "Not possible"},
    [REFUSAL_PRECONDITION_REQUIRED] = {428, "/problems/precondition-required",
                                       "If-Match is needed"},
    [REFUSAL_TOO_MANY] = {429, "/problems/too-many-requests", "Too many requests"},
    [REFUSAL_HEAD_TOO_LARGE] = {431, "/problems/headers-too-large", "Headers too large"},
    [REFUSAL_INTERNAL] = {500, "/problems/internal", "Internal error"},
    [REFUSAL_NOT_IMPLEMENTED] = {501, "/problems/not-implemented", "Not implemented"},
    [REFUSAL_BAD_GATEWAY] = {502, "/problems/source-failed", "A source did not answer"},
    [REFUSAL_UNAVAILABLE] = {503, "/problems/unavailable", "Not available now"},
};

static const enum refusal refusals_of_errors[ERROR_KIND_COUNT] = {
    [ERROR_NONE] = REFUSAL_INTERNAL,       [ERROR_INVALID] = REFUSAL_INVALID,
    [ERROR_NOT_FOUND] = REFUSAL_NOT_FOUND, [ERROR_CONFLICT] = REFUSAL_CONFLICT,
    [ERROR_LIMIT] = REFUSAL_TOO_LARGE,     [ERROR_STORE] = REFUSAL_UNAVAILABLE,
    [ERROR_DOUBT] = REFUSAL_UNAVAILABLE,   [ERROR_IO] = REFUSAL_INTERNAL,
    [ERROR_NETWORK] = REFUSAL_BAD_GATEWAY, [ERROR_INTERNAL] = REFUSAL_INTERNAL,
};

static const struct {
    int status;
    const char *phrase;
} phrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
};

const char *status_phrase(int status)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Unknown";
}

enum refusal refusal_of(enum error_kind kind)
{
    return refusals_of_errors[kind];
}

struct refused refused_for(enum refusal refusal, const char *detail)
{
    if (refusal <= REFUSAL_NONE || refusal >= REFUSAL_COUNT)
        refusal = REFUSAL_INTERNAL;
    return (struct refused){
        .status = refusals[refusal].status,
        .type = refusals[refusal].type,
        .title = refusals[refusal].title,
        .detail = detail,
    };
}

static void write_errors(struct json_writer *json, const struct problems *problems)
{
    json_field_array(json, "errors");
    for (size_t i = 0; i < problems->kept; i++) {
        json_begin_object(json);
        json_field_text(json, "pointer", problems->items[i]->pointer);
        json_field_text(json, "detail", problems->items[i]->detail);
        json_end_object(json);
    }
    json_end_array(json);
}

void refused_write(const struct refused *refused, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_field_text(&json, "type", refused->type);
    json_field_text(&json, "title", refused->title);
    json_field_count(&json, "status", refused->status);
    json_field_text(&json, "detail", refused->detail);
    if (refused->problems != NULL && refused->problems->kept > 0)
        write_errors(&json, refused->problems);
    if (refused->members != NULL)
        buffer_printf(out, ",%s", refused->members);
    json_end_object(&json);
    buffer_byte(out, '\n');
}

#define SNIFF   "X-Content-Type-Options", "nosniff"
#define REFER   "Referrer-Policy", "no-referrer"
#define ORIGIN  "Access-Control-Allow-Origin", "*"
#define EXPOSED "Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After, Content-Length"

const struct field reply_common[COMMON_FOR_OPEN] = {{SNIFF}, {REFER}, {ORIGIN}, {EXPOSED}};
const struct field *const reply_exposed = &reply_common[COMMON_FOR_OPEN - 1];
const struct field reply_for_secure = {"Strict-Transport-Security", "max-age=31536000"};

/* The same as they are written. */
#define LINE(name, value) name ": " value "\r\n"
#define LINE_OF(...)      LINE(__VA_ARGS__)

static const char lines_for_all[] = LINE_OF(SNIFF) LINE_OF(REFER);
static const char lines_for_open[] = LINE_OF(SNIFF) LINE_OF(REFER) LINE_OF(ORIGIN) LINE_OF(EXPOSED);

void refusal_bytes(enum refusal refusal, const char *detail, bool secure, time_t now,
                   struct buffer *out)
{
    struct refused refused = refused_for(refusal, detail);
    struct buffer body = {0};
    char date[HTTP_DATE_SIZE];
    http_date_write(now, date);
    refused_write(&refused, &body);
    buffer_printf(out, "HTTP/1.1 %d %s\r\n", refused.status, status_phrase(refused.status));
    buffer_printf(out, "Date: %s\r\n", date);
    buffer_text(out, "Content-Type: application/problem+json\r\n"
                     "Cache-Control: no-store\r\n"
                     "Connection: close\r\n");
    buffer_text(out, lines_for_open);
    if (secure)
        buffer_printf(out, "%s: %s\r\n", reply_for_secure.name, reply_for_secure.value);
    if (refusal == REFUSAL_TOO_MANY)
        buffer_text(out, "Retry-After: " RETRY_AFTER_CROWD "\r\n");
    buffer_printf(out, "Content-Length: %zu\r\n\r\n", body.length);
    buffer_append(out, body.bytes, body.length);
    buffer_release(&body);
}

/* Headers beyond the count are not looked at. */
void reply_release(struct reply *reply)
{
    buffer_release(&reply->owned);
    memset(reply, 0, offsetof(struct reply, headers));
}

const char *reply_find(const struct reply *reply, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < reply->header_count; i++)
        if (reply->headers[i].name_length == length && is_header(reply->headers[i].name, name))
            return reply->headers[i].value;
    for (size_t i = 0; i < reply->common_count; i++)
        if (is_header(reply_common[i].name, name))
            return reply_common[i].value;
    return NULL;
}

/* -- the head -- */

enum { STATUS_LINE_BYTES = 64 };

static bool is_one_line(const struct reply_header *header)
{
    return memchr(header->value, '\n', header->value_length) == NULL &&
           memchr(header->value, '\r', header->value_length) == NULL;
}

/* As mempcpy, of which no compiler makes a move of two bytes. */
static char *put(char *at, const char *text, size_t length)
{
    memcpy(at, text, length);
    return at + length;
}

static char *put_status(char *at, int status)
{
    const char *phrase = status_phrase(status);
    at = put(at, "HTTP/1.1 ", 9);
    *at++ = (char)('0' + status / 100);
    *at++ = (char)('0' + status / 10 % 10);
    *at++ = (char)('0' + status % 10);
    *at++ = ' ';
    return put(put(at, phrase, strlen(phrase)), "\r\n", 2);
}

static char *put_header(char *at, const struct reply_header *header)
{
    at = put(at, header->name, header->name_length);
    at = put(at, ": ", 2);
    at = put(at, header->value, header->value_length);
    return put(at, "\r\n", 2);
}

static char *put_common(char *at, const struct reply *reply)
{
    if (reply->common_count == COMMON_FOR_OPEN)
        return put(at, lines_for_open, sizeof lines_for_open - 1);
    if (reply->common_count == COMMON_FOR_ALL)
        return put(at, lines_for_all, sizeof lines_for_all - 1);
    return at;
}

/* Of what it may take no more is used than is needed. */
void reply_write_head(const struct reply *reply, struct buffer *out)
{
    size_t most = STATUS_LINE_BYTES + sizeof lines_for_open;
    for (size_t i = 0; i < reply->header_count; i++)
        most += reply->headers[i].name_length + reply->headers[i].value_length + strlen(": \r\n");
    size_t before = out->length;
    char *first = buffer_extend(out, most);
    char *at = put_status(first, reply->status);
    for (size_t i = 0; i < reply->header_count; i++)
        if (is_one_line(&reply->headers[i]))
            at = put_header(at, &reply->headers[i]);
    at = put(put_common(at, reply), "\r\n", sizeof "\r\n") - 1; /* with its NUL */
    out->length = before + (size_t)(at - first);
}
