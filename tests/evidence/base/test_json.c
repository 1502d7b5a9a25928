/* The JSON writer and the strict reader, and the numbers, memory and errors beneath them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"

static const char *number_text(double value)
{
    static char text[64];
    struct buffer buffer = {0};
    buffer_number(&buffer, value);
    strcpy(text, buffer_string(&buffer));
    buffer_release(&buffer);
    return text;
}

static void numbers_are_written_with_the_fewest_digits(void **state)
{
    (void)state;
    assert_string_equal(number_text(0.1), "0.1");
    assert_string_equal(number_text(-2.29), "-2.29");
    assert_string_equal(number_text(100), "100");
    assert_string_equal(number_text(-0.0), "0");
    assert_string_equal(number_text(1e-7), "1e-7");
    assert_string_equal(number_text(1.5e300), "1.5e300");
    assert_string_equal(number_text(1.0 / 3), "0.3333333333333333");
    assert_string_equal(number_text(9007199254740991.0), "9007199254740991");
    assert_string_equal(number_text(-0.05), "-0.05");
    assert_string_equal(number_text(0.0001), "0.0001");
    assert_string_equal(number_text(0.00001), "1e-5");
    assert_string_equal(number_text(-1234567.000001), "-1234567.000001");
    assert_string_equal(number_text(0.30000000000000004), "0.30000000000000004");
}

/* Decimals as people write them, against the C library's digits: every one up to four decimals and
 * 200, and those beside them. */
static void decimals_are_what_printf_makes_of_them(void **state)
{
    char expected[64];
    (void)state;
    for (int i = 1; i < 2000000; i += 7)
        for (int side = -1; side <= 1; side++) {
            double value = side == 0 ? i / 1e4 : nextafter(i / 1e4, side < 0 ? 0 : 1e9);
            for (int digits = 15; digits <= 17; digits++) {
                snprintf(expected, sizeof expected, "%.*g", digits, value);
                if (strtod(expected, NULL) == value)
                    break;
            }
            if (strchr(expected, 'e') == NULL)
                assert_string_equal(number_text(value), expected);
        }
}

/* Any double read back from its text is the same double: 200,000 bit patterns from a fixed seed. */
static void every_number_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        double value;
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        memcpy(&value, &seed, sizeof value);
        if (!isfinite(value))
            continue;
        assert_true(strtod(number_text(value), NULL) == value);
    }
}

static void unknown_and_infinite_numbers_are_null(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 0);
    json_begin_array(&json);
    json_put_real(&json, NAN);
    json_put_real(&json, INFINITY);
    json_end_array(&json);
    assert_string_equal(buffer_string(&out), "[null,null]");
    buffer_release(&out);
}

static void strings_are_escaped_and_broken_utf8_is_replaced(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 0);
    json_put_text(&json, "a\"b\\c\n\x01 \xC3\xA9 \xFF \xED\xA0\x80");
    assert_string_equal(buffer_string(&out), "\"a\\\"b\\\\c\\n\\u0001 \xC3\xA9 \xEF\xBF\xBD "
                                             "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    json_t *read = json_loads(buffer_string(&out), JSON_DECODE_ANY, NULL);
    assert_non_null(read);
    json_decref(read);
    buffer_release(&out);
}

/* Among `length` bytes it is written as it is alone, which is what is expected. */
static void stands_alike(size_t length, size_t place, char byte, const struct buffer *expected)
{
    char text[41] = {0};
    struct buffer out = {0};
    struct json_writer json;
    memset(text, 'a', length);
    text[place] = byte;
    json_writer_init(&json, &out, 0);
    json_put_text(&json, text);
    size_t written = expected->length - 2;
    assert_int_equal(out.length, length - 1 + written + 2);
    assert_memory_equal(out.bytes + 1 + place, expected->bytes + 1, written);
    buffer_release(&out);
}

/* Every byte at every place of strings of every length, since up to sixteen are looked at together.
 */
static void a_byte_is_written_alike_wherever_it_stands(void **state)
{
    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        char alone[] = {(char)byte, '\0'};
        struct buffer expected = {0};
        struct json_writer json;
        json_writer_init(&json, &expected, 0);
        json_put_text(&json, alone);
        for (size_t length = 1; length <= 40; length++)
            for (size_t place = 0; place < length; place++)
                stands_alike(length, place, (char)byte, &expected);
        buffer_release(&expected);
    }
}

