#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/views/html.h"

static void text_stays_text_whatever_is_in_it(void **state)
{
    static const struct {
        const char *text;
        const char *html;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"a & b", "a &amp; b"},
        {"&amp;", "&amp;amp;"},
        {"<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"Fernández", "Fernández"},
        {"a\tb\nc", "a\tb\nc"},
        {"a\x01\x1B\x7F", "a\uFFFD\uFFFD\uFFFD"},
        {"\xC2\x80", "\uFFFD"},                 /* U+0080, a C1 control */
        {"\xC0\xBC", "\uFFFD\uFFFD"},           /* an overlong '<' */
        {"\xF0\x9F", "\uFFFD\uFFFD"},           /* cut short */
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"}, /* half of a pair */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        html_text(&out, cases[i].text);
        assert_string_equal(buffer_string(&out), cases[i].html);
        buffer_release(&out);
    }
}

static void only_the_length_given_is_written(void **state)
{
    struct buffer out = {0};
    (void)state;
    html_text_length(&out, "knots<b>", 6);
    html_text(&out, NULL);
    assert_string_equal(buffer_string(&out), "knots&lt;");
    buffer_release(&out);
}

static void a_format_is_markup_and_its_arguments_are_not(void **state)
{
    struct buffer out = {0};
    (void)state;
    html_put(&out, "<a href=\"%s\">%s</a> %d of %zu, 95 %%", "/?q=\"", "<b>", -3, (size_t)7);
    assert_string_equal(buffer_string(&out), "<a href=\"/?q=&quot;\">&lt;b&gt;</a> -3 of 7, 95 %");
    buffer_release(&out);
}

static void a_question_becomes_an_address(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    assert_string_equal(html_question_address("does it help? 50 % & <more>", arena),
                        "/?q=does%20it%20help%3F%2050%20%25%20%26%20%3Cmore%3E");
    arena_free(arena);
}

static void json_in_a_script_ends_no_element_and_reads_back(void **state)
{
    static const char json[] = "{\"a\":\"</script><!-- & \xE2\x80\xA8\xE2\x80\xA9 é\"}";
    struct buffer out = {0};
    (void)state;
    html_script_json(&out, json, strlen(json));
    assert_string_equal(buffer_string(&out), "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 "
                                             "\\u2028\\u2029 é\"}");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text_whatever_is_in_it),
        cmocka_unit_test(only_the_length_given_is_written),
        cmocka_unit_test(a_format_is_markup_and_its_arguments_are_not),
        cmocka_unit_test(json_in_a_script_ends_no_element_and_reads_back),
        cmocka_unit_test(a_question_becomes_an_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
