/* Documents of a kind of their own, so that the reader of XML is tested without any format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "evidence/base/buffer.h"
#include "importers/formats/xml.h"

/* What the rules of these tests saw, one line an event. */
struct seen {
    struct buffer events;
    struct buffer warnings;
    struct arena *arena;
    const char *stop_at; /* an item's id that ends the reading */
    struct error err;
    bool good;
};

static void begin_item(struct xml *xml, void *context)
{
    struct seen *seen = context;
    const char *id = xml_attribute_text(xml, "id", seen->arena);
    if (xml_attribute_is(xml, "kind", "unwanted")) {
        xml_skip(xml);
        return;
    }
    buffer_printf(&seen->events, "item %s\n", id == NULL ? "-" : id);
    if (id != NULL && seen->stop_at != NULL && strcmp(id, seen->stop_at) == 0) {
        error_set(xml_error(xml), ERROR_STORE, "the store is full");
        xml_stop(xml);
    }
}

static void end_item(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct seen *seen = context;
    buffer_text(&seen->events, "end\n");
}

static void take_text(struct xml *xml, void *context, const char *text)
{
    struct seen *seen = context;
    buffer_printf(&seen->events, "%c=%s\n", (int)xml_what(xml), text);
}

static const struct xml_rule parts[] = {
    {.name = "text", .text = true, .end = take_text, .what = 't'},
    {.name = "lines", .text = true, .lines = true, .end = take_text, .what = 'l'},
    {.name = NULL},
};

static const struct xml_rule items[] = {
    {.name = "item", .within = parts, .begin = begin_item, .end = end_item},
    {.name = NULL},
};

static const struct xml_rule roots[] = {
    {.name = "list", .within = items},
    {.name = "item", .within = parts, .begin = begin_item, .end = end_item},
    {.name = NULL},
};

static void keep_warning(void *context, const char *message)
{
    struct seen *seen = context;
    buffer_printf(&seen->warnings, "%s\n", message);
}

static struct seen see_until(const void *bytes, size_t length, const char *stop_at)
{
    struct seen seen = {.arena = arena_new(), .stop_at = stop_at};
    const struct format_warnings warnings = {.warn = keep_warning, .context = &seen};
    struct input *input = input_memory(bytes, length, "list.xml", &input_limits_default);
    seen.good = xml_read(input, roots, &seen, &warnings, &seen.err);
    input_close(input);
    return seen;
}

static struct seen see(const void *bytes, size_t length)
{
    return see_until(bytes, length, NULL);
}

static void release(struct seen *seen)
{
    buffer_release(&seen->events);
    buffer_release(&seen->warnings);
    arena_free(seen->arena);
}

static void assert_events(const void *bytes, size_t length, const char *expected)
{
    struct seen seen = see(bytes, length);
    assert_string_equal(seen.err.message, "");
    assert_true(seen.good);
    assert_string_equal(buffer_string(&seen.events), expected);
    release(&seen);
}

static void assert_text(const char *inside, const char *expected)
{
    struct buffer document = {0};
    struct buffer events = {0};
    buffer_printf(&document, "<item><text>%s</text></item>", inside);
    buffer_printf(&events, "item -\nt=%s\nend\n", expected);
    assert_events(document.bytes, document.length, events.bytes);
    buffer_release(&document);
    buffer_release(&events);
}

/* ---- what is wanted ---- */

static void what_has_a_rule_comes_and_the_rest_is_passed_over(void **state)
{
    (void)state;
    const char *document =
        "<?xml version='1.0'?>\n"
        "<list><!-- a list --><other><item id='0'><text>no</text></item></other>\n"
        "<item id='7'>loose<text> a\n\t b </text><odd><text>no</text></odd></item>"
        "<item id='8' kind='unwanted'><text>no</text></item>"
        "<item id='9'/><text>no</text></list>\n";
    assert_events(document, strlen(document), "item 7\nt=a b\nend\nitem 9\nend\n");
}

static void prefixes_make_no_difference(void **state)
{
    (void)state;
    const char *document =
        "<x:list xmlns:x='urn:x'><x:item id='1'><text>a</text></x:item></x:list>";
    assert_events(document, strlen(document), "item 1\nt=a\nend\n");
    const char *undeclared = "<list><y:item id='2'/></list>";
    assert_events(undeclared, strlen(undeclared), "item 2\nend\n");
}

