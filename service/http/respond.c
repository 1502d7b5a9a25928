#include "service/http/respond.h"

#include <inttypes.h>
#include <string.h>

#include "service/http/byte_range.h"
#include "service/http/credential.h"
#include "service/http/date.h"
#include "service/http/encoding.h"
#include "service/http/etag.h"
#include "service/http/query.h"

static const char problem_type[] = "application/problem+json";
static const char hidden_detail[] =
    "something went wrong here, not with the request; it has been logged, try again later";
static const char doubt_detail[] =
    "the database did not say whether this change is stored: look before you send it again, or "
    "send it with the same Idempotency-Key, which does nothing twice";
#define RETRY_AFTER_STORE "5"
static const char store_detail[] = "the store could not be read or written, so this was not done; "
                                   "why has been logged, and /readyz "
                                   "tells whether it is over: try again later";

/* What the answer's bytes are, wherever they lie. */
struct payload {
    const char *bytes;
    size_t length;
    bool compressible;
    bool gzip; /* the client gets, or would get, the gzip representation */
};

static const char *date_text(time_t at, struct arena *arena)
{
    char *text = arena_alloc(arena, HTTP_DATE_SIZE);
    http_date_write(at, text);
    return text;
}

/* A browser's script may read it, too. */
static void tell_stale(const struct request *request, unsigned flags, struct reply *reply)
{
    reply_header(reply, STALE_HEADER, date_text(request->stale_since, request->arena));
    if ((flags & ROUTE_PRIVATE) == 0)
        reply_header(reply, reply_exposed->name,
                     arena_printf(request->arena, "%s, %s", reply_exposed->value, STALE_HEADER));
}

/* The first `count` of the common headers, but those that the reply has already. */
static void add_missing(size_t count, struct reply *reply)
{
    bool has[COMMON_FOR_OPEN];
    for (size_t i = 0; i < count; i++)
        has[i] = reply_find(reply, reply_common[i].name) != NULL;
    for (size_t i = 0; i < count; i++)
        if (!has[i])
            reply_header(reply, reply_common[i].name, reply_common[i].value);
}

/* The headers that every reply has; a handler's own of the same name stay, if it has `own`. */
static void add_common(const struct request *request, unsigned flags, bool own, struct reply *reply)
{
    size_t count = (flags & ROUTE_PRIVATE) != 0 ? COMMON_FOR_ALL : COMMON_FOR_OPEN;
    reply_header(reply, "Date",
                 request->date != NULL ? request->date : date_text(request->now, request->arena));
    if (request->stale_since != 0)
        tell_stale(request, flags, reply);
    if ((flags & ROUTE_WHO) == ROUTE_WHO)
        reply_header(reply, "Vary", "Authorization, Cookie");
    if (own || request->stale_since != 0)
        add_missing(count, reply);
    else
        reply->common_count = count;
}

static const char *number_text(size_t number, struct arena *arena)
{
    char digits[24];
    char *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return arena_strndup(arena, at, (size_t)(digits + sizeof digits - at));
}

static void set_body(const struct request *request, const char *bytes, size_t length,
                     struct reply *reply)
{
    reply_header(reply, "Content-Length", number_text(length, request->arena));
    if (request->head)
        return;
    reply->body = bytes;
    reply->body_length = length;
}

/* -- refusals -- */

bool request_prefers_page(const struct request *request, const struct route *route)
{
    if (route != NULL)
        return (route->flags & ROUTE_PAGE) != 0;
    return request->method == METHOD_GET &&
           header_has_token(request_header_list(request, "Accept"), "text/html");
}

static void write_refused(const struct responder *responder, const struct request *request,
                          const struct route *route, const struct refused *refused,
                          struct reply *reply)
{
    struct answer formed = {0};
    const char *type = problem_type;
    if (responder->form != NULL && responder->form(request, route, refused, &formed)) {
        type = formed.content_type == NULL ? "text/html; charset=utf-8" : formed.content_type;
        for (size_t i = 0; i < formed.header_count; i++)
            reply_header(reply, formed.headers[i].name, formed.headers[i].value);
        reply->owned = formed.body;
        formed.body = (struct buffer){0};
    } else {
        refused_write(refused, &reply->owned);
    }
    answer_release(&formed);
    reply->status = refused->status;
    reply_header(reply, "Content-Type", type);
    reply_header(reply, "Cache-Control", "no-store");
    set_body(request, reply->owned.bytes, reply->owned.length, reply);
    add_common(request, route == NULL ? 0 : route->flags, true, reply);
}

