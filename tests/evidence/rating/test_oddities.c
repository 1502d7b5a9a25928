/* Figures that look wrong are told, and those that only look unusual are not. */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/oddities.h"

struct found {
    struct small *small;
    struct catalog *catalog;
    struct oddity *items;
    size_t count;
};

static struct found find(struct small *small)
{
    struct found found = {.small = small, .catalog = small_rate(small)};
    found.count = oddities_find(found.catalog, small->arena, &found.items);
    return found;
}

static size_t count_of(const struct found *found, enum oddity_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++)
        count += found->items[i].kind == kind;
    return count;
}

/* The one finding there is of a kind, in a study. */
static const struct oddity *only(const struct found *found, enum oddity_kind kind, const char *id)
{
    const struct oddity *one = NULL;
    assert_int_equal(count_of(found, kind), 1);
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].kind == kind)
            one = &found->items[i];
    assert_non_null(one);
    assert_string_equal(one->study->id, id);
    return one;
}

static void add_arms(struct small *small, const char *name, double m1, double sd1, double m2,
                     double sd2)
{
    small_trial(small, name, 2015, "neck-pain", "",
                small_pain(small, "sham", small_arms(small, 30, m1, sd1, 30, m2, sd2)));
}

/* On 0-10 around 9, all at the ends: sqrt(9 * 1 * 30 / 29) = 3.05. */
static void more_spread_than_a_scale_allows_is_impossible(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_arms(small, "a", 9, 3.2, 5, 2);
    add_arms(small, "b", 9, 3, 5, 5);
    struct found found = find(small);
    const struct oddity *one = only(&found, ODDITY_SD_IMPOSSIBLE, "ts:a");
    says(one->detail, "an SD of 3.2 around a mean of 9; on 0 to 10 it can be 3.05 at most");
    assert_string_equal(one->question, PAIN_SHAM);
    assert_int_equal(one->result, 0);
    catalog_release(found.catalog);
}

static void an_sd_under_a_third_of_the_others_may_be_a_standard_error(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_arms(small, "a", 4, 2, 5, 2);
    add_arms(small, "b", 4, 2, 5, 2);
    add_arms(small, "c", 4, 2, 5, 2);
    add_arms(small, "d", 4, 0.6, 5, 0.6); /* both arms, told once */
    add_arms(small, "e", 4, 0.7, 5, 0.7);
    struct found found = find(small);
    says(only(&found, ODDITY_SD_SMALL, "ts:d")->detail,
         "an SD of 0.6 where the 4 others have 2 in the middle");
    assert_int_equal(count_of(&found, ODDITY_SD_LARGE), 0);
    catalog_release(found.catalog);
}

static void sds_are_compared_as_shares_of_their_scales(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_arms(small, "a", 4, 1, 5, 1);
    add_arms(small, "b", 4, 1, 5, 1);
    add_arms(small, "c", 4, 1, 5, 1);
    small_trial(small, "d", 2015, "neck-pain", "",
                "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity',"
                "'scale':{'name':'VAS','low':0,'high':100},'better':'lower','window':'short',"
                "'arms':[{'role':'intervention','n':30,'mean':40,'sd':10},"
                "{'role':'comparator','n':30,'mean':50,'sd':31}]}");
    struct found found = find(small);
    says(only(&found, ODDITY_SD_LARGE, "ts:d")->detail,
         "an SD of 31 where the 3 others have 10 in the middle");
    catalog_release(found.catalog);
}

static void two_others_are_too_few_to_compare_with(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_arms(small, "a", 4, 2, 5, 2);
    add_arms(small, "b", 4, 2, 5, 2);
    add_arms(small, "c", 4, 0.1, 5, 0.1);
    struct found found = find(small);
    assert_int_equal(count_of(&found, ODDITY_SD_SMALL), 0);
    catalog_release(found.catalog);
}

static void an_interval_off_its_estimate_is_told_and_rounding_is_not(void **state)
{
    (void)state;
    struct small *small = small_new();
    static const char *const figures[] = {
        "'measure':'MD','estimate':-1.56,'ci':[-2.36,-1.11]", /* the middle is -1.735 */
        "'measure':'MD','estimate':-1.7,'ci':[-2.4,-1.1]",
        "'measure':'RR','estimate':1.41,'ci':[1,2]", /* the middle of the logs */
        "'measure':'RR','estimate':0.5,'ci':[0.3,0.9]",
        "'measure':'MD','estimate':1,'ci':[0,2]",
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        small_trial(small, arena_printf(small->arena, "t%zu", i), 2015, "neck-pain", "",
                    small_pain(small, "sham", figures[i]));
    struct found found = find(small);
    says(only(&found, ODDITY_INTERVAL, "ts:t0")->detail, "the middle would be -1.7");
    catalog_release(found.catalog);
}

static void an_effect_ten_times_its_neighbours_is_told(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -0.3, "");
    small_simple(small, "b", "sham", 30, -0.4, "");
    small_simple(small, "c", "sham", 30, -0.2, "");
    small_simple(small, "d", "sham", 30, -4, "");
    struct found found = find(small);
    says(only(&found, ODDITY_TEN_TIMES, "ts:d")->detail,
         "an effect of -4 where the 3 others have 0.3 in the middle");
    catalog_release(found.catalog);
}

