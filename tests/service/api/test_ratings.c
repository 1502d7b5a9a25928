#include "tests/service/api/small_service.h"

#define MASSAGE "massage.neck-pain.nothing.pain-intensity.short"

/* By hand: each trial's difference of means has the variance 4/n1 + 4/n2, so 0.2 and 4/15. Q is
 * 0.5^2 / (0.2 + 4/15) = 0.536, below its expectation of 1: tau2 is 0, and the estimate is
 * (-2/0.2 - 1.5/(4/15)) / (1/0.2 + 1/(4/15)) = -15.625/8.75. */
static void a_rating_tells_the_pool_of_its_trials(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/" MASSAGE);
    assert_int_equal(answer.status, 200);
    small_text(&answer, "id", MASSAGE);
    small_number(&answer, "effect.estimate", -15.625 / 8.75);
    small_number(&answer, "effect.benefit", 15.625 / 8.75);
    small_text(&answer, "effect.measure", "MD");
    small_text(&answer, "effect.favours", "intervention");
    small_null(&answer, "effect.of_100");
    small_null(&answer, "override");
    small_text(&answer, "pool.basis", "trials");
    small_number(&answer, "pool.k", 2);
    small_number(&answer, "pool.n", 140);
    small_number(&answer, "pool.tau2", 0);
    small_null(&answer, "pool.prediction"); /* METHOD P1: none with two trials */
    small_null(&answer, "against.sham");
    small_text(&answer, "against.nothing", MASSAGE);
    small_at(&answer, "stability.hangs_on");
    small_done(&answer);
}

static void a_retracted_study_is_listed_and_not_used(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/" MASSAGE);
    assert_int_equal(small_size(&answer, "studies"), 3);
    small_text(&answer, "studies.2.id", "pmid:4");
    assert_true(json_is_false(small_at(&answer, "studies.2.used")));
    assert_true(json_is_true(small_at(&answer, "studies.2.retracted")));
    assert_true(json_is_string(small_at(&answer, "studies.2.why_not")));
    small_null(&answer, "studies.2.weight");
    small_text(&answer, "studies.0.label", "Zwei 2010");
    small_number(&answer, "studies.0.estimate", -2);
    small_text(&answer, "studies.0.sources.0.source", "pubmed");
    small_done(&answer);
}

static void an_answer_says_as_of_when_it_holds(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/" MASSAGE);
    small_text(&answer, "as_of.base", "2026.1");
    small_null(&answer, "as_of.searched");
    small_text(&answer, "as_of.ruleset.id", "default");
    assert_string_equal(answer.modified, "Thu, 01 Jan 2026 00:00:00 GMT");
    small_done(&answer);
}

/* The pool: two trials in, an estimate out. */
static void a_step_tells_what_it_looked_at_what_it_gave_and_where_it_comes_from(void **state)
{
    struct small_answer trace = small_get(*state, "/v1/ratings/" MASSAGE "/trace");
    char at[64];
    size_t i = 0;
    while (i < small_size(&trace, "steps")) {
        snprintf(at, sizeof at, "steps.%zu.rule", i);
        if (strcmp(json_string_value(small_at(&trace, at)), "P1") == 0)
            break;
        i++;
    }
    snprintf(at, sizeof at, "steps.%zu.inputs.k", i);
    small_number(&trace, at, 2);
    snprintf(at, sizeof at, "steps.%zu.outputs.estimate", i);
    small_number(&trace, at, -15.625 / 8.75);
    snprintf(at, sizeof at, "steps.%zu.numbers.k", i);
    small_number(&trace, at, 2);
    snprintf(at, sizeof at, "steps.%zu.source.study", i);
    small_null(&trace, at);
    snprintf(at, sizeof at, "steps.%zu.source.ruleset", i);
    const json_t *thresholds = small_at(&trace, at);
    assert_true(json_number_value(json_object_get(thresholds, "pool.level")) == 0.95);
    small_text(&trace, "steps.0.source.study",
               json_string_value(small_at(&trace, "steps.0.study")));
    small_done(&trace);
}

static void a_trace_ends_with_the_verdict(void **state)
{
    struct small_answer rating = small_get(*state, "/v1/ratings/" MASSAGE);
    struct small_answer trace = small_get(*state, "/v1/ratings/" MASSAGE "/trace");
    assert_int_equal(trace.status, 200);
    small_text(&trace, "verdict", json_string_value(small_at(&rating, "verdict")));
    size_t last = small_size(&trace, "steps") - 1;
    const json_t *step = json_array_get(small_at(&trace, "steps"), last);
    assert_non_null(strstr(json_string_value(json_object_get(step, "text")), "verdict"));
    small_done(&rating);
    small_done(&trace);
}

