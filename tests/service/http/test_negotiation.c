#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "service/http/date.h"
#include "service/http/encoding.h"
#include "service/http/etag.h"

/* RFC 9110, sections 12.4.2 and 12.5.3. */
static void gzip_is_taken_by_quality(void **state)
{
    static const struct {
        const char *list;
        bool gzip;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"gzip", true},
        {"GZIP", true},
        {"gzip, deflate, br", true},
        {"deflate, br", false},
        {"gzip;q=0", false},
        {"gzip; q=0.000", false},
        {"gzip;q=0.001", true},
        {"gzip;q=1.0", true},
        {"*", true},
        {"*;q=0", false},
        {"gzip;q=0, *", false},
        {"*;q=0, gzip", true},
        {"identity, gzip;q=0.5", false},
        {"identity;q=0.5, gzip", true},
        {"identity;q=0", false},
        {"br;q=1.0, gzip;q=0.8, *;q=0.1", true},
        {"xgzip", false},
        {"gzip;q=x", false},
        {"gzip;q=2", false},
        {", ,gzip", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (encoding_accepts_gzip(cases[i].list) != cases[i].gzip)
            fail_msg("Accept-Encoding: %s", cases[i].list);
}

static void only_text_is_worth_compressing(void **state)
{
    (void)state;
    assert_true(encoding_is_text("application/json"));
    assert_true(encoding_is_text("application/problem+json; charset=utf-8"));
    assert_true(encoding_is_text("text/html; charset=utf-8"));
    assert_true(encoding_is_text("image/svg+xml"));
    assert_true(encoding_is_text("application/atom+xml"));
    assert_false(encoding_is_text("image/png"));
    assert_false(encoding_is_text("application/octet-stream"));
    assert_false(encoding_is_text("application/gzip"));
}

static void gzipped_bytes_come_back_and_are_the_same_each_time(void **state)
{
    struct error err = {0};
    struct buffer packed = {0};
    struct buffer again = {0};
    char text[5000];
    char back[5000];
    z_stream stream = {0};
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * i % 7);
    assert_true(encoding_gzip(text, sizeof text, &packed, &err));
    assert_true(encoding_gzip(text, sizeof text, &again, &err));
    assert_int_equal(packed.length, again.length);
    assert_memory_equal(packed.bytes, again.bytes, packed.length);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)packed.bytes;
    stream.avail_in = (uInt)packed.length;
    stream.next_out = (Bytef *)back;
    stream.avail_out = sizeof back;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    assert_memory_equal(back, text, sizeof text);
    buffer_release(&packed);
    buffer_release(&again);
}

