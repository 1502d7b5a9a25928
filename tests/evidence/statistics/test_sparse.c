/* Refusals, and what can be worked by hand; the numbers of metafor are compared in
 * test_reference.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/statistics/sparse.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("got %.17g, want %.17g", got, want);
}

/* One table is its own odds ratio, with the variance of the logarithm: 1/2 + 1/8 + 1/5 + 1/5. */
static void one_table_is_its_own_odds_ratio(void **state)
{
    (void)state;
    const struct table table = {2, 10, 5, 10};
    struct sparse s;
    struct error err = {0};
    assert_true(mantel_haenszel(MEASURE_OR, &table, 1, 0.95, &s, &err));
    near(s.b, log(0.25));
    near(s.se, sqrt(0.5 + 0.125 + 0.4));
    assert_true(s.q == 0 && s.qp == 1 && s.i2 == 0 && s.h2 == 1);
    assert_true(mantel_haenszel(MEASURE_RR, &table, 1, 0.95, &s, &err));
    near(s.b, log(0.4));
    assert_true(mantel_haenszel(MEASURE_RD, &table, 1, 0.95, &s, &err));
    near(s.b, -0.3);
}

/* By hand: expected 3.5, variance 7 * 13 * 0.25/19; the difference over the variance. */
static void petos_odds_ratio_is_observed_less_expected(void **state)
{
    (void)state;
    const struct table table = {2, 10, 5, 10};
    struct sparse s;
    struct error err = {0};
    assert_true(peto(&table, 1, 0.95, &s, &err));
    near(s.b, -1.5 / (7 * 13 * 0.25 / 19));
    near(s.se, sqrt(19 / (7 * 13 * 0.25)));
}

static void refuses(enum measure measure, const struct table *tables, size_t count, double level,
                    const char *says)
{
    struct sparse s = {.k = 42};
    struct error err = {0};
    assert_false(mantel_haenszel(measure, tables, count, level, &s, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    if (strstr(err.message, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, says);
    assert_int_equal(s.k, 42);
}

static void what_cannot_be_pooled_is_refused(void **state)
{
    (void)state;
    const struct table good = {2, 10, 5, 10}, none[] = {{0, 10, 0, 10}, {0, 8, 0, 9}};
    const struct table bad[] = {{2, 10, 5, 10}, {11, 10, 1, 10}};
    refuses(MEASURE_MD, &good, 1, 0.95, "not MD");
    refuses(MEASURE_OR, &good, 0, 0.95, "no tables");
    refuses(MEASURE_OR, &good, 1, 1, "level");
    refuses(MEASURE_RR, bad, 2, 0.95, "table 1");
    refuses(MEASURE_RR, none, 2, 0.95, "no event");
    struct sparse s;
    struct error err = {0};
    assert_false(peto(none, 2, 0.95, &s, &err));
    assert_non_null(strstr(err.message, "never occurred"));
    err = (struct error){0};
    assert_false(peto(bad, 2, 0.95, &s, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_table_is_its_own_odds_ratio),
        cmocka_unit_test(petos_odds_ratio_is_observed_less_expected),
        cmocka_unit_test(what_cannot_be_pooled_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
