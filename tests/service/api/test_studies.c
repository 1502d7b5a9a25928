#include "tests/service/api/small_service.h"

static void found_as(void **state, const char *id, const char *want)
{
    struct small_answer answer = small_get(
        *state, arena_printf(((struct small_service *)*state)->arena, "/v1/studies/%s", id));
    if (answer.status != 200)
        fail_msg("%s: %d %s", id, answer.status, answer.text);
    small_text(&answer, "id", want);
    small_done(&answer);
}

static void a_study_is_found_by_each_of_its_ids_however_they_are_written(void **state)
{
    found_as(state, "pmid:2", "pmid:2");
    found_as(state, "pmid%3A2", "pmid:2");
    found_as(state, "PMID:2", "pmid:2");
    found_as(state, "doi:10.1/two", "pmid:2");
    found_as(state, "doi:10.1%2Ftwo", "pmid:2");
    found_as(state, "doi:10.1/TWO", "pmid:2");
    found_as(state, "DOI:10.1/Two", "pmid:2");
    found_as(state, "ref:two", "pmid:2");
    found_as(state, "doi:10.1/Small.One", "doi:10.1/small.one");
}

static void what_is_no_study_is_404(void **state)
{
    small_refused(*state, "/v1/studies/pmid:99", 404, "pmid:99");
    small_refused(*state, "/v1/studies/ref:TWO", 404, "ref:TWO");
    small_refused(*state, "/v1/studies/doi:", 404, "doi:");
    small_refused(*state, "/v1/studies/two", 404, "two");
    small_refused(*state, "/v1/studies/pmid:2?q=a", 400, "\"?q\"");
}

static void a_study_has_every_field_and_null_where_nothing_is_known(void **state)
{
    static const char *const nulls[] = {"pmcid",
                                        "journal",
                                        "abstract",
                                        "population",
                                        "funding",
                                        "conclusion",
                                        "results.0.estimate",
                                        "results.0.ci",
                                        "results.0.se",
                                        "results.0.p",
                                        "results.0.grade",
                                        "results.0.arms.0.median",
                                        "sources.0.retrieved"};
    struct small_answer answer = small_get(*state, "/v1/studies/pmid:2");
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        small_null(&answer, nulls[i]);
    small_text(&answer, "label", "Zwei 2010");
    small_text(&answer, "design_by", "curator");
    small_text(&answer, "status", "curated");
    small_text(&answer, "feeds.0", "massage.neck-pain.nothing.pain-intensity.short");
    small_text(&answer, "sources.0.source", "pubmed");
    small_text(&answer, "harms.0.event", "soreness");
    small_number(&answer, "harms.0.denominator", 40);
    small_number(&answer, "results.0.arms.1.mean", 5);
    small_number(&answer, "results.0.scale.high", 10);
    small_done(&answer);
}

static void a_retracted_study_stays_visible_and_feeds_what_it_was_entered_for(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/studies/pmid:4");
    assert_int_equal(answer.status, 200);
    assert_true(json_is_true(small_at(&answer, "retracted")));
    small_done(&answer);
}

static void a_search_finds_words_and_counts_them(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/studies?q=kneading");
    small_number(&answer, "total", 3);
    assert_int_equal(small_size(&answer, "items"), 3);
    small_null(&answer, "next");
    small_done(&answer);
    answer = small_get(*state, "/v1/studies?q=nothing+of+the+kind");
    assert_int_equal(answer.status, 200);
    small_number(&answer, "total", 0);
    small_done(&answer);
}

static void pages_of_a_search_give_each_study_once(void **state)
{
    struct small_service *small = *state;
    const char *target = "/v1/studies?q=&limit=2";
    char seen[128] = "";
    for (int pages = 0; target != NULL; pages++) {
        struct small_answer answer = small_get(small, target);
        assert_true(pages < SMALL_STUDIES);
        for (size_t i = 0; i < small_size(&answer, "items"); i++) {
            const json_t *id = json_object_get(json_array_get(small_at(&answer, "items"), i), "id");
            strcat(strcat(seen, json_string_value(id)), " ");
        }
        target = answer.link == NULL
                     ? NULL
                     : arena_strndup(small->arena, answer.link + 1, strcspn(answer.link + 1, ">"));
        small_done(&answer);
    }
    assert_string_equal(seen, "doi:10.1/small.one pmid:2 pmid:3 pmid:4 pmid:5 ");
}

