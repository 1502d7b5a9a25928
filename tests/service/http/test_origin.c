#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "service/http/origin.h"

static void assert_origin(const char *base_url, const char *host, const char *expected)
{
    struct arena *arena = arena_new();
    assert_string_equal(origin_of(base_url, "http", host, arena), expected);
    arena_free(arena);
}

static void the_operators_address_stands_above_what_a_client_says(void **state)
{
    (void)state;
    assert_origin("https://example.org", "evil.example", "https://example.org");
    assert_origin("https://example.org/rated/", "evil.example", "https://example.org/rated");
}

static void without_one_the_host_header_tells(void **state)
{
    (void)state;
    assert_origin(NULL, "127.0.0.1:8080", "http://127.0.0.1:8080");
    assert_origin(NULL, "[::1]:8080", "http://[::1]:8080");
}

static void a_host_that_could_end_an_address_or_a_tag_is_not_repeated(void **state)
{
    (void)state;
    assert_origin(NULL, "a/b", "http://localhost");
    assert_origin(NULL, "a\"><script>", "http://localhost");
    assert_origin(NULL, "user@host", "http://localhost");
    assert_origin(NULL, "", "http://localhost");
    assert_origin(NULL, NULL, "http://localhost");
}

static void a_base_is_scheme_host_and_perhaps_path(void **state)
{
    (void)state;
    assert_true(origin_is_base("https://example.org"));
    assert_true(origin_is_base("http://127.0.0.1:8080"));
    assert_false(origin_is_base("example.org"));
    assert_false(origin_is_base("https://"));
    assert_true(origin_is_base("https://example.org/"));
    assert_true(origin_is_base("https://example.org/sub"));
    assert_false(origin_is_base("https://example.org/?a=b"));
    assert_false(origin_is_base("https://example.org#a"));
    assert_false(origin_is_base("https://a\"b"));
    assert_false(origin_is_base("ftp://example.org"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_operators_address_stands_above_what_a_client_says),
        cmocka_unit_test(without_one_the_host_header_tells),
        cmocka_unit_test(a_host_that_could_end_an_address_or_a_tag_is_not_repeated),
        cmocka_unit_test(a_base_is_scheme_host_and_perhaps_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
