/* Which pages may speak to /mcp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "service/http/origin.h"
#include "service/worlds/mcp/browser.h"

/* `base_url` NULL: the operator gave none. */
static bool may_ask(const char *base_url, const char *host, const char *origin)
{
    struct arena *arena = arena_new();
    const struct field headers[] = {{"Host", host}, {"Origin", origin}};
    struct request request = {.headers = headers,
                              .header_count = origin == NULL ? 1 : 2,
                              .origin_is_told = base_url != NULL,
                              .origin = origin_of(base_url, "http", host, arena),
                              .arena = arena};
    bool may = browser_may_ask(&request);
    arena_free(arena);
    return may;
}

static void what_is_no_browser_may_ask(void **state)
{
    (void)state;
    assert_true(may_ask(NULL, "anything.example", NULL));
}

static void pages_of_this_machine_may_ask(void **state)
{
    static const char *const pages[] = {"http://localhost", "https://LOCALHOST:3000",
                                        "http://127.0.0.1:8080", "http://127.200.0.1",
                                        "http://[::1]:5173"};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_true(may_ask(NULL, "127.0.0.1:8080", pages[i]));
}

static void
pages_of_our_own_origin_may_ask_whatever_its_path_and_port_are_written_like(void **state)
{
    (void)state;
    assert_true(may_ask("https://example.org/rated/", "inner:80", "https://example.org"));
    assert_true(may_ask("https://example.org", "example.org", "https://Example.org:443"));
    assert_true(may_ask("https://example.org:443/", "example.org", "https://example.org"));
    assert_false(may_ask("https://example.org", "example.org", "http://example.org"));
    assert_false(may_ask("https://example.org:444", "example.org", "https://example.org"));
    assert_false(may_ask("https://example.org", "example.org", "https://www.example.org"));
}

/* DNS rebinding: the page's own name points to us, and so says Host. */
static void a_name_that_only_the_host_header_says_is_not_our_own(void **state)
{
    (void)state;
    assert_false(may_ask(NULL, "evil.example:8080", "http://evil.example:8080"));
    assert_false(may_ask("https://example.org", "evil.example", "http://evil.example"));
    assert_true(may_ask(NULL, "192.168.1.9:8080", "http://192.168.1.9:8080"));
    assert_true(may_ask(NULL, "[fd00::1]:8080", "http://[fd00::1]:8080"));
    assert_false(may_ask(NULL, "192.168.1.9:8080", "http://192.168.1.9:8081"));
}

static void what_is_no_origin_may_not_ask(void **state)
{
    static const char *const pages[] = {"",
                                        "null",
                                        "localhost",
                                        "://localhost",
                                        "http://",
                                        "http://[",
                                        "http://[::1",
                                        "http://[]",
                                        "http://localhost/",
                                        "http://localhost:x",
                                        "file://localhost",
                                        "http://a@localhost",
                                        "http://localhost, http://localhost",
                                        "http://[::1]x",
                                        "http://127.1",
                                        "http://0x7f.0.0.1"};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (may_ask(NULL, "127.0.0.1:8080", pages[i]))
            fail_msg("\"%s\" may ask", pages[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_browser_may_ask),
        cmocka_unit_test(pages_of_this_machine_may_ask),
        cmocka_unit_test(
            pages_of_our_own_origin_may_ask_whatever_its_path_and_port_are_written_like),
        cmocka_unit_test(a_name_that_only_the_host_header_says_is_not_our_own),
        cmocka_unit_test(what_is_no_origin_may_not_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
