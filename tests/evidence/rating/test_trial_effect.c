/* From what a trial printed to the effect it enters with (E1-E4, Q2). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/trial_effect.h"

static const struct rated_study *only(struct small *small, const char *question)
{
    struct catalog *catalog = small_rate(small);
    return &small_rating(catalog, question)->body.studies[0];
}

/* By hand: 3 - 5 = -2; 2^2/40 + 2^2/40 = 0.2. */
static void arms_give_the_mean_difference_and_its_variance(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 40, -2, "");
    const struct rated_study *entry = only(small, PAIN_SHAM);
    near(entry->effect.yi, -2, 1e-12);
    near(entry->effect.vi, 0.2, 1e-12);
    assert_int_equal(entry->n, 80);
    near(entry->control_sd, 2, 1e-12);
    small_free(small);
}

static const struct rated_study *of_result(struct small *small, const char *design,
                                           const char *result)
{
    small_add(small, arena_printf(small->arena,
                                  "{'id':'ts:a','title':'t','design':'%s','condition':'neck-pain',"
                                  "'sources':[{'url':'u'}],'results':[%s]}",
                                  design, result));
    return only(small, PAIN_SHAM);
}

/* By hand: -20 of 100 points is -2 of 10, arms with an SD of 20 are 2: as above. */
static void a_scale_to_100_is_told_on_10_and_said(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry = of_result(
        small, "rct",
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':{'name':"
        "'VAS mm','low':0,'high':100},'better':'lower','window':'short','arms':[{'role':"
        "'intervention','n':40,'mean':30,'sd':20},{'role':'comparator','n':40,'mean':50,'sd':20}]"
        "}");
    near(entry->effect.yi, -2, 1e-12);
    near(entry->effect.vi, 0.2, 1e-12);
    near(entry->control_sd, 2, 1e-12);
    says(entry->approximated, "told on 0 to 10 from VAS mm");
    assert_null(entry->imputed); /* another scale is not another figure */
    small_free(small);
}

/* g by hand: J(78) (3 - 5)/2 = -0.99034; the scale's ends are not told, so no points. */
static void unknown_ends_are_not_guessed(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'sham','outcome':"
                             "'pain-intensity','scale':{'name':'some scale'},'better':'lower',"
                             "'window':'short',%s}",
                             small_arms(small, 40, 3, 2, 40, 5, 2)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_int_equal(rating->body.scale, BODY_SMD);
    near(rating->body.studies[0].effect.yi, -0.99034, 5e-5);
    assert_true(isnan(rating->body.studies[0].control_sd));
    catalog_release(catalog);
}

/* Expected: t quantile of 38 df 2.024394 (R qt); se = (3 - 1)/2/2.024394 = 0.493975. */
static void a_small_trials_interval_is_one_of_t(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry =
        of_result(small, "rct",
                  small_pain(small, "sham", "'n':40,'measure':'MD','estimate':-2,'ci':[-3,-1]"));
    near(sqrt(entry->effect.vi), 0.493975, 1e-6);
    small_free(small);
}

/* A crossover's 20 people stand in both arms. By hand with r = 0.5: (4 + 4 - 4)/20 = 0.2. */
static void a_crossovers_people_are_counted_once_and_r_is_assumed_aloud(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry = of_result(
        small, "crossover-rct", small_pain(small, "sham", small_arms(small, 20, 4, 2, 20, 5, 2)));
    assert_int_equal(entry->n, 20);
    near(entry->effect.vi, 0.2, 1e-12);
    says(entry->approximated, "correlation of 0.5");
    says(entry->imputed, "correlation of 0.5");
    small_free(small);
}

/* Expected: t quantile of 19 df 2.093024 (R qt): one group of people measured twice. */
static void a_crossovers_paired_interval_comes_before_its_arms(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry =
        of_result(small, "crossover-rct",
                  small_pain(small, "sham",
                             arena_printf(small->arena, "'paired':true,%s,%s",
                                          small_md(small, -1, -1.5, -0.5),
                                          small_arms(small, 20, 4, 2, 20, 5, 2))));
    near(sqrt(entry->effect.vi), 0.5 / 2.093024, 1e-6);
    assert_null(entry->approximated);
    assert_null(entry->imputed);
    small_free(small);
}

