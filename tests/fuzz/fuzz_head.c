/*
 * Any bytes as the head of a request, and what is read out of it. The strict reader of bytes sees
 * the same however they come in pieces; an address taken apart and put together again is the same;
 * nobody but a trusted proxy says who asks.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/http/byte_range.h"
#include "service/http/date.h"
#include "service/http/encoding.h"
#include "service/http/etag.h"
#include "service/http/forwarded.h"
#include "service/http/framing.h"
#include "service/http/origin.h"
#include "service/http/query.h"
#include "service/http/respond.h"
#include "service/http/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_LENGTH = 1000 };

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

/* -- the bytes, as they come -- */

static void read_in_steps(const char *bytes, size_t size, size_t step, struct wire *out)
{
    wire_begin(out);
    for (size_t at = 0; at < size; at += step)
        wire_read(out, bytes + at, size - at < step ? size - at : step);
}

static void same_in_pieces(const char *bytes, size_t size)
{
    static const size_t steps[] = {1, 3, 64};
    struct wire whole;
    read_in_steps(bytes, size, size + 1, &whole);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct wire pieces;
        read_in_steps(bytes, size, steps[i], &pieces);
        must(pieces.fault == whole.fault, "a fault is the same in pieces");
        must(whole.fault != NULL || (pieces.part == whole.part && pieces.lines == whole.lines &&
                                     pieces.left == whole.left && pieces.chunked == whole.chunked),
             "a request is the same in pieces");
    }
}

/* -- its lines, cut apart as any reader would -- */

static char *next_line(char **rest)
{
    char *line = *rest;
    if (line == NULL || *line == '\0')
        return NULL;
    size_t length = strcspn(line, "\n");
    *rest = line[length] == '\0' ? NULL : line + length + 1;
    line[length > 0 && line[length - 1] == '\r' ? length - 1 : length] = '\0';
    return line;
}

static void read_fields(char *rest, struct request *request, struct field *fields)
{
    char *line;
    request->headers = fields;
    while (request->header_count <= MAX_HEADERS && (line = next_line(&rest)) != NULL) {
        char *colon = strchr(line, ':');
        if (colon == NULL)
            continue;
        *colon++ = '\0';
        fields[request->header_count++] = (struct field){line, colon + strspn(colon, " \t")};
    }
}

static enum method read_method(char *line, char **target)
{
    size_t length = strcspn(line, " ");
    *target = line + length + (line[length] == ' ');
    (*target)[strcspn(*target, " ")] = '\0';
    line[length] = '\0';
    for (unsigned method = METHOD_GET; method <= METHOD_OPTIONS; method <<= 1)
        if (strcmp(line, method_name((enum method)method)) == 0)
            return (enum method)method;
    return METHOD_POST;
}

/* -- what is read out of it -- */

static void check_query(const char *text, struct arena *arena)
{
    const struct field *fields;
    const struct field *again;
    size_t count = 0;
    size_t count_again = 0;
    struct error err = {0};
    struct buffer written = {0};
    if (!query_parse(text, arena, &fields, &count, &err)) {
        must(err.kind == ERROR_INVALID && err.message[0] != '\0', "a query is refused with reason");
        return;
    }
    for (size_t i = 0; i < count; i++)
        buffer_printf(&written, "%s%s=%s", i == 0 ? "" : "&", percent_encode(fields[i].name, arena),
                      percent_encode(fields[i].value, arena));
    must(query_parse(buffer_string(&written), arena, &again, &count_again, &err) &&
             count_again == count,
         "a query that was written is read");
    for (size_t i = 0; i < count; i++)
        must(strcmp(fields[i].name, again[i].name) == 0 &&
                 strcmp(fields[i].value, again[i].value) == 0,
             "a query is read the same again");
    buffer_release(&written);
}

static void check_target(const struct request *request, const char *target)
{
    struct framing framing =
        framing_check(request->method, 1, target, request->headers, request->header_count);
    const char *path = NULL;
    const char *query = NULL;
    must((framing.refusal == REFUSAL_NONE) == (framing.detail == NULL), "a refusal has a reason");
    if (!framing_split(target, request->arena, &path, &query))
        return;
    must(path[0] == '/' || strcmp(path, "*") == 0, "a path begins with a slash");
    must(strpbrk(path, "?#") == NULL, "a path has neither query nor fragment");
    must(query == NULL || strchr(query, '#') == NULL, "a query has no fragment");
    check_query(query, request->arena);
}

static void check_forwarded(const struct request *request)
{
    struct error err = {0};
    struct proxies *proxies = proxies_new("127.0.0.1,::1,unix", &err);
    struct forwarded told = forwarded_read(proxies, request, "192.0.2.1");
    must(strcmp(told.remote, "192.0.2.1") == 0 && told.scheme == NULL && told.host == NULL,
         "who is not trusted says nothing");
    told = forwarded_read(proxies, request, "127.0.0.1");
    char address[sizeof(struct in6_addr)];
    must(told.remote != NULL && (inet_pton(AF_INET, told.remote, address) == 1 ||
                                 inet_pton(AF_INET6, told.remote, address) == 1),
         "a client has an address");
    (void)forwarded_read(proxies, request, NULL);
    const char *origin = origin_of(NULL, "https", told.host, request->arena);
    must(origin_is_base(origin), "an origin is one");
    proxies_free(proxies);
}

static void check_value(const char *text, const struct request *request)
{
    struct byte_range range;
    struct error err = {0};
    time_t at = 0;
    char date[HTTP_DATE_SIZE];
    if (byte_range_read(text, BODY_LENGTH, &range) == BYTE_RANGE_PART)
        must(range.first <= range.last && range.last < BODY_LENGTH, "a part lies in the whole");
    must(!etag_listed_strong(text, "tag") || etag_listed(text, "tag"),
         "what matches strongly matches weakly");
    (void)encoding_accepts_gzip(text);
    (void)header_has_token(text, "close");
    must(origin_is_base(origin_of(NULL, "http", text, request->arena)), "an origin is one");
    if (http_date_read(text, request->now, &at)) {
        time_t again = 0;
        http_date_write(at, date);
        must(date[0] == '\0' || (http_date_read(date, request->now, &again) && again == at),
             "a date is read the same again");
    }
    struct proxies *proxies = proxies_new(text, &err);
    must((proxies == NULL) == (err.kind == ERROR_INVALID), "proxies are refused with reason");
    proxies_free(proxies);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct field *fields = arena_array(arena, MAX_HEADERS + 1, sizeof *fields);
    struct request request = {.arena = arena, .now = 1767225600 /* 2026-01-01 */};
    char *target = NULL;
    same_in_pieces((const char *)data, size);
    char *rest = arena_strndup(arena, (const char *)data, size);
    char *line = next_line(&rest);
    if (line != NULL) {
        request.method = read_method(line, &target);
        read_fields(rest, &request, fields);
        check_target(&request, target);
        check_forwarded(&request);
        (void)request_prefers_page(&request, NULL);
    }
    for (size_t i = 0; i < request.header_count; i++)
        check_value(fields[i].value, &request);
    arena_free(arena);
    return 0;
}
