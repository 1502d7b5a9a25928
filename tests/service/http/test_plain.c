/* Which requests can be read in one way only, and what is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/buffer.h"
#include "service/http/plain.h"

#define LINE       "GET /a?b=c HTTP/1.1\r\n"
#define POST       "POST /a HTTP/1.1\r\n"
#define HOST       "Host: a\r\n"
#define TEXT(text) text, sizeof text - 1

struct row {
    const char *bytes;
    size_t length;
};

static void requests_that_read_in_one_way_are_plain(void **state)
{
    static const struct row rows[] = {
        {TEXT(LINE HOST "\r\n")},
        {TEXT("HEAD / HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT(LINE "host: a-b.example:8080\r\n\r\n")},
        {TEXT(LINE "HOST: [2001:db8::1]:80\r\n\r\n")},
        {TEXT("GET /v1/a%20b/-._~!$&'()*+,;=:@?a=/?%zz HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT(LINE HOST "connection: Keep-Alive\r\n\r\n")},
        {TEXT(LINE HOST "If-None-Match: \"a\", W/\"b\"\r\nRange: bytes=0-1\r\n\r\n")},
        {TEXT(LINE HOST "Empty:\r\nX:    y   \r\n\r\n")},
        {TEXT(LINE HOST "Content-Lengths: 3\r\nX-Transfer-Encoding: chunked\r\n\r\n")},
        {TEXT(POST HOST "Content-Length: 0\r\n\r\n")},
        {TEXT(POST HOST "content-length:  3 \r\n\r\na\0b")},
        {TEXT(POST HOST "Content-Length: 0003\r\n\r\n\r\n\n")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plain plain;
        if (!plain_read(rows[i].bytes, rows[i].length, &plain) ||
            plain_length(&plain) != rows[i].length)
            fail_msg("not plain: %s", rows[i].bytes);
    }
}

static void everything_else_is_not(void **state)
{
    static const struct row rows[] = {
        {TEXT("")},
        {TEXT(LINE "\r\n")},
        {TEXT(LINE "Hosts: a\r\n\r\n")},
        {TEXT(LINE "Host:\r\n\r\n")},
        {TEXT(LINE "Host: a b\r\n\r\n")},
        {TEXT(LINE "Host: a/b\r\n\r\n")},
        {TEXT(LINE "Host: a@b\r\n\r\n")},
        {TEXT(LINE HOST "hOST: a\r\n\r\n")},
        {TEXT(POST HOST "\r\n")},
        {TEXT(POST HOST "Content-Length:\r\n\r\n")},
        {TEXT(POST HOST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc")},
        {TEXT(POST HOST "Content-Length: 3, 3\r\n\r\nabc")},
        {TEXT(POST HOST "Content-Length: +3\r\n\r\nabc")},
        {TEXT(POST HOST "Content-Length: 0x3\r\n\r\nabc")},
        {TEXT(POST HOST "Content-Length: 1234567890\r\n\r\nabc")},
        {TEXT(POST HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc")},
        {TEXT(POST HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {TEXT(POST HOST "Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc")},
        {TEXT("PUT / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc")},
        {TEXT("HEAD / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n")},
        {TEXT("get / HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET  / HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET / HTTP/1.0\r\n" HOST "\r\n")},
        {TEXT("GET / HTTP/1.1 \r\n" HOST "\r\n")},
        {TEXT("GET / HTTP/1.1\n" HOST "\r\n")},
        {TEXT("GET /\r\n" HOST "\r\n")},
        {TEXT("\r\nGET / HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET a HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET * HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET //a/b HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET http://a/ HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET /#a HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET /a\"b HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET /\xC3\xA4 HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT("GET /\0 HTTP/1.1\r\n" HOST "\r\n")},
        {TEXT(LINE HOST "Content-Length: 3\r\n\r\nabc")},
        {TEXT(LINE HOST "content-length: 0\r\n\r\n")},
        {TEXT(LINE HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
        {TEXT(LINE HOST "Expect: 100-continue\r\n\r\n")},
        {TEXT(LINE HOST "Upgrade: h2c\r\n\r\n")},
        {TEXT(LINE HOST "Connection: close\r\n\r\n")},
        {TEXT(LINE HOST "Connection: keep-alive, close\r\n\r\n")},
        {TEXT(LINE HOST "Proxy-Connection: close\r\n\r\n")},
        {TEXT(LINE HOST "X: a\r\n b\r\n\r\n")},
        {TEXT(LINE HOST "X: a\tb\r\n\r\n")},
        {TEXT(LINE HOST "X: 12345678 12345\x7F\r\n\r\n")},
        {TEXT(LINE HOST "X: 1234567\x1F 12345678\r\n\r\n")},
        {TEXT(LINE HOST "X: \x80"
                        "123456789\r\n\r\n")},
        {TEXT(LINE HOST "X: a\0b\r\n\r\n")},
        {TEXT(LINE HOST "X: \xC3\xA4\r\n\r\n")},
        {TEXT(LINE HOST "X: a\rb\r\n\r\n")},
        {TEXT(LINE HOST "X: a\n\r\n")},
        {TEXT(LINE HOST "X : a\r\n\r\n")},
        {TEXT(LINE HOST ": a\r\n\r\n")},
        {TEXT(LINE HOST "X\r\n\r\n")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct plain plain;
        if (plain_read(rows[i].bytes, rows[i].length, &plain))
            fail_msg("plain: %s", rows[i].bytes);
    }
}

static void a_request_that_is_not_all_there_is_not_plain_yet(void **state)
{
    static const char request[] = LINE HOST "Accept: */*\r\n\r\n";
    struct plain plain;
    (void)state;
    for (size_t length = 0; length < sizeof request - 1; length++)
        assert_false(plain_read(request, length, &plain));
    assert_true(plain_read(request, sizeof request - 1, &plain));
}

