#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "importers/intake/identifier.h"
#include "importers/sources/day.h"
#include "importers/sources/query.h"

/* RFC 3986, section 2.3: what needs no escape. */
static void all_but_unreserved_bytes_are_escaped(void **state)
{
    (void)state;
    struct buffer url = {0};
    query_escape(&url, "aZ09-._~ /?&=+%#\"é\x01", "");
    assert_string_equal(url.bytes, "aZ09-._~%20%2F%3F%26%3D%2B%25%23%22%C3%A9%01");
    buffer_clear(&url);
    query_escape(&url, "doi:10.1/x y", ":/");
    assert_string_equal(url.bytes, "doi:10.1/x%20y");
    buffer_release(&url);
}

static void parameters_follow_one_question_mark(void **state)
{
    (void)state;
    struct buffer url = {0};
    buffer_text(&url, "http://x/y");
    query_put(&url, "a", "1&2");
    query_put(&url, "none", NULL);
    query_put_count(&url, "b", 20);
    assert_string_equal(url.bytes, "http://x/y?a=1%262&b=20");
    buffer_release(&url);
}

static void parameters_of_a_service_are_told_from_a_phrase(void **state)
{
    (void)state;
    static const char *const known[] = {"query", "query.title", "filter", NULL};
    static const struct {
        const char *text;
        size_t count;
        const char *last;
    } rows[] = {
        {"query=a", 1, "a"},
        {"query.title=a&filter=b:c", 2, "b:c"},
        {"query=rest & relaxation&filter=b", 2, "b"},
        {"query=a&unknown=b", 1, "a&unknown=b"},
        {"query=", 1, ""},
        {"query=a&filter", 1, "a&filter"},
        {"unknown=a&query=b", 0, NULL},
        {"a phrase with query=a in it", 0, NULL},
        {"query", 0, NULL},
        {"", 0, NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_parameter *own = NULL;
        size_t count = query_parameters(rows[i].text, known, arena, &own);
        assert_int_equal(count, rows[i].count);
        if (count > 0)
            assert_string_equal(own[count - 1].value, rows[i].last);
    }
    arena_free(arena);
}

static void a_filter_is_told_from_a_phrase_with_a_colon(void **state)
{
    (void)state;
    static const char *const known[] = {"type", "title", "from-pub-date", NULL};
    assert_true(query_is_filter("type:article", known));
    assert_true(query_is_filter("title.search:dry needling,from-pub-date:2020", known));
    static const char *const phrases[] = {"",
                                          "type",
                                          "type:",
                                          "type: 2 diabetes",
                                          "pain: a review",
                                          "pain:relief",
                                          "type:article,pain",
                                          "type:article,",
                                          ",type:article",
                                          "typ:article",
                                          "Type:article",
                                          "a type:article"};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (query_is_filter(phrases[i], known))
            fail_msg("\"%s\" is no filter", phrases[i]);
}

static void an_identifier_stands_alone(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(query_identifier(" 10.1000/ABC\n", identifier_doi, arena), "10.1000/abc");
    assert_null(query_identifier("10.1000/abc and more", identifier_doi, arena));
    assert_null(query_identifier("needling", identifier_doi, arena));
    arena_free(arena);
}

static void a_day_has_the_parts_that_exist(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(day_write(2024, 2, 29, arena), "2024-02-29");
    assert_string_equal(day_write(2023, 2, 29, arena), "2023-02");
    assert_string_equal(day_write(1900, 2, 29, arena), "1900-02");
    assert_string_equal(day_write(2000, 2, 29, arena), "2000-02-29");
    assert_string_equal(day_write(2023, 13, 1, arena), "2023");
    assert_string_equal(day_write(2023, -1, 1, arena), "2023");
    assert_null(day_write(-1, 1, 1, arena));
    assert_null(day_write(99, 1, 1, arena));
    assert_true(day_is_whole("2024-02-29"));
    assert_false(day_is_whole("2023-02-29"));
    assert_false(day_is_whole("2023-02"));
    assert_false(day_is_whole("2023-02-01T"));
    assert_false(day_is_whole("2023-2-1"));
    assert_false(day_is_whole(""));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_but_unreserved_bytes_are_escaped),
        cmocka_unit_test(parameters_follow_one_question_mark),
        cmocka_unit_test(parameters_of_a_service_are_told_from_a_phrase),
        cmocka_unit_test(a_filter_is_told_from_a_phrase_with_a_colon),
        cmocka_unit_test(an_identifier_stands_alone),
        cmocka_unit_test(a_day_has_the_parts_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
