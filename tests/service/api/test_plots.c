/* The pictures and the map as the API gives them. */
#include "tests/service/api/small_service.h"
#include "tests/service/views/xml_check.h"

#define MASSAGE "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short"

static void assert_picture(struct small_service *small, const char *target)
{
    const char *where = "";
    struct small_answer answer = small_get(small, target);
    assert_int_equal(answer.status, 200);
    const char *wrong = xml_wrong(answer.text, &where);
    if (wrong != NULL)
        fail_msg("%s: %s at %.60s", target, wrong, where);
    assert_string_equal(answer.modified, "Thu, 01 Jan 2026 00:00:00 GMT");
    small_done(&answer);
}

static void every_plot_is_a_picture_at_any_width_that_is_allowed(void **state)
{
    static const char *const plots[] = {MASSAGE "/forest.svg", MASSAGE "/funnel.svg",
                                        MASSAGE "/cumulative.svg", "/v1/map.svg"};
    static const char *const widths[] = {"", "?width=280", "?width=1600", "?width=480"};
    struct small_service *small = *state;
    for (size_t i = 0; i < sizeof plots / sizeof *plots; i++)
        for (size_t j = 0; j < sizeof widths / sizeof *widths; j++)
            assert_picture(small, arena_printf(small->arena, "%s%s", plots[i], widths[j]));
}

static void a_picture_says_its_type_and_may_run_nothing(void **state)
{
    struct small_service *small = *state;
    struct problems problems = {.arena = small->arena};
    struct request request = {.method = METHOD_GET,
                              .path = "/v1/map.svg",
                              .body = "",
                              .arena = small->arena,
                              .problems = &problems,
                              .catalog = small->catalog};
    struct answer answer = {0};
    struct error err = {0};
    assert_true(get_map_picture(&request, &answer, &err));
    assert_string_equal(answer.content_type, "image/svg+xml");
    assert_int_equal(answer.header_count, 1);
    assert_string_equal(answer.headers[0].name, "Content-Security-Policy");
    assert_non_null(strstr(answer.headers[0].value, "default-src 'none'"));
    assert_null(strstr(answer.headers[0].value, "script-src"));
    answer_release(&answer);
}

static void widths_and_names_that_are_none_are_refused(void **state)
{
    small_refused(*state, MASSAGE "/forest.svg?width=279", 400, "width");
    small_refused(*state, MASSAGE "/forest.svg?width=1601", 400, "width");
    small_refused(*state, MASSAGE "/funnel.svg?width=wide", 400, "width");
    small_refused(*state, MASSAGE "/cumulative.svg?height=3", 400, "height");
    small_refused(*state, MASSAGE "/cumulative.svg?as_of=2001-01-01", 404, "as of");
    small_refused(*state, "/v1/ratings/massage.neck-pain.sham.pain-intensity.long/forest.svg", 404,
                  "there is no question");
    small_refused(*state, "/v1/ratings/masage.neck-pain.sham.pain-intensity.long/funnel.svg", 404,
                  "massage");
    small_refused(*state, "/v1/map.svg?width=1", 400, "width");
    small_refused(*state, "/v1/map?width=300", 400, "width");
    small_refused(*state, "/v1/map?condition=neck-pian", 400, "neck-pain");
    small_refused(*state, "/v1/map?intervention=masage", 400, "massage");
    small_refused(*state, "/v1/map?kind=magic", 400, "kind");
}

static void a_question_without_a_figure_gets_a_picture_that_says_why(void **state)
{
    struct small_answer answer =
        small_get(*state, "/v1/ratings/massage-gun.neck-pain.sham.pain-intensity.short/forest.svg");
    assert_int_equal(answer.status, 200);
    assert_non_null(strstr(answer.text, "No study here gives a figure"));
    small_done(&answer);
}

/* Massage for the neck, and a massage gun for the neck and for the healthy: three cells. */
static void the_map_has_a_cell_for_each_pair_that_was_studied(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/map");
    assert_int_equal(answer.status, 200);
    assert_int_equal(small_size(&answer, "interventions"), 2);
    assert_int_equal(small_size(&answer, "cells"), 3);
    small_text(&answer, "cells.0.intervention", "massage");
    small_text(&answer, "cells.0.condition", "neck-pain");
    small_number(&answer, "cells.0.participants", 140);
    small_text(&answer, "cells.0.question", "massage.neck-pain.nothing.pain-intensity.short");
    small_text(&answer, "cells.1.verdict", "unproven");
    small_null(&answer, "cells.1.participants");
    small_done(&answer);
    answer = small_get(*state, "/v1/map?kind=technique");
    assert_int_equal(small_size(&answer, "cells"), 1);
    small_done(&answer);
    answer = small_get(*state, "/v1/map?condition=healthy-adults");
    assert_int_equal(small_size(&answer, "cells"), 1);
    assert_int_equal(small_size(&answer, "conditions"), 1);
    small_done(&answer);
    answer = small_get(*state, "/v1/map?intervention=massage&condition=migraine");
    assert_int_equal(answer.status, 200);
    assert_int_equal(small_size(&answer, "cells"), 0);
    small_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plot_is_a_picture_at_any_width_that_is_allowed),
        cmocka_unit_test(a_picture_says_its_type_and_may_run_nothing),
        cmocka_unit_test(widths_and_names_that_are_none_are_refused),
        cmocka_unit_test(a_question_without_a_figure_gets_a_picture_that_says_why),
        cmocka_unit_test(the_map_has_a_cell_for_each_pair_that_was_studied),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