/* A median of next to nothing counts as a tenth of what matters: 1 point is not ten times that. */
static void neighbours_near_nothing_make_no_effect_huge(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -0.01, "");
    small_simple(small, "b", "sham", 30, 0.01, "");
    small_simple(small, "c", "sham", 30, 0.02, "");
    small_simple(small, "d", "sham", 30, -0.9, "");
    struct found found = find(small);
    assert_int_equal(count_of(&found, ODDITY_TEN_TIMES), 0);
    catalog_release(found.catalog);
}

/* 6 points over an SD of 2, times J(58): g = 2.96. */
static void groups_more_than_two_and_a_half_sds_apart_are_told(void **state)
{
    (void)state;
    struct small *small = small_new();
    add_arms(small, "a", 2, 2, 8, 2);
    add_arms(small, "b", 4, 2, 8, 2);
    struct found found = find(small);
    says(only(&found, ODDITY_HUGE, "ts:a")->detail, "g = -2.96");
    catalog_release(found.catalog);
}

static const char *two_figures(struct small *small, const char *more)
{
    return arena_printf(
        small->arena, "%s,%s", small_pain(small, "sham", small_md(small, -1, -2, 0)),
        small_pain(small, "sham",
                   arena_printf(small->arena, "%s,%s", small_md(small, -1.5, -2.5, -0.5), more)));
}

static void two_figures_for_one_measurement_disagree(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "", two_figures(small, "'note':'x'"));
    small_trial(small, "b", 2015, "neck-pain", "", two_figures(small, "'group':'women'"));
    small_trial(small, "c", 2015, "neck-pain", "", two_figures(small, "'days':28"));
    small_trial(small, "d", 2015, "neck-pain", "", two_figures(small, "'ignored':'a slip'"));
    struct found found = find(small);
    const struct oddity *one = only(&found, ODDITY_DISAGREE, "ts:a");
    says(one->detail, "MD -1.5 here and -1 in /results/0");
    assert_int_equal(one->result, 1);
    catalog_release(found.catalog);
}

static void one_time_in_two_windows_is_told(void **state)
{
    (void)state;
    struct small *small = small_new();
    static const char one[] =
        "{'intervention':'massage','comparator':'sham','outcome':'disability',"
        "'better':'lower','window':'long','time':'at the end'},"
        "{'intervention':'massage','comparator':'sham','outcome':"
        "'pain-intensity','better':'lower','window':'%s','time':'%s'}";
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena, one, "short", "at the end"));
    small_trial(small, "b", 2015, "neck-pain", "",
                arena_printf(small->arena, one, "long", "at the end"));
    small_trial(small, "c", 2015, "neck-pain", "",
                arena_printf(small->arena, one, "short", "after a month"));
    struct found found = find(small);
    says(only(&found, ODDITY_TIME, "ts:a")->detail,
         "\"at the end\" is short here and long in /results/0");
    catalog_release(found.catalog);
}

static void a_second_reader_who_did_not_agree_is_told(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -1, "'checked':{'by':'x','agrees':true},");
    small_simple(small, "b", "sham", 30, -1,
                 "'checked':{'by':'x','agrees':false,'note':'another n'},");
    struct found found = find(small);
    const struct oddity *one = only(&found, ODDITY_SECOND_READING, "ts:b");
    assert_string_equal(one->detail, "another n");
    assert_null(one->question);
    assert_int_equal(one->result, ODDITY_WHOLE_STUDY);
    catalog_release(found.catalog);
}

static void what_is_ignored_or_retracted_is_not_looked_at(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "'retracted':true,",
                small_pain(small, "sham", small_arms(small, 30, 1, 9, 30, 9, 0.1)));
    small_trial(small, "b", 2015, "neck-pain", "",
                small_pain(small, "sham",
                           arena_printf(small->arena, "'ignored':'x',%s",
                                        small_arms(small, 30, 1, 9, 30, 9, 0.1))));
    struct found found = find(small);
    assert_int_equal(found.count, 0);
    catalog_release(found.catalog);
}

static void an_answer_that_hangs_on_an_imputed_error_is_named_by_its_trial(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "",
                small_pain(small, "sham", "'n':400,'measure':'MD','estimate':-2,'p':0.001"));
    struct found found = find(small);
    const struct oddity *oddity = only(&found, ODDITY_IMPUTED, "ts:a");
    says(oddity->detail, "printed p value");
    assert_string_equal(oddity->question, PAIN_SHAM);
    catalog_release(found.catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_spread_than_a_scale_allows_is_impossible),
        cmocka_unit_test(an_sd_under_a_third_of_the_others_may_be_a_standard_error),
        cmocka_unit_test(sds_are_compared_as_shares_of_their_scales),
        cmocka_unit_test(two_others_are_too_few_to_compare_with),
        cmocka_unit_test(an_interval_off_its_estimate_is_told_and_rounding_is_not),
        cmocka_unit_test(an_effect_ten_times_its_neighbours_is_told),
        cmocka_unit_test(neighbours_near_nothing_make_no_effect_huge),
        cmocka_unit_test(groups_more_than_two_and_a_half_sds_apart_are_told),
        cmocka_unit_test(two_figures_for_one_measurement_disagree),
        cmocka_unit_test(one_time_in_two_windows_is_told),
        cmocka_unit_test(a_second_reader_who_did_not_agree_is_told),
        cmocka_unit_test(what_is_ignored_or_retracted_is_not_looked_at),
        cmocka_unit_test(an_answer_that_hangs_on_an_imputed_error_is_named_by_its_trial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
