/* What the reference does not show: the edges, the refusals, and that no maximum is missed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/statistics/pool.h"

static void near(double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void refuses(const struct effect *effects, size_t count, const struct pool_options *options,
                    enum error_kind kind, const char *says)
{
    struct pooled pooled = {.b = 42};
    struct error err = {0};
    assert_false(pool_fit(effects, count, options, &pooled, &err));
    assert_int_equal(err.kind, kind);
    if (strstr(err.message, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, says);
    assert_true(pooled.b == 42);
}

static void nothing_is_refused(void **state)
{
    (void)state;
    refuses(NULL, 0, &pool_default, ERROR_INVALID, "no effects");
}

static void effects_that_are_no_numbers_are_refused_by_their_place(void **state)
{
    (void)state;
    const double bad_vi[] = {0, -1, NAN, INFINITY}, bad_yi[] = {NAN, INFINITY, -INFINITY};
    for (int method = 0; method < POOL_METHOD_COUNT; method++) {
        struct pool_options options = {(enum pool_method)method, POOL_Z, 0.95};
        for (size_t i = 0; i < 4; i++) {
            struct effect effects[] = {{1, 1}, {2, bad_vi[i]}, {3, 1}};
            refuses(effects, 3, &options, ERROR_INVALID, "effect 1 has vi");
        }
        for (size_t i = 0; i < 3; i++) {
            struct effect effects[] = {{1, 1}, {2, 1}, {bad_yi[i], 1}};
            refuses(effects, 3, &options, ERROR_INVALID, "effect 2 has yi");
        }
    }
}

static void levels_outside_0_to_1_are_refused(void **state)
{
    (void)state;
    const struct effect effects[] = {{1, 1}, {2, 1}};
    const double bad[] = {0, 1, 95, -0.5, NAN};
    for (size_t i = 0; i < 5; i++) {
        struct pool_options options = {POOL_REML, POOL_Z, bad[i]};
        refuses(effects, 2, &options, ERROR_INVALID, "level");
    }
}

static void numbers_too_far_apart_are_refused(void **state)
{
    (void)state;
    const struct effect wide[] = {{1e300, 1}, {-1e300, 1}}, thin[] = {{1, 1e-80}, {2, 1}};
    const struct effect heavy[] = {{1, 1}, {2, 1e80}};
    refuses(wide, 2, &pool_default, ERROR_INVALID, "too far apart");
    refuses(thin, 2, &pool_default, ERROR_INVALID, "too far apart");
    refuses(heavy, 2, &pool_default, ERROR_INVALID, "too far apart");
}

static void one_study_comes_back_as_it_is(void **state)
{
    (void)state;
    const struct effect one = {0.4, 0.04};
    for (int method = 0; method < POOL_METHOD_COUNT; method++) {
        for (int test = 0; test < POOL_TEST_COUNT; test++) {
            struct pool_options options = {(enum pool_method)method, (enum pool_test)test, 0.95};
            struct pooled p;
            struct error err = {0};
            assert_true(pool_fit(&one, 1, &options, &p, &err));
            near(p.b, 0.4, 1e-15);
            near(p.se, 0.2, 1e-15);
            near(p.ci_lb, 0.4 - 0.2 * 1.959963984540054, 1e-14);
            assert_true(p.tau2 == 0 && p.i2 == 0 && p.h2 == 1 && p.q == 0 && p.qp == 1);
            assert_true(isnan(p.df) && isnan(p.se_tau2) && isnan(p.s2w));
        }
    }
}

/* Worked by hand: w = 1, 1; mean 2; Q = 2; DL tau2 = (2 - 1)/(2 - 2/2) = 1; se = 1. */
static void two_unequal_studies_share_the_weight(void **state)
{
    (void)state;
    const struct effect effects[] = {{1, 1}, {3, 1}};
    struct pool_options options = {POOL_DL, POOL_Z, 0.95};
    struct pooled p;
    struct error err = {0};
    assert_true(pool_fit(effects, 2, &options, &p, &err));
    near(p.b, 2, 1e-15);
    near(p.tau2, 1, 1e-15);
    near(p.se, 1, 1e-15);
    near(p.i2, 50, 1e-13);
    double weights[2];
    pool_weights(effects, 2, p.tau2, weights);
    near(weights[0], 50, 1e-13);
    near(weights[1], 50, 1e-13);
}

static void equal_studies_have_no_error_left_under_knapp_and_hartung(void **state)
{
    (void)state;
    const struct effect equal[] = {{0.5, 0.1}, {0.5, 0.2}, {0.5, 0.3}};
    const struct effect zero[] = {{0, 0.1}, {0, 0.2}, {0, 0.3}};
    struct pool_options options = {POOL_REML, POOL_KNHA, 0.95};
    struct pooled p;
    struct error err = {0};
    assert_true(pool_fit(equal, 3, &options, &p, &err));
    assert_true(p.se == 0 && isnan(p.stat) && p.p == 0 && p.ci_lb == p.ci_ub);
    assert_true(isnan(pool_probability_above(&p, 0)));
    assert_true(pool_fit(zero, 3, &options, &p, &err));
    assert_true(p.se == 0 && isnan(p.stat) && isnan(p.p));
    /* The ad hoc variant is what guards against this. */
    options.test = POOL_ADHOC;
    assert_true(pool_fit(equal, 3, &options, &p, &err));
    near(p.se, sqrt(1 / (10 + 5 + 10.0 / 3)), 1e-14);
}

