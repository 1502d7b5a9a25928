#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "importers/formats/date_text.h"

struct written {
    const char *text;
    const char *expected; /* NULL: no year */
};

static void assert_dates(enum date_order order, const struct written *rows, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        const char *date = date_write(date_read(rows[i].text, order), arena);
        if ((date == NULL) != (rows[i].expected == NULL) ||
            (date != NULL && strcmp(date, rows[i].expected) != 0))
            fail_msg("\"%s\" read as %s", rows[i].text, date == NULL ? "nothing" : date);
    }
    arena_free(arena);
}

#define ASSERT_DATES(order, rows) assert_dates(order, rows, sizeof(rows) / sizeof *(rows))

static void dates_of_all_sources_come_out_in_one_form(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"2019", "2019"},
        {"2019///", "2019"},
        {"2016/09//", "2016-09"},
        {"2012/07/03", "2012-07-03"},
        {"2019/10//undefined", "2019-10"},
        {"2014-08-29", "2014-08-29"},
        {"2022-05", "2022-05"},
        {"2024-11-19T15:53:33Z", "2024-11-19"},
        {"2023-04-21 14:11:38", "2023-04-21"},
        {"20160419", "2016-04-19"},
        {"2017 Feb", "2017-02"},
        {"2010 Jun 1", "2010-06-01"},
        {"25 Aug 2004", "2004-08-25"},
        {"August 25, 2004", "2004-08-25"},
        {"JUN 8 2004", "2004-06-08"},
        {"Sept 2011", "2011-09"},
        {"27.9.2023", "2023-09-27"},
        {"9/27/2023", "2023-09-27"},
        {"5/5/2023", "2023-05-05"},
        {"09/2014", "2014-09"},
        {"c2017", "2017"},
        {"[2017]", "2017"},
        {"2017.0", "2017"}, /* as spreadsheets write it */
    };
    ASSERT_DATES(DATE_ORDER_UNKNOWN, rows);
}

static void of_a_span_or_a_doubtful_order_the_year_alone_is_taken(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"2011 Nov-Dec", "2011"},      {"2014 Jan 1-15", "2014-01"},
        {"2019 Dec-2020 Jan", "2019"}, /* as PubMed files it */
        {"2015-2016", "2015"},         {"2013 Winter", "2013"},
        {"3/4/2019", "2019"},          {"12 2014", "2014"},
        {"100-120 2012", "2012"},
    };
    ASSERT_DATES(DATE_ORDER_UNKNOWN, rows);
}

static void a_source_may_say_that_the_month_comes_first(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"3/4/2019 0:00", "2019-03-04"},
        {"9/27/2023 0:00", "2023-09-27"},
        {"12/29/2023 0:00", "2023-12-29"},
    };
    ASSERT_DATES(DATE_ORDER_MONTH_FIRST, rows);
}

static void what_cannot_be_is_left_out(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"2019-13-01", "2019"},
        {"2019-02-30", "2019-02"},
        {"2019-02-29", "2019-02"},
        {"2020-02-29", "2020-02-29"},
        {"10 15", NULL},
        {"Nov", NULL},
        {"", NULL},
        {"in press", NULL},
        {"0000", NULL},
        {"9999", NULL},
        {"20191301", "2019"},
        {"99999999", NULL},
        {"123456789012345678901234567890", NULL},
        {NULL, NULL},
    };
    ASSERT_DATES(DATE_ORDER_UNKNOWN, rows);
}

static void a_month_and_day_may_stand_without_a_year(void **state)
{
    (void)state;
    struct date date = date_read("JUN 8", DATE_ORDER_UNKNOWN);
    assert_int_equal(date.year, 0);
    assert_int_equal(date.month, 6);
    assert_int_equal(date.day, 8);
}

static void months_are_known_by_number_and_name(void **state)
{
    (void)state;
    assert_int_equal(date_month("aug"), 8);
    assert_int_equal(date_month("August"), 8);
    assert_int_equal(date_month("Sept"), 9);
    assert_int_equal(date_month("08"), 8);
    assert_int_equal(date_month("12"), 12);
    assert_int_equal(date_month("13"), 0);
    assert_int_equal(date_month("0"), 0);
    assert_int_equal(date_month("ma"), 0);
    assert_int_equal(date_month("spring"), 0);
    assert_int_equal(date_month(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_all_sources_come_out_in_one_form),
        cmocka_unit_test(of_a_span_or_a_doubtful_order_the_year_alone_is_taken),
        cmocka_unit_test(a_source_may_say_that_the_month_comes_first),
        cmocka_unit_test(what_cannot_be_is_left_out),
        cmocka_unit_test(a_month_and_day_may_stand_without_a_year),
        cmocka_unit_test(months_are_known_by_number_and_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
