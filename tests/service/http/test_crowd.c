/* How many connections an address has. Peers are made up; no socket is opened. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

#include "service/http/crowd.h"

enum { MOST = 3, MANY = 5000 };

static struct crowd_place enter(struct crowd *crowd, const char *address)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(4321)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(4321)};
    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
        return crowd_enter(crowd, (struct sockaddr *)&v4, sizeof v4);
    assert_int_equal(inet_pton(AF_INET6, address, &v6.sin6_addr), 1);
    return crowd_enter(crowd, (struct sockaddr *)&v6, sizeof v6);
}

static void so_many_are_served_as_many_told_and_the_rest_shut_out(void **state)
{
    struct crowd *crowd = crowd_new(MOST, NULL);
    struct crowd_place places[2 * MOST];
    (void)state;
    for (int i = 0; i < 2 * MOST; i++) {
        places[i] = enter(crowd, "192.0.2.7");
        assert_int_equal(places[i].room, i < MOST ? CROWD_ROOM : CROWD_FULL);
    }
    assert_int_equal(enter(crowd, "192.0.2.7").room, CROWD_SHUT);
    struct crowd_place other = enter(crowd, "192.0.2.8");
    assert_int_equal(other.room, CROWD_ROOM);
    crowd_leave(crowd, places[0]);
    struct crowd_place next = enter(crowd, "192.0.2.7");
    assert_int_equal(next.room, CROWD_ROOM); /* whatever many are being told no */
    for (int i = 1; i < 2 * MOST; i++)
        crowd_leave(crowd, places[i]);
    crowd_leave(crowd, next);
    crowd_leave(crowd, other);
    crowd_free(crowd);
}

/* 2001:db8:1:2::/64 is one household's, and ::ffff:192.0.2.7 is 192.0.2.7. */
static void a_household_counts_as_one(void **state)
{
    struct crowd *crowd = crowd_new(1, NULL);
    (void)state;
    struct crowd_place first = enter(crowd, "2001:db8:1:2::1");
    struct crowd_place second = enter(crowd, "2001:db8:1:2:ffff::2");
    struct crowd_place neighbour = enter(crowd, "2001:db8:1:3::1");
    struct crowd_place plain = enter(crowd, "192.0.2.7");
    struct crowd_place mapped = enter(crowd, "::ffff:192.0.2.7");
    assert_int_equal(second.room, CROWD_FULL);
    assert_int_equal(neighbour.room, CROWD_ROOM);
    assert_int_equal(mapped.room, CROWD_FULL);
    crowd_leave(crowd, first);
    crowd_leave(crowd, second);
    crowd_leave(crowd, neighbour);
    crowd_leave(crowd, plain);
    crowd_leave(crowd, mapped);
    crowd_free(crowd);
}

static void this_machine_trusted_proxies_and_unix_sockets_are_not_counted(void **state)
{
    const struct sockaddr_un local = {.sun_family = AF_UNIX};
    static const char *const spared[] = {"127.0.0.1",        "127.8.9.10", "::1",
                                         "::ffff:127.0.0.1", "192.0.2.1",  "2001:db8::1"};
    struct error err = {0};
    struct proxies *proxies = proxies_new("192.0.2.1,2001:db8::1", &err);
    struct crowd *crowd = crowd_new(1, proxies);
    (void)state;
    assert_non_null(proxies);
    for (size_t i = 0; i < sizeof spared / sizeof spared[0]; i++)
        for (int times = 0; times < MOST; times++) {
            struct crowd_place place = enter(crowd, spared[i]);
            assert_int_equal(place.room, CROWD_ROOM);
            assert_null(place.caller);
        }
    for (int times = 0; times < MOST; times++)
        assert_int_equal(crowd_enter(crowd, (const struct sockaddr *)&local, sizeof local).room,
                         CROWD_ROOM);
    crowd_leave(crowd, (struct crowd_place){0});
    crowd_free(crowd);
    proxies_free(proxies);
}

static void many_addresses_are_counted_each_by_itself(void **state)
{
    static struct crowd_place places[MANY][2];
    struct crowd *crowd = crowd_new(1, NULL);
    (void)state;
    for (unsigned i = 0; i < MANY; i++) {
        char address[INET_ADDRSTRLEN];
        snprintf(address, sizeof address, "10.1.%u.%u", i / 256, i % 256);
        places[i][0] = enter(crowd, address);
        places[i][1] = enter(crowd, address);
        assert_int_equal(places[i][0].room, CROWD_ROOM);
        assert_int_equal(places[i][1].room, CROWD_FULL);
    }
    for (unsigned i = 0; i < MANY; i++) {
        crowd_leave(crowd, places[i][i % 2]);
        crowd_leave(crowd, places[i][1 - i % 2]);
    }
    crowd_free(crowd);
}

static void the_words_say_how_many_and_what_to_do(void **state)
{
    struct crowd *crowd = crowd_new(MOST, NULL);
    (void)state;
    assert_non_null(strstr(crowd_words(crowd), " 3 connections"));
    assert_non_null(strstr(crowd_words(crowd), "close some"));
    crowd_free(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_are_served_as_many_told_and_the_rest_shut_out),
        cmocka_unit_test(a_household_counts_as_one),
        cmocka_unit_test(this_machine_trusted_proxies_and_unix_sockets_are_not_counted),
        cmocka_unit_test(many_addresses_are_counted_each_by_itself),
        cmocka_unit_test(the_words_say_how_many_and_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