static void a_tag_is_found_in_its_list_weakly(void **state)
{
    static const struct {
        const char *list;
        bool found;
    } cases[] = {
        {"\"abc\"", true},
        {"W/\"abc\"", true},
        {"\"x\", \"abc\"", true},
        {"\"abc-gz\"", true},
        {"\"x\",W/\"abc-gz\"", true},
        {"*", true},
        {" * ", true},
        {"\"abcd\"", false},
        {"\"ab\"", false},
        {"abc", false},
        {"\"abc", false},
        {"", false},
        {"\"x\" junk \"abc\"", false},
        {"\"ABC\"", false},
        {"w/\"abc\"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (etag_listed(cases[i].list, "abc") != cases[i].found)
            fail_msg("If-None-Match: %s", cases[i].list);
    assert_false(etag_listed(NULL, "abc"));
    assert_false(etag_listed("*", NULL));
}

static void if_match_takes_no_weak_tags(void **state)
{
    (void)state;
    assert_true(etag_listed_strong("\"abc\"", "abc"));
    assert_true(etag_listed_strong("W/\"x\", \"abc\"", "abc"));
    assert_false(etag_listed_strong("W/\"abc\"", "abc"));
    assert_false(etag_listed_strong("*", NULL));
}

static void a_tag_of_bytes_changes_with_them(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    assert_int_equal(strlen(etag_of("a", 1, arena)), 32);
    assert_string_equal(etag_of("a", 1, arena), etag_of("a", 1, arena));
    assert_string_not_equal(etag_of("a", 1, arena), etag_of("b", 1, arena));
    assert_string_equal(etag_quoted("t", false, arena), "\"t\"");
    assert_string_equal(etag_quoted("t", true, arena), "\"t-gz\"");
    arena_free(arena);
}

/* The example of RFC 9110, section 5.6.7: 784111777 is 1994-11-06 08:49:37 UTC. */
static void dates_are_written_and_read_in_all_three_forms(void **state)
{
    static const char *const forms[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-94 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 1994"};
    const time_t example = 784111777;
    char text[HTTP_DATE_SIZE];
    (void)state;
    http_date_write(example, text);
    assert_string_equal(text, forms[0]);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        time_t at = 0;
        assert_true(http_date_read(forms[i], 1800000000, &at));
        assert_int_equal(at, example);
    }
}

static void assert_as_strftime(time_t at)
{
    char date[HTTP_DATE_SIZE];
    char stamp[TIMESTAMP_SIZE];
    char expected[64];
    struct tm when;
    gmtime_r(&at, &when);
    http_date_write(at, date);
    strftime(expected, sizeof expected, "%a, %d %b %Y %H:%M:%S GMT", &when);
    if (when.tm_year >= 1000 - 1900) /* before, strftime writes fewer digits */
        assert_string_equal(date, expected);
    timestamp_write(at, stamp);
    strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &when);
    if (when.tm_year >= 1000 - 1900)
        assert_string_equal(stamp, expected);
}

/* Against the C library: each day of four centuries, which is how long the calendar takes to begin
 * anew, and seconds at the edges of days. */
static void dates_are_those_of_the_calendar(void **state)
{
    enum { DAY = 86400, FOUR_CENTURIES = 146097 };
    char text[HTTP_DATE_SIZE];
    (void)state;
    for (time_t day = -FOUR_CENTURIES / 2; day < FOUR_CENTURIES; day++)
        assert_as_strftime(day * DAY + (day % 7) * 12345);
    for (time_t at = -3; at < 3; at++) {
        assert_as_strftime(at);
        assert_as_strftime(951782400 + at);    /* 2000-02-29 */
        assert_as_strftime(4107542400 + at);   /* 2100-03-01 */
        assert_as_strftime(-30610224000 + at); /* 1000-01-01 */
    }
    http_date_write(-62135596800, text);
    assert_string_equal(text, "Mon, 01 Jan 0001 00:00:00 GMT");
    http_date_write(253402300799, text);
    assert_string_equal(text, "Fri, 31 Dec 9999 23:59:59 GMT");
}

static void years_of_more_digits_are_not_written(void **state)
{
    char date[HTTP_DATE_SIZE];
    char stamp[TIMESTAMP_SIZE];
    (void)state;
    http_date_write(-62135596801, date);
    assert_string_equal(date, "");
    http_date_write(253402300800, date);
    assert_string_equal(date, "");
    timestamp_write(253402300800, stamp);
    assert_string_equal(stamp, "");
}

static void what_is_no_date_is_none(void **state)
{
    static const char *const bad[] = {"",
                                      "yesterday",
                                      "Sun, 06 Nov 1994 08:49:37",
                                      "Sun, 06 Foo 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994 25:49:37 GMT",
                                      "Sun, 00 Nov 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994 08:49:37 GMT and more",
                                      "1994-11-06T08:49:37Z",
                                      "Sun, 06 anF 1994 08:49:37 GMT"};
    time_t at;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (http_date_read(bad[i], 0, &at))
            fail_msg("%s", bad[i]);
    assert_false(http_date_read(NULL, 0, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_is_taken_by_quality),
        cmocka_unit_test(only_text_is_worth_compressing),
        cmocka_unit_test(gzipped_bytes_come_back_and_are_the_same_each_time),
        cmocka_unit_test(a_tag_is_found_in_its_list_weakly),
        cmocka_unit_test(if_match_takes_no_weak_tags),
        cmocka_unit_test(a_tag_of_bytes_changes_with_them),
        cmocka_unit_test(dates_are_written_and_read_in_all_three_forms),
        cmocka_unit_test(dates_are_those_of_the_calendar),
        cmocka_unit_test(years_of_more_digits_are_not_written),
        cmocka_unit_test(what_is_no_date_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
