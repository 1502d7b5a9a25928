#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service/views/terminal.h"

/* What is printed into memory. */
struct page {
    struct terminal terminal;
    char *text;
    size_t length;
};

static void page_open(struct page *page, int width, bool colour)
{
    page->text = NULL;
    page->terminal = (struct terminal){
        .out = open_memstream(&page->text, &page->length), .colour = colour, .width = width};
    assert_non_null(page->terminal.out);
}

static void page_is(struct page *page, const char *want)
{
    fclose(page->terminal.out);
    assert_string_equal(page->text, want);
    free(page->text);
}

static void a_paragraph_breaks_at_spaces_and_indents_every_line(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 20, false);
    terminal_paragraph(&page.terminal, NULL, 4, "one two three four five");
    page_is(&page, "    one two three\n    four five\n");
}

static void a_label_stands_before_the_first_line(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 20, false);
    terminal_paragraph(&page.terminal, "How", 6, "one two three four");
    terminal_paragraph(&page.terminal, "Longer than", 6, "one two");
    page_is(&page, "How   one two three\n      four\nLonger than one two\n");
}

static void a_line_may_be_exactly_as_long_as_the_terminal_is_wide(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 10, false);
    terminal_paragraph(&page.terminal, NULL, 0, "abcd efghi jklm nopqrs");
    page_is(&page, "abcd efghi\njklm\nnopqrs\n");
}

static void columns_are_code_points_not_bytes(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(terminal_columns("Fernández-de-las-Peñas"), 22);
    assert_int_equal(terminal_columns("⊕◯◯◯"), 4);
    page_open(&page, 10, false);
    terminal_paragraph(&page.terminal, NULL, 0, "ééééé éééé é");
    terminal_cell(&page.terminal, INK_PLAIN, "é", 3);
    terminal_cell(&page.terminal, INK_PLAIN, "long", 3);
    page_is(&page, "ééééé éééé\né\né  long");
}

static void a_word_is_never_broken(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 10, false);
    terminal_paragraph(&page.terminal, NULL, 2, "a https://example.org/long b");
    page_is(&page, "  a\n  https://example.org/long\n  b\n");
}

static void a_text_goes_on_where_the_line_stands(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 20, false);
    terminal_cell(&page.terminal, INK_PLAIN, "badge", 8);
    terminal_wrap(&page.terminal, 8, 8, "one two three four");
    page_is(&page, "badge   one two\n        three four\n");
}

static void an_empty_text_leaves_no_space_behind(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 20, false);
    terminal_paragraph(&page.terminal, "Label", 10, "");
    terminal_paragraph(&page.terminal, NULL, 4, "");
    page_is(&page, "Label\n\n");
}

static void ink_is_for_terminals_that_take_colour(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 20, true);
    terminal_put(&page.terminal, INK_BOLD, "a");
    terminal_put(&page.terminal, INK_PLAIN, "b");
    page_is(&page, "\033[1ma\033[0mb");
    page_open(&page, 20, false);
    terminal_put(&page.terminal, INK_BOLD, "a");
    terminal_title(&page.terminal, "b");
    page_is(&page, "ab\n");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    struct page page;
    page_open(&page, 40, false);
    terminal_put(&page.terminal, INK_PLAIN, "a\033[31mb\x7f");
    terminal_paragraph(&page.terminal, NULL, 0, "c\nd\te");
    page_is(&page, "a [31mb c d e\n");
}

static void the_width_is_that_of_columns_within_reason(void **state)
{
    (void)state;
    static const struct {
        const char *columns;
        int width;
    } cases[] = {{"60", 60}, {"10", 40}, {"500", 100}, {"x", 80}, {"-5", 80}, {"", 80}};
    FILE *file = tmpfile();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setenv("COLUMNS", cases[i].columns, 1);
        assert_int_equal(terminal_of(file).width, cases[i].width);
        assert_false(terminal_of(file).colour);
    }
    unsetenv("COLUMNS");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paragraph_breaks_at_spaces_and_indents_every_line),
        cmocka_unit_test(a_label_stands_before_the_first_line),
        cmocka_unit_test(a_line_may_be_exactly_as_long_as_the_terminal_is_wide),
        cmocka_unit_test(columns_are_code_points_not_bytes),
        cmocka_unit_test(a_word_is_never_broken),
        cmocka_unit_test(a_text_goes_on_where_the_line_stands),
        cmocka_unit_test(an_empty_text_leaves_no_space_behind),
        cmocka_unit_test(ink_is_for_terminals_that_take_colour),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(the_width_is_that_of_columns_within_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
