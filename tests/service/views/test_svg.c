/* The SVG writer: well-formed whatever goes in, and text that fits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/views/plot_parts.h"
#include "service/views/svg.h"
#include "service/web/assets.h"
#include "tests/service/views/xml_check.h"

static void assert_well_formed(const char *text)
{
    const char *where = text;
    const char *wrong = xml_wrong(text, &where);
    if (wrong != NULL)
        fail_msg("%s at: %.80s", wrong, where);
}

static const char *const hostile[] = {"<script>alert(1)</script>",
                                      "\"/><image href=\"x\" onload=\"alert(1)\"/>",
                                      "&amp;&lt;&#x3c;",
                                      "]]></style><script>",
                                      "a\x01\x1F\x7F",
                                      "\xFF\xC3\x28\xE2\x82",
                                      "\xEF\xBF\xBE\xEF\xBF\xBF",
                                      "\xE2\x80\xAE"
                                      "desrever",
                                      "'--><!--",
                                      "%s%n%zu",
                                      ""};

static void hostile_text_stays_text_everywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct svg svg = svg_new(320);
        struct buffer out = {0};
        svg_open(&svg, "row");
        svg_data_text(&svg, "study", hostile[i]);
        svg_said(&svg, hostile[i]);
        svg_text(&svg, "small", SVG_MIDDLE, 1, 2, hostile[i]);
        svg_text_turned(&svg, "small", 1, 2, -45, hostile[i]);
        svg_paragraph(&svg, "small", SVG_START, 1, 2, 30, hostile[i]);
        svg_close(&svg);
        svg_finish(&svg, hostile[i], hostile[i], &out);
        assert_well_formed(out.bytes);
        assert_null(strstr(out.bytes, "<script"));
        assert_null(strstr(out.bytes, "<image"));
        buffer_release(&out);
    }
}

static void a_coordinate_that_is_no_number_is_written_as_one(void **state)
{
    (void)state;
    static const double values[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, -0.0, 1e-300};
    struct svg svg = svg_new(320);
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        svg_rect(&svg, "band", values[i], values[i], values[i], values[i]);
        svg_lozenge(&svg, "pool", values[i], 1, 2, 3, values[i]);
        svg_circle(&svg, "circle", 1, values[i], values[i]);
        svg_open(&svg, "row");
        svg_data(&svg, "low", values[i]);
        svg_said(&svg, NULL);
        svg_close(&svg);
    }
    svg_finish(&svg, "t", "d", &out);
    assert_well_formed(out.bytes);
    assert_null(strstr(out.bytes, "nan"));
    assert_null(strstr(out.bytes, "inf"));
    assert_null(strstr(out.bytes, "\"-0\""));
    buffer_release(&out);
}

static void it_has_a_role_a_title_and_a_description_and_loads_nothing(void **state)
{
    (void)state;
    struct svg svg = svg_new(400);
    struct buffer out = {0};
    svg.height = 99.2;
    svg_put_signs(&svg);
    svg_finish(&svg, "Name", "What it shows", &out);
    assert_well_formed(out.bytes);
    assert_non_null(strstr(out.bytes, "role=\"img\""));
    assert_non_null(strstr(out.bytes, "<title id=\"title\">Name</title>"));
    assert_non_null(strstr(out.bytes, "<desc id=\"desc\">What it shows</desc>"));
    assert_non_null(strstr(out.bytes, "viewBox=\"0 0 400 100\""));
    assert_null(strstr(out.bytes, "@import"));
    assert_null(strstr(out.bytes, "url(http"));
    assert_null(strstr(out.bytes, "<script"));
    buffer_release(&out);
}

/* "--good:#0b6e69" of the pictures is "--good: #0b6e69" of the pages, in light and in dark. */
static void colours_are_those_of_the_pages(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct asset *sheet = asset_find("style.css");
    const char *pages = arena_strndup(arena, sheet->bytes, sheet->length);
    const char *end = strstr(svg_style(), "@media print");
    size_t seen = 0;
    for (const char *at = svg_style(); (at = strstr(at, "--")) != NULL && at < end; at++) {
        size_t name = strcspn(at, ":;)");
        if (at[name] != ':')
            continue;
        size_t value = strcspn(at + name + 1, ";}");
        const char *wanted =
            arena_printf(arena, "%.*s: %.*s;", (int)name, at, (int)value, at + name + 1);
        if (strstr(pages, wanted) == NULL)
            fail_msg("style.css has no %s", wanted);
        seen++;
    }
    assert_int_equal(seen, 24);
    arena_free(arena);
}