/* A reader over `text` with room for its problems. */
struct fixture {
    struct arena *arena;
    struct problems problems;
    json_t *value;
    struct json_reader root;
};

static struct fixture open_fixture(const char *text)
{
    struct fixture fixture = {.arena = arena_new()};
    fixture.problems.arena = fixture.arena;
    fixture.value = json_parse(text, strlen(text), "x.json", &fixture.problems);
    return fixture;
}

static void close_fixture(struct fixture *fixture)
{
    json_decref(fixture->value);
    arena_free(fixture->arena);
}

static void what_was_written_before_takes_its_place_among_the_others(void **state)
{
    struct buffer out = {0};
    struct json_writer json;
    (void)state;
    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_put_key(&json, "a");
    json_put_written(&json, "{\"x\":1}", 7);
    json_field_array(&json, "b");
    json_put_written(&json, "2", 1);
    json_put_written(&json, "[3]", 3);
    json_end_array(&json);
    json_end_object(&json);
    assert_string_equal(buffer_string(&out), "{\"a\":{\"x\":1},\"b\":[2,[3]]}");
    buffer_release(&out);
}

static void a_problem_names_file_and_field(void **state)
{
    (void)state;
    struct fixture fixture = open_fixture("{\"list\": [{\"a/b\": 3}]}");
    struct json_reader root = json_root(fixture.value, "x.json", &fixture.problems);
    struct json_reader list = json_get_list(&root, "list");
    struct json_reader item = json_get_element(&list, 0);
    assert_null(json_get_text(&item, "a/b", REQUIRED));
    assert_int_equal(fixture.problems.count, 1);
    assert_string_equal(fixture.problems.items[0]->file, "x.json");
    assert_string_equal(fixture.problems.items[0]->pointer, "/list/0/a~1b");
    assert_string_equal(fixture.problems.items[0]->detail, "must be a string");
    close_fixture(&fixture);
}

static void unknown_and_missing_fields_are_problems(void **state)
{
    (void)state;
    struct fixture fixture = open_fixture("{\"known\": 1, \"strange\": 2}");
    struct json_reader root = json_root(fixture.value, "x.json", &fixture.problems);
    json_fields(&root, (const char *const[]){"known", "wanted", NULL});
    json_get_text(&root, "wanted", REQUIRED);
    assert_int_equal(fixture.problems.count, 2);
    assert_string_equal(fixture.problems.items[0]->pointer, "/strange");
    assert_string_equal(fixture.problems.items[1]->pointer, "/wanted");
    close_fixture(&fixture);
}

static void members_are_put_to_their_places(void **state)
{
    (void)state;
    static const char *const known[] = {"a", "b", "c", NULL};
    const json_t *members[3];
    struct fixture fixture = open_fixture("{\"b\": 2, \"c\": null, \"strange\": 1, \"list\": [7]}");
    struct json_reader root = json_root(fixture.value, "x.json", &fixture.problems);
    json_members(&root, known, members);
    assert_null(members[0]);
    assert_int_equal(json_integer_value(members[1]), 2);
    assert_null(members[2]);
    assert_int_equal(fixture.problems.count, 2);
    assert_string_equal(fixture.problems.items[0]->pointer, "/strange");
    struct json_reader list = json_get_list(&root, "list");
    struct json_reader number = json_get_element(&list, 0);
    json_members(&number, known, members); /* no object */
    assert_null(members[1]);
    assert_int_equal(fixture.problems.count, 3);
    assert_string_equal(fixture.problems.items[2]->pointer, "/list/0");
    close_fixture(&fixture);
}

static void absent_and_null_mean_unknown(void **state)
{
    (void)state;
    struct fixture fixture = open_fixture("{\"n\": null}");
    struct json_reader root = json_root(fixture.value, "x.json", &fixture.problems);
    assert_true(isnan(json_get_number(&root, "n", OPTIONAL)));
    assert_int_equal(json_get_count(&root, "n", OPTIONAL, 0, 9), COUNT_UNKNOWN);
    assert_int_equal(json_get_count(&root, "m", OPTIONAL, 0, 9), COUNT_UNKNOWN);
    assert_null(json_get_text(&root, "m", OPTIONAL));
    assert_int_equal(fixture.problems.count, 0);
    close_fixture(&fixture);
}

