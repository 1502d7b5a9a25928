/* Who is in a body, with which result, on which scale (Q1-Q3, E1, E2, P6). */
#include "tests/evidence/rating/small_base.h"

static const char *pain_at(struct small *small, const char *more, double estimate)
{
    return small_pain(small, "sham",
                      arena_printf(small->arena, "%s%s", more,
                                   small_md(small, estimate, estimate - 1, estimate + 1)));
}

/* Two results of one trial; gives the estimate of the one that stands for it. */
static double chosen(const char *first, double one, const char *second, double other)
{
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena, "%s,%s", pain_at(small, first, one),
                             pain_at(small, second, other)));
    struct catalog *catalog = small_rate(small);
    double estimate = small_rating(catalog, PAIN_SHAM)->body.studies[0].result->estimate;
    catalog_release(catalog);
    return estimate;
}

static void the_result_nearest_day_28_stands_for_a_trial(void **state)
{
    (void)state;
    near(chosen("'days':10,", -1, "'days':30,", -2), -2, 0);
    near(chosen("'days':30,", -2, "'days':10,", -1), -2, 0);
    near(chosen("'days':27,", -3, "'days':29,", -1), -1, 0); /* a tie: the least in favour */
    near(chosen("", -1, "'days':70,", -2), -2, 0);           /* a told day before an untold one */
}

static void the_authors_primary_result_wins_a_tie(void **state)
{
    (void)state;
    near(chosen("'days':28,'main':'primary',", -3, "'days':28,", -1), -3, 0);
}

static void with_nothing_else_the_least_favourable_result_stands(void **state)
{
    (void)state;
    near(chosen("", -3, "'time':'week 4',", -1), -1, 0);
    near(chosen("", -1, "'time':'week 4',", 2), 2, 0);
}

static void rest_pain_comes_before_worst_pain_and_movement(void **state)
{
    (void)state;
    static const char *const lesser[] = {"Worst pain", "pain on MOVEMENT"};
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        small_trial(small, "a", 2015, "neck-pain", "",
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'pain-intensity','scale':{'name':'%s','low':0,'high':10},"
                                 "'better':'lower','window':'short',%s},%s",
                                 lesser[i], small_md(small, -1, -2, 0), pain_at(small, "", -3)));
        struct catalog *catalog = small_rate(small);
        near(small_rating(catalog, PAIN_SHAM)->body.studies[0].result->estimate, -3, 0);
        catalog_release(catalog);
    }
}

static void who_does_not_count_is_listed_with_the_reason(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "good", "sham", 40, -2, "");
    small_simple(small, "withdrawn", "sham", 40, 3, "'retracted':true,");
    small_simple(small, "doubtful", "sham", 40, 3, "");
    small->studies[2].design = DESIGN_NON_RANDOMISED;
    small_simple(small, "single", "sham", 40, 3, "");
    small->studies[3].design = DESIGN_CASE_SERIES;
    small_trial(small, "ignored", 2015, "neck-pain", "",
                small_pain(small, "sham",
                           "'ignored':'SD looks like an SE','measure':'MD',"
                           "'estimate':9,'ci':[8,9.5]"));
    small_trial(small, "direction", 2015, "neck-pain", "",
                small_pain(small, "sham", "'favours':'intervention'"));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_int_equal(rating->body.used, 1);
    near(rating->synthesis.pooled.b, -2, 1e-12);
    says(small_entry(rating, "ts:withdrawn")->why_not, "retracted");
    says(small_entry(rating, "ts:doubtful")->why_not, "not randomised");
    says(small_entry(rating, "ts:single")->why_not, "no comparison of groups");
    says(small_entry(rating, "ts:ignored")->why_not, "SD looks like an SE");
    says(small_entry(rating, "ts:direction")->why_not, "only a direction");
    catalog_release(catalog);
}

static void a_body_that_mixes_scales_is_told_in_standard_deviations(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "points", "sham", 40, -2, "");
    small_trial(small, "other", 2016, "neck-pain", "",
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'sham','outcome':"
                             "'pain-intensity','scale':{'name':'own scale'},'better':'lower',"
                             "'window':'short',%s}",
                             small_arms(small, 40, 30, 10, 40, 40, 10)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_int_equal(rating->synthesis.measure, MEASURE_SMD);
    assert_int_equal(rating->synthesis.k, 2);
    near(rating->synthesis.reference_sd, 2, 1e-12); /* of the one control group on 0-10 */
    assert_false(rating->synthesis.reference_is_base_wide);
    near(rating->effect.weighed.mid, 0.5, 1e-12); /* one point over an SD of 2 */
    near(rating->effect.points, rating->synthesis.pooled.b * 2, 1e-12);
    catalog_release(catalog);
}