static void a_body_need_not_be_there_to_know_its_length(void **state)
{
    static const char request[] = POST HOST "Content-Length: 1000\r\n\r\n";
    struct plain plain;
    (void)state;
    assert_true(plain_read(request, sizeof request - 1, &plain));
    assert_int_equal(plain.method, METHOD_POST);
    assert_int_equal(plain.head_length, sizeof request - 1);
    assert_int_equal(plain.body_length, 1000);
    assert_int_equal(plain_length(&plain), sizeof request - 1 + 1000);
}

static void what_follows_a_request_is_left_alone(void **state)
{
    static const char requests[] = LINE HOST "\r\n\0\r\nwhatever";
    struct plain plain;
    (void)state;
    assert_true(plain_read(requests, sizeof requests - 1, &plain));
    assert_int_equal(plain.head_length, strlen(requests));
    assert_int_equal(plain_length(&plain), strlen(requests));
}

static void what_it_says_is_copied(void **state)
{
    char bytes[] = "POST /a?b=c?d HTTP/1.1\r\n"
                   "Host:  a \r\nX-y: b: c \r\nEmpty:   \r\nContent-Length: 3\r\n\r\nxyz!";
    struct arena *arena = arena_new();
    struct request request = {.arena = arena};
    struct plain plain;
    (void)state;
    assert_true(plain_read(bytes, sizeof bytes - 1, &plain));
    plain_copy(&plain, bytes, &request);
    memset(bytes, '!', sizeof bytes);
    assert_int_equal(request.method, METHOD_POST);
    assert_string_equal(request.path, "/a");
    assert_string_equal(request.raw_query, "b=c?d");
    assert_int_equal(request.header_count, 4);
    assert_string_equal(request.headers[0].name, "Host");
    assert_string_equal(request.headers[0].value, "a");
    assert_string_equal(request.headers[1].name, "X-y");
    assert_string_equal(request.headers[1].value, "b: c");
    assert_string_equal(request.headers[2].value, "");
    assert_int_equal(request.body_length, 3);
    assert_string_equal(request.body, "xyz");
    arena_free(arena);
}

static void a_question_mark_begins_a_query_even_of_nothing(void **state)
{
    static const struct {
        const char *target;
        const char *path;
        const char *query;
    } rows[] = {{"/", "/", NULL}, {"/?", "/", ""}, {"/a", "/a", NULL}, {"/a?b", "/a", "b"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new();
        struct request request = {.arena = arena};
        struct plain plain;
        const char *bytes = arena_printf(arena, "GET %s HTTP/1.1\r\n" HOST "\r\n", rows[i].target);
        assert_true(plain_read(bytes, strlen(bytes), &plain));
        plain_copy(&plain, bytes, &request);
        assert_string_equal(request.path, rows[i].path);
        assert_int_equal(request.raw_query == NULL, rows[i].query == NULL);
        if (rows[i].query != NULL)
            assert_string_equal(request.raw_query, rows[i].query);
        assert_string_equal(request.body, "");
        arena_free(arena);
    }
}

/* A value ends where its first byte stands that is none of a value, wherever that is. */
static void no_byte_is_taken_for_one_of_a_value(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < 20; at++) {
            char bytes[] = LINE HOST "X: abcdefghijklmnopqrst\r\n\r\n";
            struct plain plain;
            bytes[sizeof LINE HOST "X: " - 1 + at] = (char)byte;
            assert_int_equal(plain_read(bytes, sizeof bytes - 1, &plain),
                             byte >= ' ' && byte <= '~');
        }
}

/* Beside its Host, `count` lines "X: yyyy", with `length` letters each. */
static bool is_plain_with(size_t count, size_t length)
{
    struct buffer request = {0};
    struct plain plain;
    buffer_text(&request, LINE HOST);
    for (size_t i = 0; i < count; i++) {
        buffer_text(&request, "X: ");
        memset(buffer_extend(&request, length), 'y', length);
        buffer_text(&request, "\r\n");
    }
    buffer_text(&request, "\r\n");
    bool is_plain = plain_read(request.bytes, request.length, &plain);
    buffer_release(&request);
    return is_plain;
}

static void long_heads_are_not_plain(void **state)
{
    (void)state;
    assert_true(is_plain_with(MAX_PLAIN_HEADERS - 1, 4));
    assert_false(is_plain_with(MAX_PLAIN_HEADERS, 4));
    assert_true(is_plain_with(1, MAX_PLAIN_BYTES - 100));
    assert_false(is_plain_with(1, MAX_PLAIN_BYTES));
    assert_false(is_plain_with(1, 100000)); /* more than a piece's length can say */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_that_read_in_one_way_are_plain),
        cmocka_unit_test(everything_else_is_not),
        cmocka_unit_test(a_request_that_is_not_all_there_is_not_plain_yet),
        cmocka_unit_test(a_body_need_not_be_there_to_know_its_length),
        cmocka_unit_test(what_follows_a_request_is_left_alone),
        cmocka_unit_test(what_it_says_is_copied),
        cmocka_unit_test(a_question_mark_begins_a_query_even_of_nothing),
        cmocka_unit_test(no_byte_is_taken_for_one_of_a_value),
        cmocka_unit_test(long_heads_are_not_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
