/* Edges of the rules of rating that a slip in a comparison, a sign or an order would move (METHOD
 * sections 2 to 5). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/synthesis.h"
#include "evidence/rating/trial_effect.h"
#include "evidence/statistics/distribution.h"

/* Its reason is copied to `reason`, which may be NULL. */
static struct domain_judgement judged(struct small *small, const char *question, enum domain domain,
                                      char reason[200])
{
    struct catalog *catalog = small_rate(small);
    struct domain_judgement out = small_rating(catalog, question)->certainty.domains[domain];
    if (reason != NULL)
        snprintf(reason, 200, "%s", out.reason);
    catalog_release(catalog); /* the rule's name is a constant */
    out.reason = NULL;
    return out;
}

static void expect(struct domain_judgement got, int change, const char *rule)
{
    assert_string_equal(got.rule, rule);
    assert_int_equal(got.change, change);
}

/* ---- E: what a trial enters with ---- */

static const struct rated_study *of_result(struct small *small, const char *design,
                                           const char *result)
{
    small_add(small, arena_printf(small->arena,
                                  "{'id':'ts:a','title':'t','design':'%s','condition':'neck-pain',"
                                  "'sources':[{'url':'u'}],'results':[%s]}",
                                  design, result));
    return &small_rating(small_rate(small), PAIN_SHAM)->body.studies[0];
}

/* -2 (-3 to -1): of 119 people the t of 117 degrees of freedom, 1.980448 (R qt(0.975, 117)); from
 * 120 on the normal's 1.959964. */
static void from_120_people_on_an_interval_is_a_normal_one(void **state)
{
    static const struct {
        int n;
        double critical;
    } cases[] = {{119, 1.980448}, {120, 1.959964}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        const struct rated_study *entry =
            of_result(small, "rct",
                      small_pain(small, "sham",
                                 arena_printf(small->arena, "'n':%d,%s", cases[i].n,
                                              small_md(small, -2, -3, -1))));
        near(sqrt(entry->effect.vi), 1 / cases[i].critical, 1e-6);
        small_free(small);
    }
}

/* Pain on a scale whose ends nobody told, so that standard deviations are all there is. */
static const char *endless_pain(struct small *small, const char *figures)
{
    return arena_printf(small->arena,
                        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity',"
                        "'scale':{'name':'own'},'better':'lower','window':'short',%s}",
                        figures);
}

/* By hand: arms 20 and 20, SD 2, difference -1 (-1.5 to -0.5) of the same people: J(38) =
 * 0.980110 by gamma functions, so -0.490055. */
static void a_crossovers_difference_is_taken_over_the_sd_of_its_arms(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry =
        of_result(small, "crossover-rct",
                  endless_pain(small, arena_printf(small->arena, "'paired':true,%s,%s",
                                                   small_md(small, -1, -1.5, -0.5),
                                                   small_arms(small, 20, 4, 2, 20, 5, 2))));
    near(entry->effect.yi, -0.490055, 1e-6);
    small_free(small);
}

/* The arms say J(78) (3 - 5)/2 = -0.99034, the paper -0.5: what is worked out from the arms stands.
 */
static void a_trials_arms_come_before_its_printed_smd(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry = of_result(
        small, "rct",
        endless_pain(small, arena_printf(small->arena,
                                         "'measure':'SMD','estimate':-0.5,'ci':[-0.9,-0.1],%s",
                                         small_arms(small, 40, 3, 2, 40, 5, 2))));
    near(entry->effect.yi, -0.99034, 1e-5);
    small_free(small);
}

/* ---- the size, in words ---- */

/* METHOD section 3: trivial below half a MID, small below one, moderate below two. 4.1 less 3.1 is
 * a point, whatever binary fractions make of it. */
