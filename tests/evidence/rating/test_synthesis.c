/* Our own pool or a published one (P1, P4, P6), and what the numbers are told as (P5, E1). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/stability.h"

static const struct rating *pooled_of(struct small *small, struct catalog **catalog)
{
    *catalog = small_rate(small);
    return small_rating(*catalog, PAIN_SHAM);
}

/* By hand: equal weights of 0.2 + 0.2; b -1.5, se sqrt(0.1); normal 1.959964. */
static void two_trials_have_a_normal_interval_and_no_prediction(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "a", "sham", 40, -1.4, RATED("low"));
    small_simple(small, "b", "sham", 40, -1.6, RATED("low"));
    const struct rating *rating = pooled_of(small, &catalog);
    near(rating->synthesis.pooled.b, -1.5, 1e-12);
    near(rating->synthesis.pooled.ci_lb, -1.5 - 1.959964 * sqrt(0.1), 1e-6);
    assert_true(isnan(rating->synthesis.pooled.pi_lb));
    assert_int_equal(rating->certainty.level, CERTAINTY_LOW);
    catalog_release(catalog);
}

/* By hand: tau2 0 and q below 1, so never narrower: se sqrt(0.2/3), t of 2 df 4.302653 (R qt). */
static void three_trials_have_hartung_knapp_never_narrower(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "a", "sham", 40, -1.5, "");
    small_simple(small, "b", "sham", 40, -1.6, "");
    small_simple(small, "c", "sham", 40, -1.4, "");
    const struct rating *rating = pooled_of(small, &catalog);
    near(rating->synthesis.pooled.b, -1.5, 1e-12);
    near(rating->synthesis.pooled.ci_lb, -1.5 - 4.302653 * sqrt(0.2 / 3), 1e-6);
    near(small_entry(rating, "ts:a")->weight, 100.0 / 3, 1e-9);
    catalog_release(catalog);
}

static void one_trial_is_itself_and_never_above_moderate(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "a", "sham", 400, -1.5, RATED("low"));
    const struct rating *rating = pooled_of(small, &catalog);
    near(rating->synthesis.pooled.b, -1.5, 1e-12);
    assert_int_equal(rating->certainty.level, CERTAINTY_MODERATE);
    assert_string_equal(rating->verdict, "probably-works");
    catalog_release(catalog);
}

/* ---- P4 ---- */

static struct study *add_review(struct small *small, const char *name, int year, const char *more,
                                const char *fields)
{
    struct study *review =
        small_trial(small, name, year, "neck-pain", more, small_pain(small, "sham", fields));
    review->design = DESIGN_SYSTEMATIC_REVIEW;
    return review;
}

/* 80 people here; a review of 133 holds 60.2 % of them here, one of 134 holds 59.7 %. */
static void a_review_answers_where_the_base_holds_under_60_percent_of_its_people(void **state)
{
    (void)state;
    for (int adopted = 0; adopted < 2; adopted++) {
        struct small *small = small_new();
        struct catalog *catalog;
        small_simple(small, "a", "sham", 40, -1, "");
        add_review(small, "r", 2014, "",
                   arena_printf(small->arena, "'n':%d,%s", adopted ? 134 : 133,
                                small_md(small, -2, -3, -1)));
        const struct rating *rating = pooled_of(small, &catalog);
        assert_int_equal(rating->synthesis.basis, adopted ? BASIS_ADOPTED : BASIS_TRIALS);
        near(rating->synthesis.pooled.b, adopted ? -2 : -1, 1e-12);
        assert_true(small_traced(catalog, rating, "P4"));
        catalog_release(catalog);
    }
}

/* Four trials of 200 people hold 67 % of the people of a review of 300, and half of its eight
 * trials: from half of them nobody can tell how far they differ. */
