/* Where no other source is named, expected numbers are those of R 4.2.2, escalc() of metafor 3.8-1.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "evidence/statistics/effect.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1e-3, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void is_effect(struct effect got, double yi, double vi)
{
    near(got.yi, yi);
    near(got.vi, vi);
}

static void is_undefined(struct effect got)
{
    if (!isnan(got.yi) || !isnan(got.vi))
        fail_msg("got %g, %g", got.yi, got.vi);
    assert_false(effect_usable(got));
}

static const struct arm treated = {25, 3.2, 2.1};
static const struct arm control = {22, 5.1, 2.4};

static void means_give_a_difference(void **state)
{
    (void)state;
    /* By hand: 3.2 - 5.1; 4.41/25 + 5.76/22. */
    is_effect(effect_of_means(MEASURE_MD, treated, control), -1.9, 0.1764 + 5.76 / 22);
}

static void means_give_hedges_g(void **state)
{
    (void)state;
    is_effect(effect_of_means(MEASURE_SMD, treated, control), -0.83212974056198763,
              0.092820927423989716);
}

static void means_give_a_ratio(void **state)
{
    (void)state;
    is_effect(effect_of_means(MEASURE_ROM, treated, control), -0.46608972992459907,
              0.027292621008965082);
}

/* ../shared/REFERENCE.md 4.7, five digits. */
static void the_exact_correction_is_not_the_approximate_one(void **state)
{
    (void)state;
    assert_true(fabs(hedges_correction(10) - 0.92275) < 5e-6);
    assert_true(fabs(hedges_correction(18) - 0.95765) < 5e-6);
    assert_true(fabs(hedges_correction(38) - 0.98011) < 5e-6);
    assert_true(isnan(hedges_correction(1)));
    assert_true(isnan(hedges_correction(NAN)));
    /* Both ways of taking it meet. */
    near(hedges_correction(201), hedges_correction(201.000000001));
    /* 1 - 3/(4m - 1) is right for large m. */
    near(hedges_correction(1e9), 1 - 3 / (4e9 - 1));
}

static void means_that_cannot_be_give_nothing(void **state)
{
    (void)state;
    struct arm none = {0, 1, 1}, negative = {10, 1, -1}, missing = {10, 1, NAN};
    struct arm below = {10, -1, 1}, single = {1, 1, 1};
    is_undefined(effect_of_means(MEASURE_MD, none, control));
    is_undefined(effect_of_means(MEASURE_MD, negative, control));
    is_undefined(effect_of_means(MEASURE_MD, missing, control));
    is_undefined(effect_of_means(MEASURE_ROM, below, control));
    is_undefined(effect_of_means(MEASURE_SMD, single, single));
    is_undefined(effect_of_means(MEASURE_RR, treated, control));
}

static void an_sd_of_zero_gives_an_effect_that_is_not_usable(void **state)
{
    (void)state;
    struct effect e = effect_of_means(MEASURE_MD, (struct arm){9, 1, 0}, (struct arm){9, 2, 0});
    near(e.yi, -1);
    assert_true(e.vi == 0);
    assert_false(effect_usable(e));
}

static const struct table none_treated = {0, 20, 5, 22};

static void an_empty_cell_gets_a_half(void **state)
{
    (void)state;
    is_effect(effect_of_table(MEASURE_OR, none_treated, &correction_default), -2.5561192780132647,
              2.2877415267659167);
    is_effect(effect_of_table(MEASURE_RR, none_treated, &correction_default), -2.306923494592644,
              2.0907208733295688);
    is_effect(effect_of_table(MEASURE_RD, none_treated, &correction_default), -0.21532091097308489,
              0.0090175340945658124);
}

static void if0all_corrects_all_tables_if_one_has_a_zero(void **state)
{
    (void)state;
    const struct table tables[] = {{3, 20, 5, 22}, {0, 10, 2, 12}};
    const struct correction quarter = {0.25, CORRECT_IF0ALL, false};
    struct effect out[2];
    effects_of_tables(MEASURE_RR, tables, 2, &quarter, out);
    is_effect(out[0], -0.38648265719587438, 0.40494356591917569);
    is_effect(out[1], -2.0228711901914416, 4.2692063492063488);
}

