/* A reply's headers, and its head as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/reply.h"

#define FOR_ALL "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
#define FOR_OPEN                                                                                   \
    FOR_ALL "Access-Control-Allow-Origin: *\r\n"                                                   \
            "Access-Control-Expose-Headers: ETag, Link, Location, Retry-After, Content-Length\r\n"

static void assert_head(const struct reply *reply, const char *wanted)
{
    struct buffer head = {0};
    buffer_text(&head, "before ");
    reply_write_head(reply, &head);
    assert_string_equal(buffer_string(&head) + strlen("before "), wanted);
    assert_int_equal(head.length, strlen("before ") + strlen(wanted));
    buffer_release(&head);
}

static void a_head_has_its_own_headers_and_the_common_ones(void **state)
{
    struct reply reply = {.status = 404};
    (void)state;
    assert_head(&reply, "HTTP/1.1 404 Not Found\r\n\r\n");
    reply_header(&reply, "ETag", "\"a\"");
    reply_header(&reply, "Empty", "");
    assert_head(&reply, "HTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nEmpty: \r\n\r\n");
    reply.common_count = COMMON_FOR_ALL;
    assert_head(&reply, "HTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nEmpty: \r\n" FOR_ALL "\r\n");
    reply.common_count = COMMON_FOR_OPEN;
    assert_head(&reply, "HTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nEmpty: \r\n" FOR_OPEN "\r\n");
}

static void a_value_of_more_than_one_line_is_not_written(void **state)
{
    struct reply reply = {.status = 200};
    (void)state;
    reply_header(&reply, "A", "b\r\nC: d");
    reply_header(&reply, "B", "b\n");
    reply_header(&reply, "C", "\rb");
    reply_header(&reply, "D", "e");
    assert_head(&reply, "HTTP/1.1 200 OK\r\nD: e\r\n\r\n");
}

static void a_header_is_found_in_any_case_and_by_its_whole_name(void **state)
{
    struct reply reply = {.status = 200};
    (void)state;
    reply_header(&reply, "Vary", "a");
    reply_header(&reply, "vary", "b");
    assert_string_equal(reply_find(&reply, "VARY"), "a");
    assert_null(reply_find(&reply, "Var"));
    assert_null(reply_find(&reply, "Vary-"));
    assert_null(reply_find(&reply, "Referrer-Policy"));
    reply.common_count = COMMON_FOR_ALL;
    assert_string_equal(reply_find(&reply, "Referrer-Policy"), "no-referrer");
    assert_null(reply_find(&reply, "Access-Control-Allow-Origin"));
    reply_release(&reply);
    assert_null(reply_find(&reply, "Vary"));
    assert_null(reply_find(&reply, "Referrer-Policy"));
}

static void more_headers_than_there_is_room_for_are_left_out(void **state)
{
    struct reply reply = {.status = 200};
    (void)state;
    for (size_t i = 0; i < MAX_REPLY_HEADERS + 3; i++)
        reply_header(&reply, "A", "b");
    assert_int_equal(reply.header_count, MAX_REPLY_HEADERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_has_its_own_headers_and_the_common_ones),
        cmocka_unit_test(a_value_of_more_than_one_line_is_not_written),
        cmocka_unit_test(a_header_is_found_in_any_case_and_by_its_whole_name),
        cmocka_unit_test(more_headers_than_there_is_room_for_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