static void enough_people_in_too_few_trials_are_not_enough(void **state)
{
    (void)state;
    for (int adopted = 0; adopted < 2; adopted++) {
        struct small *small = small_new();
        struct catalog *catalog;
        for (int i = 0; i < 4; i++)
            small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 25, -1, "");
        add_review(small, "r", 2014, "",
                   arena_printf(small->arena, "'k':%d,'n':300,%s", adopted ? 8 : 6,
                                small_md(small, -2, -3, -1)));
        assert_int_equal(pooled_of(small, &catalog)->synthesis.basis,
                         adopted ? BASIS_ADOPTED : BASIS_TRIALS);
        catalog_release(catalog);
    }
}

static void with_people_unknown_trials_are_counted_and_else_three_are_enough(void **state)
{
    (void)state;
    static const struct {
        int trials;
        const char *told;
        enum basis basis;
    } cases[] = {{3, "'k':5,", BASIS_TRIALS},
                 {3, "'k':6,", BASIS_ADOPTED},
                 {3, "", BASIS_TRIALS},
                 {2, "", BASIS_ADOPTED}};
    for (size_t i = 0; i < 4; i++) {
        struct small *small = small_new();
        struct catalog *catalog;
        for (int j = 0; j < cases[i].trials; j++)
            small_simple(small, arena_printf(small->arena, "t%d", j), "sham", 40, -1, "");
        add_review(small, "r", 2014, "",
                   arena_printf(small->arena, "%s%s", cases[i].told, small_md(small, -2, -3, -1)));
        assert_int_equal(pooled_of(small, &catalog)->synthesis.basis, cases[i].basis);
        catalog_release(catalog);
    }
}

static void an_adopted_trial_is_never_counted_twice(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "a", "sham", 40, -1, "");
    add_review(small, "r", 2014, "",
               arena_printf(small->arena, "'k':9,'n':900,%s", small_md(small, -2, -3, -1)));
    const struct rating *rating = pooled_of(small, &catalog);
    assert_false(small_entry(rating, "ts:a")->used);
    assert_true(small_entry(rating, "ts:r")->used);
    assert_int_equal(rating->body.used, 1);
    assert_int_equal(rating->synthesis.n, 900);
    catalog_release(catalog);
}

static void a_trial_that_was_retracted_after_a_review_pooled_it_is_told(void **state)
{
    (void)state;
    static const char *const pooled[] = {"ts:r", NULL};
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "a", "sham", 40, -1, "");
    struct study *gone = small_simple(small, "b", "sham", 40, -5, "");
    add_review(small, "r", 2014, "",
               arena_printf(small->arena, "'k':9,'n':900,%s", small_md(small, -2, -3, -1)));
    gone->pooled_in = pooled;
    gone->retracted = true;
    const struct rating *rating = pooled_of(small, &catalog);
    assert_int_equal(rating->synthesis.basis, BASIS_ADOPTED);
    const struct trace *trace = catalog_trace(catalog, rating, small->arena);
    size_t told = 0;
    for (size_t i = 0; i < trace->count; i++)
        told += strcmp(trace->steps[i].rule, "Q3") == 0 && trace->steps[i].subject != NULL &&
                strcmp(trace->steps[i].subject, "ts:b") == 0 &&
                strstr(trace->steps[i].text, "figure of ts:r") != NULL;
    assert_int_equal(told, 1);
    catalog_release(catalog);
}

static double adopted_of_two(const char *first_more, int first_year, const char *first,
                             const char *second_more, int second_year, const char *second)
{
    struct small *small = small_new();
    struct catalog *catalog;
    add_review(small, "first", first_year, first_more,
               arena_printf(small->arena, "%s%s", first, small_md(small, -1, -2, -0.5)));
    add_review(small, "second", second_year, second_more,
               arena_printf(small->arena, "%s%s", second, small_md(small, -2, -3, -1)));
    double b = pooled_of(small, &catalog)->synthesis.pooled.b;
    catalog_release(catalog);
    return b;
}