static void a_headline_stands_on_its_question(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/massage/neck-pain");
    small_text(&answer, "headline.id", MASSAGE);
    small_text(&answer, "headline.evidence_from.id", "neck-pain");
    small_text(&answer, "headline.links.trace", "/v1/ratings/" MASSAGE "/trace");
    assert_true(json_is_false(small_at(&answer, "headline.borrowed")));
    assert_int_equal(small_size(&answer, "questions"), 1);
    small_done(&answer);
}

/* METHOD Q4: neck-mtrp has neck-pain among its parents, and no study of its own here. */
static void a_pair_without_studies_of_its_own_borrows_and_says_so(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/massage/neck-mtrp");
    assert_true(json_is_true(small_at(&answer, "headline.borrowed")));
    small_text(&answer, "headline.evidence_from.id", "neck-pain");
    small_null(&answer, "headline.stability");
    assert_int_equal(small_size(&answer, "questions"), 0);
    small_done(&answer);
}

static void an_untested_pair_is_an_answer_of_the_same_shape(void **state)
{
    static const char *const fields[] = {
        "headline.verdict",   "headline.rule",           "headline.sentence",
        "headline.question",  "headline.certainty",      "headline.directions.better",
        "headline.safety",    "headline.against.sham",   "headline.stability",
        "headline.as_of",     "headline.links",          "headline.studies",
        "headline.pool.tau2", "headline.pool.prediction"};
    struct small_answer answer = small_get(*state, "/v1/ratings/cupping/migraine");
    assert_int_equal(answer.status, 200);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        small_at(&answer, fields[i]);
    small_text(&answer, "headline.verdict", "untested");
    small_text(&answer, "headline.pool.basis", "none");
    small_null(&answer, "headline.id");
    small_null(&answer, "headline.effect");
    small_null(&answer, "headline.links.self");
    small_text(&answer, "headline.links.headline", "/v1/ratings/cupping/migraine");
    small_done(&answer);
}

/* METHOD V0: studies stand, none gives a figure. */
static void a_pair_with_directions_alone_is_unproven_and_counts_them(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/ratings/massage-gun/neck-pain");
    small_text(&answer, "headline.verdict", "unproven");
    small_text(&answer, "headline.certainty.level", "very-low");
    small_text(&answer, "headline.pool.basis", "direction");
    small_number(&answer, "headline.directions.neither", 1);
    small_done(&answer);
}

static void count_of(void **state, const char *query, size_t want)
{
    const char *target =
        arena_printf(((struct small_service *)*state)->arena, "/v1/ratings%s", query);
    struct small_answer answer = small_get(*state, target);
    if (answer.status != 200 || small_size(&answer, "items") != want)
        fail_msg("%s: %d %s", target, answer.status, answer.text);
    small_done(&answer);
}

static void filters_leave_what_they_name(void **state)
{
    count_of(state, "", 4);
    count_of(state, "?intervention=massage-gun", 3);
    count_of(state, "?condition=neck-pain", 2);
    count_of(state, "?outcome=pain-intensity&comparator=sham", 1);
    count_of(state, "?window=immediate", 2);
    count_of(state, "?certainty=high", 0);
    count_of(state, "?comparator=active", 0);
    count_of(state, "?comparator=active%3Amassage", 0);
    count_of(state, "?intervention=massage&condition=", 1); /* nothing asked for is nothing */
}

static void sorting_is_by_the_figure_and_then_by_id(void **state)
{
    struct small_answer people = small_get(*state, "/v1/ratings?sort=participants&limit=1");
    struct small_answer year = small_get(*state, "/v1/ratings?sort=year");
    small_text(&people, "items.0.id", MASSAGE);
    small_text(&year, "items.0.id", "massage-gun.healthy-adults.nothing.range-of-motion.immediate");
    small_text(&year, "items.1.id", "massage-gun.healthy-adults.nothing.strength.immediate");
    small_done(&people);
    small_done(&year);
}