static void text_keeps_its_meaning_without_its_markup(void **state)
{
    (void)state;
    assert_text("<i>Ginkgo</i> and <b>b</b>", "Ginkgo and b");
    assert_text("10<sup>6</sup> cells, 10<sup>-5</sup>, m<sup>2</sup>", "10^6 cells, 10^-5, m2");
    assert_text("CO<sub>2</sub>, Ca<sup>2+</sup>", "CO2, Ca2+");
    assert_text("one<br/>two<P>three</P>four", "one two three four");
    assert_text("x<style face='superscript'>2</style> of 3<style face='superscript'>2</style>",
                "x2 of 3^2");
    assert_text("<style face='normal'>plain</style>", "plain");
    assert_text("<unknown>kept</unknown>", "kept");
    assert_text("<mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mfrac><mml:mn>1"
                "</mml:mn><mml:mn>20</mml:mn></mml:mfrac></mml:math> of them",
                "1/20 of them");
}

static void text_that_was_escaped_once_too_often_is_put_right(void **state)
{
    (void)state;
    assert_text("&lt;i&gt;in vivo&lt;/i&gt; study", "in vivo study");
    assert_text("p &lt; 0.05 and n &gt; 20", "p < 0.05 and n > 20");
    assert_text("p&lt;0.05", "p<0.05");
    assert_text("R &amp; D, AT&amp;T", "R & D, AT&T");
    assert_text("&amp;lt;0.05 &amp;beta;-blocker", "<0.05 β-blocker");
    assert_text("<![CDATA[a < b & c]]>", "a < b & c");
    assert_text("&#xb1;&#x2009;3&#xa0;mm", "± 3 mm");
}

static void a_return_parts_lines_where_they_are_wanted(void **state)
{
    (void)state;
    const char *document = "<item><lines>\n one &#13;&#xD; two\nthree&#13;</lines>"
                           "<lines/></item>";
    assert_events(document, strlen(document), "item -\nl=one\ntwo three\nl=\nend\n");
}

static void attributes_are_plain_too(void **state)
{
    (void)state;
    const char *document = "<list><item id=' a  &amp; b &lt;0.05'/></list>";
    assert_events(document, strlen(document), "item a & b <0.05\nend\n");
}

/* ---- encodings ---- */

static void encodings_that_are_declared_or_marked_are_read(void **state)
{
    (void)state;
    const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?><item><text>caf\xE9"
                         "</text></item>";
    assert_events(latin, sizeof latin - 1, "item -\nt=café\nend\n");
    const char marked[] = "\xEF\xBB\xBF<item><text>caf\xC3\xA9</text></item>";
    assert_events(marked, sizeof marked - 1, "item -\nt=café\nend\n");
    const char16_t wide[] = u"\xFEFF<item><text>café</text></item>";
    assert_events(wide, sizeof wide - sizeof *wide, "item -\nt=café\nend\n");
}

/* Byte 0x96 is the en dash of Windows-1252; as a control character it would vanish and leave 510.
 */
static void a_dash_of_windows_does_not_join_two_figures(void **state)
{
    (void)state;
    const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?><list><item id='5\x96"
                         "10'><text>\x93x\x94 5\x96"
                         "10 \x81</text></item></list>";
    assert_events(latin, sizeof latin - 1, "item 5–10\nt=“x” 5–10\nend\n");
}