static void among_reviews_trust_then_counts_then_year_then_size_decide(void **state)
{
    (void)state;
    static const char *const poor =
        "'appraisals':[{'instrument':'AMSTAR 2','overall':'critically-low','rated_by':'x'}],";
    static const char *const biased =
        "'appraisals':[{'instrument':'ROBIS','overall':'high','rated_by':'x'}],";
    near(adopted_of_two(poor, 2020, "'k':9,'n':900,", "", 2010, ""), -2, 0);
    static const char *const flawed =
        "'appraisals':[{'instrument':'AMSTAR 2','rated_by':'x','items':"
        "{'2':'no','13':'no'}}],";
    static const char *const of_its_trials =
        "'appraisals':[{'instrument':'AMSTAR 2','scope':'included-trials','rated_by':'x','items':"
        "{'2':'no','13':'no'}}],";
    near(adopted_of_two(biased, 2020, "'k':9,'n':900,", "", 2010, ""), -2, 0);
    near(adopted_of_two(flawed, 2020, "'k':9,'n':900,", "", 2010, ""), -2, 0);
    near(adopted_of_two(of_its_trials, 2020, "'k':9,'n':900,", "", 2010, "'k':3,'n':90,"), -1, 0);
    near(adopted_of_two("", 2020, "'k':9,", "", 2010, "'k':3,'n':90,"), -2, 0);
    near(adopted_of_two("", 2010, "'k':9,'n':900,", "", 2020, "'k':3,'n':90,"), -2, 0);
    near(adopted_of_two("", 2020, "'k':3,'n':90,", "", 2020, "'k':9,'n':900,"), -2, 0);
}

static void a_retracted_review_is_never_adopted(void **state)
{
    (void)state;
    near(adopted_of_two("'retracted':true,", 2020, "'k':9,'n':900,", "", 2010, ""), -2, 0);
}

static void a_newer_trial_that_does_not_fit_is_named_and_costs_a_level(void **state)
{
    (void)state;
    static const struct {
        int year;
        const char *more;
        bool told;
    } cases[] = {{2020, "", true}, {2010, "", false}, {2020, "'pooled_in':['ts:r'],", false}};
    for (size_t i = 0; i < 3; i++) {
        struct small *small = small_new();
        struct catalog *catalog;
        small_trial(small, "Newer", cases[i].year, "neck-pain", cases[i].more,
                    small_pain(small, "sham", small_arms(small, 40, 6, 2, 40, 5, 2)));
        add_review(small, "r", 2014, "",
                   arena_printf(small->arena,
                                "'k':9,'n':900,'grade':{'level':'high',"
                                "'by':'x'},%s",
                                small_md(small, -2, -2.4, -1.6)));
        const struct rating *rating = pooled_of(small, &catalog);
        assert_int_equal(rating->synthesis.outlier != NULL, cases[i].told);
        assert_int_equal(rating->certainty.level,
                         cases[i].told ? CERTAINTY_MODERATE : CERTAINTY_HIGH);
        if (cases[i].told)
            says(rating->sentence, "A newer trial, Newer 2020, does not fit it.");
        catalog_release(catalog);
    }
}

/* By hand: -20 of 100 (-30 to -10) is -2 of 10 (-3 to -1), se 1/1.959964. */
static void an_adopted_figure_is_taken_to_the_scale_of_the_mid(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct study *review = small_trial(
        small, "r", 2014, "neck-pain", "",
        "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','scale':{'name':"
        "'mm','low':0,'high':100},'better':'lower','window':'short','measure':'MD','estimate':-20,"
        "'ci':[-30,-10]}");
    review->design = DESIGN_SYSTEMATIC_REVIEW;
    struct catalog *catalog;
    const struct rating *rating = pooled_of(small, &catalog);
    near(rating->synthesis.pooled.b, -2, 1e-12);
    near(rating->synthesis.pooled.ci_lb, -3, 1e-12);
    near(rating->synthesis.pooled.se, 1 / 1.959964, 1e-6);
    near(rating->effect.benefit, 2, 1e-12);
    near(rating->effect.p_any_benefit, 0.99995567, 1e-6); /* R pnorm(2*1.959964) */
    near(rating->effect.p_important_benefit, 0.975, 1e-6);
    catalog_release(catalog);
}

