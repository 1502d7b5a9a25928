/* /v1/rules over the curated base: every rule that an answer can name, with its numbers. */
#include "tests/service/api/real_service.h"

static void the_rules_of_a_chapter_come_with_their_numbers_and_sources(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/rules?chapter=sure&limit=500");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "items.0.id", "B0");
    small_text(&answer, "items.0.chapter.id", "sure");
    small_number(&answer, "items.0.chapter.step", 4);
    /* rulesets/default.json: risk_of_bias.share */
    small_text(&answer, "items.0.thresholds.0.key", "risk_of_bias.share");
    small_number(&answer, "items.0.thresholds.0.value", 0.75);
    small_text(&answer, "items.0.thresholds.0.unit", "share");
    assert_true(small_size(&answer, "items") > 10);
    small_null(&answer, "next");
    small_done(&answer);
}

static void one_rule_is_told_by_its_id(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/rules/T5");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "id", "T5");
    small_null(&answer, "chapter.step");
    /* rulebooks/stop-model.json: decision.stop_below */
    small_text(&answer, "thresholds.0.key", "decision.stop_below");
    small_number(&answer, "thresholds.0.value", 0.1);
    small_done(&answer);
}

/* rulesets/classic.json has i2_severe 75, the default has none. */
static void another_ruleset_tells_its_own_numbers(void **state)
{
    struct small_answer own = small_get(*state, "/v1/rules/N2");
    struct small_answer classic = small_get(*state, "/v1/rules/N2?ruleset=classic");
    assert_int_equal(small_size(&own, "thresholds"), 3);
    assert_int_equal(small_size(&classic, "thresholds"), 4);
    small_text(&classic, "thresholds.3.key", "i2_severe");
    small_number(&classic, "thresholds.3.value", 75);
    small_done(&own);
    small_done(&classic);
}

static void what_is_not_there_is_refused(void **state)
{
    struct small_answer rule = small_get(*state, "/v1/rules/Z9");
    struct small_answer chapter = small_get(*state, "/v1/rules?chapter=none");
    struct small_answer parameter = small_get(*state, "/v1/rules?step=1");
    assert_int_equal(rule.status, 404);
    assert_int_equal(chapter.status, 400);
    assert_non_null(strstr(chapter.text, "find, judge, pool"));
    assert_int_equal(parameter.status, 400);
    small_done(&rule);
    small_done(&chapter);
    small_done(&parameter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rules_of_a_chapter_come_with_their_numbers_and_sources),
        cmocka_unit_test(one_rule_is_told_by_its_id),
        cmocka_unit_test(another_ruleset_tells_its_own_numbers),
        cmocka_unit_test(what_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
