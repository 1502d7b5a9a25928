#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "importers/formats/entity.h"
#include "importers/formats/markup.h"
#include "importers/formats/plain.h"

static void assert_folded(const char *text, const char *expected)
{
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    memcpy(copy, text, length + 1);
    assert_int_equal(plain_fold(copy, length), strlen(expected));
    assert_string_equal(copy, expected);
    free(copy);
}

static void blanks_fold_and_what_cannot_be_seen_goes(void **state)
{
    (void)state;
    assert_folded("", "");
    assert_folded(" \t\r\n", "");
    assert_folded("  a \n b\xC2\xA0\xE2\x80\x89"
                  "c ",
                  "a b c");
    assert_folded("co\xC2\xADoperate zero\xE2\x80\x8Bwidth\xEF\xBB\xBF", "cooperate zerowidth");
    assert_folded("a\xE2\x80\xAE"
                  "b",
                  "ab"); /* the direction of writing turned */
    assert_folded("a\x01\x7F"
                  "b",
                  "a b");
    assert_folded("é – ™ 針", "é – ™ 針");
    assert_folded("a\xFFz\xC3", "a?z?"); /* no UTF-8 */
}

/* Characters of every kind that either of the two treats apart, in random order. */
static void it_does_what_plain_line_does(void **state)
{
    (void)state;
    static const uint32_t characters[] = {
        'a',    'Z',    '5',    ' ',    ' ',    '\n',   '\t',   '\r',    0x01,   0x7F,   0x80,
        0x96,   0xA0,   0xAD,   0xE9,   0x1680, 0x2009, 0x200B, 0x200D,  0x200F, 0x2028, 0x202E,
        0x2013, 0x2060, 0x2066, 0x3000, 0xFDD0, 0xFEFF, 0xFFFE, 0x1F600, 0x1FFFE};
    enum { CHARACTERS = sizeof characters / sizeof *characters, TEXTS = 20000, LONGEST = 24 };
    uint32_t random = 1;
    for (int text = 0; text < TEXTS; text++) {
        struct arena *arena = arena_new();
        struct buffer bytes = {0};
        buffer_text(&bytes, "");
        for (int i = 0; i < LONGEST; i++) {
            random = random * 1664525 + 1013904223;
            entity_append(&bytes, characters[(random >> 8) % CHARACTERS]);
        }
        const char *line = plain_line(bytes.bytes, bytes.length, arena);
        plain_fold(bytes.bytes, bytes.length);
        assert_string_equal(bytes.bytes, line == NULL ? "" : line);
        buffer_release(&bytes);
        arena_free(arena);
    }
}

/* Bytes 0x80 to 0x9F of the table that Unicode publishes for code page 1252. */
static void what_windows_wrote_is_read_as_windows_shows_it(void **state)
{
    (void)state;
    static const char text[] = "\xC2\x93"
                               "5\xC2\x96"
                               "10\xC2\x94 \xC2\x80 \xC2\x81 é \xC2";
    struct buffer out = {0};
    assert_true(plain_has_windows(text, sizeof text - 1));
    plain_from_windows(&out, text, sizeof text - 1);
    assert_string_equal(out.bytes, "“5–10” €   é \xC2");
    assert_false(plain_has_windows("é\xC2\xA0\xC2", 5));
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_fold_and_what_cannot_be_seen_goes),
        cmocka_unit_test(it_does_what_plain_line_does),
        cmocka_unit_test(what_windows_wrote_is_read_as_windows_shows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