static void counts_and_choices_are_checked(void **state)
{
    (void)state;
    struct fixture fixture =
        open_fixture("{\"many\": 10, \"half\": 0.5, \"word\": \"blue\", \"empty\": \"\"}");
    struct json_reader root = json_root(fixture.value, "x.json", &fixture.problems);
    assert_int_equal(json_get_count(&root, "many", REQUIRED, 0, 9), COUNT_UNKNOWN);
    assert_int_equal(json_get_count(&root, "half", REQUIRED, 0, 9), COUNT_UNKNOWN);
    assert_int_equal(
        json_get_choice(&root, "word", REQUIRED, (const char *const[]){"red", "green", NULL}), -1);
    assert_null(json_get_text(&root, "empty", OPTIONAL));
    assert_int_equal(fixture.problems.count, 4);
    assert_string_equal(fixture.problems.items[2]->detail, "\"blue\" is not one of: red, green");
    close_fixture(&fixture);
}

static void what_is_no_json_is_told_with_its_line(void **state)
{
    (void)state;
    struct fixture cut = open_fixture("{\"a\": 1,\n\"b\": ");
    assert_null(cut.value);
    assert_non_null(strstr(cut.problems.items[0]->detail, "line 2"));
    close_fixture(&cut);
    struct fixture twice = open_fixture("{\"a\": 1, \"a\": 2}");
    assert_null(twice.value);
    close_fixture(&twice);
}

static void problems_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena_new()};
    struct error err = {0};
    for (int i = 0; i < PROBLEMS_KEPT + 7; i++)
        problems_add(&problems, "f", "/x", "problem %d", i);
    assert_int_equal(problems.kept, PROBLEMS_KEPT);
    assert_int_equal(problems.count, PROBLEMS_KEPT + 7);
    assert_false(problems_none(&problems, &err));
    assert_non_null(strstr(err.message, "f: /x: problem 0 (and 506 more)"));
    arena_free(problems.arena);
}

static void the_first_error_stays_and_callers_add_what_they_did(void **state)
{
    (void)state;
    struct error err = {0};
    assert_false(error_set(&err, ERROR_STORE, "no room for %d", 3));
    error_set(&err, ERROR_IO, "later");
    error_while(&err, "saving %s", "x.db");
    assert_int_equal(err.kind, ERROR_STORE);
    assert_string_equal(err.message, "saving x.db: no room for 3");
}

static void a_long_error_is_cut_not_overrun(void **state)
{
    (void)state;
    struct error err = {0};
    char long_text[3 * ERROR_MESSAGE_SIZE];
    memset(long_text, 'x', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    error_set(&err, ERROR_INVALID, "%s", long_text);
    for (int i = 0; i < 5; i++)
        error_while(&err, "%s", long_text);
    assert_true(strlen(err.message) < ERROR_MESSAGE_SIZE);
}

static void an_arena_gives_zeroed_memory_of_any_size(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t size = 0; size < 100000; size = size * 2 + 1) {
        unsigned char *bytes = arena_alloc(arena, size);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xAA, size);
    }
    assert_string_equal(arena_printf(arena, "%d-%s", 7, "x"), "7-x");
    assert_null(arena_strdup(arena, NULL));
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_with_the_fewest_digits),
        cmocka_unit_test(a_byte_is_written_alike_wherever_it_stands),
        cmocka_unit_test(decimals_are_what_printf_makes_of_them),
        cmocka_unit_test(every_number_reads_back),
        cmocka_unit_test(unknown_and_infinite_numbers_are_null),
        cmocka_unit_test(strings_are_escaped_and_broken_utf8_is_replaced),
        cmocka_unit_test(what_was_written_before_takes_its_place_among_the_others),
        cmocka_unit_test(a_problem_names_file_and_field),
        cmocka_unit_test(unknown_and_missing_fields_are_problems),
        cmocka_unit_test(members_are_put_to_their_places),
        cmocka_unit_test(absent_and_null_mean_unknown),
        cmocka_unit_test(counts_and_choices_are_checked),
        cmocka_unit_test(what_is_no_json_is_told_with_its_line),
        cmocka_unit_test(problems_beyond_the_limit_are_counted),
        cmocka_unit_test(the_first_error_stays_and_callers_add_what_they_did),
        cmocka_unit_test(a_long_error_is_cut_not_overrun),
        cmocka_unit_test(an_arena_gives_zeroed_memory_of_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