static void a_text_is_cut_to_what_fits(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const char text[] = "Álvarez-Gonçalves 2019 ÆØÅ 治疗 WWWWW iiiii";
    assert_ptr_equal(svg_fit(text, 13, 1000, arena), text);
    for (double width = 30; width < 300; width += 7) {
        const char *cut = svg_fit(text, 13, width, arena);
        assert_true(svg_text_width(cut, 13) <= width);
        assert_string_equal(cut + strlen(cut) - 3, "…");
    }
    arena_free(arena);
}

static void a_paragraph_keeps_every_word_and_its_width(void **state)
{
    (void)state;
    static const char text[] = "some words and /v1/ratings/a-very.long.address.that-has.no-space "
                               "and a few more of them";
    for (double width = 40; width < 400; width += 23) {
        struct svg svg = svg_new(400);
        struct buffer got = {0};
        int lines = svg_paragraph(&svg, "small", SVG_START, 0, 0, width, text);
        int found = 0;
        for (const char *at = buffer_string(&svg.body); (at = strstr(at, "\">")) != NULL; found++) {
            size_t length = strcspn(at + 2, "<");
            char line[200];
            snprintf(line, sizeof line, "%.*s", (int)length, at + 2);
            assert_true(svg_text_width(line, SVG_SMALL_SIZE) <= width);
            buffer_append(&got, at + 2, length);
            at += 2;
        }
        assert_int_equal(found, lines);
        /* spaces at the breaks are gone: compare without any */
        const char *a = text, *b = buffer_string(&got);
        for (; *a != '\0'; a++)
            if (*a != ' ') {
                b += strspn(b, " ");
                assert_int_equal(*a, *b);
                b++;
            }
        buffer_release(&got);
        buffer_release(&svg.body);
    }
}

/* ---- axes ---- */

static void ticks_are_round_ascending_within_and_hold_no_effect(void **state)
{
    (void)state;
    for (int i = 0; i < 4000; i++) {
        double low = -pow(10, (i % 37) / 6.0 - 3) * (i % 5 != 0);
        double high = pow(10, (i % 41) / 7.0 - 3) * (i % 7 != 0);
        struct axis axis = {low, high};
        for (int ratio = 0; ratio < 2; ratio++) {
            double ticks[AXIS_TICKS];
            size_t wanted = 2 + (size_t)i % 11;
            size_t count = axis_ticks(&axis, ratio ? MEASURE_RR : MEASURE_MD, wanted, ticks);
            assert_true(count <= wanted);
            bool zero = false;
            for (size_t j = 0; j < count; j++) {
                assert_true(ticks[j] >= low - 1e-9 * fabs(low) && ticks[j] <= high * (1 + 1e-9));
                assert_true(j == 0 || ticks[j] > ticks[j - 1]);
                zero = zero || ticks[j] == 0;
            }
            assert_true(zero || !(high > low));
        }
    }
}

static void an_axis_shows_what_must_be_seen_and_cuts_the_wild(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct axis_item items[50];
    for (int i = 0; i < 50; i++)
        items[i] = (struct axis_item){-1 + i / 50.0, -2 + i / 50.0, i / 50.0};
    items[7] = (struct axis_item){-90, -95, -85};
    items[8] = (struct axis_item){NAN, NAN, NAN};
    struct axis axis = axis_covering(items, 50, (struct axis){NAN, 1.5}, arena);
    assert_true(axis.low > -3 && axis.low <= -1);
    assert_true(axis.high >= 1.5);
    /* of few every one is seen */
    axis = axis_covering(items, 9, (struct axis){NAN, NAN}, arena);
    assert_true(axis.low <= -90 && axis.high >= 0);
    axis = axis_covering(items, 0, (struct axis){NAN, NAN}, arena);
    assert_true(axis_share(&axis, 3) == 0.5);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_stays_text_everywhere),
        cmocka_unit_test(a_coordinate_that_is_no_number_is_written_as_one),
        cmocka_unit_test(it_has_a_role_a_title_and_a_description_and_loads_nothing),
        cmocka_unit_test(colours_are_those_of_the_pages),
        cmocka_unit_test(a_text_is_cut_to_what_fits),
        cmocka_unit_test(a_paragraph_keeps_every_word_and_its_width),
        cmocka_unit_test(ticks_are_round_ascending_within_and_hold_no_effect),
        cmocka_unit_test(an_axis_shows_what_must_be_seen_and_cuts_the_wild),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
