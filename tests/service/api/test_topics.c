#include "tests/service/api/small_service.h"

static void the_home_tells_what_there_is(void **state)
{
    struct small_answer answer = small_get(*state, "/v1");
    small_number(&answer, "counts.studies", SMALL_STUDIES);
    small_number(&answer, "counts.ratings", 4);
    small_text(&answer, "as_of.base", "2026.1");
    small_text(&answer, "links.check", "/v1/check?q=");
    small_null(&answer, "note");
    small_done(&answer);
}

static void health_and_readiness_differ_before_a_base_is_there(void **state)
{
    struct small_service *small = *state;
    struct catalog *catalog = small->catalog;
    small->catalog = NULL;
    struct small_answer health = small_get(small, "/healthz");
    struct small_answer ready = small_get(small, "/readyz");
    small->catalog = catalog;
    assert_int_equal(health.status, 200);
    assert_int_equal(ready.status, 503);
    small_done(&health);
    small_done(&ready);
    ready = small_get(small, "/readyz");
    assert_int_equal(ready.status, 200);
    small_done(&ready);
}

static void an_intervention_tells_its_harms_and_where_it_is_rated(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/massage");
    small_text(&answer, "id", "massage");
    small_text(&answer, "harms.0.event", "soreness");
    small_text(&answer, "harms.0.label", "Zwei 2010");
    small_text(&answer, "safety.level", "minor");
    small_null(&answer, "safe_use");
    small_null(&answer, "regulatory_actions");
    small_null(&answer, "stop_rules");
    /* Neck pain itself, and its knots, which borrow from it. */
    assert_int_equal(small_size(&answer, "ratings"), 2);
    small_text(&answer, "ratings.0.condition.id", "neck-pain");
    assert_true(json_is_true(small_at(&answer, "ratings.1.borrowed")));
    small_done(&answer);
}

/* The small base has no words of claims. */
static void without_words_of_claims_what_is_said_stands_unjudged(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/massage");
    assert_true(small_size(&answer, "claims") > 0);
    small_at(&answer, "claims.0.text");
    small_null(&answer, "claims.0.verdict");
    small_null(&answer, "claims.0.summary");
    assert_int_equal(small_size(&answer, "claims.0.atoms"), 0);
    const char *self = json_string_value(small_at(&answer, "claims.0.links.self"));
    small_refused(*state, self, 404, "no words of claims");
    small_done(&answer);
    answer = small_get(*state, "/v1/claims?verdict=supported");
    assert_int_equal(small_size(&answer, "items"), 0);
    small_done(&answer);
}

static void interventions_are_filtered_by_kind_and_words(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions?kind=device&q=massage+gun");
    small_text(&answer, "items.0.kind", "device");
    bool found = false;
    for (size_t i = 0; i < small_size(&answer, "items"); i++) {
        const json_t *item = json_array_get(small_at(&answer, "items"), i);
        found |= strcmp(json_string_value(json_object_get(item, "id")), "massage-gun") == 0;
    }
    assert_true(found);
    small_done(&answer);
    small_refused(*state, "/v1/interventions?kind=magic", 400, "technique");
}

static void conditions_and_outcomes_are_told_whole(void **state)
{
    struct small_answer condition = small_get(*state, "/v1/conditions/neck-mtrp");
    small_text(&condition, "parents.0", "neck-pain");
    small_text(&condition, "primary_outcomes.0", "pain-intensity");
    small_text(&condition, "primary_window", "short");
    struct small_answer outcome = small_get(*state, "/v1/outcomes/pain-intensity");
    small_number(&outcome, "mid.value", 1);
    assert_non_null(strstr(json_string_value(small_at(&outcome, "mid.source.url")), "http"));
    small_null(&outcome, "stand_in_for");
    small_done(&condition);
    small_done(&outcome);
}

static void unknown_names_come_with_the_nearest_ids(void **state)
{
    small_refused(*state, "/v1/interventions/masage", 404, "\"nearest\":[\"massage\"");
    small_refused(*state, "/v1/interventions/Theragun", 404, "\"massage-gun\"");
    small_refused(*state, "/v1/conditions/neck-mtr", 404, "\"nearest\":[\"neck-mtrp\"");
    small_refused(*state, "/v1/conditions/nek-pain", 404, "\"nearest\":[\"neck-pain\"");
    small_refused(*state, "/v1/outcomes/pain-intensiti", 404, "\"nearest\":[\"pain-intensity\"");
    small_refused(*state, "/v1/outcomes/zorblax", 404, "\"nearest\":[]");
    small_refused(*state, "/v1/interventions/%22", 404, "\\\"");
}

static void unknown_parameters_are_named_on_every_list(void **state)
{
    static const char *const targets[] = {"/v1?x=",
                                          "/v1/interventions?x=",
                                          "/v1/conditions?x=",
                                          "/v1/outcomes?x=",
                                          "/v1/interventions/massage?x=",
                                          "/v1/conditions/neck-pain?x=",
                                          "/v1/outcomes/nothing-of-the-kind?x="};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        small_refused(*state, targets[i], 400, "\"?x\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_home_tells_what_there_is),
        cmocka_unit_test(health_and_readiness_differ_before_a_base_is_there),
        cmocka_unit_test(an_intervention_tells_its_harms_and_where_it_is_rated),
        cmocka_unit_test(without_words_of_claims_what_is_said_stands_unjudged),
        cmocka_unit_test(interventions_are_filtered_by_kind_and_words),
        cmocka_unit_test(conditions_and_outcomes_are_told_whole),
        cmocka_unit_test(unknown_names_come_with_the_nearest_ids),
        cmocka_unit_test(unknown_parameters_are_named_on_every_list),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
