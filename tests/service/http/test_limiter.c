/* How often somebody may do something. Times are given, so nothing here waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/limiter.h"

enum { NOW = 1000000 };

static struct limiter *limiter_of(unsigned at_once, unsigned a_minute)
{
    return limiter_new((struct rate){.at_once = at_once, .many = a_minute, .seconds = 60},
                       RATE_NONE);
}

/* Five at once, sixty a minute: one a second in the long run. */
static void so_many_at_once_and_then_at_the_rate(void **state)
{
    struct limiter *limiter = limiter_of(5, 60);
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(limiter_take(limiter, "a", NOW), 0);
    assert_int_equal(limiter_take(limiter, "a", NOW), 1);
    assert_int_equal(limiter_take(limiter, "a", NOW + 999), 1);
    assert_int_equal(limiter_take(limiter, "a", NOW + 1000), 0);
    assert_int_equal(limiter_take(limiter, "a", NOW + 1000), 1);
    for (int i = 0; i < 5; i++)
        assert_int_equal(limiter_take(limiter, "a", NOW + 60000), 0);
    assert_int_equal(limiter_take(limiter, "a", NOW + 60000), 1);
    limiter_free(limiter);
}

/* Three a minute: one in twenty seconds; what is refused is not counted. */
static void the_wait_that_is_told_is_enough(void **state)
{
    struct limiter *limiter = limiter_of(1, 3);
    (void)state;
    assert_int_equal(limiter_take(limiter, "a", NOW), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(limiter_take(limiter, "a", NOW), 20);
    assert_int_equal(limiter_take(limiter, "a", NOW + 19500), 1);
    assert_int_equal(limiter_take(limiter, "a", NOW + 20000), 0);
    limiter_free(limiter);
}

static void one_does_not_pay_for_another(void **state)
{
    struct limiter *limiter = limiter_of(1, 1);
    (void)state;
    assert_int_equal(limiter_take(limiter, "a", NOW), 0);
    assert_int_equal(limiter_take(limiter, "b", NOW), 0);
    assert_int_not_equal(limiter_take(limiter, "a", NOW), 0);
    limiter_free(limiter);
}

static void a_clock_that_is_set_back_locks_nobody_out(void **state)
{
    struct limiter *limiter = limiter_of(2, 60);
    (void)state;
    assert_int_equal(limiter_take(limiter, "a", (int64_t)NOW + 3600000), 0);
    assert_in_range(limiter_take(limiter, "a", NOW), 0, 2);
    assert_int_equal(limiter_take(limiter, "a", NOW + 2000), 0);
    limiter_free(limiter);
}

/* A hundred thousand addresses: those who owe most are remembered. */
static void many_keys_do_not_wash_away_the_one_that_asks_too_often(void **state)
{
    struct limiter *limiter = limiter_of(10, 10);
    char key[32];
    int again = 0;
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(limiter_take(limiter, "busy", NOW), 0);
    for (int i = 0; i < 100000; i++) {
        snprintf(key, sizeof key, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        again += limiter_take(limiter, key, NOW) != 0;
    }
    assert_int_equal(again, 0);
    assert_int_not_equal(limiter_take(limiter, "busy", NOW), 0);
    limiter_free(limiter);
}

static void after_a_long_rest_as_many_may_come_as_at_first_and_no_more(void **state)
{
    struct limiter *limiter = limiter_of(3, 1);
    (void)state;
    for (int rest = 0; rest < 2; rest++) {
        int64_t now_ms = NOW + (int64_t)rest * 100000000;
        for (int i = 0; i < 3; i++)
            assert_int_equal(limiter_take(limiter, "a", now_ms), 0);
        assert_int_equal(limiter_take(limiter, "a", now_ms), 60);
    }
    limiter_free(limiter);
}

/* Two at once for all, then one in ten seconds; three at once for each. */
static void all_together_have_a_limit_too(void **state)
{
    const struct rate each = {.at_once = 3, .many = 1, .seconds = 60};
    const struct rate together = {.at_once = 2, .many = 6, .seconds = 60};
    struct limiter *limiter = limiter_new(each, together);
    (void)state;
    assert_int_equal(limiter_take(limiter, "a", NOW), 0);
    assert_int_equal(limiter_take(limiter, "b", NOW), 0);
    assert_int_equal(limiter_take(limiter, "c", NOW), 10);
    /* what was refused has used up nothing of its own */
    for (int i = 1; i <= 3; i++)
        assert_int_equal(limiter_take(limiter, "c", NOW + 10000 * i), 0);
    assert_in_range(limiter_take(limiter, "c", NOW + 40000), 1, 60);
    /* … and what one may no more uses up nothing of all the others' */
    assert_int_equal(limiter_take(limiter, "d", NOW + 40000), 0);
    limiter_free(limiter);
}

static void an_address_stands_for_who_has_it(void **state)
{
    static const struct {
        const char *remote;
        const char *key;
    } cases[] = {
        {"203.0.113.7", "203.0.113.7"},
        {"::ffff:203.0.113.7", "203.0.113.7"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
        {"2001:db8:1:2::9", "2001:db8:1:2::"},
        {"fe80::1%eth0", "fe80::"},
        {"what is no address", "what is no address"},
        {NULL, ""},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(limiter_address(cases[i].remote, arena), cases[i].key);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_at_once_and_then_at_the_rate),
        cmocka_unit_test(the_wait_that_is_told_is_enough),
        cmocka_unit_test(one_does_not_pay_for_another),
        cmocka_unit_test(a_clock_that_is_set_back_locks_nobody_out),
        cmocka_unit_test(many_keys_do_not_wash_away_the_one_that_asks_too_often),
        cmocka_unit_test(after_a_long_rest_as_many_may_come_as_at_first_and_no_more),
        cmocka_unit_test(all_together_have_a_limit_too),
        cmocka_unit_test(an_address_stands_for_who_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