static void a_size_that_reaches_a_threshold_is_of_the_next_class(void **state)
{
    static const struct {
        double treated, control;
        const char *word;
    } cases[] = {{4.6, 5, "trivial"},    {4.5, 5, "small"},  {4.1, 5, "small"},
                 {3.1, 4.1, "moderate"}, {4, 5, "moderate"}, {3.1, 5, "moderate"},
                 {3, 5, "large"},        {7.2, 9.2, "large"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small *small = small_new();
        small_trial(
            small, "a", 2015, "neck-pain", RATED("low"),
            small_pain(small, "sham",
                       small_arms(small, 400, cases[i].treated, 2, 400, cases[i].control, 2)));
        struct catalog *catalog = small_rate(small);
        const char *word = small_rating(catalog, PAIN_SHAM)->effect.magnitude;
        if (strcmp(word, cases[i].word) != 0)
            fail_msg("%g against %g is %s", cases[i].treated, cases[i].control, word);
        catalog_release(catalog);
    }
}

/* ---- N ---- */

/* By hand, three trials of v = 0.08 at -2 - d, -2 and -2 + d: Q = 2 d^2 / 0.08, tau2 = d^2 - 0.08
 * (REML), I2 = tau2 / d^2. d = 0.461: Q 5.31, p 0.070, I2 62 %. d = 0.42: Q 4.41, p 0.110, I2 55 %.
 */
static void trials_differ_only_where_chance_would_do_so_one_time_in_ten(void **state)
{
    static const struct {
        double apart;
        int change;
        const char *rule;
    } cases[] = {{0.461, -1, "N1"}, {0.42, 0, "N"}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        for (int j = -1; j <= 1; j++)
            small_simple(small, arena_printf(small->arena, "t%d", j + 1), "sham", 100,
                         -2 + j * cases[i].apart, RATED("low"));
        expect(judged(small, PAIN_SHAM, DOMAIN_INCONSISTENCY, NULL), cases[i].change,
               cases[i].rule);
    }
}

/* Printed ratios at a risk that nobody told have no size that matters, so that no difference is the
 * threshold in play: each with an interval a tenth around it. */
static struct domain_judgement ratios(const double printed[4])
{
    struct small *small = small_new();
    for (int i = 0; i < 4; i++)
        small_trial(small, arena_printf(small->arena, "t%d", i), 2015, "neck-pain", RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','n':400,"
                                 "'measure':'RR','estimate':%g,'ci':[%g,%g]}",
                                 printed[i], printed[i] / 1.1, printed[i] * 1.1));
    return judged(small, "massage.neck-pain.sham.responders-50.short", DOMAIN_INCONSISTENCY, NULL);
}

static void without_a_size_that_matters_no_difference_parts_the_trials(void **state)
{
    (void)state;
    expect(ratios((const double[]){2, 3, 4, 3}), -1, "N1");
    expect(ratios((const double[]){3, 2.5, 0.6, 0.7}), -2, "N2");
    expect(ratios((const double[]){0.5, 0.3, 0.25, 0.3}), -1, "N1");
}

static void one_trial_is_told_as_one(void **state)
{
    (void)state;
    for (int trials = 1; trials <= 2; trials++) {
        struct small *small = small_new();
        char reason[200];
        for (int i = 0; i < trials; i++)
            small_simple(small, i == 0 ? "a" : "b", "sham", 100, -2, RATED("low"));
        judged(small, PAIN_SHAM, DOMAIN_INCONSISTENCY, reason);
        says(reason, trials == 1 ? "one trial cannot disagree" : "the trials do not differ");
    }
}

/* ---- M ---- */

/* -2.0 to 2.0 is an important benefit or an important harm, and 120 people are few: three levels,
 * of which two are taken. */
static void imprecision_costs_two_levels_at_most(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                small_pain(small, "sham", small_arms(small, 60, 5, 8, 60, 5, 8)));
    char reason[200];
    expect(judged(small, PAIN_SHAM, DOMAIN_IMPRECISION, reason), -2, "M2");
    says(reason, "important benefit or an important harm; fewer than 400 people");
}

static void the_reason_says_whether_one_trial_or_several_are_of_unknown_size(void **state)
{
    (void)state;
    for (int trials = 1; trials <= 2; trials++) {
        struct small *small = small_new();
        for (int i = 0; i < trials; i++)
            small_trial(small, i == 0 ? "a" : "b", 2015, "neck-pain", RATED("low"),
                        small_pain(small, "sham", small_md(small, -2, -2.5, -1.5)));
        char reason[200];
        judged(small, PAIN_SHAM, DOMAIN_IMPRECISION, reason);
        says(reason, trials == 1 ? "one trial of unknown size" : "how many people are behind this");
    }
}

