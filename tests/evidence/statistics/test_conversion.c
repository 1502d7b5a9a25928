/*
 * Expected numbers are those of ../shared/stats/conversions.json (R: the formulas of Wan, Luo and
 * Shi as conv.fivenum() of metafor has them, checked there to 1e-14), a few of which are repeated
 * here.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "evidence/statistics/conversion.h"
#include "evidence/statistics/distribution.h"

#define SHARED "../shared/stats/conversions.json"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1e-3, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

/* ---- the shared file ---- */

static double in(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* `got` against the row's number, where it has one. */
static size_t compared;

static void expect(const json_t *row, const char *key, double got)
{
    double want = in(row, key);
    if (isnan(want))
        return;
    compared++;
    /* R took qnorm(1 - p/2), which costs 3e-12 at a p of 1e-6. */
    if (!(fabs(got - want) <= 1e-11 * fabs(want))) {
        char *text = json_dumps(row, JSON_COMPACT);
        fail_msg("%s: got %.17g of %s", key, got, text);
    }
}

static void check_quartiles(const json_t *r)
{
    double q1 = in(r, "q1"), median = in(r, "median"), q3 = in(r, "q3"), n = in(r, "n");
    expect(r, "mean_luo", mean_of_quartiles(q1, median, q3, n));
    expect(r, "sd_wan", sd_of_quartiles(q1, q3, n));
}

static void check_range(const json_t *r)
{
    double min = in(r, "min"), max = in(r, "max"), n = in(r, "n");
    expect(r, "mean_luo", mean_of_range(min, in(r, "median"), max, n));
    expect(r, "sd_wan", sd_of_range(min, max, n));
}

static void check_five(const json_t *r)
{
    double min = in(r, "min"), q1 = in(r, "q1"), q3 = in(r, "q3"), max = in(r, "max");
    double n = in(r, "n");
    expect(r, "mean_luo", mean_of_five(min, q1, in(r, "median"), q3, max, n));
    expect(r, "sd_wan", sd_of_five_wan(min, q1, q3, max, n));
    expect(r, "sd_shi", sd_of_five_shi(min, q1, q3, max, n));
}

static void check_interval(const json_t *r)
{
    double lb = in(r, "lb"), ub = in(r, "ub"), level = in(r, "level");
    double n = in(r, "n"), n1 = in(r, "n1"), n2 = in(r, "n2");
    const char *kind = json_string_value(json_object_get(r, "kind"));
    if (strncmp(kind, "one arm", 7) == 0) {
        expect(r, "sd", sd_of_interval(lb, ub, level, n));
        return;
    }
    bool ratio = strncmp(kind, "ratio", 5) == 0;
    double df = isnan(n1) ? 0 : n1 + n2 - 2;
    struct effect e = effect_of_interval(ratio ? MEASURE_RR : MEASURE_MD, NAN, lb, ub, level, df);
    expect(r, "se", sqrt(e.vi));
    expect(r, "estimate", e.yi);
    expect(r, "estimate_log", e.yi);
    expect(r, "sd", sd_of_difference_se(sqrt(e.vi), n1, n2));
}

static void check_p(const json_t *r)
{
    double n1 = in(r, "n1"), n2 = in(r, "n2"), ratio = in(r, "ratio");
    struct effect e = isnan(ratio) ? effect_of_p(MEASURE_MD, in(r, "md"), in(r, "p"), n1 + n2 - 2)
                                   : effect_of_p(MEASURE_OR, ratio, in(r, "p"), 0);
    expect(r, "se", sqrt(e.vi));
    expect(r, "sd", sd_of_difference_se(sqrt(e.vi), n1, n2));
}

static void check_se(const json_t *r)
{
    expect(r, "sd", sd_of_se(in(r, "se"), in(r, "n")));
}

static void check_change(const json_t *r)
{
    expect(r, "sd_change", sd_of_change(in(r, "sd_baseline"), in(r, "sd_final"), in(r, "r")));
}

static void check_correlation(const json_t *r)
{
    expect(r, "r", correlation_of_sds(in(r, "sd_baseline"), in(r, "sd_final"), in(r, "sd_change")));
}

static void expect_arm(const json_t *r, struct arm arm)
{
    expect(r, "n", arm.n);
    expect(r, "mean", arm.mean);
    expect(r, "sd", arm.sd);
}

static void check_two_arms(const json_t *r)
{
    expect_arm(r, arm_combined((struct arm){in(r, "n1"), in(r, "m1"), in(r, "sd1")},
                               (struct arm){in(r, "n2"), in(r, "m2"), in(r, "sd2")}));
}

static void check_three_arms(const json_t *r)
{
    const json_t *arms = json_object_get(r, "arms");
    struct arm all = {0};
    for (size_t i = 0; i < json_array_size(arms); i++) {
        const json_t *a = json_array_get(arms, i);
        struct arm arm = {in(a, "n"), in(a, "mean"), in(a, "sd")};
        all = i == 0 ? arm : arm_combined(all, arm);
    }
    expect_arm(r, all);
}

static void check_test(const json_t *r)
{
    double n1 = in(r, "n1"), n2 = in(r, "n2");
    int sign = in(r, "sign") < 0 ? -1 : 1;
    const char *kind = json_string_value(json_object_get(r, "kind"));
    struct effect e;
    if (kind[0] == 't')
        e = smd_of_t(in(r, "t"), n1, n2);
    else if (kind[0] == 'F')
        e = smd_of_f(in(r, "F"), sign, n1, n2);
    else
        e = smd_of_p(in(r, "p"), sign, n1, n2);
    expect(r, "g", e.yi);
    expect(r, "vi", e.vi);
    expect(r, "J", hedges_correction(n1 + n2 - 2));
}

static void check_or_to_smd(const json_t *r)
{
    struct effect e = smd_of_or(effect_of_se(MEASURE_OR, in(r, "or"), in(r, "se_log_or")));
    expect(r, "smd", e.yi);
    expect(r, "se_smd", sqrt(e.vi));
}

static void check_smd_to_or(const json_t *r)
{
    struct effect e = or_of_smd(effect_of_se(MEASURE_SMD, in(r, "smd"), in(r, "se_smd")));
    expect(r, "log_or", e.yi);
    expect(r, "se_log_or", sqrt(e.vi));
    expect(r, "or", measure_to_told(MEASURE_OR, e.yi));
}

static void conversions_are_those_of_the_shared_file(void **state)
{
    (void)state;
    static const struct {
        const char *section;
        void (*check)(const json_t *row);
    } sections[] = {
        {"median_quartiles_to_mean_sd", check_quartiles},
        {"median_range_to_mean_sd", check_range},
        {"five_numbers_to_mean_sd", check_five},
        {"ci_to_se", check_interval},
        {"p_to_se", check_p},
        {"se_to_sd", check_se},
        {"change_sd", check_change},
        {"correlation_from_sds", check_correlation},
        {"combine_two_arms", check_two_arms},
        {"combine_three_arms", check_three_arms},
        {"smd_from_test", check_test},
        {"or_to_smd", check_or_to_smd},
        {"smd_to_or", check_smd_to_or},
    };
    json_t *all = json_load_file(SHARED, 0, NULL);
    if (all == NULL) {
        print_message("%s is not here\n", SHARED);
        skip();
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const json_t *rows = json_object_get(all, sections[i].section);
        assert_true(json_array_size(rows) > 0);
        for (size_t j = 0; j < json_array_size(rows); j++)
            sections[i].check(json_array_get(rows, j));
    }
    print_message("%zu numbers, none differs by more than 1e-11\n", compared);
    json_decref(all);
}

/* ---- our own ---- */

static void quartiles_give_mean_and_sd(void **state)
{
    (void)state;
    near(mean_of_quartiles(10, 15, 18, 25), 14.2844);
    near(sd_of_quartiles(10, 21, 20), 8.776306079512521);
    near(mean_of_quartiles(10, 14, 21, 20), 15.07925);
}

static void a_range_gives_mean_and_sd(void **state)
{
    (void)state;
    near(mean_of_range(2, 14, 41, 20), 16.229254100437732);
    near(sd_of_range(2, 41, 20), 10.437621893951532);
}

static void five_numbers_give_mean_and_sd(void **state)
{
    (void)state;
    near(mean_of_five(2, 10, 14, 21, 41, 20), 16.257506675261716);
    near(sd_of_five_wan(2, 10, 21, 41, 20), 9.606963986732026);
    near(sd_of_five_shi(2, 10, 21, 41, 20), 9.944279052625674);
}

static void skewed_quartiles_are_told(void **state)
{
    (void)state;
    /* By hand: |10 + 18 - 30|/8 = 0.25 < 2.65/5 - 6/625 = 0.5204. */
    assert_false(quartiles_skewed(10, 15, 18, 25));
    /* |0 + 10 - 2|/10 = 0.8 > 0.5204. */
    assert_true(quartiles_skewed(0, 1, 10, 25));
    assert_false(quartiles_skewed(0, 1, 10, 4));
}

/* The mean and SD of {1, 2, 3} and {4, 6} put together: 3.2, sqrt(14.8/4). */
static void combined_arms_are_the_arm_of_all_people(void **state)
{
    (void)state;
    struct arm all = arm_combined((struct arm){3, 2, 1}, (struct arm){2, 5, sqrt(2)});
    near(all.n, 5);
    near(all.mean, 3.2);
    near(all.sd, sqrt(14.8 / 4));
}

static void a_split_control_keeps_its_mean(void **state)
{
    (void)state;
    struct arm half = arm_split((struct arm){30, 4, 2}, 2);
    near(half.n, 15);
    near(half.mean, 4);
    near(half.sd, 2);
}

static void a_change_and_its_correlation_undo_each_other(void **state)
{
    (void)state;
    near(sd_of_change(8.2, 9.1, 0.5), 8.685044617041411);
    near(correlation_of_sds(8.2, 9.1, 8.685044617041411), 0.5);
    assert_true(isnan(correlation_of_sds(1, 1, 5)));
}

static void the_best_of_what_is_printed_gives_the_sd(void **state)
{
    (void)state;
    struct arm arm;
    struct arm_printed p = arm_printed_empty();
    p.n = 20;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_NONE);
    assert_true(isnan(arm.sd));
    p.min = 2, p.max = 41, p.median = 14;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_FROM_RANGE);
    near(arm.sd, 10.437621893951532);
    p.min = NAN, p.q1 = 10, p.q3 = 21;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_FROM_QUARTILES);
    near(arm.mean, 15.07925);
    p.min = 2;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_FROM_FIVE_NUMBERS);
    near(arm.sd, 9.944279052625674);
    p.mean = 15, p.ci_lower = 13, p.ci_upper = 17;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_FROM_INTERVAL);
    near(arm.sd, 2 * sqrt(20) / t_critical(0.95, 19));
    p.se = 1.1;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_FROM_SE);
    near(arm.sd, 1.1 * sqrt(20));
    p.sd = 4.5;
    assert_int_equal(arm_recover(&p, &arm), RECOVERY_AS_PRINTED);
    near(arm.mean, 15);
    near(arm.sd, 4.5);
}

