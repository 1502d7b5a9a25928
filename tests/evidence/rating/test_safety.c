/* Safety is an axis of its own (METHOD V3). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/safety_kept.h"

/* Of massage, by all studies of a small base. */
static struct safety safety_of_all(const struct small *small)
{
    uint32_t places[SMALL_MOST];
    for (size_t i = 0; i < small->count; i++)
        places[i] = (uint32_t)i;
    return safety_of(&small->base, places, small->count, base_intervention(&small->base, "massage"),
                     small->arena);
}

static enum safety_level level_of(const char *const *harms)
{
    struct small *small = small_new();
    for (size_t i = 0; harms[i] != NULL; i++)
        small_add(small, arena_printf(small->arena,
                                      "{'id':'ts:s%zu','title':'t','condition':'neck-pain',"
                                      "'sources':[{'url':'u'}],%s}",
                                      i, harms[i]));
    enum safety_level level = safety_of_all(small).level;
    arena_free(small->arena);
    return level;
}

#define HARM(design, more)                                                                         \
    "'design':'" design "','harms':[{'intervention':'massage','event':'e'," more "}]"

#define PER(events, of, unit) "'per':{'events':" events ",'of':" of ",'unit':'" unit "'}"

static void the_worst_with_a_source_is_the_level(void **state)
{
    (void)state;
    static const struct {
        const char *const harms[4];
        enum safety_level level;
    } cases[] = {
        {{NULL}, SAFETY_NOT_RECORDED},
        {{HARM("rct", "'severity':'serious','numerator':0,'denominator':50"), NULL},
         SAFETY_NONE_FOUND},
        {{HARM("rct", "'severity':'minor'"), NULL}, SAFETY_MINOR},
        {{HARM("cohort", "'severity':'serious','numerator':1,'denominator':1001"), NULL},
         SAFETY_SERIOUS_RARE},
        {{HARM("cohort", "'severity':'serious','numerator':1,'denominator':1000"), NULL},
         SAFETY_SERIOUS},
        {{HARM("case-report", "'severity':'serious'"), NULL}, SAFETY_SERIOUS_RARE},
        /* Baeumler 2021, pubmed 34489268 */
        {{HARM("systematic-review", "'severity':'serious'," PER("1.01", "10000", "people")), NULL},
         SAFETY_SERIOUS_RARE},
        {{HARM("cohort", "'severity':'serious'," PER("1", "1000", "people")), NULL},
         SAFETY_SERIOUS},
        {{HARM("cohort", "'severity':'serious'," PER("0", "100", "treatments")), NULL},
         SAFETY_NONE_FOUND},
        /* ten treatments: 1 in 1,000 people, and just under */
        {{HARM("cohort", "'severity':'serious'," PER("1", "10000", "treatments")), NULL},
         SAFETY_SERIOUS},
        {{HARM("cohort", "'severity':'serious'," PER("1", "10001", "treatments")), NULL},
         SAFETY_SERIOUS_RARE},
        /* that somebody has seen it does not say how often it comes */
        {{HARM("cohort", "'severity':'serious'," PER("14", "100", "practitioners")), NULL},
         SAFETY_SERIOUS_RARE},
        {{HARM("systematic-review", "'severity':'serious','reports':true"), NULL},
         SAFETY_SERIOUS_RARE},
        {{HARM("rct", "'severity':'serious','rate':'4% against 2%'," PER("4", "100", "people")),
          NULL},
         SAFETY_SERIOUS},
        {{HARM("rct", "'severity':'serious'"), NULL}, SAFETY_SERIOUS},
        {{HARM("rct", "'severity':'minor'"), HARM("case-report", "'severity':'serious'"),
          HARM("rct", "'severity':'minor','numerator':0,'denominator':9"), NULL},
         SAFETY_SERIOUS_RARE},
        {{"'retracted':true," HARM("rct", "'severity':'serious'"), NULL}, SAFETY_NOT_RECORDED},
        {{"'design':'rct','harms':[{'intervention':'exercise','event':'e','severity':'serious'}]",
          NULL},
         SAFETY_NOT_RECORDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (level_of(cases[i].harms) != cases[i].level)
            fail_msg("case %zu: %s, want %s", i, safety_names[level_of(cases[i].harms)],
                     safety_names[cases[i].level]);
}

static void the_worst_stand_first_and_those_counted_among_people_before_others(void **state)
{
    (void)state;
    static const char *const harms[] = {
        HARM("cohort", "'severity':'minor'," PER("90", "100", "people")),
        HARM("case-report", "'severity':'serious'"),
        HARM("cohort", "'severity':'serious'," PER("1", "20000", "people")),
        HARM("cohort", "'severity':'serious'," PER("9", "100000000", "treatments")),
        HARM("cohort", "'severity':'serious'," PER("5", "20000", "people")),
        HARM("rct", "'severity':'serious'"),
        HARM("rct", "'severity':'serious','numerator':0,'denominator':50"),
        HARM("rct", "'severity':'serious','numerator':4,'denominator':100"),
    };
    static const size_t order[] = {7, 5, 4, 2, 3, 1, 0, 6};
    struct small *small = small_new();
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++)
        small_add(small, arena_printf(small->arena,
                                      "{'id':'ts:s%zu','title':'t','condition':'neck-pain',"
                                      "'sources':[{'url':'u'}],%s}",
                                      i, harms[i]));
    struct safety safety = safety_of_all(small);
    assert_int_equal(safety.count, sizeof harms / sizeof *harms);
    for (size_t i = 0; i < safety.count; i++)
        assert_ptr_equal(safety.harms[i].study, &small->studies[order[i]]);
    arena_free(small->arena);
}

static void how_often_is_told_in_the_sources_words_else_as_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *harm;
        const char *told;
    } cases[] = {
        {"'rate':'common'," PER("1", "3", "people"), "common"},
        {PER("1.01", "10000", "people"), "1.01 of 10000 people"},
        {PER("7.98", "1000000", "treatments"), "7.98 of 1000000 treatments"},
        {PER("14", "100", "practitioners"), "seen by 14 of 100 practitioners"},
        {"'numerator':3,'denominator':62", "3 of 62"},
        {"'reports':true,'numerator':3", "reports of cases; how often is not known"},
    };
    struct small *small = small_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct study *study = small_add(
            small, arena_printf(small->arena,
                                "{'id':'ts:s%zu','title':'t','condition':'neck-pain','design':"
                                "'cohort','sources':[{'url':'u'}],'harms':[{'intervention':"
                                "'massage','event':'e','severity':'serious',%s}]}",
                                i, cases[i].harm));
        assert_string_equal(safety_how_often(&study->harms[0], small->arena), cases[i].told);
    }
    struct study *silent =
        small_add(small, "{'id':'ts:s','title':'t','condition':'neck-pain',"
                         "'sources':[{'url':'u'}]," HARM("rct", "'severity':'minor'") "}");
    assert_null(safety_how_often(&silent->harms[0], small->arena));
    arena_free(small->arena);
}

