#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "importers/fetch/backoff.h"
#include "importers/fetch/rate.h"

/* 6 Nov 1994 08:49:37 GMT, the date of RFC 9110's examples (section 5.6.7). */
enum { RFC_DATE = 784111777 };

static void a_wait_lies_between_nothing_and_the_doubled_base(void **state)
{
    (void)state;
    const double tops[] = {1, 2, 4, 8, 16, 30, 30, 30};
    for (int failures = 1; failures <= 8; failures++) {
        uint64_t seed = 7;
        double least = INFINITY;
        double most = 0;
        for (int i = 0; i < 10000; i++) {
            double wait = backoff_wait(failures, 1, 30, &seed);
            least = fmin(least, wait);
            most = fmax(most, wait);
        }
        double top = tops[failures - 1];
        assert_true(least >= 0 && most < top);
        /* Full jitter uses the whole width: 10000 draws leave no hundredth of it empty. */
        assert_true(least < top / 100 && most > top * 0.99);
    }
}

static void the_same_seed_waits_the_same_and_another_does_not(void **state)
{
    (void)state;
    uint64_t one = 42;
    uint64_t same = 42;
    uint64_t other = 43;
    for (int failures = 1; failures <= 5; failures++) {
        double wait = backoff_wait(failures, 0.5, 120, &one);
        assert_true(wait == backoff_wait(failures, 0.5, 120, &same));
        assert_true(wait != backoff_wait(failures, 0.5, 120, &other));
    }
}

/* SplitMix64 from seed 0 begins e220a8397b1dcdaf (the reference code, prng.di.unimi.it). */
static void the_random_numbers_are_those_of_the_reference(void **state)
{
    (void)state;
    uint64_t seed = 0;
    double share = (double)(UINT64_C(0xe220a8397b1dcdaf) >> 11) * 0x1p-53;
    assert_true(backoff_wait(1, 1, 1, &seed) == share);
}

static void a_wait_stays_finite_after_any_number_of_failures(void **state)
{
    (void)state;
    uint64_t seed = 1;
    assert_true(backoff_wait(100000, 1, 120, &seed) < 120);
}

static void retry_after_is_seconds_or_a_date(void **state)
{
    (void)state;
    double seconds = -1;
    assert_true(backoff_retry_after("120", NULL, RFC_DATE, &seconds));
    assert_true(seconds == 120);
    assert_true(backoff_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", NULL, RFC_DATE, &seconds));
    assert_true(seconds == 60);
    assert_true(backoff_retry_after("0", NULL, RFC_DATE, &seconds));
    assert_true(seconds == 0);
}

static void a_date_counts_from_the_answers_own_clock(void **state)
{
    (void)state;
    double seconds = -1;
    assert_true(backoff_retry_after("Sun, 06 Nov 1994 08:50:37 GMT",
                                    "Sun, 06 Nov 1994 08:50:27 GMT", 0, &seconds));
    assert_true(seconds == 10);
    assert_true(backoff_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", "yesterday noon or so",
                                    RFC_DATE, &seconds));
    assert_true(seconds == 60);
}

static void a_date_that_is_past_means_no_wait(void **state)
{
    (void)state;
    double seconds = -1;
    assert_true(
        backoff_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", NULL, RFC_DATE + 3600, &seconds));
    assert_true(seconds == 0);
}

static void what_is_neither_is_no_retry_after(void **state)
{
    (void)state;
    const char *const odd[] = {"", "soon", "-5", "1e3", "12 seconds", "0x10", "1.5"};
    double seconds = 17;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_false(backoff_retry_after(odd[i], NULL, RFC_DATE, &seconds));
    assert_true(seconds == 17);
}

static void a_retry_after_beyond_all_numbers_is_only_long(void **state)
{
    (void)state;
    double seconds = 0;
    char digits[400];
    memset(digits, '9', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    assert_true(backoff_retry_after(digits, NULL, RFC_DATE, &seconds));
    assert_true(isfinite(seconds) && seconds > 1e6);
}

/* The spacing that rentrez uses for PubMed, 0.35 s, is 1 / 2.857 a second. */
static void requests_to_a_host_are_spaced_evenly(void **state)
{
    (void)state;
    struct rate rate = {0};
    assert_true(rate_wait(&rate, 1000) == 0);
    rate_take(&rate, 1000, 4);
    assert_true(rate_wait(&rate, 1000) == 0.25);
    assert_true(rate_wait(&rate, 1000.125) == 0.125);
    assert_true(rate_wait(&rate, 1000.25) == 0);
    rate_take(&rate, 1001, 0.5); /* a pause before it earns no burst after it */
    assert_true(rate_wait(&rate, 1001) == 2);
}

static void a_host_that_asked_for_quiet_gets_it(void **state)
{
    (void)state;
    struct rate rate = {0};
    rate_take(&rate, 10, 1);
    rate_hold(&rate, 40);
    assert_true(rate_wait(&rate, 12) == 28);
    rate_hold(&rate, 20); /* a shorter wish does not end a longer one */
    assert_true(rate_wait(&rate, 12) == 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wait_lies_between_nothing_and_the_doubled_base),
        cmocka_unit_test(the_same_seed_waits_the_same_and_another_does_not),
        cmocka_unit_test(the_random_numbers_are_those_of_the_reference),
        cmocka_unit_test(a_wait_stays_finite_after_any_number_of_failures),
        cmocka_unit_test(retry_after_is_seconds_or_a_date),
        cmocka_unit_test(a_date_counts_from_the_answers_own_clock),
        cmocka_unit_test(a_date_that_is_past_means_no_wait),
        cmocka_unit_test(what_is_neither_is_no_retry_after),
        cmocka_unit_test(a_retry_after_beyond_all_numbers_is_only_long),
        cmocka_unit_test(requests_to_a_host_are_spaced_evenly),
        cmocka_unit_test(a_host_that_asked_for_quiet_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