static void a_cursor_goes_on_after_the_last_item(void **state)
{
    struct small_answer first = small_get(*state, "/v1/ratings?limit=3&sort=year");
    const char *cursor = json_string_value(small_at(&first, "next"));
    assert_non_null(strstr(first.link, "limit=3&sort=year&cursor="));
    assert_non_null(strstr(first.link, ">; rel=\"next\""));
    assert_string_equal(cursor, json_string_value(small_at(&first, "items.2.id")));
    struct small_answer rest =
        small_get(*state, arena_printf(((struct small_service *)*state)->arena,
                                       "/v1/ratings?limit=3&sort=year&cursor=%s", cursor));
    assert_int_equal(small_size(&rest, "items"), 1);
    small_null(&rest, "next");
    assert_null(rest.link);
    small_done(&first);
    small_done(&rest);
}

static void what_cannot_be_asked_for_is_named(void **state)
{
    small_refused(*state, "/v1/ratings?flavour=1", 400, "\"?flavour\"");
    small_refused(*state, "/v1/ratings?limit=0", 400, "\"?limit\"");
    small_refused(*state, "/v1/ratings?limit=501", 400, "\"?limit\"");
    small_refused(*state, "/v1/ratings?cursor=x", 400, "\"?cursor\"");
    small_refused(*state, "/v1/ratings?sort=x", 400, "participants");
    small_refused(*state, "/v1/ratings?comparator=placebo", 400, "\"?comparator\"");
    small_refused(*state, "/v1/ratings?comparator=active:masage", 400, "nearest: massage");
    small_refused(*state, "/v1/ratings?intervention=masage", 400, "nearest: massage");
    small_refused(*state, "/v1/ratings?condition=nek-pain", 400, "neck-pain");
    small_refused(*state, "/v1/ratings?outcome=pain-intensty", 400, "pain-intensity");
    small_refused(*state, "/v1/ratings?ruleset=classic", 400, "\"?ruleset\"");
    small_refused(*state, "/v1/ratings/" MASSAGE "?sort=id", 400, "\"?sort\"");
}

static void unknown_names_come_with_the_nearest(void **state)
{
    small_refused(*state, "/v1/ratings/masage/neck-pain", 404, "\"nearest\":[\"massage\"");
    small_refused(*state, "/v1/ratings/massage/nek-pain", 404, "\"nearest\":[\"neck-pain\"");
    small_refused(*state, "/v1/ratings/massage.neck-pain.sham.pain-intensity.short", 404,
                  "\"nearest\":[\"" MASSAGE "\"");
    small_refused(*state, "/v1/ratings/massage.nek-pain.sham.pain.short", 404, "\"neck-pain\"");
    small_refused(*state, "/v1/ratings/massage", 404, "\"nearest\":[]");
    small_refused(*state, "/v1/ratings/massage.", 404, "\"nearest\":[]");
    small_refused(*state, "/v1/ratings/.", 404, "no intervention");
    small_refused(*state, "/v1/ratings/massage.neck-pain.", 404, MASSAGE);
}

/* There is no store here: what an earlier edition is and what was never kept is tried end to end.
 */
static void the_present_edition_needs_no_store(void **state)
{
    count_of(state, "?as_of=2026.1", 4);
    count_of(state, "?as_of=2026-01-01&ruleset=default", 4);
    count_of(state, "?as_of=2030-12-31", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rating_tells_the_pool_of_its_trials),
        cmocka_unit_test(a_retracted_study_is_listed_and_not_used),
        cmocka_unit_test(an_answer_says_as_of_when_it_holds),
        cmocka_unit_test(a_step_tells_what_it_looked_at_what_it_gave_and_where_it_comes_from),
        cmocka_unit_test(a_trace_ends_with_the_verdict),
        cmocka_unit_test(a_headline_stands_on_its_question),
        cmocka_unit_test(a_pair_without_studies_of_its_own_borrows_and_says_so),
        cmocka_unit_test(an_untested_pair_is_an_answer_of_the_same_shape),
        cmocka_unit_test(a_pair_with_directions_alone_is_unproven_and_counts_them),
        cmocka_unit_test(filters_leave_what_they_name),
        cmocka_unit_test(sorting_is_by_the_figure_and_then_by_id),
        cmocka_unit_test(a_cursor_goes_on_after_the_last_item),
        cmocka_unit_test(what_cannot_be_asked_for_is_named),
        cmocka_unit_test(unknown_names_come_with_the_nearest),
        cmocka_unit_test(the_present_edition_needs_no_store),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
