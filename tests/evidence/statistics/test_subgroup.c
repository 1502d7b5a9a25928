/* Refusals, and what can be worked by hand; the numbers of metafor are compared in
 * test_reference.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/statistics/subgroup.h"

static const struct effect effects[] = {{1, 0.1}, {2, 0.1}, {4, 0.1}, {3, 0.1}, {5, 0.1}};

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

/* By hand, FE: means 1.5 and 4 with variances 0.05 and 0.1/3, so Q = 2.5^2/(0.05 + 0.1/3) = 75. */
static void two_groups_differ_by_the_q_of_their_means(void **state)
{
    (void)state;
    const size_t group[] = {0, 0, 1, 1, 1};
    struct pool_options fixed = {POOL_FE, POOL_Z, 0.95};
    struct pooled each[2];
    struct between between;
    struct regression common;
    struct error err = {0};
    assert_true(subgroups_separate(effects, group, 5, 2, &fixed, each, &between, &err));
    near(each[0].b, 1.5);
    near(each[1].b, 4);
    near(between.qm, 75);
    near(between.qm_df, 1);
    assert_true(subgroups_common(effects, group, 5, 2, &fixed, &common, &err));
    near(common.qm, 75);
    near(common.coef[1].b, 2.5);
}

static void groups_that_cannot_be_compared_are_refused(void **state)
{
    (void)state;
    const size_t one[] = {0, 0, 0, 0, 0}, hole[] = {0, 0, 2, 2, 2}, beyond[] = {0, 1, 2, 9, 0};
    struct pooled each[3];
    struct between between;
    struct regression common;
    struct error err = {0};
    assert_false(subgroups_separate(effects, one, 5, 1, &pool_default, each, &between, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(subgroups_common(effects, hole, 5, 3, &pool_default, &common, &err));
    assert_non_null(strstr(err.message, "group 1 has no effect"));
    err = (struct error){0};
    assert_false(subgroups_separate(effects, beyond, 5, 3, &pool_default, each, &between, &err));
    assert_non_null(strstr(err.message, "effect 3"));
    err = (struct error){0};
    assert_false(subgroups_common(effects, hole, 5, 1000, &pool_default, &common, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_differ_by_the_q_of_their_means),
        cmocka_unit_test(groups_that_cannot_be_compared_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
