/* Refusals, and what can be worked by hand; the numbers of metafor are compared in
 * test_reference.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "evidence/statistics/small_study.h"

static const struct effect alike[] = {{1, 0.5}, {2, 0.5}, {3, 0.5}, {4, 0.5}};
static const struct effect rising[] = {{1, 0.1}, {2, 0.2}, {3, 0.3}, {4, 0.4}, {5, 0.5}};

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void equal_variances_leave_nothing_to_regress_on(void **state)
{
    (void)state;
    struct egger egger;
    struct error err = {0};
    assert_false(egger_lm(alike, 4, 0.95, &egger, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(egger_rma(alike, 4, &pool_default, &egger, &err));
    struct trimfill fill;
    err = (struct error){0};
    assert_false(trim_and_fill(alike, 4, &pool_default, TRIMFILL_L0, &fill, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
}

static void two_studies_are_too_few_for_eggers_test(void **state)
{
    (void)state;
    struct egger egger;
    struct error err = {0};
    assert_false(egger_lm(rising, 2, 0.95, &egger, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
}

/* All ten pairs agree: tau 1, and of 5! orders two are so extreme. */
static void larger_errors_with_larger_effects_are_ranked_alike(void **state)
{
    (void)state;
    struct begg begg;
    struct error err = {0};
    assert_true(begg_test(rising, 5, &begg, &err));
    near(begg.tau, 1);
    near(begg.p, 2.0 / 120);
}

static void equal_variances_leave_nothing_to_rank(void **state)
{
    (void)state;
    struct begg begg;
    struct error err = {0};
    assert_false(begg_test(alike, 4, &begg, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(begg_test(alike, 1, &begg, &err));
}

/* Over 170 effects the exact distribution gives way to the normal one; both must meet. */
static void exact_and_normal_ranks_agree_for_many(void **state)
{
    (void)state;
    struct effect effects[170];
    for (size_t i = 0; i < 170; i++)
        effects[i] = (struct effect){sin((double)i * 1.7), 0.1 + 0.01 * fmod((double)i * 7.3, 17)};
    struct begg begg;
    struct error err = {0};
    for (size_t i = 0; i < 170; i++)
        effects[i].vi += 1e-6 * (double)i;
    assert_true(begg_test(effects, 170, &begg, &err));
    assert_true(begg.p != begg.p_normal_approx);
    assert_true(fabs(begg.p - begg.p_normal_approx) < 0.01);
}

/* By hand: whatever centre near 0, the positive ranks sum to at most 9 of 21, so L0 is below 0. */
static void a_symmetric_funnel_needs_no_filling(void **state)
{
    (void)state;
    const struct effect funnel[] = {{-2.3, 0.5}, {2, 0.51},   {-1.2, 0.2},
                                    {1, 0.21},   {-0.6, 0.1}, {0.4, 0.11}};
    struct trimfill fill;
    struct error err = {0};
    assert_true(trim_and_fill(funnel, 6, &pool_default, TRIMFILL_L0, &fill, &err));
    assert_int_equal(fill.k0, 0);
    assert_int_equal(fill.pooled.k, 6);
}

static void more_than_the_maximum_is_refused(void **state)
{
    (void)state;
    struct begg begg;
    struct error err = {0};
    assert_false(begg_test(rising, SMALL_STUDY_MAX_EFFECTS + 1, &begg, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

/* By hand: z = 3 each, sum/sqrt(4) = 6; 4 (6/1.644853626951472)^2 - 4 = 49.2, rounded up. */
static void fail_safe_numbers_are_rounded_up(void **state)
{
    (void)state;
    const struct effect strong[] = {{3, 1}, {3, 1}, {3, 1}, {3, 1}};
    near(fail_safe_rosenthal(strong, 4, 0.05).n, 50);
    struct fail_safe orwin = fail_safe_orwin(strong, 4, NAN, false);
    near(orwin.n, 4);
    near(orwin.target, 1.5);
    near(fail_safe_orwin(strong, 4, -1, true).n, 8);
}

static void a_target_of_nothing_is_never_reached(void **state)
{
    (void)state;
    assert_true(isnan(fail_safe_orwin(rising, 5, 0, false).n));
    const struct effect none[] = {{0, 1}, {0, 1}};
    assert_true(isnan(fail_safe_orwin(none, 2, NAN, false).n));
    near(fail_safe_rosenthal(none, 2, 0.05).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_variances_leave_nothing_to_regress_on),
        cmocka_unit_test(two_studies_are_too_few_for_eggers_test),
        cmocka_unit_test(larger_errors_with_larger_effects_are_ranked_alike),
        cmocka_unit_test(equal_variances_leave_nothing_to_rank),
        cmocka_unit_test(exact_and_normal_ranks_agree_for_many),
        cmocka_unit_test(a_symmetric_funnel_needs_no_filling),
        cmocka_unit_test(more_than_the_maximum_is_refused),
        cmocka_unit_test(fail_safe_numbers_are_rounded_up),
        cmocka_unit_test(a_target_of_nothing_is_never_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
