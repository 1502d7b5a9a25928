#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/framing.h"

enum { MOST = 6 };

static void framing_is_refused_where_two_readers_could_differ(void **state)
{
    static const struct {
        enum method method;
        int minor;
        const char *target;
        struct field headers[MOST]; /* ended by a name of NULL */
        enum refusal refusal;
        bool close;
    } cases[] = {
        {METHOD_GET, 1, "/", {{"Host", "a"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "/", {{"Host", "[::1]:8080"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "/", {{NULL, NULL}}, REFUSAL_INVALID, true},
        {METHOD_GET, 0, "/", {{NULL, NULL}}, REFUSAL_NONE, true},
        {METHOD_GET, 0, "/", {{"Connection", "Keep-Alive"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"Connection", "close"}}, REFUSAL_NONE, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"Connection", "TE, Close"}}, REFUSAL_NONE, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a b"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a/b"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", ""}}, REFUSAL_INVALID, true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length", "5"}}, REFUSAL_NONE, false},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Content-Length", "5"}, {"Content-Length", "5"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Content-Length", "5"}, {"content-length", "6"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length", "+5"}}, REFUSAL_INVALID, true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length", "5, 5"}}, REFUSAL_INVALID, true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length", ""}}, REFUSAL_INVALID, true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length", "0x5"}}, REFUSAL_INVALID, true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Content-Length", "9999999999999999999"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Transfer-Encoding", "chunked"}},
         REFUSAL_NONE,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST,
         1,
         "/",
         {{"Host", "a"}, {"Transfer-Encoding", " chunked"}},
         REFUSAL_INVALID,
         true},
        {METHOD_POST, 0, "/", {{"Transfer-Encoding", "chunked"}}, REFUSAL_INVALID, true},
        {METHOD_POST, 1, "/", {{"Host", "a"}, {"Content-Length ", "5"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"", "x"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"X(y)", "x"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"X", "a\x01"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/", {{"Host", "a"}, {"X", "a\tb \xE9"}}, REFUSAL_NONE, false},
        {METHOD_HEAD, 1, "/", {{"Host", "a"}, {"Content-Length", "5"}}, REFUSAL_INVALID, true},
        {METHOD_HEAD, 1, "/", {{"Host", "a"}, {"Content-Length", "0"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "/a#b", {{"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "*", {{"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_OPTIONS, 1, "*", {{"Host", "a"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "http://A:80/x", {{"Host", "a:80"}}, REFUSAL_NONE, false},
        {METHOD_GET, 1, "http://b/x", {{"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "http://ab/x", {{"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/a b", {{"Host", "a"}}, REFUSAL_INVALID, true},
        {METHOD_GET, 1, "/a\x7F", {{"Host", "a"}}, REFUSAL_INVALID, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count = 0;
        while (count < MOST && cases[i].headers[count].name != NULL)
            count++;
        struct framing framing = framing_check(cases[i].method, cases[i].minor, cases[i].target,
                                               cases[i].headers, count);
        if (framing.refusal != cases[i].refusal || framing.close != cases[i].close)
            fail_msg("case %zu: refusal %d, close %d: %s", i, (int)framing.refusal, framing.close,
                     framing.detail == NULL ? "" : framing.detail);
    }
}

static void what_is_too_long_has_a_status_of_its_own(void **state)
{
    static char target[MAX_TARGET_BYTES + 2];
    static struct field headers[MAX_HEADERS + 1];
    (void)state;
    memset(target, 'a', MAX_TARGET_BYTES + 1);
    for (size_t i = 0; i <= MAX_HEADERS; i++)
        headers[i] = (struct field){"X", "y"};
    headers[0] = (struct field){"Host", "a"};
    assert_int_equal(framing_check(METHOD_GET, 1, target, headers, 1).refusal,
                     REFUSAL_TARGET_TOO_LONG);
    assert_int_equal(framing_check(METHOD_GET, 1, "/", headers, MAX_HEADERS + 1).refusal,
                     REFUSAL_HEAD_TOO_LARGE);
    assert_int_equal(framing_check(METHOD_GET, 1, "/", headers, MAX_HEADERS).refusal, REFUSAL_NONE);
}

static void targets_are_split_into_path_and_query(void **state)
{
    static const struct {
        const char *target;
        bool good;
        const char *path;
        const char *query;
    } cases[] = {
        {"/", true, "/", NULL},
        {"/a/b?c=d", true, "/a/b", "c=d"},
        {"/a?", true, "/a", ""},
        {"/a?b?c", true, "/a", "b?c"},
        {"/a#f?x", true, "/a", NULL},
        {"/a?b#f", true, "/a", "b"},
        {"//host/path", true, "//host/path", NULL},
        {"http://host:80/a?b", true, "/a", "b"},
        {"HTTPS://host", true, "/", NULL},
        {"http://host?b", true, "/", "b"},
        {"*", true, "*", NULL},
        {"host:80", false, NULL, NULL},
        {"a/b", false, NULL, NULL},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path;
        const char *query;
        assert_int_equal(framing_split(cases[i].target, arena, &path, &query), cases[i].good);
        if (!cases[i].good)
            continue;
        assert_string_equal(path, cases[i].path);
        if (cases[i].query == NULL)
            assert_null(query);
        else
            assert_string_equal(query, cases[i].query);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(framing_is_refused_where_two_readers_could_differ),
        cmocka_unit_test(what_is_too_long_has_a_status_of_its_own),
        cmocka_unit_test(targets_are_split_into_path_and_query),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
