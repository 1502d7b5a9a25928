/* Refusals, and what can be worked by hand; the numbers of metafor are compared in
 * test_reference.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/statistics/influence.h"

static const struct effect rising[] = {{1, 0.1}, {2, 0.2}, {3, 0.3}, {4, 0.4}, {5, 0.5}};

static void one_study_cannot_be_left_out(void **state)
{
    (void)state;
    struct effect scratch[1];
    struct pooled out[1];
    struct influence influence[1];
    struct error err = {0};
    assert_false(leave_one_out(rising, 1, &pool_default, scratch, out, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(pool_influence(rising, 1, &pool_default, scratch, influence, &err));
}

static void a_failing_fit_says_which_study_was_left_out(void **state)
{
    (void)state;
    const struct effect bad[] = {{1, 1}, {2, NAN}, {3, 1}};
    struct effect scratch[3];
    struct pooled out[3];
    struct error err = {0};
    assert_false(leave_one_out(bad, 3, &pool_default, scratch, out, &err));
    assert_non_null(strstr(err.message, "without effect 0"));
}

/* By hand, FE: without the third, 1 and 3 weigh the same. */
static void leaving_one_out_pools_the_others(void **state)
{
    (void)state;
    const struct effect effects[] = {{1, 2}, {3, 2}, {50, 0.1}};
    struct pool_options fixed = {POOL_FE, POOL_Z, 0.95};
    struct effect scratch[3];
    struct pooled out[3];
    struct error err = {0};
    assert_true(leave_one_out(effects, 3, &fixed, scratch, out, &err));
    assert_true(fabs(out[2].b - 2) < 1e-14 && fabs(out[2].se - 1) < 1e-14);
    assert_int_equal(out[2].k, 2);
    assert_true(pool_cumulative(effects, 3, &fixed, out, &err));
    assert_true(out[0].b == 1 && fabs(out[1].b - 2) < 1e-14);
    assert_int_equal(out[2].k, 3);
}

/* metafor's influence(): |dffits| > 3 sqrt(1/(k - 1)), or a Cook's distance beyond the median of
 * chi2 with 1 df (0.4549364), or a hat above 3/k, or |dfbs| > 1. Each alone, at a common effect. */
static void a_study_is_influential_by_any_one_of_four_measures(void **state)
{
    enum { K = 40 };
    (void)state;
    struct pool_options fixed = {POOL_FE, POOL_Z, 0.95};
    struct effect effects[K];
    struct effect scratch[K];
    struct influence out[K];
    struct error err = {0};
    int by_dffits_alone = 0;
    int by_hat_alone = 0;
    for (double shift = 0; shift <= 6; shift += 0.25) {
        for (int i = 0; i < K; i++)
            effects[i] = (struct effect){i == 0 ? shift : 0, i == 1 ? 0.1 : 1};
        assert_true(pool_influence(effects, K, &fixed, scratch, out, &err));
        for (int i = 0; i < K; i++) {
            bool dffits = fabs(out[i].dffits) > 3 * sqrt(1.0 / (K - 1));
            bool cook = out[i].cook_d > 0.4549364;
            bool hat = out[i].hat > 3.0 / K;
            bool dfbs = fabs(out[i].dfbs) > 1;
            assert_true(out[i].influential == (dffits || cook || hat || dfbs));
            by_dffits_alone += dffits && !cook && !hat && !dfbs;
            by_hat_alone += hat && !dffits && !cook && !dfbs;
        }
    }
    assert_true(by_dffits_alone > 0);
    assert_true(by_hat_alone > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_study_cannot_be_left_out),
        cmocka_unit_test(a_failing_fit_says_which_study_was_left_out),
        cmocka_unit_test(leaving_one_out_pools_the_others),
        cmocka_unit_test(a_study_is_influential_by_any_one_of_four_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
