/* Refusals, and what can be worked by hand; the numbers of metafor are compared in
 * test_reference.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/statistics/regression.h"

static const struct effect effects[] = {{1, 0.1}, {2, 0.1}, {4, 0.1}, {3, 0.1}, {5, 0.1}};

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void refuses(const double *x, size_t count, size_t moderators,
                    const struct pool_options *options, enum error_kind kind, const char *says)
{
    struct regression fit = {.k = 42};
    struct error err = {0};
    assert_false(regression_fit(effects, x, count, moderators, options, &fit, &err));
    assert_int_equal(err.kind, kind);
    if (strstr(err.message, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, says);
    assert_int_equal(fit.k, 42);
}

static void effects_on_a_line_lie_on_it(void **state)
{
    (void)state;
    const struct effect line[] = {{1, 0.3}, {3, 0.1}, {5, 0.2}, {9, 0.4}};
    const double x[] = {2000, 2001, 2002, 2004};
    for (int method = 0; method < POOL_METHOD_COUNT; method++) {
        struct pool_options options = {(enum pool_method)method, POOL_Z, 0.95};
        struct regression fit;
        struct error err = {0};
        if (!regression_fit(line, x, 4, 1, &options, &fit, &err))
            fail_msg("%s", err.message);
        assert_true(fabs(fit.coef[0].b - -3999) < 1e-9 * 3999);
        near(fit.coef[1].b, 2);
        assert_true(fit.qe < 1e-20 && fit.tau2 < 1e-20);
    }
}

static void a_constant_moderator_is_refused(void **state)
{
    (void)state;
    const double x[] = {1, 7, 2, 7, 3, 7, 4, 7, 6, 7};
    refuses(x, 5, 2, &pool_default, ERROR_INVALID, "moderator 1 is the same");
}

static void a_moderator_that_repeats_another_is_refused(void **state)
{
    (void)state;
    const double x[] = {1, 12, 2, 14, 3, 16, 4, 18, 6, 22};
    refuses(x, 5, 2, &pool_default, ERROR_INVALID, "moderator 1 says nothing");
}

static void a_moderator_that_is_no_number_is_refused(void **state)
{
    (void)state;
    const double x[] = {1, 2, NAN, 4, 5}, y[] = {1, 2, 3, INFINITY, 5};
    refuses(x, 5, 1, &pool_default, ERROR_INVALID, "effect 2");
    refuses(y, 5, 1, &pool_default, ERROR_INVALID, "effect 3");
}

static void too_few_effects_are_refused(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5};
    struct pool_options fixed = {POOL_FE, POOL_Z, 0.95};
    refuses(x, 2, 1, &pool_default, ERROR_INVALID, "too few");
    refuses(x, 1, 1, &fixed, ERROR_INVALID, "too few");
    struct regression fit;
    struct error err = {0};
    assert_true(regression_fit(effects, x, 2, 1, &fixed, &fit, &err));
    near(fit.coef[1].b, 1);
    assert_true(fit.qe == 0 && fit.qep == 1);
}

static void too_many_moderators_are_refused(void **state)
{
    (void)state;
    const double x[5 * REGRESSION_MAX_TERMS] = {0};
    refuses(x, 5, REGRESSION_MAX_TERMS, &pool_default, ERROR_LIMIT, "more than");
}

static void bad_effects_and_levels_are_refused(void **state)
{
    (void)state;
    const struct effect bad[] = {{1, 1}, {2, 0}, {3, 1}, {3, 1}};
    const double x[] = {1, 2, 3, 4};
    struct regression fit;
    struct error err = {0};
    assert_false(regression_fit(bad, x, 4, 1, &pool_default, &fit, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    struct pool_options wide = {POOL_REML, POOL_Z, 1.5};
    refuses(x, 4, 1, &wide, ERROR_INVALID, "level");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_on_a_line_lie_on_it),
        cmocka_unit_test(a_constant_moderator_is_refused),
        cmocka_unit_test(a_moderator_that_repeats_another_is_refused),
        cmocka_unit_test(a_moderator_that_is_no_number_is_refused),
        cmocka_unit_test(too_few_effects_are_refused),
        cmocka_unit_test(too_many_moderators_are_refused),
        cmocka_unit_test(bad_effects_and_levels_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
