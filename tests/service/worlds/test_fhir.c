#include "service/worlds/fhir/moment.h"
#include "service/worlds/fhir/search.h"
#include "tests/service/api/small_service.h"

#define MASSAGE "massage.neck-pain.nothing.pain-intensity.short"

/* 2026-01-01 00:00:00 UTC */
enum { NEW_YEAR = SMALL_CHANGED, DAY = 24 * 60 * 60 };

/* ---- ids ---- */

/* SHA-256 of "abc": FIPS 180-4, appendix of examples. */
static void an_id_is_a_letter_and_half_of_the_hash(void **state)
{
    (void)state;
    assert_string_equal(fhir_id_of(FHIR_OF_RATING, "abc").text,
                        "q-ba7816bf8f01cfea414140de5dae2223");
    assert_string_equal(fhir_id_of(FHIR_OF_STUDY, "abc").text,
                        "s-ba7816bf8f01cfea414140de5dae2223");
}

static void every_resource_is_found_by_its_id(void **state)
{
    const struct small_service *small = *state;
    for (int type = 0; type < FHIR_TYPE_COUNT; type++) {
        struct fhir_list list = fhir_list_of(small->catalog, (enum fhir_type)type);
        assert_true(list.count > 0 || type == FHIR_ARTIFACT_ASSESSMENT);
        for (size_t i = 0; i < list.count; i++)
            assert_ptr_equal(fhir_find(small->catalog, (enum fhir_type)type, list.items[i].id.text),
                             &list.items[i]);
    }
    assert_null(fhir_find(small->catalog, FHIR_EVIDENCE, ""));
    assert_null(fhir_find(small->catalog, FHIR_EVIDENCE, "q-"));
    assert_null(fhir_find(small->catalog, FHIR_EVIDENCE,
                          "q-ba7816bf8f01cfea414140de5dae2223ba7816bf8f01cfea414140de5dae2223"));
}

/* ---- dates ---- */