static void assert_fails(const void *bytes, size_t length, enum error_kind kind,
                         const char *message, const char *before)
{
    struct seen seen = see(bytes, length);
    assert_false(seen.good);
    assert_int_equal(seen.err.kind, kind);
    if (strstr(seen.err.message, message) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", seen.err.message, message);
    assert_string_equal(buffer_string(&seen.events), before);
    release(&seen);
}

#define ASSERT_FAILS(document, message, before)                                                    \
    assert_fails(document, strlen(document), ERROR_INVALID, message, before)

static void a_wrong_encoding_ends_the_reading_where_it_is_met(void **state)
{
    (void)state;
    ASSERT_FAILS("<list><item id='1'/>\n<item><text>caf\xE9</text></item></list>",
                 "list.xml: line 2, column", "item 1\nend\nitem -\n");
    ASSERT_FAILS("<?xml version='1.0' encoding='klingon'?><list><item id='1'/></list>", "klingon",
                 "");
    ASSERT_FAILS("<?xml version='1.0' encoding='US-ASCII'?><list><item id='1'/>"
                 "<item><text>caf\xC3\xA9</text></item></list>",
                 "list.xml: line 1", "item 1\nend\nitem -\n");
}

/* ---- broken documents ---- */

static void what_is_no_xml_is_refused_with_its_place(void **state)
{
    (void)state;
    ASSERT_FAILS("", "list.xml: line", "");
    ASSERT_FAILS("TY  - JOUR", "list.xml: line 1, column 1: ", "");
    ASSERT_FAILS("<list>\n<item id='1'/>\n<item id='2'></list>", "list.xml: line 3, column",
                 "item 1\nend\nitem 2\n");
    ASSERT_FAILS("<list><item id='1'/></list><list/>", "line 1, column 28", "item 1\nend\n");
    ASSERT_FAILS("<list><item id='1'/>a & b</list>", "line 1", "item 1\nend\n");
    ASSERT_FAILS("<html><body/></html>",
                 "line 1, column 6: the document is a <html>; expected is one of <list>, <item>",
                 "");
}

static void a_document_cut_anywhere_gives_what_is_whole_and_one_error(void **state)
{
    (void)state;
    const char *document = "<?xml version='1.0'?><list><item id='1'><text>a &amp; b</text></item>"
                           "<item id='2'><lines>c</lines></item></list>";
    const char *events = "item 1\nt=a & b\nend\nitem 2\nl=c\nend\n";
    for (size_t length = 0; length < strlen(document); length++) {
        struct seen seen = see(document, length);
        assert_false(seen.good);
        assert_int_equal(seen.err.kind, ERROR_INVALID);
        assert_non_null(strstr(seen.err.message, "list.xml: line "));
        assert_memory_equal(events, buffer_string(&seen.events), seen.events.length);
        release(&seen);
    }
}

static void the_error_of_whoever_takes_the_items_comes_back_unchanged(void **state)
{
    (void)state;
    const char *document = "<list><item id='1'/><item id='2'/><item id='3'/></list>";
    struct seen seen = see_until(document, strlen(document), "2");
    assert_false(seen.good);
    assert_int_equal(seen.err.kind, ERROR_STORE);
    assert_string_equal(seen.err.message, "the store is full");
    assert_string_equal(buffer_string(&seen.events), "item 1\nend\nitem 2\n");
    release(&seen);
}

static void a_broken_input_is_told_as_such(void **state)
{
    (void)state;
    const char *document = "<list><item id='1'/>              </list>";
    struct seen seen = {.arena = arena_new()};
    const struct input_limits few = {.stored = 30};
    struct input *input = input_memory(document, strlen(document), "list.xml", &few);
    assert_false(xml_read(input, roots, &seen, NULL, &seen.err));
    assert_int_equal(seen.err.kind, ERROR_LIMIT);
    assert_string_equal(seen.err.message, "list.xml: longer than 30 bytes, the most that is read");
    assert_string_equal(buffer_string(&seen.events), "item 1\nend\n");
    input_close(input);
    release(&seen);
}

/* ---- hostile documents ---- */

static void entities_of_the_documents_own_are_refused(void **state)
{
    (void)state;
    const char *message = "the document declares an entity of its own";
    ASSERT_FAILS("<!DOCTYPE list [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                 "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
                 "<list><item><text>&c;</text></item></list>",
                 message, "");
    ASSERT_FAILS("<!DOCTYPE list [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                 "<list><item><text>&a;</text></item></list>",
                 message, "");
    ASSERT_FAILS("<!DOCTYPE list [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>"
                 "<list><item/></list>",
                 message, "");
    ASSERT_FAILS("<!DOCTYPE list [<!ATTLIST item id CDATA 'default'>]><list><item/></list>",
                 "the document declares an attribute of its own (item)", "");
}

/* One long entity used over and over: quadratic, without entities within entities. */
static void a_long_entity_is_refused_before_it_is_used(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<!DOCTYPE list [<!ENTITY a '");
    for (int i = 0; i < 50000; i++)
        buffer_byte(&document, 'a');
    buffer_text(&document, "'>]><list><item><text>");
    for (int i = 0; i < 50000; i++)
        buffer_text(&document, "&a;");
    buffer_text(&document, "</text></item></list>");
    ASSERT_FAILS(document.bytes, "declares an entity of its own (a)", "");
    buffer_release(&document);
}

static void a_document_type_elsewhere_is_not_fetched_and_harms_nothing(void **state)
{
    (void)state;
    const char *document = "<!DOCTYPE list SYSTEM 'file:///etc/passwd'>"
                           "<list><item><text>a&nbsp;&alpha; &made-up; b</text></item></list>";
    assert_events(document, strlen(document), "item -\nt=a α &made-up; b\nend\n");
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<list><item id='1'/>");
    for (int i = 0; i < 100000; i++)
        buffer_text(&document, "<deep>");
    assert_fails(document.bytes, document.length, ERROR_LIMIT,
                 "elements are more than 256 deep within each other", "item 1\nend\n");
    buffer_release(&document);
}

/* The parser keeps every name it ever saw, and finds one among a million slowly. */
static void names_without_end_are_refused(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<list><item id='1'/>");
    for (int i = 0; i < 200000; i++)
        buffer_printf(&document, "<a%d/>", i);
    assert_fails(document.bytes, document.length, ERROR_LIMIT,
                 "there are more than 2000 names of elements", "item 1\nend\n");
    buffer_release(&document);
}

static void a_text_longer_than_a_field_is_left_out_with_a_warning(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<list><item id='1'><text>");
    for (int i = 0; i < FORMAT_FIELD_MOST / 16 + 1; i++)
        buffer_text(&document, "sixteen letters ");
    buffer_text(&document, "</text></item><item id='2'><text>short</text></item></list>");
    struct seen seen = see(document.bytes, document.length);
    assert_true(seen.good);
    assert_string_equal(buffer_string(&seen.events), "item 1\nt=\nend\nitem 2\nt=short\nend\n");
    assert_string_equal(buffer_string(&seen.warnings),
                        "list.xml: line 1: <text> is longer than 4194304 bytes and was left out\n");
    release(&seen);
    buffer_release(&document);
}

/* ---- the first bytes ---- */

static void assert_root(const void *head, size_t length, const char *expected)
{
    char name[XML_NAME_SIZE] = "";
    assert_int_equal(xml_root(head, length, name), expected != NULL);
    assert_string_equal(expected == NULL ? "" : name, expected == NULL ? "" : expected);
}

#define ASSERT_ROOT(head, expected) assert_root(head, sizeof(head) - 1, expected)

static void the_first_element_is_found_behind_whatever_stands_before_it(void **state)
{
    (void)state;
    ASSERT_ROOT("<list>", "list");
    ASSERT_ROOT("<list/>", "list");
    ASSERT_ROOT("\xEF\xBB\xBF\n<?xml version='1.0'?>\n<!-- <a> --><x:list a='b'", "list");
    ASSERT_ROOT("<!DOCTYPE list PUBLIC 'a' 'b'><list\n", "list");
    ASSERT_ROOT("<!DOCTYPE list [<!ENTITY a 'b'>]><list>", "list");
    static const char16_t wide[] = u"\xFEFF<?xml version='1.0'?><list>";
    assert_root(wide, sizeof wide - sizeof *wide, "list");
    ASSERT_ROOT("<li", NULL); /* cut */
    ASSERT_ROOT("<!-- cut", NULL);
    ASSERT_ROOT("TY  - JOUR", NULL);
    ASSERT_ROOT("", NULL);
    ASSERT_ROOT("< list>", NULL);
}

static void words_are_found_in_any_encoding(void **state)
{
    (void)state;
    static const char16_t wide[] = u"<xml><records>";
    assert_true(xml_head_has("<xml><records>", 14, "<records"));
    assert_true(xml_head_has((const char *)wide, sizeof wide, "<records"));
    assert_false(xml_head_has("<xml><record", 12, "<records"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_a_rule_comes_and_the_rest_is_passed_over),
        cmocka_unit_test(prefixes_make_no_difference),
        cmocka_unit_test(text_keeps_its_meaning_without_its_markup),
        cmocka_unit_test(text_that_was_escaped_once_too_often_is_put_right),
        cmocka_unit_test(a_return_parts_lines_where_they_are_wanted),
        cmocka_unit_test(attributes_are_plain_too),
        cmocka_unit_test(encodings_that_are_declared_or_marked_are_read),
        cmocka_unit_test(a_dash_of_windows_does_not_join_two_figures),
        cmocka_unit_test(a_wrong_encoding_ends_the_reading_where_it_is_met),
        cmocka_unit_test(what_is_no_xml_is_refused_with_its_place),
        cmocka_unit_test(a_document_cut_anywhere_gives_what_is_whole_and_one_error),
        cmocka_unit_test(the_error_of_whoever_takes_the_items_comes_back_unchanged),
        cmocka_unit_test(a_broken_input_is_told_as_such),
        cmocka_unit_test(entities_of_the_documents_own_are_refused),
        cmocka_unit_test(a_long_entity_is_refused_before_it_is_used),
        cmocka_unit_test(a_document_type_elsewhere_is_not_fetched_and_harms_nothing),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(names_without_end_are_refused),
        cmocka_unit_test(a_text_longer_than_a_field_is_left_out_with_a_warning),
        cmocka_unit_test(the_first_element_is_found_behind_whatever_stands_before_it),
        cmocka_unit_test(words_are_found_in_any_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
