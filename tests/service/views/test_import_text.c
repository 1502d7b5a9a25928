/* The line that tells how an import goes on, and how long it will. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "service/views/import_text.h"

static const char *line(const struct import_pace *pace)
{
    static char text[256];
    struct buffer out = {0};
    import_progress_line(pace, &out);
    snprintf(text, sizeof text, "%s", buffer_string(&out));
    buffer_release(&out);
    return text;
}

static struct import_run running(int64_t found, int64_t position)
{
    return (struct import_run){
        .source = "pubmed",
        .position = position,
        .counts = {.found = found, .added = position - 30, .merged = 30, .refused = 2}};
}

/* 200 records in 10 seconds are 20 a second; 800 more take 40. */
static void the_line_tells_how_far_how_fast_and_how_long(void **state)
{
    (void)state;
    const struct import_run run = running(1000, 200);
    const struct import_pace pace = {.run = &run, .seconds = 10};
    assert_string_equal(line(&pace),
                        "pubmed  200 of 1000 fetched · 170 new · 30 merged · 2 failed · 20/s · "
                        "40 s left");
}

static void what_was_there_before_is_no_part_of_the_pace(void **state)
{
    (void)state;
    const struct import_run run = running(1000, 200);
    const struct import_pace pace = {.run = &run, .before = 100, .seconds = 10};
    assert_true(import_rate(&pace) == 10);
    assert_true(import_seconds_left(&pace) == 80);
}

static void nothing_is_promised_that_nobody_knows(void **state)
{
    (void)state;
    const struct import_run unknown = running(-1, 200);
    const struct import_run early = running(1000, 0);
    const struct import_pace paces[] = {{.run = &unknown, .seconds = 10},
                                        {.run = &early, .seconds = 10}};
    for (size_t i = 0; i < 2; i++)
        assert_true(isnan(import_seconds_left(&paces[i])));
    assert_string_equal(line(&paces[0]),
                        "pubmed  200 fetched · 170 new · 30 merged · 2 failed · 20/s");
    const struct import_pace first = {.run = &unknown, .seconds = 0.5};
    assert_true(isnan(import_rate(&first)));
}

/* A file's records are not known before its end, its bytes are: a quarter in 5 seconds. */
static void a_file_is_measured_by_its_bytes(void **state)
{
    (void)state;
    const struct import_run run = running(-1, 200);
    const struct import_pace pace = {.run = &run, .seconds = 5, .taken = 25, .total = 100};
    assert_true(import_seconds_left(&pace) == 15);
}

static void a_limit_is_what_is_left_to_do(void **state)
{
    (void)state;
    struct import_run run = running(100000, 200);
    run.most = 300;
    const struct import_pace pace = {.run = &run, .seconds = 10};
    assert_true(import_seconds_left(&pace) == 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_tells_how_far_how_fast_and_how_long),
        cmocka_unit_test(what_was_there_before_is_no_part_of_the_pace),
        cmocka_unit_test(nothing_is_promised_that_nobody_knows),
        cmocka_unit_test(a_file_is_measured_by_its_bytes),
        cmocka_unit_test(a_limit_is_what_is_left_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