static void refuse(const struct responder *responder, const struct request *request,
                   const struct route *route, enum refusal refusal, const char *detail,
                   struct reply *reply)
{
    struct refused refused = refused_for(refusal, detail);
    write_refused(responder, request, route, &refused, reply);
}

static const char *store_words(const struct request *request, enum error_kind kind)
{
    if (kind == ERROR_DOUBT)
        return doubt_detail;
    if (request->stale_since == 0)
        return store_detail;
    char since[TIMESTAMP_SIZE];
    timestamp_write(request->stale_since, since);
    return arena_printf(request->arena,
                        "the store has not answered since %s, so this was not done; what needs "
                        "no store is answered as it was then: try again later",
                        since);
}

/* The refusal of a handler: its own words, or its error's. */
static void refuse_handled(const struct responder *responder, const struct request *request,
                           const struct route *route, const struct answer *answer,
                           const struct error *err, struct reply *reply)
{
    bool own = answer->refusal != REFUSAL_NONE;
    const char *detail = own ? answer->detail : arena_strdup(request->arena, err->message);
    struct refused refused = refused_for(own ? answer->refusal : refusal_of(err->kind), detail);
    bool store = !own && (err->kind == ERROR_STORE || err->kind == ERROR_DOUBT);
    if (refused.status == 500 || store) {
        reply->log = *detail == '\0' ? "a handler failed without a reason" : detail;
        refused.detail = store ? store_words(request, err->kind) : hidden_detail;
    }
    if (store)
        reply_header(reply, "Retry-After", RETRY_AFTER_STORE);
    refused.problems = request->problems;
    refused.members = answer->members;
    for (size_t i = 0; i < answer->header_count; i++)
        reply_header(reply, answer->headers[i].name, answer->headers[i].value);
    write_refused(responder, request, route, &refused, reply);
}

void respond_refusal(const struct responder *responder, struct request *request,
                     enum refusal refusal, const char *detail, struct reply *reply)
{
    request->head = request->method == METHOD_HEAD;
    refuse(responder, request, NULL, refusal, detail, reply);
}

/* -- answers -- */

static struct payload payload_of(const struct request *request, const struct answer *answer,
                                 const char *type)
{
    bool borrowed = answer->borrowed != NULL;
    struct payload payload = {
        .bytes = borrowed ? answer->borrowed : buffer_string(&answer->body),
        .length = borrowed ? answer->borrowed_length : answer->body.length,
        .compressible = encoding_is_text(type),
    };
    payload.gzip = payload.compressible && payload.length >= COMPRESS_FROM_BYTES &&
                   encoding_accepts_gzip(request_header_list(request, "Accept-Encoding"));
    return payload;
}

static bool is_unchanged(const struct request *request, const char *etag, time_t last_modified)
{
    const char *tags = request_header_list(request, "If-None-Match");
    time_t since = 0;
    if (tags != NULL)
        return etag_listed(tags, etag);
    return last_modified != 0 &&
           http_date_read(request_header(request, "If-Modified-Since"), request->now, &since) &&
           last_modified <= since;
}

static const char *cache_control_of(const struct request *request, const struct route *route,
                                    const struct answer *answer)
{
    bool for_good =
        answer->cache_control != NULL && strstr(answer->cache_control, "immutable") != NULL;
    /* A cache would go on telling that it is old when it is no longer. */
    if (request->stale_since != 0 && !for_good)
        return "no-store";
    if (answer->cache_control != NULL)
        return answer->cache_control;
    bool storable = request->method == METHOD_GET && (route->flags & ROUTE_PRIVATE) == 0;
    return storable ? "no-cache" : "no-store";
}

/* Validators and cache headers, which a 304 has as well. */
static void add_validators(const struct request *request, const struct route *route,
                           const struct answer *answer, const char *etag,
                           const struct payload *payload, struct reply *reply)
{
    if (etag != NULL)
        reply_header(reply, "ETag",
                     answer->etag_weak ? etag_quoted_weak(etag, request->arena)
                                       : etag_quoted(etag, payload->gzip, request->arena));
    if (answer->last_modified != 0)
        reply_header(reply, "Last-Modified",
                     answer->last_modified_text != NULL
                         ? answer->last_modified_text
                         : date_text(answer->last_modified, request->arena));
    if (payload->compressible)
        reply_header(reply, "Vary", "Accept-Encoding");
    reply_header(reply, "Cache-Control", cache_control_of(request, route, answer));
}