/* The one trial with points has controls with an SD of 4 on 0-10: -0.5 SD is -2 points, the MID
 * 0.25 SD. */
static void an_adopted_smd_is_told_in_points_by_the_base_wide_sd(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_trial(small, "a", 2015, "low-back-pain", "",
                small_pain(small, "sham", small_arms(small, 40, 4, 4, 40, 5, 4)));
    add_review(small, "r", 2014, "", "'measure':'SMD','estimate':-0.5,'ci':[-0.8,-0.2]");
    const struct rating *rating = pooled_of(small, &catalog);
    near(rating->synthesis.reference_sd, 4, 1e-12);
    assert_true(rating->synthesis.reference_is_base_wide);
    near(rating->effect.points, -2, 1e-12);
    near(rating->effect.weighed.mid, 0.25, 1e-12);
    says(rating->sentence, "about 2.0 points less");
    catalog_release(catalog);
}

/* ---- E4: the control risk of a published ratio ---- */

static struct study *add_ratio_review(struct small *small, const char *figures)
{
    struct study *review =
        small_trial(small, "r", 2015, "neck-pain", "",
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','k':5,"
                                 "'n':348,%s}",
                                 figures));
    review->design = DESIGN_SYSTEMATIC_REVIEW;
    return review;
}

#define RESPONDERS "massage.neck-pain.sham.responders-50.short"

/* Derry 2015, doi:10.1002/14651858.cd007402.pub3, ketoprofen: 330 of 1,000 do well with placebo and
 * the ratio is 2.2 (1.7 to 2.8), so 72.6 (56.1 to 92.4) of 100 do with it: 39.6 more. */
static void a_published_ratio_is_told_in_people_at_the_risk_it_prints(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_ratio_review(small, "'measure':'RR','estimate':2.2,'ci':[1.7,2.8],'control_risk':0.33,"
                            "'grade':{'level':'moderate','by':'x'}");
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, RESPONDERS);
    near(rating->effect.of_100_control, 33, 1e-9);
    near(rating->effect.of_100_treated, 72.6, 1e-9);
    near(rating->effect.of_100_low, 56.1, 1e-9);
    near(rating->effect.of_100_high, 92.4, 1e-9);
    near(rating->effect.weighed.benefit, 39.6, 1e-9);
    near(rating->effect.weighed.mid, 10, 0);
    assert_true(rating->synthesis.control_risk_is_printed);
    assert_string_equal(rating->verdict, "probably-works");
    says(rating->sentence, "raises by a lot the number of people whose pain at least halves");
    catalog_release(catalog);
}

/* By hand: odds of 1 times 3 are 3, a risk of 0.75. */
static void a_published_odds_ratio_is_told_in_people_too(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_ratio_review(small, "'measure':'OR','estimate':3,'ci':[2,4.5],'control_risk':0.5");
    struct catalog *catalog = small_rate(small);
    near(small_rating(catalog, RESPONDERS)->effect.of_100_treated, 75, 1e-9);
    catalog_release(catalog);
}

static void without_a_printed_risk_that_of_the_trials_here_tells_it_else_nobody(void **state)
{
    (void)state;
    for (int trials = 0; trials < 2; trials++) {
        struct small *small = small_new();
        add_ratio_review(small, "'measure':'RR','estimate':2.2,'ci':[1.7,2.8]");
        if (trials) /* 10 of 50 did not do well without it: 40 did */
            small_trial(small, "a", 2010, "neck-pain", "",
                        "{'intervention':'massage','comparator':'sham','outcome':'responders-50',"
                        "'better':'lower','window':'short','arms':[{'role':'intervention','n':50,"
                        "'events':5},{'role':'comparator','n':50,'events':10}]}");
        struct catalog *catalog = small_rate(small);
        const struct rating *rating = small_rating(catalog, RESPONDERS);
        assert_int_equal(rating->synthesis.basis, BASIS_ADOPTED);
        assert_false(rating->synthesis.control_risk_is_printed);
        if (trials) {
            near(rating->effect.of_100_control, 80, 1e-9);
        } else {
            assert_true(isnan(rating->effect.of_100_control));
            assert_null(rating->verdict);
        }
        catalog_release(catalog);
    }
}

