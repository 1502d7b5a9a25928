/* How often one may, with a clock of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "service/http/rate_limit.h"

static const struct rate three = {.burst = 3, .seconds_a_one = 60};
static const struct rate many = {.burst = 1000000, .seconds_a_one = 1};

static void a_few_may_come_at_once_and_then_one_now_and_then(void **state)
{
    (void)state;
    struct rate_limit *limit = rate_limit_new(three, many);
    for (int i = 0; i < 3; i++)
        assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1000), 0);
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1000), 60);
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1045), 15);
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1060), 0);
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1061), 59);
    /* after a long rest as many as at first, and no more */
    for (int i = 0; i < 3; i++)
        assert_int_equal(rate_limit_take(limit, "192.0.2.1", 100000), 0);
    assert_int_not_equal(rate_limit_take(limit, "192.0.2.1", 100000), 0);
    rate_limit_free(limit);
}

static void use_up(struct rate_limit *limit, const char *address)
{
    for (int i = 0; i < 3; i++)
        assert_int_equal(rate_limit_take(limit, address, 1), 0);
}

static void another_address_is_another_client(void **state)
{
    (void)state;
    struct rate_limit *limit = rate_limit_new(three, many);
    use_up(limit, "192.0.2.1");
    assert_int_equal(rate_limit_take(limit, "192.0.2.2", 1), 0);
    assert_int_not_equal(rate_limit_take(limit, "::ffff:192.0.2.1", 1), 0);
    use_up(limit, "2001:db8:1:2::1");
    assert_int_not_equal(rate_limit_take(limit, "2001:db8:1:2:ffff::9", 1), 0); /* same household */
    assert_int_equal(rate_limit_take(limit, "2001:db8:1:3::1", 1), 0);
    use_up(limit, NULL);
    assert_int_not_equal(rate_limit_take(limit, NULL, 1), 0);
    rate_limit_free(limit);
}

static void all_together_have_a_limit_too(void **state)
{
    (void)state;
    struct rate_limit *limit =
        rate_limit_new(three, (struct rate){.burst = 2, .seconds_a_one = 10});
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", 1), 0);
    assert_int_equal(rate_limit_take(limit, "192.0.2.2", 1), 0);
    assert_int_equal(rate_limit_take(limit, "192.0.2.3", 1), 10);
    /* what was refused has used up nothing of its own */
    for (time_t now = 101; now <= 103; now++)
        assert_int_equal(rate_limit_take(limit, "192.0.2.3", now * 10), 0);
    rate_limit_free(limit);
}

static void a_crowd_of_addresses_frees_nobody_who_has_just_used_up_his_own(void **state)
{
    (void)state;
    char address[32];
    struct rate_limit *limit = rate_limit_new(three, many);
    use_up(limit, "192.0.2.1");
    for (int i = 0; i < 100000; i++) {
        snprintf(address, sizeof address, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        assert_int_equal(rate_limit_take(limit, address, 1), 0);
    }
    assert_int_not_equal(rate_limit_take(limit, "192.0.2.1", 1), 0);
    rate_limit_free(limit);
}

static void a_clock_that_is_set_back_gives_nothing_and_takes_nothing(void **state)
{
    (void)state;
    struct rate_limit *limit = rate_limit_new(three, many);
    use_up(limit, "192.0.2.1");
    assert_int_equal(rate_limit_take(limit, "192.0.2.1", -5000), 60);
    rate_limit_free(limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_may_come_at_once_and_then_one_now_and_then),
        cmocka_unit_test(another_address_is_another_client),
        cmocka_unit_test(all_together_have_a_limit_too),
        cmocka_unit_test(a_crowd_of_addresses_frees_nobody_who_has_just_used_up_his_own),
        cmocka_unit_test(a_clock_that_is_set_back_gives_nothing_and_takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