/* Moves the payload into the reply, gzipped if agreed. What cannot be compressed goes as it is;
 * the tag then says gzip wrongly, which costs a cache a miss and nobody a wrong byte. */
static void add_payload(const struct request *request, struct answer *answer,
                        const struct payload *payload, struct reply *reply)
{
    struct buffer packed = {0};
    if (payload->gzip && answer->borrowed_gzip != NULL) {
        reply_header(reply, "Content-Encoding", "gzip");
        set_body(request, answer->borrowed_gzip, answer->borrowed_gzip_length, reply);
        return;
    }
    if (payload->gzip && encoding_gzip(payload->bytes, payload->length, &packed, NULL)) {
        reply_header(reply, "Content-Encoding", "gzip");
        reply->owned = packed;
        set_body(request, reply->owned.bytes, reply->owned.length, reply);
        return;
    }
    buffer_release(&packed);
    if (answer->borrowed == NULL) {
        reply->owned = answer->body;
        answer->body = (struct buffer){0};
    }
    set_body(request, payload->bytes, payload->length, reply);
    reply->sendable = answer->sendable;
}

/* If-Range (RFC 9110, section 13.1.5): a part is of use only beside the same whole. */
static bool is_same_whole(const struct request *request, const char *etag, time_t last_modified)
{
    const char *given = request_header(request, "If-Range");
    time_t since = 0;
    if (given == NULL)
        return true;
    if (given[0] == '"' || given[0] == 'W')
        return etag != NULL && etag_listed_strong(given, etag);
    return last_modified != 0 && http_date_read(given, request->now, &since) &&
           since == last_modified;
}

/* Content-Length, and the part that was asked for. */
static void choose_part(const struct request *request, struct answer *answer, const char *etag,
                        struct reply *reply)
{
    struct stream *stream = &answer->stream;
    struct byte_range range;
    enum byte_range_answer asked = BYTE_RANGE_WHOLE;
    uint64_t whole = stream->length;
    reply_header(reply, "Accept-Ranges", "bytes");
    if (reply->status == 200 && is_same_whole(request, etag, answer->last_modified))
        asked = byte_range_read(request_header(request, "Range"), whole, &range);
    if (asked == BYTE_RANGE_PART) {
        reply->status = 206;
        reply_header(reply, "Content-Range",
                     arena_printf(request->arena, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64,
                                  range.first, range.last, whole));
        stream->seek(stream->state, range.first);
        stream->length = range.last - range.first + 1;
    } else if (asked == BYTE_RANGE_BEYOND) {
        reply->status = 416;
        reply_header(reply, "Content-Range",
                     arena_printf(request->arena, "bytes */%" PRIu64, whole));
        stream->length = 0;
    }
    reply_header(reply, "Content-Length", arena_printf(request->arena, "%" PRIu64, stream->length));
}

static void start_stream(const struct request *request, struct answer *answer, const char *etag,
                         struct reply *reply)
{
    if (answer->stream.seek != NULL)
        choose_part(request, answer, etag, reply);
    if (request->head || reply->status == 416)
        return; /* answer_release ends the stream */
    reply->stream = answer->stream;
    answer->stream = (struct stream){0};
}

static void fill(const struct request *request, const struct route *route, struct answer *answer,
                 struct reply *reply)
{
    const char *type = answer->content_type == NULL ? "application/json" : answer->content_type;
    bool streamed = answer->stream.next != NULL;
    struct payload payload = {0};
    if (!streamed)
        payload = payload_of(request, answer, type);
    reply->status = answer->status == 0 ? 200 : answer->status;
    for (size_t i = 0; i < answer->header_count; i++)
        reply_header(reply, answer->headers[i].name, answer->headers[i].value);

    bool conditional = request->method == METHOD_GET && reply->status == 200;
    const char *etag = answer->etag;
    if (etag == NULL && conditional && !streamed)
        etag = etag_of(payload.bytes, payload.length, request->arena);
    add_validators(request, route, answer, etag, &payload, reply);
    if (conditional && request->stale_since == 0 &&
        is_unchanged(request, etag, answer->last_modified)) {
        reply->status = 304;
    } else if (reply->status != 204) {
        reply_header(reply, "Content-Type", type);
        if (streamed)
            start_stream(request, answer, etag, reply);
        else
            add_payload(request, answer, &payload, reply);
    }
    add_common(request, route->flags, answer->header_count > 0, reply);
}

/* -- requests -- */