static void probabilities_come_from_the_interval_s_own_distribution(void **state)
{
    (void)state;
    const struct effect effects[] = {{1, 1}, {3, 1}, {2, 0.5}, {1.2, 0.7}};
    for (int test = 0; test < POOL_TEST_COUNT; test++) {
        struct pool_options options = {POOL_REML, (enum pool_test)test, 0.95};
        struct pooled p;
        struct error err = {0};
        assert_true(pool_fit(effects, 4, &options, &p, &err));
        near(pool_probability_above(&p, p.ci_lb), 0.975, 1e-12);
        near(pool_probability_above(&p, p.ci_ub), 0.025, 1e-12);
        near(pool_probability_above(&p, p.b), 0.5, 1e-15);
        near(pool_probability_above(&p, 0), 1 - p.p / 2, 1e-12);
    }
}

/* ---- many ---- */

/* Knuth's linear congruential generator: the same numbers everywhere. */
static double next_uniform(unsigned long long *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static double next_normal(unsigned long long *seed)
{
    double u = next_uniform(seed), v = next_uniform(seed);
    return sqrt(-2 * log(1 - u)) * cos(2 * M_PI * v);
}

/* Drawn with mean 0.3 and tau2 0.04: the estimates must lie within a few of their errors. */
static void a_hundred_thousand_studies_are_pooled_by_every_method(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    struct effect *effects = malloc(MANY * sizeof *effects);
    unsigned long long seed = 7;
    for (size_t i = 0; i < MANY; i++) {
        double vi = 0.01 + 0.2 * next_uniform(&seed);
        effects[i] = (struct effect){0.3 + sqrt(vi + 0.04) * next_normal(&seed), vi};
    }
    for (int method = 0; method < POOL_METHOD_COUNT; method++) {
        struct pool_options options = {(enum pool_method)method, POOL_KNHA, 0.95};
        struct pooled p;
        struct error err = {0};
        if (!pool_fit(effects, MANY, &options, &p, &err))
            fail_msg("%s: %s", pool_method_name(options.method), err.message);
        near(p.b, 0.3, 5 * p.se);
        assert_true(isfinite(p.qp) && isfinite(p.p));
        /* One step from the spread of all is far above a small tau2, however many studies. */
        if (method != POOL_FE && method != POOL_SJ)
            near(p.tau2, 0.04, 5 * p.se_tau2);
    }
    struct tau2_interval in;
    struct error err = {0};
    assert_true(tau2_q_profile(effects, MANY, 0.95, &in, &err));
    assert_true(in.lb < 0.04 && in.ub > 0.04);
    free(effects);
}

static void more_than_the_maximum_is_refused(void **state)
{
    (void)state;
    const struct effect one = {1, 1};
    refuses(&one, POOL_MAX_EFFECTS + 1, &pool_default, ERROR_LIMIT, "more than");
}

/* ---- no maximum is missed ---- */

static double restricted_deviance(const struct effect *effects, size_t count, double tau2,
                                  enum pool_method method)
{
    double s = 0, sum = 0, logs = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        s += 1 / (effects[i].vi + tau2);
        sum += effects[i].yi / (effects[i].vi + tau2);
        logs += log(effects[i].vi + tau2);
    }
    for (size_t i = 0; i < count; i++)
        squares += pow(effects[i].yi - sum / s, 2) / (effects[i].vi + tau2);
    return logs + squares + (method == POOL_REML ? log(s) : 0);
}

/* Variances over six orders of magnitude make likelihoods with several maxima. */
static void no_tau2_on_a_fine_grid_is_likelier_than_ours(void **state)
{
    (void)state;
    unsigned long long seed = 11;
    size_t several = 0;
    for (int set = 0; set < 2000; set++) {
        struct effect effects[12];
        size_t count = 2 + (size_t)(10 * next_uniform(&seed));
        for (size_t i = 0; i < count; i++) {
            effects[i].vi = pow(10, -4 + 6 * next_uniform(&seed));
            effects[i].yi = next_normal(&seed) * (next_uniform(&seed) < 0.3 ? 10 : 0.3);
        }
        enum pool_method method = set % 2 == 0 ? POOL_REML : POOL_ML;
        struct tau2 tau2;
        struct error err = {0};
        if (!tau2_estimate(effects, count, method, &tau2, &err))
            fail_msg("%s", err.message);
        double ours = restricted_deviance(effects, count, tau2.tau2, method);
        double before = restricted_deviance(effects, count, 0, method), falling = -1;
        int maxima = 0;
        for (double at = 1e-7; at < 1e4; at *= 1.05) {
            double here = restricted_deviance(effects, count, at, method);
            if (here < ours - 1e-9 * (1 + fabs(ours)))
                fail_msg("set %d: %.12g at %g, ours %.12g at %g", set, here, at, ours, tau2.tau2);
            maxima += here > before && falling < 0;
            falling = here - before;
            before = here;
        }
        several += maxima > 1;
    }
    print_message("%zu of 2000 sets have several maxima\n", several);
    assert_true(several > 10);
}