static void every_recovery_is_told_in_words(void **state)
{
    (void)state;
    for (int i = 0; i < RECOVERY_COUNT; i++)
        assert_non_null(recovery_text((enum recovery)i));
}

static void what_cannot_be_gives_no_number(void **state)
{
    (void)state;
    const double bad[] = {
        sd_of_se(-1, 10),
        sd_of_se(1, 0),
        sd_of_se(NAN, 4),
        sd_of_interval(2, 1, 0.95, 9),
        sd_of_interval(1, 2, 1, 9),
        sd_of_interval(1, 2, 0.95, 1),
        sd_of_quartiles(5, 3, 20),
        sd_of_range(5, 3, 20),
        sd_of_range(1, 3, 1),
        sd_of_difference_se(1, 0, 3),
        sd_of_change(1, 1, 2),
        se_of_p(1, 0, 0),
        se_of_p(1, 1, 0),
        se_of_p(1, NAN, 3),
        se_of_interval(1, 2, 95, 0),
        mean_of_quartiles(1, NAN, 3, 20),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!isnan(bad[i]))
            fail_msg("%zu is %g", i, bad[i]);
    }
}

/* By hand: 1 / sqrt(1/1 + 1/1) and 1 / sqrt(1/1 + 1/3). */
static void a_group_of_one_has_a_part_in_the_error_of_a_difference(void **state)
{
    (void)state;
    assert_true(fabs(sd_of_difference_se(1, 1, 1) - 0.7071067811865475) < 1e-15);
    assert_true(fabs(sd_of_difference_se(1, 1, 3) - 0.8660254037844386) < 1e-15);
    assert_true(fabs(sd_of_difference_se(1, 3, 1) - 0.8660254037844386) < 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversions_are_those_of_the_shared_file),
        cmocka_unit_test(quartiles_give_mean_and_sd),
        cmocka_unit_test(a_range_gives_mean_and_sd),
        cmocka_unit_test(five_numbers_give_mean_and_sd),
        cmocka_unit_test(skewed_quartiles_are_told),
        cmocka_unit_test(combined_arms_are_the_arm_of_all_people),
        cmocka_unit_test(a_split_control_keeps_its_mean),
        cmocka_unit_test(a_change_and_its_correlation_undo_each_other),
        cmocka_unit_test(the_best_of_what_is_printed_gives_the_sd),
        cmocka_unit_test(every_recovery_is_told_in_words),
        cmocka_unit_test(what_cannot_be_gives_no_number),
        cmocka_unit_test(a_group_of_one_has_a_part_in_the_error_of_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