/* What is not printed is imputed from the next best, and is marked (E2). */
static void an_error_that_was_worked_out_is_marked(void **state)
{
    (void)state;
    static const struct {
        const char *figures;
        const char *how; /* NULL: printed */
    } cases[] = {
        {"'n':40,'measure':'MD','estimate':-2,'ci':[-3,-1]", NULL},
        {"'n':40,'measure':'MD','estimate':-2,'se':0.5", NULL},
        {"'n':40,'measure':'MD','estimate':-2,'p':0.01", "comes from the printed p value"},
        {"'arms':[{'role':'intervention','n':30,'median':3,'q1':2,'q3':4},"
         "{'role':'comparator','n':30,'median':5,'q1':4,'q3':6}]",
         "SD from the quartiles"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small *small = small_new();
        const struct rated_study *entry =
            of_result(small, "rct", small_pain(small, "sham", cases[i].figures));
        assert_true(entry->used);
        if (cases[i].how == NULL)
            assert_null(entry->imputed);
        else
            says(entry->imputed, cases[i].how);
        small_free(small);
    }
}

/* In standard deviations a printed difference needs an SD, and its interval is where that is from.
 */
static void in_standard_deviations_an_sd_from_the_interval_is_marked(void **state)
{
    (void)state;
    struct small *small = small_new();
    const struct rated_study *entry = of_result(
        small, "rct",
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':"
        "{'name':'some scale'},'better':'lower','window':'short','measure':'MD',"
        "'estimate':-2,'ci':[-3,-1],'arms':[{'role':'intervention','n':40},"
        "{'role':'comparator','n':40}]}");
    says(entry->imputed, "SD comes from the printed interval");
    small_free(small);
}

static void a_cluster_trials_arms_and_counts_alone_are_not_used(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_add(small,
              arena_printf(small->arena,
                           "{'id':'ts:a','title':'t','design':'cluster-rct','condition':"
                           "'neck-pain','sources':[{'url':'u'}],'results':[%s,{'intervention':"
                           "'massage','comparator':'sham','outcome':'responders-50','better':"
                           "'higher','window':'short','arms':[{'role':'intervention','n':50,"
                           "'events':30},{'role':'comparator','n':50,'events':20}]}]}",
                           small_pain(small, "sham", small_arms(small, 20, 4, 2, 20, 5, 2))));
    struct catalog *catalog = small_rate(small);
    const struct rating *pain = small_rating(catalog, PAIN_SHAM);
    const struct rating *people =
        small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
    assert_false(pain->body.studies[0].used);
    assert_false(people->body.studies[0].used);
    says(people->body.studies[0].why_not, "clusters");
    catalog_release(catalog);
}

static const struct rating *counted(struct small *small, int e1, int e2, struct catalog **catalog)
{
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'sham','outcome':"
                             "'responders-50','better':'higher','window':'short','arms':[{'role':"
                             "'intervention','n':50,'events':%d},{'role':'comparator','n':50,"
                             "'events':%d}]}",
                             e1, e2));
    *catalog = small_rate(small);
    return small_rating(*catalog, "massage.neck-pain.sham.responders-50.short");
}

/* By hand: log(30/50) - log(20/50) = 0.405465; 1/30 - 1/50 + 1/20 - 1/50 = 0.043333. */
static void people_counted_are_a_log_risk_ratio_told_of_100(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating = counted(small_new(), 30, 20, &catalog);
    near(rating->synthesis.pooled.b, 0.405465, 1e-6);
    near(rating->body.studies[0].effect.vi, 0.0433333, 1e-6);
    near(rating->effect.of_100_control, 40, 1e-9);
    near(rating->effect.of_100_treated, 60, 1e-9);
    near(rating->effect.weighed.benefit, 20, 1e-9);
    assert_int_equal(rating->body.events, 50);
    catalog_release(catalog);
}

static void a_trial_without_any_event_tells_nothing_and_says_why(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating = counted(small_new(), 0, 0, &catalog);
    assert_false(rating->body.studies[0].used);
    says(rating->body.studies[0].why_not, "nobody or everybody");
    assert_string_equal(rating->verdict, "unproven");
    catalog_release(catalog);
}

static void everybody_having_the_event_tells_nothing_either(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating = counted(small_new(), 50, 50, &catalog);
    assert_false(rating->body.studies[0].used);
    catalog_release(catalog);
}

/* A control risk of 0 gives no people of 100, and so no verdict. */
static void a_ratio_at_a_risk_of_nobody_gets_no_verdict(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating = counted(small_new(), 5, 0, &catalog);
    assert_true(rating->body.studies[0].used);
    assert_true(isnan(rating->effect.of_100_control));
    assert_null(rating->verdict);
    catalog_release(catalog);
}