static void answer_options(const struct request *request, const struct match *match,
                           struct reply *reply)
{
    reply->status = 204;
    reply_header(reply, "Allow", method_list(match->allowed, request->arena));
    reply_header(reply, "Cache-Control", "no-store");
    if (match->open != 0) {
        reply_header(reply, "Access-Control-Allow-Methods",
                     method_list(match->open, request->arena));
        reply_header(
            reply, "Access-Control-Allow-Headers",
            "Content-Type, Accept, Authorization, If-None-Match, If-Modified-Since, Prefer");
        reply_header(reply, "Access-Control-Max-Age", "86400");
    }
    add_common(request, match->open == 0 ? ROUTE_PRIVATE : 0, false, reply);
}

static bool read_query(struct request *request, const struct route *route, struct error *err)
{
    if (query_parse(request->raw_query, request->arena, &request->query, &request->query_count,
                    err))
        return true;
    if ((route->flags & ROUTE_PAGE) == 0)
        return false;
    *err = (struct error){0};
    return true;
}

/* Addresses are kept in logs and histories, so a token in one is a token lost. */
static bool check_address(const struct request *request, struct answer *answer)
{
    return !query_holds_token(request->raw_query, request->arena) ||
           answer_refuse(request, answer, REFUSAL_INVALID,
                         "a token never stands in an address, which logs and histories keep: send "
                         "it as Authorization: Bearer, and revoke one that was sent so");
}

/* Once a request: what is answered apart was let in before. */
static bool admit(const struct responder *responder, struct request *request,
                  const struct route *route, struct answer *answer, struct error *err)
{
    if (request->admitted || (route->flags & ROUTE_WHO) != ROUTE_WHO)
        return true;
    if (responder->gate != NULL)
        request->admitted = responder->gate(request, route, answer, err);
    else if (route_scopes(route) == 0)
        request->admitted = true;
    else
        answer_refuse(request, answer, REFUSAL_UNAUTHORIZED, "nobody is known here");
    return request->admitted;
}

/* `err` has no error yet. */
static void handle(const struct responder *responder, struct request *request,
                   const struct match *match, struct reply *reply, struct error *err)
{
    struct answer answer = {0};
    bool must_wait = false;
    request->must_wait = &must_wait;
    request->parts = match->parts;
    request->part_count = match->part_count;
    if (request->method == METHOD_HEAD)
        request->method = METHOD_GET;
    bool good = read_query(request, match->route, err) && check_address(request, &answer) &&
                admit(responder, request, match->route, &answer, err);
    answer.apart = good && (match->route->flags & ROUTE_APART) != 0 && !request->apart;
    if (good && !answer.apart)
        good = match->route->handle(request, &answer, err);
    if (must_wait || (good && answer.apart))
        reply->apart = true;
    else if (good)
        fill(request, match->route, &answer, reply);
    else
        refuse_handled(responder, request, match->route, &answer, err, reply);
    answer_release(&answer);
    request->must_wait = NULL;
}

static void refuse_method(const struct responder *responder, const struct request *request,
                          const struct match *match, struct reply *reply)
{
    const char *allow = method_list(match->allowed, request->arena);
    reply_header(reply, "Allow", allow);
    refuse(responder, request, NULL, REFUSAL_METHOD,
           arena_printf(request->arena, "%s is not possible here; possible are: %s",
                        method_name(request->method), allow),
           reply);
}

void respond(const struct responder *responder, struct request *request, struct reply *reply)
{
    struct match match;
    struct error err = {0};
    request->head = request->head || request->method == METHOD_HEAD;
    if (request->method == METHOD_OPTIONS && strcmp(request->path, "*") == 0) {
        unsigned all = (1u << METHOD_COUNT) - 1;
        answer_options(request, &(struct match){.allowed = all, .open = all}, reply);
    } else if (!routes_match(responder->routes, request->method, request->path, request->arena,
                             &match, &err)) {
        refuse(responder, request, NULL, REFUSAL_INVALID, arena_strdup(request->arena, err.message),
               reply);
    } else if (match.route != NULL) {
        handle(responder, request, &match, reply, &err);
    } else if (match.allowed == 0) {
        refuse(responder, request, NULL, REFUSAL_NOT_FOUND,
               arena_printf(request->arena, "there is nothing at %s", request->path), reply);
    } else if (request->method == METHOD_OPTIONS) {
        answer_options(request, &match, reply);
    } else {
        refuse_method(responder, request, &match, reply);
    }
}
