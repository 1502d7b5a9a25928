/* Who asks, as far as proxies that are trusted tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/forwarded.h"

static const char *shown(const char *text)
{
    return text == NULL ? "none" : text;
}

static void proxies_are_believed_as_far_as_they_are_trusted(void **state)
{
    static const struct {
        const char *remote;
        struct field headers[3];
        const char *client;
        const char *scheme;
        const char *host;
    } rows[] = {
        /* who is no proxy says what they like */
        {"192.0.2.9", {{"X-Forwarded-For", "1.1.1.1"}}, "192.0.2.9", "none", "none"},
        {"192.0.2.9", {{"Forwarded", "for=1.1.1.1;proto=https"}}, "192.0.2.9", "none", "none"},
        {NULL, {{"X-Forwarded-For", "1.1.1.1"}}, "1.1.1.1", "none", "none"},
        {"10.0.0.1", {{NULL, NULL}}, "10.0.0.1", "none", "none"},
        {"10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}}, "1.1.1.1", "none", "none"},
        {"::ffff:10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}}, "1.1.1.1", "none", "none"},
        {"10.0.0.1",
         {{"X-Forwarded-For", "1.1.1.1"},
          {"X-Forwarded-Proto", "HTTPS"},
          {"X-Forwarded-Host", "a"}},
         "1.1.1.1",
         "https",
         "a"},
        {"10.0.0.1",
         {{"X-Forwarded-Proto", "gopher"}, {"X-Forwarded-Host", "evil, b"}},
         "10.0.0.1",
         "none",
         "b"},
        /* a chain: what stands before the client's own address the client made up */
        {"10.0.0.1", {{"X-Forwarded-For", "9.9.9.9, 1.1.1.1"}}, "1.1.1.1", "none", "none"},
        {"10.0.0.1",
         {{"X-Forwarded-For", "9.9.9.9, 1.1.1.1, 2001:db8::1"}},
         "1.1.1.1",
         "none",
         "none"},
        {"10.0.0.1",
         {{"X-Forwarded-For", "9.9.9.9"}, {"X-Forwarded-For", "1.1.1.1"}},
         "1.1.1.1",
         "none",
         "none"},
        {"10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, unknown"}}, "10.0.0.1", "none", "none"},
        {"10.0.0.1", {{"X-Forwarded-For", "1.1.1.1:4711"}}, "1.1.1.1", "none", "none"},
        {"10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]:4711"}}, "2001:db8::7", "none", "none"},
        {"10.0.0.1",
         {{"Forwarded", "for=9.9.9.9, For=\"[2001:db8::7]:80\";Proto=https; host=\"a:443\""}},
         "2001:db8::7",
         "https",
         "a:443"},
        {"10.0.0.1",
         {{"Forwarded", "for=1.1.1.1;proto=https;host=a, for=\"[2001:db8::1]\";proto=http"}},
         "1.1.1.1",
         "https",
         "a"},
        {"10.0.0.1", {{"Forwarded", "for=_hidden;proto=https"}}, "10.0.0.1", "none", "none"},
        {"10.0.0.1", {{"Forwarded", ";;=,,"}}, "10.0.0.1", "none", "none"},
        /* one of them the proxy passed on as it came */
        {"10.0.0.1",
         {{"Forwarded", "for=9.9.9.9"}, {"X-Forwarded-For", "1.1.1.1"}},
         "10.0.0.1",
         "none",
         "none"},
    };
    struct error err = {0};
    struct proxies *proxies = proxies_new("10.0.0.1,2001:db8::1,unix", &err);
    (void)state;
    assert_non_null(proxies);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct request request = {.arena = arena_new(), .headers = rows[i].headers};
        while (request.header_count < 3 && rows[i].headers[request.header_count].name != NULL)
            request.header_count++;
        struct forwarded found = forwarded_read(proxies, &request, rows[i].remote);
        if (strcmp(shown(found.remote), rows[i].client) != 0 ||
            strcmp(shown(found.scheme), rows[i].scheme) != 0 ||
            strcmp(shown(found.host), rows[i].host) != 0)
            fail_msg("row %zu: %s, %s, %s", i, shown(found.remote), shown(found.scheme),
                     shown(found.host));
        arena_free(request.arena);
    }
    proxies_free(proxies);
}

static void a_list_is_of_addresses_alone(void **state)
{
    static const char *const bad[] = {"", "a", "10.0.0.1,", "10.0.0.0/8", "10.0.0.1;10.0.0.2", "*"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = {0};
        assert_null(proxies_new(bad[i], &err));
        assert_int_equal(err.kind, ERROR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proxies_are_believed_as_far_as_they_are_trusted),
        cmocka_unit_test(a_list_is_of_addresses_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