/* ---- P6 ---- */

static void where_the_class_hangs_on_the_improbable_the_answer_is_undecided(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "huge", "sham", 100, -8, RATED("low"));
    small_simple(small, "a", "sham", 400, 0.1, RATED("low"));
    small_simple(small, "b", "sham", 400, -0.1, RATED("low"));
    small_simple(small, "c", "sham", 400, 0, RATED("low"));
    const struct rating *rating = pooled_of(small, &catalog);
    assert_true(rating->hangs_on_improbable == (rating->class == CLASS_UNDECIDED));
    assert_string_equal(rating->verdict, "unproven");
    assert_true(small_traced(catalog, rating, "P6"));
    catalog_release(catalog);
}

static void a_lone_improbable_trial_decides_nothing(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_simple(small, "huge", "sham", 400, -6, RATED("low"));
    const struct rating *rating = pooled_of(small, &catalog);
    assert_true(rating->hangs_on_improbable);
    assert_string_equal(rating->verdict, "unproven");
    says(rating->sentence, "hard to believe");
    catalog_release(catalog);
}

/* ---- E2 ---- */

/* Quartiles a point around the median are an SD of about 1.5: see conversion.h. */
static void add_quartiles(struct small *small, const char *name, int n, double effect)
{
    small_trial(small, name, 2015, "neck-pain", RATED("low"),
                small_pain(small, "sham",
                           arena_printf(small->arena,
                                        "'arms':[{'role':'intervention','n':%d,'median':%g,"
                                        "'q1':%g,'q3':%g},{'role':'comparator','n':%d,"
                                        "'median':5,'q1':4,'q3':6}]",
                                        n, 5 + effect, 4 + effect, 6 + effect, n)));
}

static void what_was_imputed_is_left_out_to_see_whether_it_decides(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -0.1, RATED("low"));
    small_simple(small, "b", "sham", 400, 0.1, RATED("low"));
    small_simple(small, "c", "sham", 400, 0, RATED("low"));
    add_quartiles(small, "d", 400, -2);
    add_quartiles(small, "e", 400, -2);
    struct catalog *catalog;
    const struct rating *rating = pooled_of(small, &catalog);
    assert_int_equal(rating->synthesis.imputed.left_out, 2);
    assert_true(rating->synthesis.imputed.pooled);
    near(rating->synthesis.imputed.others.b, 0, 1e-9);
    assert_int_equal(rating->class_without_imputed, CLASS_NO_DIFFERENCE);
    assert_true(rating->class != CLASS_NO_DIFFERENCE);
    assert_true(rating->hangs_on_imputed);
    assert_true(small_traced(catalog, rating, "E2"));
    says(rating->sentence, "How exact 2 of them are was not printed, and was worked out");
    says(rating->sentence, "would show no difference that matters.");
    struct stability stability = catalog_stability(catalog, rating, small->arena);
    assert_int_equal(stability.imputed, 2);
    assert_true(stability.imputed_decide);
    catalog_release(catalog);
}

static void what_was_imputed_and_decides_nothing_is_not_told_in_the_sentence(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -2, RATED("low"));
    small_simple(small, "b", "sham", 400, -2, RATED("low"));
    small_simple(small, "c", "sham", 400, -2, RATED("low"));
    add_quartiles(small, "d", 40, -2);
    struct catalog *catalog;
    const struct rating *rating = pooled_of(small, &catalog);
    assert_int_equal(rating->synthesis.imputed.left_out, 1);
    assert_false(rating->hangs_on_imputed);
    says_not(rating->sentence, "worked out");
    assert_true(small_traced(catalog, rating, "E2"));
    catalog_release(catalog);
}

