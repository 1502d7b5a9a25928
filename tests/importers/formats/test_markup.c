#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/formats/markup.h"

typedef const char *reader(const char *text, size_t length, struct arena *arena);

static void assert_read(reader *read, const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    const char *plain = read(text, strlen(text), arena);
    if (expected == NULL)
        assert_null(plain);
    else
        assert_string_equal(plain == NULL ? "(nothing)" : plain, expected);
    arena_free(arena);
}

struct row {
    const char *text;
    const char *expected;
};

static void assert_rows(reader *read, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_read(read, rows[i].text, rows[i].expected);
}

#define ASSERT_ROWS(read, rows) assert_rows(read, rows, sizeof(rows) / sizeof *(rows))

static void tags_go_and_their_text_stays(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Effect of <i>Lactobacillus</i> on <b>pain</b>", "Effect of Lactobacillus on pain"},
        {"One<br/>two<BR>three", "One two three"},
        {"<p class=\"x y\" id='a'>Text</p>", "Text"},
        {"<font color=red>Text</font>", "Text"},
        {"<jats:italic toggle=\"yes\">Puma</jats:italic> concolor", "Puma concolor"},
        {"a<!-- not this -->b<?nor this?>c<![CDATA[<i>d</i>]]>", "abc<i>d</i>"},
        {"before<script>var x = '<p>';</script> after", "before after"},
        {"  white\n\t space  ", "white space"},
        {"", NULL},
        {"<p> </p>", NULL},
    };
    ASSERT_ROWS(markup_line, rows);
}

/* Each would lose figures or words if '<' alone made a tag. */
static void what_only_looks_like_a_tag_stays(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"p <0.001 and n> 20", "p <0.001 and n> 20"},
        {"p<0.05, x>1", "p<0.05, x>1"},
        {"a <b and c> d", "a <b and c> d"},
        {"<unheard of>", "<unheard of>"},
        {"a < b", "a < b"},
        {"cut <i", "cut <i"},
        {"cut <a href=\"x", "cut <a href=\"x"},
        {"no end <!-- of it", "no end <!-- of it"},
        {"<script>no end", "no end"},
        {"Q&A; R & D &nosuch; &#; &#xZ;", "Q&A; R & D &nosuch; &#; &#xZ;"},
    };
    ASSERT_ROWS(markup_line, rows);
}

static void references_become_characters(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Pain &amp; care &lt; 3 &gt; 2 &quot;x&quot; &apos;y&apos;",
         "Pain & care < 3 > 2 \"x\" 'y'"},
        {"caf&eacute; &#233; &#xE9; &#x1F600;", "café é é 😀"},
        {"5&nbsp;mg 129&#8201;&plusmn;&#8201;32", "5 mg 129 ± 32"},
        {"1990&#150;1995", "1990–1995"}, /* Windows-1252, as HTML has it */
        {"&#xD800;&#x110000;&#0;x", "\xEF\xBF\xBD\xEF\xBF\xBD x"},
    };
    ASSERT_ROWS(markup_line, rows);
}

/* Seen in deposits of publishers: a title that went through two programs, each of which escaped. */
static void what_was_escaped_twice_is_read_once_more(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Effects of &lt;i&gt;Puma&lt;/i&gt;", "Effects of Puma"},
        {"A &amp;amp; B", "A & B"},
        {"p &amp;lt; 0.05", "p < 0.05"},
        {"&amp;lt;sup&amp;gt;2&amp;lt;/sup&amp;gt;", "2"},
        {"&lt;jats:p xml:lang=&quot;en&quot;&gt;Text&lt;/jats:p&gt;", "Text"},
        {"p &lt; 0.05 and n &gt; 20", "p < 0.05 and n > 20"},
        {"a &lt;20 years&gt; b", "a <20 years> b"},
    };
    ASSERT_ROWS(markup_line, rows);
}

/* "10<sup>-3</sup>" as 10-3 would be a range, "10<sup>9</sup>" as 109 a number nobody wrote. */
static void a_raised_figure_never_joins_the_one_before(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"10<sup>9</sup>/L", "10^9/L"},
        {"10<sup>-3</sup>", "10^-3"},
        {"10<sup>&#8722;3</sup>", "10^−3"},
        {"10 <sup>6</sup>", "10 ^6"},
        {"p = 0.05<sup>1</sup>", "p = 0.05^1"},
        {"log<sub>10</sub>5", "log10 5"},
        {"x1<sub>2</sub>", "x1_2"},
        {"words<sup>1</sup><sup>2</sup>", "words1 2"},
        /* Nothing to mistake: as people write it. */
        {"m<sup>2</sup> H<sub>2</sub>O Ca<sup>2+</sup> Ca2<sup>+</sup> CD4<sup>+</sup>",
         "m2 H2O Ca2+ Ca2+ CD4+"},
        {"the 10<sup>th</sup>", "the 10th"},
    };
    ASSERT_ROWS(markup_line, rows);
}

