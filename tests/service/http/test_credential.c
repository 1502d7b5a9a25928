/* What of a request tells who asks, and from where; and texts in which tokens must not stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/credential.h"

#define TOKEN "ts_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_"

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static struct request with(struct arena *arena, const struct field *headers)
{
    size_t count = 0;
    while (headers[count].name != NULL)
        count++;
    return (struct request){.method = METHOD_POST,
                            .headers = headers,
                            .header_count = count,
                            .body = "",
                            .origin = "http://127.0.0.1:8080",
                            .arena = arena};
}

/* ---- cookies ---- */

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    static const struct {
        const char *header;
        const char *value; /* NULL: none is found */
    } cases[] = {
        {"touchstone=abc", "abc"},
        {"a=b; touchstone=abc; c=d", "abc"},
        {"a=b;touchstone=abc", "abc"},
        {"  ;; \t touchstone=abc \t ;", "abc"},
        {"touchstone=", ""},
        {"touchstone=a=b", "a=b"},
        {"touchstone=\"abc\"", "\"abc\""},
        {"touchstone = abc", NULL},
        {"Touchstone=abc", NULL},
        {"xtouchstone=abc; touchstonex=abc; touchston=abc", NULL},
        {"__Host-touchstone=abc", NULL},
        {"touchstone", NULL},
        {"=touchstone; touchstone", NULL},
        {"", NULL},
        {";;;", NULL},
        {"a=touchstone=abc", NULL},
        {"touchstone=abc; touchstone=abd", NULL}, /* which of them is ours? */
        {"touchstone=abc; touchstone=abc", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct field headers[] = {{"Cookie", cases[i].header}, {0}};
        const struct request request = with(*state, headers);
        const char *value = request_cookie(&request, "touchstone");
        if ((value == NULL) != (cases[i].value == NULL) ||
            (value != NULL && strcmp(value, cases[i].value) != 0))
            fail_msg("\"%s\" gives \"%s\"", cases[i].header, value == NULL ? "NULL" : value);
    }
}

static void cookies_of_several_headers_are_one_list(void **state)
{
    const struct field headers[] = {{"cookie", "a=b"}, {"Cookie", "touchstone=abc"}, {0}};
    const struct field twice[] = {{"Cookie", "touchstone=a"}, {"Cookie", "touchstone=b"}, {0}};
    struct request request = with(*state, headers);
    assert_string_equal(request_cookie(&request, "touchstone"), "abc");
    request = with(*state, twice);
    assert_null(request_cookie(&request, "touchstone"));
}

/* ---- from where ---- */

static void another_sites_page_is_known_by_what_the_browser_says(void **state)
{
    static const struct {
        struct field headers[4];
        bool foreign;
    } cases[] = {
        {{{0}}, false},
        {{{"Sec-Fetch-Site", "same-origin"}}, false},
        {{{"Sec-Fetch-Site", "none"}}, false},
        {{{"Sec-Fetch-Site", "same-site"}}, true},
        {{{"Sec-Fetch-Site", "cross-site"}}, true},
        {{{"Sec-Fetch-Site", "something new"}}, true},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}}, false},
        {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://127.0.0.1:8080"}}, true},
        {{{"Origin", "http://127.0.0.1:8080"}}, false},
        {{{"Origin", "http://127.0.0.1:8081"}}, true},
        {{{"Origin", "http://127.0.0.1"}}, true},
        {{{"Origin", "http://127.0.0.1:80800"}}, true},
        {{{"Origin", "null"}}, true},
        {{{"Origin", ""}}, true},
        {{{"Origin", "https://evil.example"}, {"Host", "evil.example.org"}}, true},
        /* TLS ends in front of us, and we were not told our address */
        {{{"Origin", "https://ours.example"}, {"Host", "ours.example"}}, false},
        {{{"Origin", "https://OURS.example"}, {"Host", "ours.example"}}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct request request = with(*state, cases[i].headers);
        if (request_is_foreign(&request) != cases[i].foreign)
            fail_msg("case %zu", i);
    }
}

static void the_text_of_a_session_comes_in_a_header_or_a_form(void **state)
{
    static const char form[] = "application/x-www-form-urlencoded";
    const struct field nothing[] = {{"Content-Type", form}, {0}};
    const struct field header[] = {{"Content-Type", form}, {"x-csrf-token", "in-a-header"}, {0}};
    const struct field json[] = {{"Content-Type", "application/json"}, {0}};
    struct request request = with(*state, nothing);
    assert_null(request_csrf(&request));
    static const char *const bodies[] = {"csrf=in-a-form", "a=b&csrf=in-a-form",
                                         "csrf=in-a-form&a=b", "&&csrf=in-a-form&&"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        request.body = bodies[i];
        assert_string_equal(request_csrf(&request), "in-a-form");
    }
    static const char *const none[] = {"xcsrf=a", "a=csrf=b", "csrf", "&", "a&b=csrf"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        request.body = none[i];
        assert_null(request_csrf(&request));
    }
    request = with(*state, header);
    request.body = "csrf=in-a-form";
    assert_string_equal(request_csrf(&request), "in-a-header");
    request = with(*state, json);
    request.body = "csrf=in-a-form";
    assert_null(request_csrf(&request));
}

static void every_authorization_header_counts(void **state)
{
    const struct field two[] = {{"Authorization", "Bearer a"}, {"authorization", "Basic b"}, {0}};
    const struct request request = with(*state, two);
    assert_int_equal(request_authorizations(&request), 2);
}

/* ---- tokens in the wrong place ---- */

static void a_token_in_a_query_is_seen_however_it_is_written(void **state)
{
    static const char *const held[] = {
        "token=x",      "a=b&Token=", "access_token=x",       "t%6Fken=x",
        "q=" TOKEN,     TOKEN,        "q=see+" TOKEN "+here", "q=ts%5F0123456789ab%5FAAAA",
        "q=%zz&token=x"};
    static const char *const free_of[] = {"q=tokens", "tokens=x",   "q=token",
                                          "q=ts_",    "q=ts_012_a", "q=ts_0123456789abc_a",
                                          "q=%zz",    "",           "&&="};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (!query_holds_token(held[i], *state))
            fail_msg("%s", held[i]);
    for (size_t i = 0; i < sizeof free_of / sizeof *free_of; i++)
        if (query_holds_token(free_of[i], *state))
            fail_msg("%s", free_of[i]);
    assert_false(query_holds_token(NULL, *state));
}

static void a_token_is_blotted_out_of_what_is_logged(void **state)
{
    static const struct {
        const char *text;
        const char *blotted;
    } cases[] = {
        {"", ""},
        {"/v1/studies/ts_knots", "/v1/studies/ts_knots"},
        {TOKEN, "ts_…"},
        {"/a/" TOKEN "/b", "/a/ts_…/b"},
        {TOKEN " " TOKEN, "ts_… ts_…"},
        {"ts_" TOKEN, "ts_ts_…"},
        {"ts_0123456789ab_A", "ts_…"}, /* cut short, it is half a secret */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = blot_tokens(cases[i].text);
        assert_string_equal(text, cases[i].blotted);
        free(text);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_cookie_is_found_by_its_whole_name),
        TEST(cookies_of_several_headers_are_one_list),
        TEST(another_sites_page_is_known_by_what_the_browser_says),
        TEST(the_text_of_a_session_comes_in_a_header_or_a_form),
        TEST(every_authorization_header_counts),
        TEST(a_token_in_a_query_is_seen_however_it_is_written),
        TEST(a_token_is_blotted_out_of_what_is_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