/* By hand (Handbook 6.5.2.10): doses of 20 with 3 and 4 are one arm of 40 with 3.5; the control
 * with one id is counted once. */
static void groups_are_combined_and_a_shared_control_counted_once(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *dose =
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':{'name':"
        "'VAS','low':0,'high':10},'better':'lower','window':'short','group':'%s','arms':[{'role':"
        "'intervention','n':20,'mean':%s,'sd':2},{'role':'comparator','id':'c','n':40,'mean':5,"
        "'sd':2}]}";
    char one[600], two[600];
    snprintf(one, sizeof one, dose, "low", "3");
    snprintf(two, sizeof two, dose, "high", "4");
    small_trial(small, "a", 2015, "neck-pain", "", arena_printf(small->arena, "%s,%s", one, two));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    near(rating->body.studies[0].effect.yi, -1.5, 1e-12);
    assert_int_equal(rating->body.studies[0].n, 80);
    assert_true(small_traced(catalog, rating, "Q2"));
    catalog_release(catalog);
}

/* One group's SD printed, the other's from its quartiles: the trial rests on an imputed one. */
static void a_trial_is_imputed_where_one_of_its_groups_is(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *dose =
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':{'name':"
        "'VAS','low':0,'high':10},'better':'lower','window':'short','group':'%s','arms':[{'role':"
        "'intervention','n':20,%s},{'role':'comparator','id':'c','n':40,'mean':5,'sd':2}]}";
    const char *printed = arena_printf(small->arena, dose, "low", "'mean':3,'sd':2");
    const char *quartiles = arena_printf(small->arena, dose, "high", "'median':4,'q1':3,'q3':5");
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena, "%s,%s", printed, quartiles));
    const struct rated_study *entry = only(small, PAIN_SHAM);
    says(entry->approximated, "2 groups of this trial as one");
    says(entry->imputed, "SD from the quartiles");
    small_free(small);
}

/* By hand: two printed differences with SE s against one control: the mean's variance is
 * s^2 (1/2 + 1/4), not s^2/2. Large n, so the normal 1.959964. */
static void printed_groups_share_their_controls_error(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *dose =
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':{'name':"
        "'VAS','low':0,'high':10},'better':'lower','window':'short','group':'%s','n':200,"
        "'measure':'MD','estimate':%s,'ci':[%s]}";
    char one[600], two[600];
    snprintf(one, sizeof one, dose, "low", "-1", "-1.5,-0.5");
    snprintf(two, sizeof two, dose, "high", "-2", "-2.5,-1.5");
    small_trial(small, "a", 2015, "neck-pain", "'participants':300,",
                arena_printf(small->arena, "%s,%s", one, two));
    const struct rated_study *entry = only(small, PAIN_SHAM);
    double s = 0.5 / 1.959964;
    near(entry->effect.yi, -1.5, 1e-9);
    near(entry->effect.vi, 0.75 * s * s, 1e-7);
    assert_int_equal(entry->n, 300); /* not 400: the control stands in both */
    small_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arms_give_the_mean_difference_and_its_variance),
        cmocka_unit_test(a_scale_to_100_is_told_on_10_and_said),
        cmocka_unit_test(unknown_ends_are_not_guessed),
        cmocka_unit_test(a_small_trials_interval_is_one_of_t),
        cmocka_unit_test(a_crossovers_people_are_counted_once_and_r_is_assumed_aloud),
        cmocka_unit_test(a_crossovers_paired_interval_comes_before_its_arms),
        cmocka_unit_test(a_cluster_trials_arms_and_counts_alone_are_not_used),
        cmocka_unit_test(people_counted_are_a_log_risk_ratio_told_of_100),
        cmocka_unit_test(a_trial_without_any_event_tells_nothing_and_says_why),
        cmocka_unit_test(everybody_having_the_event_tells_nothing_either),
        cmocka_unit_test(a_ratio_at_a_risk_of_nobody_gets_no_verdict),
        cmocka_unit_test(groups_are_combined_and_a_shared_control_counted_once),
        cmocka_unit_test(a_trial_is_imputed_where_one_of_its_groups_is),
        cmocka_unit_test(printed_groups_share_their_controls_error),
        cmocka_unit_test(an_error_that_was_worked_out_is_marked),
        cmocka_unit_test(in_standard_deviations_an_sd_from_the_interval_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
