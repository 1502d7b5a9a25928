/* The rule books over the API: stored as documents, loaded, and asked for. */
#include "tests/evidence/model/small_books.h"
#include "tests/service/api/small_service.h"

/* The small service with the small books, its catalog loaded from its store. */
static int start(void **state)
{
    static struct small_service small;
    struct error err = {0};
    struct arena *arena = arena_new();
    struct base base;
    small_base(&base, arena);
    small_books_add(&base, arena, NULL, NULL);
    small_store(&small, &base);
    arena_free(arena);
    struct store *store = store_open(small.db, STORE_READ, &err);
    small.arena = arena_new();
    small.catalog = store == NULL ? NULL : knowledge_load(store, &err);
    store_close(store);
    small.application = application_new(small.db);
    small.routes = routes_new(service_routes, service_route_count, &err);
    if (small.catalog == NULL || small.routes == NULL)
        fail_msg("%s", err.message);
    *state = &small;
    return 0;
}

static void a_stop_rule_tells_what_it_rests_on(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/stop-rules?limit=1");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "items.0.id", "needling-five-hours");
    small_text(&answer, "items.0.interventions.1.id", "dry-needling");
    small_text(&answer, "items.0.interventions.1.name", "Dry needling");
    small_text(&answer, "items.0.conditions.0.id", "neck-pain");
    small_number(&answer, "items.0.trial_sessions", 10);
    small_null(&answer, "items.0.trial_days");
    small_null(&answer, "items.0.checked");
    small_text(&answer, "items.0.sources.0.url", "https://doi.org/10.1/a");
    small_text(&answer, "items.0.sources.0.kind", "study");
    small_null(&answer, "items.0.sources.0.read_at");
    small_text(&answer, "next", "needling-five-hours");
    assert_non_null(strstr(answer.link, "cursor=needling-five-hours"));
    small_done(&answer);
}

static void stop_rules_of_an_intervention_hold_the_general_ones(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/stop-rules?intervention=tens");
    assert_int_equal(small_size(&answer, "items"), 2);
    small_text(&answer, "items.0.id", "thirty-percent");
    small_text(&answer, "items.0.superseded_by", "A newer one");
    small_text(&answer, "items.1.id", "tens-not-for");
    small_null(&answer, "next");
    small_done(&answer);
}

static void stop_rules_of_a_condition_hold_those_of_its_kin(void **state)
{
    struct small_answer narrow = small_get(*state, "/v1/stop-rules?condition=neck-mtrp");
    struct small_answer other = small_get(*state, "/v1/stop-rules?condition=low-back-pain");
    assert_int_equal(small_size(&narrow, "items"), 4);
    assert_int_equal(small_size(&other, "items"), 3);
    small_done(&narrow);
    small_done(&other);
}

static void stop_rules_are_chosen_by_kind(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/stop-rules?kind=contraindication");
    assert_int_equal(small_size(&answer, "items"), 1);
    small_text(&answer, "items.0.id", "tens-not-for");
    small_done(&answer);
}

static void red_flags_keep_phrases_escalation_and_calm(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/red-flags?urgency=same-day");
    assert_int_equal(small_size(&answer, "items"), 1);
    small_text(&answer, "items.0.id", "clot");
    small_text(&answer, "items.0.phrases.0", "one calf swollen and sore");
    small_text(&answer, "items.0.escalate.0.if", "breathless");
    small_text(&answer, "items.0.escalate.0.urgency", "emergency");
    small_text(&answer, "items.0.less_likely.0", "Both legs alike.");
    small_text(&answer, "items.0.checked.note", "Mended.");
    small_null(&answer, "items.0.evidence");
    small_done(&answer);
}

