/* Pasted pages as someone reads them, and where each byte stood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/plain_text.h"

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
        cmocka_unit_test(a_page_is_read_as_someone_sees_it),
        cmocka_unit_test(places_lead_back_to_the_page),
        cmocka_unit_test(a_text_without_markup_is_the_text_itself),
        cmocka_unit_test(a_page_cut_off_anywhere_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