static void changes_and_final_values_are_not_mixed_in_standard_deviations(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *form =
        "{'intervention':'massage','comparator':'sham','outcome':'disability','scale':{'name':"
        "'%s'},'better':'lower','window':'short','arms':[{'role':'intervention','n':%d,"
        "'%s':%s,'%s':2},{'role':'comparator','n':%d,'%s':%s,'%s':2}]}";
    char final[700], change[700];
    snprintf(final, sizeof final, form, "A", 50, "mean", "3", "sd", 50, "mean", "5", "sd");
    snprintf(change, sizeof change, form, "B", 40, "change_mean", "-3", "change_sd", 40,
             "change_mean", "-1", "change_sd");
    small_trial(small, "final", 2015, "neck-pain", "", final);
    small_trial(small, "change", 2015, "neck-pain", "", change);
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, "massage.neck-pain.sham.disability.short");
    assert_true(small_entry(rating, "ts:final")->used);
    assert_false(small_entry(rating, "ts:change")->used);
    assert_true(small_traced(catalog, rating, "E2"));
    catalog_release(catalog);
}

/* A relief scale (more is better) beside a pain scale: -2 and +2 agree. */
static void a_scale_that_runs_the_other_way_is_turned_round(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "pain", "sham", 40, -2, "");
    small_trial(small, "relief", 2016, "neck-pain", "",
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'sham','outcome':"
                             "'pain-intensity','scale':{'name':'relief','low':0,'high':10},"
                             "'better':'higher','window':'short',%s}",
                             small_arms(small, 40, 7, 2, 40, 5, 2)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    near(rating->synthesis.pooled.b, -2, 1e-12);
    near(rating->synthesis.pooled.q, 0, 1e-12);
    catalog_release(catalog);
}

/* 10 and 30 of 50 not better are 40 and 20 better: log(40/20), where the ratio of the others
 * reversed would be log(30/10). */
static void counts_of_the_opposite_event_are_recounted_not_reversed(void **state)
{
    (void)state;
    struct small *small = small_new();
    const char *form =
        "{'intervention':'massage','comparator':'sham','outcome':'responders-50','better':'%s',"
        "'window':'short','arms':[{'role':'intervention','n':50,'events':%d},{'role':"
        "'comparator','n':50,'events':%d}]}";
    char better[400], others[400];
    snprintf(better, sizeof better, form, "higher", 40, 20);
    snprintf(others, sizeof others, form, "lower", 10, 30);
    small_trial(small, "a", 2015, "neck-pain", "", better);
    small_trial(small, "b", 2016, "neck-pain", "", others);
    struct catalog *catalog = small_rate(small);
    const struct rating *rating =
        small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
    near(small_entry(rating, "ts:b")->effect.yi, log(2), 1e-12);
    near(small_entry(rating, "ts:b")->control_risk, 0.4, 1e-12);
    assert_int_equal(rating->body.events, 120);
    catalog_release(catalog);
}

static void other_treatments_are_not_pooled_with_each_other(void **state)
{
    (void)state;
    struct small *small = small_new();
    for (int i = 0; i < 2; i++)
        small_trial(
            small, i == 0 ? "a" : "b", 2015, "neck-pain", "",
            small_pain(small, "active:other",
                       arena_printf(small->arena, "'comparator_detail':'%s',%s",
                                    i == 0 ? "a bath" : "a walk", small_md(small, -1, -2, 0))));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating =
        small_rating(catalog, "massage.neck-pain.active-other.pain-intensity.short");
    assert_int_equal(rating->synthesis.basis, BASIS_DIRECTION);
    catalog_release(catalog);
}

/* g = J(78) 6/2 = 2.97, above 2.5; an SD of 0.3 beside 2 and 2 is under a third of the median. */
static void what_is_only_improbable_is_kept_and_flagged(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "huge", "sham", 40, -6, "");
    small_simple(small, "a", "sham", 40, -1, "");
    small_simple(small, "b", "sham", 40, -1, "");
    small_trial(small, "tight", 2015, "neck-pain", "",
                small_pain(small, "sham", small_arms(small, 40, 4.9, 0.3, 40, 5, 0.3)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_true(small_entry(rating, "ts:huge")->improbable);
    assert_true(small_entry(rating, "ts:huge")->used);
    assert_true(small_entry(rating, "ts:tight")->improbable);
    assert_false(small_entry(rating, "ts:a")->improbable);
    assert_true(rating->synthesis.improbable.pooled);
    near(rating->synthesis.improbable.others.b, -1, 1e-12);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_nearest_day_28_stands_for_a_trial),
        cmocka_unit_test(the_authors_primary_result_wins_a_tie),
        cmocka_unit_test(with_nothing_else_the_least_favourable_result_stands),
        cmocka_unit_test(rest_pain_comes_before_worst_pain_and_movement),
        cmocka_unit_test(who_does_not_count_is_listed_with_the_reason),
        cmocka_unit_test(a_body_that_mixes_scales_is_told_in_standard_deviations),
        cmocka_unit_test(changes_and_final_values_are_not_mixed_in_standard_deviations),
        cmocka_unit_test(a_scale_that_runs_the_other_way_is_turned_round),
        cmocka_unit_test(counts_of_the_opposite_event_are_recounted_not_reversed),
        cmocka_unit_test(other_treatments_are_not_pooled_with_each_other),
        cmocka_unit_test(what_is_only_improbable_is_kept_and_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