static void where_all_was_imputed_nothing_is_left_to_confirm_it(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_quartiles(small, "a", 400, -2);
    struct catalog *catalog;
    const struct rating *rating = pooled_of(small, &catalog);
    assert_false(rating->synthesis.imputed.pooled);
    assert_true(rating->hangs_on_imputed);
    says(rating->sentence, "How exact this is was not printed");
    catalog_release(catalog);
}

/* Tunwattanapong 2016: 1.4 (0.7 to 2.2) as printed, not 0.65 to 2.15 round the estimate. */
static void one_trial_is_told_with_its_own_interval(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2016, "neck-pain", "",
                "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','better':"
                "'lower','window':'short','scale':{'name':'VAS','low':0,'high':100},'n':96,"
                "'measure':'MD','estimate':-14,'ci':[-22,-7]}");
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    near(rating->effect.estimate, -1.4, 1e-9);
    near(rating->effect.ci_low, -2.2, 1e-9);
    near(rating->effect.ci_high, -0.7, 1e-9);
    catalog_release(catalog);
}

/* The half width of 0.75 is the error that weighs it, and two trials share what they pool to. */
static void a_printed_interval_of_one_trial_is_only_its_error_among_others(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *figure = "'n':400,'measure':'MD','estimate':-1.4,'ci':[-2.2,-0.7]";
    small_trial(small, "a", 2016, "neck-pain", "", small_pain(small, "sham", figure));
    small_trial(small, "b", 2017, "neck-pain", "", small_pain(small, "sham", figure));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    near(rating->effect.ci_low, -1.4 - 0.75 / sqrt(2), 1e-6);
    near(rating->effect.ci_high, -1.4 + 0.75 / sqrt(2), 1e-6);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_trial_is_told_with_its_own_interval),
        cmocka_unit_test(a_printed_interval_of_one_trial_is_only_its_error_among_others),
        cmocka_unit_test(two_trials_have_a_normal_interval_and_no_prediction),
        cmocka_unit_test(three_trials_have_hartung_knapp_never_narrower),
        cmocka_unit_test(one_trial_is_itself_and_never_above_moderate),
        cmocka_unit_test(a_review_answers_where_the_base_holds_under_60_percent_of_its_people),
        cmocka_unit_test(enough_people_in_too_few_trials_are_not_enough),
        cmocka_unit_test(with_people_unknown_trials_are_counted_and_else_three_are_enough),
        cmocka_unit_test(an_adopted_trial_is_never_counted_twice),
        cmocka_unit_test(a_trial_that_was_retracted_after_a_review_pooled_it_is_told),
        cmocka_unit_test(among_reviews_trust_then_counts_then_year_then_size_decide),
        cmocka_unit_test(a_retracted_review_is_never_adopted),
        cmocka_unit_test(a_newer_trial_that_does_not_fit_is_named_and_costs_a_level),
        cmocka_unit_test(an_adopted_figure_is_taken_to_the_scale_of_the_mid),
        cmocka_unit_test(an_adopted_smd_is_told_in_points_by_the_base_wide_sd),
        cmocka_unit_test(a_published_ratio_is_told_in_people_at_the_risk_it_prints),
        cmocka_unit_test(a_published_odds_ratio_is_told_in_people_too),
        cmocka_unit_test(without_a_printed_risk_that_of_the_trials_here_tells_it_else_nobody),
        cmocka_unit_test(where_the_class_hangs_on_the_improbable_the_answer_is_undecided),
        cmocka_unit_test(a_lone_improbable_trial_decides_nothing),
        cmocka_unit_test(what_was_imputed_is_left_out_to_see_whether_it_decides),
        cmocka_unit_test(what_was_imputed_and_decides_nothing_is_not_told_in_the_sentence),
        cmocka_unit_test(where_all_was_imputed_nothing_is_left_to_confirm_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
