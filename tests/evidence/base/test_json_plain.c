/* The quick reader of plain JSON: jansson's own reader gives the expected values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/json_plain.h"

static json_t *by_jansson(const char *text)
{
    return json_loadb(text, strlen(text), JSON_REJECT_DUPLICATES, NULL);
}

static void plain_documents_are_what_jansson_reads(void **state)
{
    static const char *const texts[] = {
        "{}",
        " [ ] \r\n\t",
        "{\"a\": [1, -2, 0, -0, 3.25, -0.5, 1e3, 2E-2, 1.5e+300, 123456789012345678]}",
        "[true, false, null, \"\", \"plain\", \"caf\xC3\xA9 \xF0\x9F\x98\x80\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"a\\nb\\\\\", \"\x7F\"]",
        "{\"caf\xC3\xA9\": {\"k\\ney\": {\"\": []}}, \"b\": [[[[]]], {}]}",
        "[0.1, 0.30000000000000004, 1e-320, 5e-324, 1.7976931348623157e308]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *read = json_plain(texts[i], strlen(texts[i]));
        json_t *expected = by_jansson(texts[i]);
        assert_non_null(expected);
        assert_true(json_equal(read, expected));
        json_decref(read);
        json_decref(expected);
    }
}

static void what_is_no_json_is_never_taken(void **state)
{
    static const char *const texts[] = {
        "",
        "1",
        "\"text\"",
        "null",
        "{",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "[] x",
        "[01]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[--1]",
        "[+1]",
        "[-]",
        "[tru]",
        "[\"a]",
        "[\"\\x\"]",
        "[\"\t\"]",
        "[\"\xFF\"]",
        "[\"\xC3\"]",
        "[1e999]",
        "{\"a\":1]",
        "[\"\xED\xA0\x80\"]",
        "[NaN]",
        "[\"\\u12\"]",
        "[\"\\\"]",
        "{\"\xFF\": 1}",
        "[\"\\u0000\"]",
        "[1e+]",
        "{1: 2}",
        "{\"a\" 1}",
        "\xEF\xBB\xBF[]",
        "[123456789012345678901]",
        "{\"a\": 1, \"a\": 2}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_null(by_jansson(texts[i]));
        assert_null(json_plain(texts[i], strlen(texts[i])));
    }
    assert_null(json_plain("[\"\0\"]", 5));
    assert_null(json_plain("[] \0", 4));
}

/* It does not have to be wrong: somebody slower may know. */
static void what_is_not_plain_is_left_to_jansson(void **state)
{
    char deep[201] = "";
    memset(deep, '[', 100);
    memset(deep + 100, ']', 100);
    const char *const texts[] = {"[\"\\u00e9\"]", "[1234567890123456789]", deep};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *expected = by_jansson(texts[i]);
        assert_non_null(expected);
        assert_null(json_plain(texts[i], strlen(texts[i])));
        json_decref(expected);
    }
}

/* A text need not end where it is cut, nor with a NUL. */
static void nothing_beyond_the_length_is_read(void **state)
{
    (void)state;
    json_t *read = json_plain("[12]34", 4);
    assert_int_equal(json_integer_value(json_array_get(read, 0)), 12);
    json_decref(read);
    for (size_t length = 0; length < 14; length++)
        assert_null(json_plain("[\"ab\\n\", 1.5e3]", length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_documents_are_what_jansson_reads),
        cmocka_unit_test(what_is_no_json_is_never_taken),
        cmocka_unit_test(what_is_not_plain_is_left_to_jansson),
        cmocka_unit_test(nothing_beyond_the_length_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
