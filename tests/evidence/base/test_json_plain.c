/* Which JSON is plain, and that it is read as the library reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_plain.h"

static void what_is_plain_is_read_as_the_library_reads_it(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        " {\t\"a\" :\r\n1 , \"b\": [ ] } \n",
        "{\"a\": 0, \"b\": -7, \"c\": 123456789012345}",
        "[0.1, -2.50, 0.30000000000000, 1234567.89, -0.5, 99999999999999.9, 0.00000000000001]",
        "[true, false, null, [[{\"a\": {}}]]]",
        "{\"text\": \"na\xC3\xAFve \xF0\x9F\x98\x80 // 'x' \x7F\", \"\": \"\"}",
        "[\"\", \"a\", \"b\"]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *plain = json_plain_parse(texts[i], strlen(texts[i]));
        json_t *value = json_loadb(texts[i], strlen(texts[i]), JSON_REJECT_DUPLICATES, NULL);
        if (plain == NULL || !json_equal(plain, value))
            fail_msg("not read alike: %s", texts[i]);
        json_decref(plain);
        json_decref(value);
    }
}

static void all_else_is_left_to_the_library(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "1",
        "\"a\"",
        "true",
        "{",
        "[",
        "[1",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "[1 2]",
        "[] []",
        "{} x",
        "[01]",
        "[-]",
        "[-0]",
        "[-0.0]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e3]",
        "[1.5E3]",
        "[1234567890123456]",
        "[123456789.1234567]",
        "[tru]",
        "[nul]",
        "[nan]",
        "{\"a\":1,\"a\":2}",
        "[\"\\n\"]",
        "[\"\\u0041\"]",
        "{\"\\u0041\":1}",
        "[\"a\nb\"]",
        "[\"a",
        "[\"\xC3\"]",
        "[\"\xFF\"]",
        "\xEF\xBB\xBF[]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (json_plain_parse(texts[i], strlen(texts[i])) != NULL)
            fail_msg("taken for plain: %s", texts[i]);
    assert_null(json_plain_parse("[\"a\0b\"]", 7));
    assert_null(json_plain_parse("[1]\0", 4));
}

static void what_is_nested_deeply_is_left_to_the_library(void **state)
{
    struct buffer text = {0};
    (void)state;
    for (int i = 0; i < 100000; i++)
        buffer_byte(&text, '[');
    assert_null(json_plain_parse(text.bytes, text.length));
    buffer_release(&text);
}

/* Decimals as they are written for people: every one has the double that strtod gives it. */
static void short_decimals_are_the_nearest_double(void **state)
{
    (void)state;
    for (int i = 1; i < 200000; i += 7) {
        char text[32];
        snprintf(text, sizeof text, "[%d.%05d]", i % 1000, i % 100000);
        json_t *plain = json_plain_parse(text, strlen(text));
        json_t *value = json_loads(text, 0, NULL);
        assert_true(json_equal(plain, value));
        json_decref(plain);
        json_decref(value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_plain_is_read_as_the_library_reads_it),
        cmocka_unit_test(all_else_is_left_to_the_library),
        cmocka_unit_test(what_is_nested_deeply_is_left_to_the_library),
        cmocka_unit_test(short_decimals_are_the_nearest_double),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
