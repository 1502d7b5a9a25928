#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "evidence/base/json_reader.h"
#include "importers/formats/format.h"
#include "importers/sources/field.h"
#include "importers/sources/payload.h"

static json_t *parse(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    return value;
}

static void a_path_leads_through_members(void **state)
{
    (void)state;
    json_t *value = parse("{\"a\": {\"b\": {\"c\": \"x\"}, \"n\": null}, \"\": 1}");
    assert_string_equal(field_bytes(value, "a.b.c"), "x");
    assert_ptr_equal(field_at(value, ""), value);
    assert_null(field_at(value, "a.n"));
    assert_null(field_at(value, "a.x.c"));
    assert_null(field_at(value, "a.b.c.d"));
    assert_null(field_at(NULL, "a"));
    json_decref(value);
}

static void a_number_may_be_written_as_text(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        double expected;
    } rows[] = {
        {"3", 3},         {"-0.5", -0.5},   {"\"19.63\"", 19.63}, {"\"-.5\"", -0.5},
        {"\"1e3\"", 1e3}, {"\"+2\"", 2},    {"\"\"", NAN},        {"\"NA\"", NAN},
        {"\"<1\"", NAN},  {"\"1,2\"", NAN}, {"\" 1\"", NAN},      {"\"1 \"", NAN},
        {"\"0x1\"", NAN}, {"\"inf\"", NAN}, {"\"1e999\"", NAN},   {"true", NAN},
        {"[1]", NAN},     {"null", NAN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *value = parse(rows[i].json);
        double number = field_number(value, "");
        if (isnan(rows[i].expected) ? !isnan(number) : number != rows[i].expected)
            fail_msg("%s read as %g", rows[i].json, number);
        json_decref(value);
    }
}

static void a_count_is_whole_and_within_its_bounds(void **state)
{
    (void)state;
    json_t *value = parse("[2020, \"2020\", 2020.5, -1, 1e300, 99999999999, \"x\"]");
    static const int expected[] = {2020, 2020, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(field_count(json_array_get(value, i), "", 0, 3000), expected[i]);
    assert_int_equal(COUNT_UNKNOWN, -1);
    json_decref(value);
}

static void an_issn_has_its_form(void **state)
{
    (void)state;
    json_t *value = parse("[\"1474-547x\", \"0140-6736; 1474-547x; \", \"1474547X\", \"1474-547\","
                          "\"\", 5]");
    struct arena *arena = arena_new();
    assert_string_equal(field_issn(json_array_get(value, 0), "", arena), "1474-547X");
    assert_string_equal(field_issn(json_array_get(value, 1), "", arena), "0140-6736");
    for (size_t i = 2; i < 6; i++)
        assert_null(field_issn(json_array_get(value, i), "", arena));
    arena_free(arena);
    json_decref(value);
}

static void a_list_has_each_text_once_and_an_end(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct lines lines = {0};
    json_t *value =
        parse("{\"l\": [{\"k\": \"a\"}, {\"k\": \"<b>b</b>\"}, {\"k\": \"a\"}, {}, 5]}");
    lines_add_all(&lines, value, "l", "k", arena);
    lines_add(&lines, NULL, arena);
    const char *const *list = lines_list(&lines, arena);
    assert_string_equal(list[0], "a");
    assert_string_equal(list[1], "b");
    assert_null(list[2]);
    const struct lines none = {0};
    assert_null(lines_list(&none, arena)[0]);
    for (int i = 0; i < FORMAT_LIST_MOST + 10; i++)
        lines_add(&lines, arena_printf(arena, "%d", i), arena);
    assert_int_equal(lines.count, FORMAT_LIST_MOST);
    json_decref(value);
    arena_free(arena);
}

/* ---- bodies ---- */

static void assert_body(const char *body, size_t length, const char *expected)
{
    const struct remote_answer answer = {.status = 200, .bytes = body, .length = length};
    struct error err = {0};
    json_t *value = payload_json(&answer, "X", &err);
    if (value == NULL)
        fail_msg("%s", err.message);
    assert_string_equal(field_bytes(value, "a"), expected);
    json_decref(value);
}

#define ASSERT_BODY(body, expected) assert_body(body, sizeof(body) - 1, expected)

/* One bad character would otherwise lose a page of a thousand records, each time it is asked. */
static void what_is_no_unicode_is_mended(void **state)
{
    (void)state;
    ASSERT_BODY("\xEF\xBB\xBF {\"a\": \"x\"}", "x");
    ASSERT_BODY("{\"a\": \"x\\ud800y\"}", "x\xEF\xBF\xBDy");
    ASSERT_BODY("{\"a\": \"x\\udc00\\ud800\"}", "x\xEF\xBF\xBD\xEF\xBF\xBD");
    ASSERT_BODY("{\"a\": \"\\ud83d\\ude00\\ud83d\"}", "\xF0\x9F\x98\x80\xEF\xBF\xBD");
    ASSERT_BODY("{\"a\": \"\xFFx\xC3\"}", "\xEF\xBF\xBDx\xEF\xBF\xBD");
    ASSERT_BODY("{\"a\": \"\\\\ud800\"}", "\\ud800");
    ASSERT_BODY("{\"\\u0000\": 1, \"a\": \"x\"}", "x");
    ASSERT_BODY("{\"a\": \"x\", \"n\": 123456789012345678901234567890}", "x");
}

static void words_are_cut_to_a_message(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer text = {0};
    while (text.length < 5000)
        buffer_text(&text, "wörd ");
    const struct remote_answer answer = {.status = 500, .bytes = text.bytes, .length = text.length};
    const char *words = payload_words(&answer, arena);
    assert_true(strlen(words) < 500);
    assert_memory_equal(words + strlen(words) - 9, "wörd …", 9);
    assert_null(payload_brief(NULL, arena));
    assert_string_equal(payload_brief("short", arena), "short");
    buffer_release(&text);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_leads_through_members),
        cmocka_unit_test(a_number_may_be_written_as_text),
        cmocka_unit_test(a_count_is_whole_and_within_its_bounds),
        cmocka_unit_test(an_issn_has_its_form),
        cmocka_unit_test(a_list_has_each_text_once_and_an_end),
        cmocka_unit_test(what_is_no_unicode_is_mended),
        cmocka_unit_test(words_are_cut_to_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
