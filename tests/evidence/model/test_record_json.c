/* A record as JSON: what goes in comes out, and what is unknown stays unknown. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/record_json.h"
#include "tests/evidence/random_record.h"

static const char *written(const struct record *record, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    record_write(record, &writer);
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void parsed(const char *text, struct arena *arena, struct record *out)
{
    struct error err = {0};
    if (!record_parse(text, strlen(text), "test", arena, out, &err))
        fail_msg("%s: %s", err.message, text);
}

static void nothing_known_is_an_empty_object(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    assert_string_equal(written(&record, arena), "{}");
    struct record read;
    parsed("{}", arena, &read);
    assert_int_equal(read.year, COUNT_UNKNOWN);
    assert_int_equal(read.machine.participants, COUNT_UNKNOWN);
    assert_null(read.title);
    assert_null(read.registrations[0]);
    arena_free(arena);
}

static void what_is_written_reads_back_as_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct arena *arena = arena_new();
        struct random random = {.state = seed, .arena = arena};
        struct record record = random_record(&random);
        const char *text = written(&record, arena);
        struct record read;
        parsed(text, arena, &read);
        assert_string_equal(written(&read, arena), text);
        arena_free(arena);
    }
}

static void figures_keep_every_digit_and_unknown_ones_stay_so(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct record_arm arms[] = {{.label = "Dry needling",
                                       .role = ROLE_INTERVENTION,
                                       .role_known = true,
                                       .n = 21,
                                       .mean = 2.1,
                                       .sd = NAN,
                                       .se = NAN,
                                       .median = NAN,
                                       .q1 = NAN,
                                       .q3 = NAN,
                                       .low = 0.1,
                                       .high = 1.0 / 3,
                                       .events = COUNT_UNKNOWN}};
    const struct record_result results[] = {{.outcome = "Pain",
                                             .figure = FIGURE_MD,
                                             .estimate = -1.25,
                                             .ci_low = NAN,
                                             .ci_high = NAN,
                                             .se = NAN,
                                             .p = NAN,
                                             .p_text = "<0.001",
                                             .arms = arms,
                                             .arm_count = 1}};
    struct record record;
    struct record read;
    record_init(&record);
    record.results = results;
    record.result_count = 1;
    parsed(written(&record, arena), arena, &read);
    assert_int_equal(read.result_count, 1);
    assert_true(read.results[0].estimate == -1.25);
    assert_true(isnan(read.results[0].p));
    assert_string_equal(read.results[0].p_text, "<0.001");
    assert_true(read.results[0].arms[0].high == 1.0 / 3);
    assert_true(isnan(read.results[0].arms[0].sd));
    assert_int_equal(read.results[0].arms[0].events, COUNT_UNKNOWN);
    arena_free(arena);
}

static void what_this_program_did_not_write_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *said;
    } cases[] = {
        {"{\"colour\":1}", "colour"},
        {"{\"year\":\"2001\"}", "/year"},
        {"{\"notices\":[{\"type\":\"rumour\"}]}", "/notices/0/type"},
        {"{\"title\":", "test"},
        {"[]", "test"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct error err = {0};
        struct record read;
        assert_false(
            record_parse(cases[i].text, strlen(cases[i].text), "test", arena, &read, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
        assert_non_null(strstr(err.message, cases[i].said));
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known_is_an_empty_object),
        cmocka_unit_test(what_is_written_reads_back_as_the_same_bytes),
        cmocka_unit_test(figures_keep_every_digit_and_unknown_ones_stay_so),
        cmocka_unit_test(what_this_program_did_not_write_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
