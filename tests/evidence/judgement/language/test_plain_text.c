/* HTML read as someone sees it, and every byte led back to where it stood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/language/plain_text.h"

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

static void a_page_is_read_as_someone_sees_it(void **state)
{
    static const struct {
        const char *page, *text;
    } cases[] = {
        {"eases pain", "eases pain"},
        {"<b>eases</b> pain", "eases pain"},
        {"<p>eases</p>pain", "\neases\npain"},
        {"eases<br>pain", "eases\npain"},
        {"<script>var pain;</script>eases", "\neases"},
        {"<style>p{}</style>eases", "\neases"},
        {"eases<!-- no --> pain", "eases pain"},
        {"pain < 3 and <3", "pain < 3 and <3"},
        {"Rock &amp; roll", "Rock & roll"},
        {"&lt;b&gt;", "<b>"},
        {"caf&eacute;", "caf\xc3\xa9"},
        {"&#65;&#x42;", "AB"},
        {"AT&T; and &;", "AT&T; and &;"}, /* no such names */
        {"fish & chips", "fish & chips"},
        {"ends with &amp", "ends with &amp"},
        {"ends with &", "ends with &"},
        {"<b>one\ntwo</b>", "one two"}, /* a line break is a space where there are tags */
        {"one\ntwo", "one\ntwo"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct plain_text got = plain_text_of(cases[i].page, strlen(cases[i].page), arena);
        const char *text = arena_strndup(arena, got.bytes, got.length);
        if (strcmp(text, cases[i].text) != 0)
            fail_msg("\"%s\" is read as \"%s\"", cases[i].page, text);
        arena_free(arena);
    }
}

static void places_lead_back_to_the_page(void **state)
{
    const char *page = "<p>It <b>eases</b> pain &amp; <i>aches</i></p>";
    static const char *const words[] = {"It", "eases", "pain", "aches"};
    struct arena *arena = arena_new();
    (void)state;
    struct plain_text got = plain_text_of(page, strlen(page), arena);
    const char *text = arena_strndup(arena, got.bytes, got.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = (size_t)(strstr(text, words[i]) - text);
        assert_ptr_equal(page + plain_text_place(&got, at), strstr(page, words[i]));
    }
    size_t sign = (size_t)(strchr(text, '&') - text);
    assert_ptr_equal(page + plain_text_place(&got, sign), strstr(page, "&amp;"));
    for (size_t at = 0; at < got.length; at++)
        assert_true(plain_text_place(&got, at) <= plain_text_place(&got, at + 1));
    assert_true(plain_text_place(&got, got.length) <= strlen(page));
    arena_free(arena);
}

static void a_text_without_markup_is_the_text_itself(void **state)
{
    const char *text = "eases pain";
    struct arena *arena = arena_new();
    (void)state;
    struct plain_text got = plain_text_of(text, strlen(text), arena);
    assert_ptr_equal(got.bytes, text);
    assert_null(got.places);
    assert_int_equal(plain_text_place(&got, 6), 6);
    arena_free(arena);
}

/* A page cut off anywhere is read without looking beyond its end. */
static void a_page_cut_off_anywhere_is_read_to_its_end(void **state)
{
    const char *page = "<p class=\"a>b\">A &amp; B<!-- c --><script>d</script>&#x41;<h2>E</h2>";
    (void)state;
    for (size_t length = 0; length <= strlen(page); length++) {
        struct arena *arena = arena_new();
        char *cut = arena_alloc(arena, length + 1);
        memcpy(cut, page, length);
        struct plain_text got = plain_text_of(cut, length, arena);
        assert_true(got.length <= length);
        assert_true(plain_text_place(&got, got.length) <= length);
        arena_free(arena);
    }
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
        cmocka_unit_test(a_page_is_read_as_someone_sees_it),
        cmocka_unit_test(places_lead_back_to_the_page),
        cmocka_unit_test(a_text_without_markup_is_the_text_itself),
        cmocka_unit_test(a_page_cut_off_anywhere_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