static void finds(void **state, const char *target, const char *const *ids)
{
    struct small_answer answer = small_get(*state, target);
    size_t count = 0;
    for (; ids[count] != NULL; count++)
        small_text(&answer,
                   arena_printf(((struct small_service *)*state)->arena, "items.%zu.id", count),
                   ids[count]);
    small_number(&answer, "total", (double)count);
    assert_int_equal(small_size(&answer, "items"), count);
    small_done(&answer);
}

static void a_search_is_narrowed_down_by_what_studies_are_about(void **state)
{
    finds(state, "/v1/studies?intervention=massage-gun",
          (const char *const[]){"doi:10.1/small.one", "pmid:5", NULL});
    finds(state, "/v1/studies?condition=neck-pain&year=2012",
          (const char *const[]){"pmid:3", NULL});
    finds(state, "/v1/studies?retracted=yes", (const char *const[]){"pmid:4", NULL});
    finds(state, "/v1/studies?retracted=no&q=kneading",
          (const char *const[]){"pmid:3", "pmid:2", NULL} /* the shorter title first */);
    finds(state, "/v1/studies?design=cohort", (const char *const[]){NULL});
}

static void what_is_narrowed_down_comes_in_pages_too(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/studies?design=rct&limit=2&cursor=4");
    small_number(&answer, "total", 5);
    assert_int_equal(small_size(&answer, "items"), 1);
    small_text(&answer, "items.0.id", "pmid:5");
    small_null(&answer, "next");
    small_done(&answer);
}

static void what_cannot_be_asked_of_a_search_is_named(void **state)
{
    small_refused(*state, "/v1/studies?cursor=pmid%3A2", 400, "\"?cursor\"");
    small_refused(*state, "/v1/studies?cursor=-1", 400, "\"?cursor\"");
    small_refused(*state, "/v1/studies?limit=501", 400, "\"?limit\"");
    small_refused(*state, "/v1/studies?sort=year", 400, "\"?sort\"");
    small_refused(*state, "/v1/studies?design=guess", 400, "\"?design\"");
    small_refused(*state, "/v1/studies?year=soon", 400, "\"?year\"");
    small_refused(*state, "/v1/studies?intervention=massag", 400, "massag");
    small_refused(*state, "/v1/studies?status=unscreened&year=2012", 400, "\"?status\"");
}

static void a_store_that_is_gone_is_our_trouble_and_its_path_is_not_told(void **state)
{
    struct small_service *small = *state;
    struct application *kept = small->application;
    small->application = application_new("/nonexistent/store.db");
    struct small_answer answer = small_get(small, "/v1/studies?q=a");
    assert_int_equal(answer.status, 503);
    assert_null(strstr(answer.text, "nonexistent"));
    small_done(&answer);
    answer = small_get(small, "/readyz");
    assert_int_equal(answer.status, 200); /* what needs no store is answered */
    small_text(&answer, "status", "stale");
    assert_non_null(strstr(answer.text, "there is no store"));
    assert_null(strstr(answer.text, "nonexistent"));
    small_done(&answer);
    answer = small_get(small, "/readyz?fresh=true");
    assert_int_equal(answer.status, 503);
    assert_null(strstr(answer.text, "nonexistent"));
    application_free(small->application);
    small->application = kept;
    small_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_is_found_by_each_of_its_ids_however_they_are_written),
        cmocka_unit_test(what_is_no_study_is_404),
        cmocka_unit_test(a_study_has_every_field_and_null_where_nothing_is_known),
        cmocka_unit_test(a_retracted_study_stays_visible_and_feeds_what_it_was_entered_for),
        cmocka_unit_test(a_search_finds_words_and_counts_them),
        cmocka_unit_test(pages_of_a_search_give_each_study_once),
        cmocka_unit_test(a_search_is_narrowed_down_by_what_studies_are_about),
        cmocka_unit_test(what_is_narrowed_down_comes_in_pages_too),
        cmocka_unit_test(what_cannot_be_asked_of_a_search_is_named),
        cmocka_unit_test(a_store_that_is_gone_is_our_trouble_and_its_path_is_not_told),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