static void a_date_is_all_the_seconds_it_may_mean(void **state)
{
    static const struct {
        const char *text;
        time_t from, to;
    } cases[] = {
        {"2026", NEW_YEAR, NEW_YEAR + 365 * (time_t)DAY},
        {"2026-01", NEW_YEAR, NEW_YEAR + 31 * DAY},
        {"2026-01-01", NEW_YEAR, NEW_YEAR + DAY},
        {"2025-12-31", NEW_YEAR - DAY, NEW_YEAR},
        {"2026-01-01T00:00", NEW_YEAR, NEW_YEAR + 60},
        {"2026-01-01T00:00Z", NEW_YEAR, NEW_YEAR + 60},
        {"2026-01-01T00:00:01Z", NEW_YEAR + 1, NEW_YEAR + 2},
        {"2026-01-01T00:00:01.999Z", NEW_YEAR + 1, NEW_YEAR + 2},
        {"2026-01-01T02:00:00+02:00", NEW_YEAR, NEW_YEAR + 1},
        {"2025-12-31T19:00:00-05:00", NEW_YEAR, NEW_YEAR + 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fhir_moment moment;
        if (!fhir_moment_read(cases[i].text, &moment) || moment.from != cases[i].from ||
            moment.to != cases[i].to)
            fail_msg("%s", cases[i].text);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const texts[] = {"",
                                        "26",
                                        "2026-",
                                        "2026-13",
                                        "2026-00",
                                        "2026-02-29",
                                        "2026-1-1",
                                        "2026-01-01T",
                                        "2026-01-01T24:00",
                                        "2026-01-01T00:00:61Z",
                                        "2026-01-01T00:00:00+15:00",
                                        "2026-01-01T00:00:00Zulu",
                                        "2026-01-01 00:00",
                                        "ap2026",
                                        "ge"};
    struct fhir_moment moment;
    enum fhir_comparison by;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (fhir_comparison_read(texts[i], &by, &moment))
            fail_msg("%s", texts[i]);
}

/* The value is the first of January 2026; hl7.org/fhir/R5/search.html#prefix. */
static void comparisons_are_those_of_the_specification(void **state)
{
    static const struct {
        const char *text;
        bool fits;
    } cases[] = {
        {"2026-01-01", true},
        {"2026", true},
        {"2025", false},
        {"ne2026", false},
        {"ne2025", true},
        {"gt2025", true},
        {"gt2026", false},
        {"gt2026-01-01", false},
        {"gt2025-12-31", true},
        {"lt2027", true},
        {"lt2026-01-01", false},
        {"lt2026-01-02", true},
        {"ge2026-01-01", true},
        {"ge2026-01-02", false},
        {"le2026-01-01", true},
        {"le2025-12-31", false},
        {"sa2025-12-31", true},
        {"sa2026", false},
        {"eb2026-01-02", true},
        {"eb2026", false},
        {"2026-01-01T12:00:00Z", false}, /* a moment of it is not the day */
    };
    const struct fhir_moment day = {NEW_YEAR, NEW_YEAR + DAY};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum fhir_comparison by;
        struct fhir_moment wanted;
        assert_true(fhir_comparison_read(cases[i].text, &by, &wanted));
        if (fhir_moment_fits(day, by, wanted) != cases[i].fits)
            fail_msg("%s", cases[i].text);
    }
}

/* ---- over HTTP ---- */

/* The figure is worked out by hand in test_ratings.c. */
static void a_rating_reads_as_evidence(void **state)
{
    char target[128];
    snprintf(target, sizeof target, "/fhir/Evidence/%s", fhir_id_of(FHIR_OF_RATING, MASSAGE).text);
    struct small_answer answer = small_get(*state, target);
    assert_int_equal(answer.status, 200);
    small_text(&answer, "resourceType", "Evidence");
    small_text(&answer, "identifier.0.value", MASSAGE);
    small_number(&answer, "statistic.0.quantity.value", -15.625 / 8.75);
    small_number(&answer, "statistic.0.sampleSize.numberOfStudies", 2);
    small_number(&answer, "statistic.0.sampleSize.numberOfParticipants", 140);
    small_text(&answer, "statistic.0.statisticType.coding.0.code", "0000457");
    assert_string_equal(answer.modified, "Thu, 01 Jan 2026 00:00:00 GMT");
    small_done(&answer);
}

static void a_retracted_study_is_cited_as_retracted(void **state)
{
    struct small_answer answer = small_get(*state, "/fhir/Citation?identifier=pmid:4");
    small_number(&answer, "total", 1);
    small_text(&answer, "entry.0.resource.citedArtifact.currentState.0.coding.0.code", "retracted");
    small_done(&answer);
}

static void commas_are_or_unless_a_backslash_stands_before_them(void **state)
{
    static const struct {
        const char *query;
        int total;
    } cases[] = {{"identifier=pmid:2,pmid:3", 2},
                 {"identifier=pmid:2\\,pmid:3", 0},
                 {"identifier=pmid:2&identifier=pmid:3", 0},
                 {"identifier=,pmid:2,", 1},
                 {"identifier=https://doi.org|10.1/two", 1},
                 {"identifier=|pmid:2", 0},
                 {"identifier=https://doi.org|", 2},
                 {"title=kneading", 3},
                 {"title:exact=Kneading, again", 0},
                 {"title:exact=Kneading\\, again", 1},
                 {"title:contains=WITHDRAWN", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char target[160];
        snprintf(target, sizeof target, "/fhir/Citation?%s", cases[i].query);
        struct small_answer answer = small_get(*state, target);
        const json_t *total = small_at(&answer, "total");
        if (json_integer_value(total) != cases[i].total)
            fail_msg("%s: %d", cases[i].query, (int)json_integer_value(total));
        small_done(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_a_letter_and_half_of_the_hash),
        cmocka_unit_test(every_resource_is_found_by_its_id),
        cmocka_unit_test(a_date_is_all_the_seconds_it_may_mean),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(comparisons_are_those_of_the_specification),
        cmocka_unit_test(a_rating_reads_as_evidence),
        cmocka_unit_test(a_retracted_study_is_cited_as_retracted),
        cmocka_unit_test(commas_are_or_unless_a_backslash_stands_before_them),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
