/* CSV as RFC 4180 has it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "service/views/csv.h"

static void put_row(struct csv *csv, const char *text, double number)
{
    static const char *const list[] = {"a", "b, c", NULL};
    csv_text(csv, "text", text);
    csv_real(csv, "number", number);
    csv_line_count(csv, "count", 3);
    csv_truth(csv, "truth", true);
    csv_texts(csv, "list", list);
    csv_end(csv);
}

static void written(bool header, const char *text, double number, const char *expected)
{
    struct buffer out = {0};
    struct csv csv = csv_line_begin(&out, header);
    put_row(&csv, text, number);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
}

static void a_header_has_the_names_and_a_row_the_values(void **state)
{
    (void)state;
    written(true, "x", 1, "text,number,count,truth,list\r\n");
    written(false, "x", 0.1, "x,0.1,3,true,\"a; b, c\"\r\n");
}

static void what_parts_fields_or_lines_is_quoted(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a,b", "\"a,b\""},   {"say \"no\"", "\"say \"\"no\"\"\""},
        {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""},
        {" a", "\" a\""},     {"a ", "\"a \""},
        {"a b", "a b"},       {"\xC3\xA9", "\xC3\xA9"},
        {"\"", "\"\"\"\""},   {"'", "'"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        struct csv csv = csv_line_begin(&out, false);
        csv_text(&csv, "text", cases[i][0]);
        assert_string_equal(buffer_string(&out), cases[i][1]);
        buffer_release(&out);
    }
}

static void the_unknown_is_empty_and_zero_is_not(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct csv csv = csv_line_begin(&out, false);
    csv_text(&csv, "a", NULL);
    csv_real(&csv, "b", NAN);
    csv_line_count(&csv, "c", -1);
    csv_texts(&csv, "d", NULL);
    csv_real(&csv, "e", 0);
    csv_line_count(&csv, "f", 0);
    csv_truth(&csv, "g", false);
    csv_end(&csv);
    assert_string_equal(buffer_string(&out), ",,,,0,0,false\r\n");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_has_the_names_and_a_row_the_values),
        cmocka_unit_test(what_parts_fields_or_lines_is_quoted),
        cmocka_unit_test(the_unknown_is_empty_and_zero_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
