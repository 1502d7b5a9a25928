/* Treatments for one condition, side by side. */
#include "tests/service/api/small_service.h"

static void those_named_come_in_the_order_asked_for(void **state)
{
    struct small_answer answer =
        small_get(*state, "/v1/compare?condition=neck-pain&interventions=massage-gun,massage");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "condition.id", "neck-pain");
    assert_int_equal(small_size(&answer, "items"), 2);
    small_text(&answer, "items.0.headline.intervention.id", "massage-gun");
    small_null(&answer, "items.0.against.nothing");
    small_text(&answer, "items.1.headline.intervention.id", "massage");
    small_text(&answer, "items.1.against.nothing.id",
               "massage.neck-pain.nothing.pain-intensity.short");
    small_null(&answer, "items.1.against.sham");
    small_text(&answer, "items.1.safety.level", "minor");
    assert_int_equal(small_size(&answer, "direct"), 0);
    small_text(&answer, "as_of.base", "2026.1");
    small_done(&answer);
}

static void unnamed_all_that_are_rated_come_best_first(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/compare?condition=neck-pain");
    assert_int_equal(small_size(&answer, "items"), 2);
    small_text(&answer, "items.0.headline.intervention.id", "massage");
    small_text(&answer, "items.1.headline.verdict", "unproven");
    small_done(&answer);
    answer = small_get(*state, "/v1/compare?condition=migraine");
    assert_int_equal(answer.status, 200);
    assert_int_equal(small_size(&answer, "items"), 0);
    small_done(&answer);
}

static void an_untested_one_that_is_named_is_answered_as_that(void **state)
{
    struct small_answer answer =
        small_get(*state, "/v1/compare?condition=migraine&interventions=massage");
    small_text(&answer, "items.0.headline.verdict", "untested");
    small_null(&answer, "items.0.rating");
    small_done(&answer);
}

static void what_cannot_be_compared_is_refused(void **state)
{
    small_refused(*state, "/v1/compare", 400, "condition");
    small_refused(*state, "/v1/compare?condition=neck-pian", 400, "neck-pain");
    small_refused(*state, "/v1/compare?condition=neck-pain&interventions=masage", 400, "massage");
    small_refused(*state, "/v1/compare?condition=neck-pain&interventions=massage,massage", 400,
                  "named twice");
    small_refused(*state, "/v1/compare?condition=neck-pain&interventions=massage,,cupping", 400,
                  "no intervention");
    small_refused(*state, "/v1/compare?condition=neck-pain&best=yes", 400, "best");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_named_come_in_the_order_asked_for),
        cmocka_unit_test(unnamed_all_that_are_rated_come_best_first),
        cmocka_unit_test(an_untested_one_that_is_named_is_answered_as_that),
        cmocka_unit_test(what_cannot_be_compared_is_refused),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