/* 350 would be enough as events; as people they are few. */
static void people_are_counted_where_no_events_are(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 175, -2, RATED("low")); /* 350 people, in points */
    expect(judged(small, PAIN_SHAM, DOMAIN_IMPRECISION, NULL), -1, "M1");
}

/* ---- the order of answers ---- */

static void only_what_is_shown_to_help_is_better_and_never_than_itself(void **state)
{
    static const struct intervention one = {.id = "one"};
    static const struct intervention other = {.id = "other"};
    static const struct {
        const char *verdict, *than;
        enum certainty_level certainty, than_certainty;
        bool better;
    } cases[] = {
        {"works", "probably-works", CERTAINTY_HIGH, CERTAINTY_MODERATE, true},
        {"probably-works", "works", CERTAINTY_MODERATE, CERTAINTY_HIGH, false},
        {"may-help-a-little", "unproven", CERTAINTY_LOW, CERTAINTY_VERY_LOW, true},
        {"may-work", "may-work", CERTAINTY_LOW, CERTAINTY_LOW, false},
        {"unproven", "does-not-work", CERTAINTY_VERY_LOW, CERTAINTY_HIGH, false},
        {"may-not-work", "harmful", CERTAINTY_LOW, CERTAINTY_HIGH, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct headline a = {
            .intervention = &one, .verdict = cases[i].verdict, .certainty = cases[i].certainty};
        struct headline b = {
            .intervention = &other, .verdict = cases[i].than, .certainty = cases[i].than_certainty};
        if (headline_is_better(&a, &b) != cases[i].better)
            fail_msg("%s than %s", cases[i].verdict, cases[i].than);
        b.intervention = &one;
        assert_false(headline_is_better(&a, &b));
    }
}

/* ---- sentences ---- */

static struct headline headline_of(struct small *small, struct catalog **catalog)
{
    *catalog = small_rate(small);
    return *small_headline(small, *catalog, "neck-pain");
}

static void one_study_and_several_are_counted_in_good_english(void **state)
{
    (void)state;
    for (int count = 1; count <= 2; count++) {
        struct small *small = small_new();
        struct catalog *catalog;
        for (int i = 0; i < count; i++)
            small_trial(small, i == 0 ? "a" : "b", 2015, "neck-pain", "",
                        small_pain(small, "sham", "'favours':'intervention'"));
        says(headline_of(small, &catalog).sentence,
             count == 1 ? "1 study here gives no figure" : "2 studies here give no figure");
        catalog_release(catalog);
    }
}

/* Of 1000 and 1000: 90 and 50, so 9 and 5 of 100; below 10 a decimal is told. */
static void rare_events_are_told_with_a_decimal_and_common_ones_without(void **state)
{
    static const struct {
        int treated, control;
        const char *with, *without;
    } cases[] = {{94, 52, "9.4 of 100 people did well with it", "5.2 of 100"},
                 {400, 104, " 40 of 100 people did well with it", " 10 of 100"}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','arms':"
                                 "[{'role':'intervention','n':1000,'events':%d},{'role':"
                                 "'comparator','n':1000,'events':%d}]}",
                                 cases[i].treated, cases[i].control));
        struct catalog *catalog = small_rate(small);
        const char *sentence =
            small_rating(catalog, "massage.neck-pain.sham.responders-50.short")->sentence;
        says(sentence, cases[i].with);
        says(sentence, cases[i].without);
        catalog_release(catalog);
    }
}

/* One of three whose SD is worked out, and without which the class is another. */
static void what_hangs_on_one_imputed_trial_says_it(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -0.1, RATED("low"));
    small_simple(small, "b", "sham", 400, 0.1, RATED("low"));
    small_trial(small, "c", 2015, "neck-pain", RATED("low"),
                small_pain(small, "sham",
                           "'arms':[{'role':'intervention','n':400,'median':3,'q1':2,'q3':4},"
                           "{'role':'comparator','n':400,'median':5,'q1':4,'q3':6}]"));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_true(rating->hangs_on_imputed);
    says(rating->sentence, "How exact 1 of them is was not printed");
    says(rating->sentence, "without it the studies would show");
    catalog_release(catalog);
}