static void a_harm_names_the_condition_it_was_seen_in_unless_that_was_asked_about(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_add(small,
              "{'id':'ts:s','title':'t','condition':'neck-mtrp','sources':[{'url':'u'}]," HARM(
                  "rct", "'severity':'minor'") "}");
    const struct base *base = &small->base;
    struct safety safety = safety_of_all(small);
    const struct safety_harm *one = &safety.harms[0];
    const struct condition *knots = base_condition(base, "neck-mtrp");
    assert_null(safety_seen_in(base, one, knots));
    assert_null(safety_seen_in(base, one, base_condition(base, "neck-pain")));
    assert_ptr_equal(safety_seen_in(base, one, base_condition(base, "low-back-pain")), knots);
    assert_ptr_equal(safety_seen_in(base, one, NULL), knots);
    arena_free(small->arena);
}

static void a_harm_seen_in_pain_of_any_kind_names_none(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct condition conditions[] = {{.id = "musculoskeletal-pain", .parents = small_nothing},
                                           {.id = "neck-pain", .parents = small_nothing}};
    small->base.conditions = conditions;
    small->base.condition_count = 2;
    const struct study study = {.condition = "musculoskeletal-pain"};
    const struct safety_harm one = {.study = &study};
    assert_null(safety_seen_in(&small->base, &one, &conditions[1]));
    assert_null(safety_seen_in(&small->base, &one, NULL));
    arena_free(small->arena);
}

static void not_recorded_is_never_told_as_safe(void **state)
{
    (void)state;
    says(safety_words(SAFETY_NOT_RECORDED), "does not mean there are none");
    for (int level = SAFETY_NOT_RECORDED; level <= SAFETY_SERIOUS; level++)
        says_not(safety_words((enum safety_level)level), "is safe");
}

static void assert_kept_as_found(const struct catalog *catalog,
                                 const struct intervention *intervention, struct arena *arena)
{
    const struct safety *kept = safety_kept(catalog, intervention);
    const struct base *base = catalog_base(catalog);
    uint32_t *all = arena_array(arena, base->study_count, sizeof *all);
    for (size_t i = 0; i < base->study_count; i++)
        all[i] = (uint32_t)i;
    struct safety fresh = safety_of(base, all, base->study_count, intervention, arena);
    assert_ptr_equal(safety_kept(catalog, intervention), kept);
    assert_int_equal(kept->level, fresh.level);
    assert_int_equal(kept->counting, fresh.counting);
    assert_int_equal(kept->count, fresh.count);
    for (size_t i = 0; i < fresh.count; i++) {
        assert_ptr_equal(kept->harms[i].harm, fresh.harms[i].harm);
        assert_ptr_equal(kept->harms[i].study, fresh.harms[i].study);
    }
}

static void what_is_kept_of_harms_is_what_is_found(void **state)
{
    (void)state;
    struct small *small = small_new();
    for (int i = 0; i < 3; i++)
        small_add(small,
                  arena_printf(small->arena,
                               "{'id':'ts:s%d','title':'t','condition':'neck-pain',"
                               "'sources':[{'url':'u'}]," HARM("rct", "'severity':'minor'") "}",
                               i));
    struct catalog *catalog = small_rate(small);
    const struct base *base = catalog_base(catalog);
    for (size_t i = 0; i < base->intervention_count; i++)
        assert_kept_as_found(catalog, &base->interventions[i], small->arena);
    assert_int_equal(safety_kept(catalog, base_intervention(base, "massage"))->count, 3);
    const struct intervention foreign = {.id = "of-another-base"};
    assert_int_equal(safety_kept(catalog, &foreign)->level, SAFETY_NOT_RECORDED);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_with_a_source_is_the_level),
        cmocka_unit_test(the_worst_stand_first_and_those_counted_among_people_before_others),
        cmocka_unit_test(how_often_is_told_in_the_sources_words_else_as_numbers),
        cmocka_unit_test(a_harm_names_the_condition_it_was_seen_in_unless_that_was_asked_about),
        cmocka_unit_test(a_harm_seen_in_pain_of_any_kind_names_none),
        cmocka_unit_test(what_is_kept_of_harms_is_what_is_found),
        cmocka_unit_test(not_recorded_is_never_told_as_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
