/* HTML read as someone sees it, and every byte led back to where it stood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/plain_text.h"

static const char *plain(const char *text, struct arena *arena)
{
    struct plain_text plain = plain_text_of(text, strlen(text), arena);
    return arena_strndup(arena, plain.bytes, plain.length);
}

static void check(const char *text, const char *want)
{
    struct arena *arena = arena_new();
    assert_string_equal(plain(text, arena), want);
    arena_free(arena);
}

static void text_without_markup_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "pain < 3 and 5 > 4", "I <3 it", "a & b", "50% & more"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i], texts[i]);
}

static void tags_within_a_line_vanish(void **state)
{
    (void)state;
    check("re<b>lieves</b> pain", "relieves pain");
    check("<a href=\"x>y\">eases</a> pain", "eases pain");
}

static void blocks_become_lines_and_headings_are_marked(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *list = plain("<ul><li>one</li><li>two</li></ul>", arena);
    const char *one = strstr(list, "one");
    assert_non_null(one);
    assert_non_null(strchr(one, '\n'));
    assert_true(strchr(one, '\n') < strstr(list, "two"));
    assert_non_null(strchr(plain("<h2>Relief</h2>text", arena), '#'));
    arena_free(arena);
}

static void scripts_styles_and_comments_are_left_out(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char *const texts[] = {
        "a<script>cures pain</script>b", "a<style>.pain{}</style>b", "a<!-- cures pain -->b",
        "<head><title>pain</title></head>a b", "a<script>cures pain"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(strstr(plain(texts[i], arena), "pain"));
    arena_free(arena);
}

static void characters_written_by_name_or_number_are_read(void **state)
{
    (void)state;
    check("<b>it&amp;s</b>", "it&s");
    check("<b>5&#8211;6</b>", "5\xE2\x80\x93"
                              "6");
    check("<b>5&#x2013;6</b>", "5\xE2\x80\x93"
                               "6");
}

static void every_byte_is_led_back_to_where_it_stood(void **state)
{
    (void)state;
    static const char text[] = "<p>It <b>eases</b> neck&nbsp;pain</p>";
    struct arena *arena = arena_new();
    struct plain_text read = plain_text_of(text, strlen(text), arena);
    const char *found = strstr(arena_strndup(arena, read.bytes, read.length), "eases");
    assert_non_null(found);
    for (size_t i = 0; i + 5 <= read.length; i++)
        if (memcmp(read.bytes + i, "eases", 5) == 0)
            assert_int_equal(plain_text_place(&read, i), strstr(text, "eases") - text);
    for (size_t i = 1; i <= read.length; i++)
        assert_true(plain_text_place(&read, i) >= plain_text_place(&read, i - 1));
    assert_true(plain_text_place(&read, read.length) <= strlen(text));
    arena_free(arena);
}

static void any_bytes_are_read_and_never_grow(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char *const texts[] = {"<",  "<<<<", "<p",      "&#999999999;<b>", "&#xD800;<b>",
                                        "</", "<!--", "<b\xFF>", "\xFF<i>\xFE"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(plain_text_of(texts[i], strlen(texts[i]), arena).length <= strlen(texts[i]));
    assert_true(plain_text_of("a\0<b>b", 6, arena).length <= 6);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_markup_stays_as_it_is),
        cmocka_unit_test(tags_within_a_line_vanish),
        cmocka_unit_test(blocks_become_lines_and_headings_are_marked),
        cmocka_unit_test(scripts_styles_and_comments_are_left_out),
        cmocka_unit_test(characters_written_by_name_or_number_are_read),
        cmocka_unit_test(every_byte_is_led_back_to_where_it_stood),
        cmocka_unit_test(any_bytes_are_read_and_never_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