static void a_table_that_is_dropped_has_no_zero_for_the_others(void **state)
{
    (void)state;
    const struct table tables[] = {{3, 20, 5, 22}, {0, 10, 0, 12}};
    const struct correction drop = {0.5, CORRECT_IF0ALL, true};
    struct effect out[2];
    effects_of_tables(MEASURE_OR, tables, 2, &drop, out);
    is_effect(out[0], -0.51082562376599072, 0.65098039215686276);
    is_undefined(out[1]);
}

static void without_correction_a_zero_gives_nothing(void **state)
{
    (void)state;
    const struct correction no = {0.5, CORRECT_NONE, false};
    is_effect(effect_of_table(MEASURE_RR, (struct table){3, 20, 5, 22}, &no), -0.41551544396166573,
              0.43787878787878787);
    is_undefined(effect_of_table(MEASURE_RR, (struct table){0, 10, 2, 12}, &no));
    is_undefined(effect_of_table(MEASURE_OR, (struct table){0, 10, 2, 12}, &no));
    is_effect(effect_of_table(MEASURE_RD, (struct table){3, 20, 5, 22}, &no), -0.077272727272727271,
              0.014357719759579264);
}

static void tables_that_cannot_be_give_nothing(void **state)
{
    (void)state;
    const struct table bad[] = {
        {5, 4, 1, 4}, {-1, 4, 1, 4}, {1, 0, 1, 4}, {NAN, 4, 1, 4}, {1, INFINITY, 1, 4}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        is_undefined(effect_of_table(MEASURE_RR, bad[i], &correction_default));
    is_undefined(effect_of_table(MEASURE_MD, none_treated, &correction_default));
}

static void one_change_in_one_group_needs_the_correlation(void **state)
{
    (void)state;
    struct arm before = {25, 5.1, 2.4}, after = {25, 3.2, 2.1};
    is_effect(effect_of_change(before, after, 0.6), -1.9, 0.16488);
    is_effect(smd_of_change(before, after, 0.6), -0.76662247647944259, 0.043754200428869475);
    is_undefined(effect_of_change(before, after, 1.2));
    is_undefined(smd_of_change(before, after, NAN));
}

/* By hand: 9 + 9 - 2 * 0.5 * 9 = 9, over 16 people. */
static void a_crossover_enters_by_its_paired_error(void **state)
{
    (void)state;
    struct arm a = {16, 4, 3}, b = {16, 5, 3};
    is_effect(effect_of_crossover(16, a, b, 0.5), -1, 9.0 / 16);
    struct effect g = smd_of_crossover(16, a, b, 0.5);
    near(g.yi, -hedges_correction(15) / 3);
    near(g.vi, 1.0 / 16 + g.yi * g.yi / 32);
    is_effect(effect_of_crossover(16, a, b, 1), -1, 0);
}

/* By hand: 1 + (21 - 1) 0.05 = 2. */
static void clusters_widen_by_the_design_effect(void **state)
{
    (void)state;
    near(design_effect(21, 0.05), 2);
    is_effect(effect_of_clusters((struct effect){1, 0.2}, 21, 0.05), 1, 0.4);
    near(arm_of_clusters((struct arm){80, 3, 1}, 21, 0.05).n, 40);
    assert_true(isnan(design_effect(0.5, 0.05)));
    assert_true(isnan(design_effect(10, 1.5)));
    is_undefined(effect_of_clusters((struct effect){1, 0.2}, 10, -0.1));
}

static void a_printed_ratio_is_taken_to_its_log(void **state)
{
    (void)state;
    is_effect(effect_of_se(MEASURE_RR, 0.5, 0.2), log(0.5), 0.04);
    is_effect(effect_of_interval(MEASURE_OR, 2, 1, 4, 0.95, 0), log(2),
              pow(log(4) / (2 * 1.959963984540054), 2));
    is_undefined(effect_of_se(MEASURE_RR, -0.5, 0.2));
    is_undefined(effect_of_interval(MEASURE_RR, 1, 0, 2, 0.95, 0));
    is_undefined(effect_of_interval(MEASURE_MD, 1, 2, 0, 0.95, 0));
}

static void a_test_statistic_gives_the_error(void **state)
{
    (void)state;
    is_effect(effect_of_t(MEASURE_MD, -3, 2), -3, 2.25);
    is_undefined(effect_of_t(MEASURE_MD, 0, 0));
    /* p of z = 1.959963984540054. */
    is_effect(effect_of_p(MEASURE_MD, 1.959963984540054, 0.05, 0), 1.959963984540054, 1);
    is_undefined(effect_of_p(MEASURE_MD, 1, 0, 0));
    is_undefined(effect_of_p(MEASURE_MD, 1, 1.5, 0));
    is_undefined(smd_of_p(0, 1, 20, 20));
    is_undefined(smd_of_t(2, 0, 20));
    is_undefined(smd_of_f(-1, 1, 20, 20));
}

static void scales_are_moved_linearly(void **state)
{
    (void)state;
    is_effect(effect_rescaled((struct effect){-15, 9}, 0, 100, 0, 10), -1.5, 0.09);
    struct arm arm = arm_rescaled((struct arm){20, 3, 1}, 1, 5, 10, 0);
    near(arm.mean, 5);
    near(arm.sd, 2.5);
    is_effect(effect_reversed((struct effect){2, 3}), -2, 3);
    is_effect(md_of_smd((struct effect){0.5, 0.04}, 2.2), 1.1, 0.04 * 4.84);
    is_effect(smd_of_md((struct effect){1.1, 0.04 * 4.84}, 2.2), 0.5, 0.04);
    is_undefined(md_of_smd((struct effect){0.5, 0.04}, 0));
    is_undefined(effect_rescaled((struct effect){1, 1}, 3, 3, 0, 10));
}

static void names_are_those_of_escalc(void **state)
{
    (void)state;
    for (int i = 0; i < MEASURE_COUNT; i++) {
        enum measure back;
        assert_true(measure_from_name(measure_name((enum measure)i), &back));
        assert_int_equal(back, i);
    }
    for (int i = CORRECT_ONLY0; i <= CORRECT_NONE; i++) {
        enum correct_to back;
        assert_true(correct_to_from_name(correct_to_name((enum correct_to)i), &back));
        assert_int_equal(back, i);
    }
    enum measure measure;
    enum correct_to to;
    assert_false(measure_from_name("smd", &measure));
    assert_false(correct_to_from_name("some", &to));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_give_a_difference),
        cmocka_unit_test(means_give_hedges_g),
        cmocka_unit_test(means_give_a_ratio),
        cmocka_unit_test(the_exact_correction_is_not_the_approximate_one),
        cmocka_unit_test(means_that_cannot_be_give_nothing),
        cmocka_unit_test(an_sd_of_zero_gives_an_effect_that_is_not_usable),
        cmocka_unit_test(an_empty_cell_gets_a_half),
        cmocka_unit_test(if0all_corrects_all_tables_if_one_has_a_zero),
        cmocka_unit_test(a_table_that_is_dropped_has_no_zero_for_the_others),
        cmocka_unit_test(without_correction_a_zero_gives_nothing),
        cmocka_unit_test(tables_that_cannot_be_give_nothing),
        cmocka_unit_test(one_change_in_one_group_needs_the_correlation),
        cmocka_unit_test(a_crossover_enters_by_its_paired_error),
        cmocka_unit_test(clusters_widen_by_the_design_effect),
        cmocka_unit_test(a_printed_ratio_is_taken_to_its_log),
        cmocka_unit_test(a_test_statistic_gives_the_error),
        cmocka_unit_test(scales_are_moved_linearly),
        cmocka_unit_test(names_are_those_of_escalc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