static void formulas_keep_their_strokes_and_powers(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"},
        {"<mml:math xmlns:mml=\"m\">\n <mml:msup>\n <mml:mn>10</mml:mn>\n <mml:mn>5</mml:mn>"
         "\n </mml:msup>\n</mml:math>",
         "10^5"},
        {"<mml:math><mml:mfrac><mml:mrow><mml:mi>N</mml:mi><mml:mi>p</mml:mi></mml:mrow>"
         "<mml:mrow><mml:mi>N</mml:mi><mml:mo>−</mml:mo><mml:mi>p</mml:mi></mml:mrow>"
         "</mml:mfrac></mml:math>",
         "(Np)/(N−p)"},
        {"<mml:math><mml:msubsup><mml:mi>x</mml:mi><mml:mn>1</mml:mn><mml:mn>2</mml:mn>"
         "</mml:msubsup></mml:math>",
         "x1^2"},
        {"<math><mn>1</mn><mn>2</mn></math>", "1 2"},
        {"<math><mi>p</mi><mo>&lt;</mo><mn>0.05</mn></math>5", "p<0.05 5"},
        {"<math><mtext>if and only if</mtext></math>", "if and only if"},
        {"<math><semantics><mi>x</mi><annotation encoding=\"TeX\">x^2</annotation></semantics>"
         "</math>",
         "x"},
        {"<alternatives><tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math>"
         "</alternatives>",
         "x"},
        {"for <tex-math>\\documentclass{a}$x$</tex-math> only", "for only"},
        {"for <tex-math>$x$</tex-math> only", "for $x$ only"},
    };
    ASSERT_ROWS(markup_line, rows);
}

static void an_abstract_has_labelled_paragraphs(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<h4>Background</h4>Knots hurt.<h4>Methods</h4>We looked.",
         "Background: Knots hurt.\nMethods: We looked."},
        {"<jats:title>Abstract</jats:title>\n<jats:sec "
         "id=\"a\">\n<jats:title>Background</jats:title>"
         "\n<jats:p>Knots\n hurt.</jats:p><jats:p>Much.</jats:p>\n</jats:sec>\n<jats:sec>"
         "<jats:title>What was found?</jats:title><jats:p>Nothing.</jats:p></jats:sec>",
         "Background: Knots hurt.\nMuch.\nWhat was found? Nothing."},
        {"<jats:title>Abstract</jats:title><jats:p>Knots hurt.</jats:p>", "Knots hurt."},
        {"<p>One</p><p>Two</p>", "One\nTwo"},
        {"<ul><li>One</li><li>Two</li></ul>", "One\nTwo"},
        {"plain\ntext", "plain text"},
        {"<h4></h4>text", "text"},
        {"<h4>Only a heading</h4>", "Only a heading:"},
    };
    ASSERT_ROWS(markup_paragraphs, rows);
}

static void plain_text_is_taken_as_it_stands(void **state)
{
    (void)state;
    assert_read(plain_line,
                "<i>a</i>\n&amp;\x01"
                "b",
                "<i>a</i> &amp; b");
    assert_read(plain_paragraphs, "one\ntwo\r\n\r\n three  four\n", "one\ntwo\nthree four");
    assert_read(plain_line, " \n\xE2\x80\x8B", NULL);
}

static void bytes_that_are_no_text_are_told_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(plain_line("a\0b\xFF"
                                   "c",
                                   5, arena),
                        "a b\xEF\xBF\xBD"
                        "c");
    /* A mark that would turn the line around for its reader. */
    assert_string_equal(markup_line("a\xE2\x80\xAE"
                                    "b",
                                    5, arena),
                        "ab");
    assert_null(markup_line(NULL, 0, arena));
    arena_free(arena);
}

/* Each of these took a search to the end of the text for every one of its beginnings, had the ends
 * been looked for again and again; a test that takes minutes is seen. */
static void many_beginnings_without_an_end_are_read_in_time(void **state)
{
    (void)state;
    static const char *const beginnings[] = {"<!--",       "<?",      "<![CDATA[", "<script>",
                                             "<tex-math>", "<a b=\"", "&lt;i",     "<math><mrow>",
                                             "<h4>",       "&amp;"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        struct buffer text = {0};
        while (text.length < 1 << 20)
            buffer_text(&text, beginnings[i]);
        markup_paragraphs(text.bytes, text.length, arena);
        buffer_text(&text, "</tex-math>\"");
        markup_line(text.bytes, text.length, arena);
        buffer_release(&text);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_go_and_their_text_stays),
        cmocka_unit_test(what_only_looks_like_a_tag_stays),
        cmocka_unit_test(references_become_characters),
        cmocka_unit_test(what_was_escaped_twice_is_read_once_more),
        cmocka_unit_test(a_raised_figure_never_joins_the_one_before),
        cmocka_unit_test(formulas_keep_their_strokes_and_powers),
        cmocka_unit_test(an_abstract_has_labelled_paragraphs),
        cmocka_unit_test(plain_text_is_taken_as_it_stands),
        cmocka_unit_test(bytes_that_are_no_text_are_told_apart),
        cmocka_unit_test(many_beginnings_without_an_end_are_read_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