static void paule_and_mandel_solve_their_equation(void **state)
{
    (void)state;
    unsigned long long seed = 5;
    for (int set = 0; set < 1000; set++) {
        struct effect effects[20];
        size_t count = 2 + (size_t)(18 * next_uniform(&seed));
        for (size_t i = 0; i < count; i++) {
            effects[i].vi = pow(10, -3 + 4 * next_uniform(&seed));
            effects[i].yi = next_normal(&seed) * pow(10, 2 * next_uniform(&seed) - 1);
        }
        struct tau2 tau2;
        struct error err = {0};
        assert_true(tau2_estimate(effects, count, POOL_PM, &tau2, &err));
        double q = q_statistic(effects, count, tau2.tau2);
        if (tau2.tau2 > 0)
            near(q, (double)(count - 1), 1e-8 * (double)count);
        else
            assert_true(q <= (double)(count - 1) * (1 + 1e-12));
    }
}

/* Pooling in another unit is pooling: nothing may hang on an absolute size. */
static void a_change_of_unit_changes_the_unit_alone(void **state)
{
    (void)state;
    const struct effect effects[] = {
        {-20, 40.5863}, {-2, 2.0468},  {-55, 15.2809}, {-71, 150.2222}, {-4, 20.1923},
        {1, 1.2235},    {11, 95.3756}, {-10, 8.0321},  {7, 20.6936},
    };
    const double units[] = {1e-30, 1e-6, 1e6, 1e30};
    struct pooled plain;
    struct error err = {0};
    assert_true(pool_fit(effects, 9, &pool_default, &plain, &err));
    for (size_t u = 0; u < 4; u++) {
        struct effect scaled[9];
        for (size_t i = 0; i < 9; i++)
            scaled[i] =
                (struct effect){effects[i].yi * units[u], effects[i].vi * units[u] * units[u]};
        struct pooled p;
        if (!pool_fit(scaled, 9, &pool_default, &p, &err))
            fail_msg("%s", err.message);
        near(p.b / units[u], plain.b, 1e-9);
        near(p.tau2 / units[u] / units[u], plain.tau2, 1e-7);
        near(p.se_tau2 / units[u] / units[u], plain.se_tau2, 1e-7);
        near(p.p, plain.p, 1e-10);
        near(p.i2, plain.i2, 1e-8);
    }
}

static void an_interval_of_tau2_needs_two(void **state)
{
    (void)state;
    const struct effect one = {1, 1}, two[] = {{1, 1}, {2, 1}};
    struct tau2_interval in;
    struct error err = {0};
    assert_false(tau2_q_profile(&one, 1, 0.95, &in, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(tau2_q_profile(two, 2, 1.95, &in, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
}

static void names_are_those_of_metafor(void **state)
{
    (void)state;
    for (int i = 0; i < POOL_METHOD_COUNT; i++) {
        enum pool_method back;
        assert_true(pool_method_from_name(pool_method_name((enum pool_method)i), &back));
        assert_int_equal(back, i);
    }
    for (int i = 0; i < POOL_TEST_COUNT; i++) {
        enum pool_test back;
        assert_true(pool_test_from_name(pool_test_name((enum pool_test)i), &back));
        assert_int_equal(back, i);
    }
    enum pool_method method;
    enum pool_test test;
    assert_false(pool_method_from_name("reml", &method));
    assert_false(pool_test_from_name("t", &test));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_refused),
        cmocka_unit_test(effects_that_are_no_numbers_are_refused_by_their_place),
        cmocka_unit_test(levels_outside_0_to_1_are_refused),
        cmocka_unit_test(numbers_too_far_apart_are_refused),
        cmocka_unit_test(one_study_comes_back_as_it_is),
        cmocka_unit_test(two_unequal_studies_share_the_weight),
        cmocka_unit_test(equal_studies_have_no_error_left_under_knapp_and_hartung),
        cmocka_unit_test(probabilities_come_from_the_interval_s_own_distribution),
        cmocka_unit_test(a_hundred_thousand_studies_are_pooled_by_every_method),
        cmocka_unit_test(more_than_the_maximum_is_refused),
        cmocka_unit_test(no_tau2_on_a_fine_grid_is_likelier_than_ours),
        cmocka_unit_test(paule_and_mandel_solve_their_equation),
        cmocka_unit_test(a_change_of_unit_changes_the_unit_alone),
        cmocka_unit_test(an_interval_of_tau2_needs_two),
        cmocka_unit_test(names_are_those_of_metafor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
