#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/limits.h"
#include "service/http/query.h"

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct request request;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.arena = arena_new()};
    fixture.problems.arena = fixture.arena;
    fixture.request = (struct request){.arena = fixture.arena, .problems = &fixture.problems};
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    return 0;
}

static struct request *with_query(struct fixture *fixture, const char *text)
{
    struct error err = {0};
    assert_true(query_parse(text, fixture->arena, &fixture->request.query,
                            &fixture->request.query_count, &err));
    return &fixture->request;
}

static void parameters_are_decoded_in_the_order_sent(void **state)
{
    struct fixture *fixture = *state;
    struct request *request = with_query(fixture, "q=neck+knots%20%C3%A9&&limit=5&flag&a=x=y");

    assert_int_equal(request->query_count, 4);
    assert_string_equal(query_text(request, "q"), "neck knots \xC3\xA9");
    assert_string_equal(query_text(request, "limit"), "5");
    assert_string_equal(query_text(request, "flag"), "");
    assert_string_equal(query_text(request, "a"), "x=y");
    assert_null(query_text(request, "absent"));
    assert_null(query_filled(request, "flag"));
}

static void an_absent_or_empty_query_has_no_parameters(void **state)
{
    assert_int_equal(with_query(*state, NULL)->query_count, 0);
    assert_int_equal(with_query(*state, "")->query_count, 0);
    assert_int_equal(with_query(*state, "&&")->query_count, 0);
}

static void what_does_not_decode_is_refused(void **state)
{
    static const char *const bad[] = {
        "q=%",         "q=%2",           "q=%zz", "q=%00",  "q=%FF",  "q=%C0%80",
        "q=%ED%A0%80", "q=%F4%90%80%80", "%q=1",  "=value", "q=\xE9", "q=%E2%82",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        const struct field *fields;
        size_t count;
        assert_false(query_parse(bad[i], fixture->arena, &fields, &count, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
        assert_int_equal(count, 0);
    }
}

static void a_complaint_names_the_parameter(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    const struct field *fields;
    size_t count;
    assert_false(query_parse("limit=5&q=50%", fixture->arena, &fields, &count, &err));
    assert_non_null(strstr(err.message, "\"q\""));
    assert_non_null(strstr(err.message, "%25"));
}

static void too_many_parameters_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    const struct field *fields;
    size_t count;
    char text[4 * (MAX_PARAMETERS + 1) + 1] = "";
    for (size_t i = 0; i <= MAX_PARAMETERS; i++)
        strcat(text, "a=1&");
    assert_false(query_parse(text, fixture->arena, &fields, &count, &err));
    text[4 * MAX_PARAMETERS] = '\0';
    err = (struct error){0};
    assert_true(query_parse(text, fixture->arena, &fields, &count, &err));
    assert_int_equal(count, MAX_PARAMETERS);
}

static void unknown_and_repeated_parameters_are_named_together(void **state)
{
    static const char *const known[] = {"q", "limit", NULL};
    struct fixture *fixture = *state;
    struct error err = {0};
    struct request *request = with_query(fixture, "q=1&colour=red&q=2");

    assert_false(query_only(request, known, &err));
    assert_int_equal(fixture->problems.count, 2);
    assert_string_equal(fixture->problems.items[0]->pointer, "?colour");
    assert_non_null(strstr(fixture->problems.items[0]->detail, "q, limit"));
    assert_string_equal(fixture->problems.items[1]->pointer, "?q");
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_true(query_only(with_query(fixture, "limit=1&q=2"), known, &err));
}

static void limit_is_1_to_500_and_50_if_absent(void **state)
{
    static const struct {
        const char *query;
        bool good;
        int limit;
    } cases[] = {{"", true, 50},           {"limit=1", true, 1},
                 {"limit=500", true, 500}, {"limit=0", false, 0},
                 {"limit=501", false, 0},  {"limit=-1", false, 0},
                 {"limit=5x", false, 0},   {"limit=", false, 0},
                 {"limit=+5", false, 0},   {"limit=99999999999999999999", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        int limit = 0;
        bool good = query_limit(with_query(*state, cases[i].query), &limit, &err);
        assert_int_equal(good, cases[i].good);
        if (good)
            assert_int_equal(limit, cases[i].limit);
        else
            assert_int_equal(err.kind, ERROR_INVALID);
    }
}

static void choices_and_truths_are_read_by_their_words(void **state)
{
    static const char *const names[] = {"name", "year", NULL};
    struct request *request = with_query(*state, "sort=year&whole=yes&no=0&odd=maybe");
    struct error err = {0};
    int choice;
    bool truth;
    assert_true(query_choice(request, "sort", names, &choice, &err));
    assert_int_equal(choice, 1);
    assert_true(query_choice(request, "absent", names, &choice, &err));
    assert_int_equal(choice, -1);
    assert_true(query_truth(request, "whole", false, &truth, &err));
    assert_true(truth);
    assert_true(query_truth(request, "no", true, &truth, &err));
    assert_false(truth);
    assert_true(query_truth(request, "absent", true, &truth, &err));
    assert_true(truth);
    assert_false(query_choice(request, "odd", names, &choice, &err));
    assert_non_null(strstr(err.message, "name, year"));
}

static void encoding_and_decoding_are_inverse(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    const char *text = "doi:10.1/a b%\xC3\xA9+~";
    char *encoded = percent_encode(text, fixture->arena);
    assert_string_equal(encoded, "doi%3A10.1%2Fa%20b%25%C3%A9%2B~");
    assert_string_equal(percent_decode(encoded, strlen(encoded), false, fixture->arena, &err),
                        text);
}

/* Wherever in the text it stands: in its first eight bytes, its next or its last few. */
static void only_ascii_without_escapes_stands_for_itself(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < 20; at++) {
            char text[] = "abcdefghijklmnopqrst";
            text[at] = (char)byte;
            bool is_plain = byte > 0 && byte < 0x80 && byte != '%';
            assert_int_equal(percent_is_plain(text, sizeof text - 1, false), is_plain);
            assert_int_equal(percent_is_plain(text, sizeof text - 1, true),
                             is_plain && byte != '+');
        }
    assert_true(percent_is_plain("", 0, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parameters_are_decoded_in_the_order_sent, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_absent_or_empty_query_has_no_parameters, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_decode_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_complaint_names_the_parameter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_parameters_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_and_repeated_parameters_are_named_together, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(limit_is_1_to_500_and_50_if_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(choices_and_truths_are_read_by_their_words, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(encoding_and_decoding_are_inverse, set_up, tear_down),
        cmocka_unit_test(only_ascii_without_escapes_stands_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