static void names_of_one_thing_are_not_plural(void **state)
{
    (void)state;
    assert_true(sentence_is_plural("anti-inflammatory gels"));
    assert_true(sentence_is_plural("insoles"));
    assert_false(sentence_is_plural("an acupressure mat with spikes"));
    assert_false(sentence_is_plural("a set of pads"));
    assert_false(sentence_is_plural("massage"));
}

/* ---- what stands beside a rating ---- */

/* P5 of a ratio: 40 of 100 against 10.4 is past 10 of 100 for certain; where 95 of 100 do well
 * already there is no room for 10 more, and so no such probability. */
static void ten_of_a_hundred_is_asked_of_a_ratio_where_there_is_room(void **state)
{
    static const int counts[][2] = {{400, 104}, {960, 950}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','arms':"
                                 "[{'role':'intervention','n':1000,'events':%d},{'role':"
                                 "'comparator','n':1000,'events':%d}]}",
                                 counts[i][0], counts[i][1]));
        struct catalog *catalog = small_rate(small);
        double found = small_rating(catalog, "massage.neck-pain.sham.responders-50.short")
                           ->effect.p_important_benefit;
        if (i == 0)
            near(found, 1, 1e-6);
        else
            assert_true(isnan(found));
        catalog_release(catalog);
    }
}

static void the_step_of_the_class_names_where_its_mid_comes_from(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct outcome *outcomes =
        arena_array(small->arena, small->base.outcome_count, sizeof *outcomes);
    memcpy(outcomes, small->base.outcomes, small->base.outcome_count * sizeof *outcomes);
    outcomes[0].mid.source_url = "https://example.org/mid";
    small->base.outcomes = outcomes;
    small_simple(small, "a", "sham", 100, -2, RATED("low"));
    struct catalog *catalog = small_rate(small);
    const struct trace *trace =
        catalog_trace(catalog, small_rating(catalog, PAIN_SHAM), small->arena);
    bool found = false;
    for (size_t i = 0; i < trace->count; i++) {
        const char *source = trace_source_of(trace, &trace->steps[i]);
        found = found || (strcmp(trace->steps[i].rule, "V") == 0 && source != NULL &&
                          strstr(source, "https://example.org/mid") != NULL);
    }
    assert_true(found);
    assert_string_equal(catalog_dataset(catalog)->name, "n"); /* of the dataset, for as_of */
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_120_people_on_an_interval_is_a_normal_one),
        cmocka_unit_test(a_crossovers_difference_is_taken_over_the_sd_of_its_arms),
        cmocka_unit_test(a_trials_arms_come_before_its_printed_smd),
        cmocka_unit_test(a_size_that_reaches_a_threshold_is_of_the_next_class),
        cmocka_unit_test(trials_differ_only_where_chance_would_do_so_one_time_in_ten),
        cmocka_unit_test(without_a_size_that_matters_no_difference_parts_the_trials),
        cmocka_unit_test(one_trial_is_told_as_one),
        cmocka_unit_test(imprecision_costs_two_levels_at_most),
        cmocka_unit_test(the_reason_says_whether_one_trial_or_several_are_of_unknown_size),
        cmocka_unit_test(people_are_counted_where_no_events_are),
        cmocka_unit_test(only_what_is_shown_to_help_is_better_and_never_than_itself),
        cmocka_unit_test(one_study_and_several_are_counted_in_good_english),
        cmocka_unit_test(rare_events_are_told_with_a_decimal_and_common_ones_without),
        cmocka_unit_test(what_hangs_on_one_imputed_trial_says_it),
        cmocka_unit_test(names_of_one_thing_are_not_plural),
        cmocka_unit_test(ten_of_a_hundred_is_asked_of_a_ratio_where_there_is_room),
        cmocka_unit_test(the_step_of_the_class_names_where_its_mid_comes_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