static void drug_links_and_actions_are_chosen_by_intervention(void **state)
{
    struct small_answer links = small_get(*state, "/v1/drug-links?intervention=opioids");
    struct small_answer none = small_get(*state, "/v1/drug-links?intervention=tens");
    struct small_answer actions = small_get(*state, "/v1/regulatory-actions?intervention=tens");
    small_text(&links, "items.0.what_to_do", "Reduce slowly.");
    assert_int_equal(small_size(&none, "items"), 0);
    small_text(&actions, "items.0.intervention.id", "tens");
    small_text(&actions, "items.0.doubtful", "Read once.");
    small_null(&actions, "items.0.sources.0.url");
    small_text(&actions, "items.0.sources.0.read_at", "https://copy.example/a");
    small_done(&links);
    small_done(&none);
    small_done(&actions);
}

static void names_and_words_that_are_none_are_refused(void **state)
{
    small_refused(*state, "/v1/stop-rules?intervention=dry-neddling", 400, "dry-needling");
    small_refused(*state, "/v1/stop-rules?condition=nekc-pain", 400, "neck-pain");
    small_refused(*state, "/v1/stop-rules?kind=useless", 400, "?kind");
    small_refused(*state, "/v1/stop-rules?urgency=soon", 400, "?urgency");
    small_refused(*state, "/v1/stop-rules?cursor=no-such", 400, "?cursor");
    small_refused(*state, "/v1/red-flags?urgency=now", 400, "?urgency");
    small_refused(*state, "/v1/red-flags?intervention=tens", 400, "?intervention");
    small_refused(*state, "/v1/drug-links?intervention=morphin", 400, "?intervention");
    small_refused(*state, "/v1/regulatory-actions?limit=0", 400, "?limit");
    small_refused(*state, "/v1/regulatory-actions?intervention=no-such", 400, "?intervention");
}

static void an_intervention_tells_how_it_is_used_safely(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/tens");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "safe_use.setting", "both");
    small_text(&answer, "safe_use.dose.0.parameters.frequency_hz", "100");
    small_text(&answer, "safe_use.dose.0.from", "a trial");
    small_text(&answer, "safe_use.how.0.text", "Whole skin only.");
    assert_int_equal(small_size(&answer, "safe_use.stop_if"), 0);
    small_text(&answer, "safe_use.who.text", "Anyone.");
    small_text(&answer, "safe_use.sources.1.kind", "maker");
    small_text(&answer, "regulatory_actions.0.id", "tens-ftc-2020");
    small_text(&answer, "stop_rules.0.id", "tens-not-for");
    small_text(&answer, "stop_rules.1.id", "thirty-percent");
    small_done(&answer);
}

static void a_contraindication_names_who_it_rests_on(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/tens");
    assert_int_equal(small_size(&answer, "safe_use.not_for.0.resting_on"), 2);
    small_text(&answer, "safe_use.not_for.0.resting_on.0", "maker");
    small_text(&answer, "safe_use.not_for.0.resting_on.1", "clinic");
    small_number(&answer, "safe_use.not_for.0.sources.0", 1);
    small_number(&answer, "safe_use.not_for.0.sources.1", 2);
    small_done(&answer);
}

static void what_no_document_says_is_null(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/massage");
    small_null(&answer, "safe_use");
    assert_int_equal(small_size(&answer, "regulatory_actions"), 0);
    assert_int_equal(small_size(&answer, "stop_rules"), 1);
    small_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stop_rule_tells_what_it_rests_on),
        cmocka_unit_test(stop_rules_of_an_intervention_hold_the_general_ones),
        cmocka_unit_test(stop_rules_of_a_condition_hold_those_of_its_kin),
        cmocka_unit_test(stop_rules_are_chosen_by_kind),
        cmocka_unit_test(red_flags_keep_phrases_escalation_and_calm),
        cmocka_unit_test(drug_links_and_actions_are_chosen_by_intervention),
        cmocka_unit_test(names_and_words_that_are_none_are_refused),
        cmocka_unit_test(an_intervention_tells_how_it_is_used_safely),
        cmocka_unit_test(a_contraindication_names_who_it_rests_on),
        cmocka_unit_test(what_no_document_says_is_null),
    };
    return cmocka_run_group_tests(tests, start, small_stop);
}
