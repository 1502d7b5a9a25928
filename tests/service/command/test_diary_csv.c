/* Diaries from spreadsheets, with the habits of spreadsheets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service/command/diary_csv.h"

struct read {
    struct arena *arena;
    struct diary_csv csv;
    struct error err;
    bool good;
    char *json; /* what was made, compact */
};

static struct read read_bytes(const char *text, size_t length)
{
    struct read at = {.arena = arena_new()};
    at.good = diary_csv_read(text, length, "diary.csv", at.arena, &at.csv, &at.err);
    at.json = at.good ? json_dumps(at.csv.value, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    return at;
}

static struct read read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void forget(struct read *at)
{
    free(at->json);
    json_decref(at->csv.value);
    arena_free(at->arena);
}

static void expect_bytes(const char *text, size_t length, const char *json)
{
    struct read at = read_bytes(text, length);
    if (!at.good)
        fail_msg("%s: %s", text, at.err.message);
    if (strcmp(at.json, json) != 0)
        fail_msg("%s becomes %s", text, at.json);
    forget(&at);
}

static void expect(const char *text, const char *json)
{
    expect_bytes(text, strlen(text), json);
}

#define TWO_DAYS                                                                                   \
    "{\"diary\":[{\"day\":\"2026-01-01\",\"score\":\"7\"},"                                        \
    "{\"day\":\"2026-01-08\",\"score\":\"6\"}],\"sessions\":[],\"symptoms\":[]}"

static void commas_semicolons_and_tabs_part_the_columns(void **state)
{
    (void)state;
    expect("date,score\n2026-01-01,7\n2026-01-08,6\n", TWO_DAYS);
    expect("date;score\n2026-01-01;7\n2026-01-08;6\n", TWO_DAYS);
    expect("date\tscore\n2026-01-01\t7\n2026-01-08\t6\n", TWO_DAYS);
}

static void the_habits_of_spreadsheets_are_taken(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF"
           "Date,Score\r\n2026-01-01,7\r\n\r\n,\r\n2026-01-08,\"6\"\r\n\r\n",
           TWO_DAYS);
    expect("score,date\n7,2026/01/01\n6,2026.01.08\n", TWO_DAYS);
    expect("date,score\n2026-01-01T08:30,7\n2026-01-08 21:00:00,6", TWO_DAYS);
    static const char wide[] = "\xFF\xFE"
                               "d\0a\0y\0,\0s\0c\0o\0r\0e\0\n\0"
                               "0\0,\0"
                               "7\0\n\0";
    expect_bytes(wide, sizeof wide - 1,
                 "{\"diary\":[{\"day\":0.0,\"score\":\"7\"}],\"sessions\":[],\"symptoms\":[]}");
}

static void decimal_commas_stand_where_semicolons_part_or_quotes_hold_them(void **state)
{
    (void)state;
    const char *json =
        "{\"diary\":[{\"day\":0.5,\"score\":\"7,5\"}],\"sessions\":[],\"symptoms\":[]}";
    expect("day;score\n0,5;7,5\n", json);
    expect("day,score\n\"0,5\",\"7,5\"\n", json);
}

static void a_row_can_tell_its_scale_its_session_and_a_note(void **state)
{
    (void)state;
    expect("day,score,outcome,scale,session,note\n"
           "0,7,pain,0-10,1,\"long day, much sitting\"\n"
           "3,,,,yes,\n"
           "5,,,,,\n"
           "6,,,,,fever\n"
           "7,60,pain,0-100,no,\n",
           "{\"diary\":[{\"day\":0.0,\"note\":\"long day, much sitting\",\"outcome\":\"pain\","
           "\"scale\":\"0-10\",\"score\":\"7\"},{\"day\":7.0,\"outcome\":\"pain\","
           "\"scale\":\"0-100\",\"score\":\"60\"}],\"sessions\":[0.0,3.0],"
           "\"symptoms\":[\"fever\"]}");
}

static void other_columns_are_named_and_passed_over(void **state)
{
    (void)state;
    struct read at = read_text("day,mood,score,weather\n0,sad,7,rain\n");
    assert_true(at.good);
    assert_string_equal(at.csv.unread, "mood, weather");
    forget(&at);
}

static void columns_go_by_the_names_that_people_give_them(void **state)
{
    (void)state;
    expect("When,Pain level,Treatment?,How I felt\n0,7,yes,tired\n3,6,no,\n",
           "{\"diary\":[{\"day\":0.0,\"note\":\"tired\",\"score\":\"7\"},"
           "{\"day\":3.0,\"score\":\"6\"}],\"sessions\":[0.0],\"symptoms\":[]}");
    expect("Datum;Schmerz;Sitzung;Bemerkung\n2026-01-01;7;ja;\n2026-01-08;6;;müde\n",
           "{\"diary\":[{\"day\":\"2026-01-01\",\"score\":\"7\"},{\"day\":\"2026-01-08\","
           "\"note\":\"m\u00fcde\",\"score\":\"6\"}],\"sessions\":[\"2026-01-01\"],"
           "\"symptoms\":[]}");
}

static void a_heading_can_tell_the_scale(void **state)
{
    (void)state;
    const char *ten = "{\"diary\":[{\"day\":0.0,\"score\":\"7\"}],\"scale\":\"0-10\","
                      "\"sessions\":[],\"symptoms\":[]}";
    expect("day,pain /10\n0,7\n", ten);
    expect("day,Pain 0-10\n0,7\n", ten);
    expect("day,pain at 8 or 9\n0,7\n",
           "{\"diary\":[{\"day\":0.0,\"score\":\"7\"}],\"sessions\":[],\"symptoms\":[]}");
}

static void two_scores_of_a_day_are_two_scores(void **state)
{
    (void)state;
    expect("day,morning,evening,note\n0,5,7,stiff\n1,,6,\n",
           "{\"diary\":[{\"day\":0.0,\"note\":\"stiff\",\"score\":\"5\"},"
           "{\"day\":0.0,\"score\":\"7\"},{\"day\":1.0,\"score\":\"6\"}],"
           "\"sessions\":[],\"symptoms\":[]}");
}

static void dates_are_read_as_the_whole_column_tells_them(void **state)
{
    (void)state;
    expect("date,score,session\n01/01/2026,7,1\n01/08/2026,6,\n01/13/26,,yes\n",
           "{\"diary\":[{\"day\":\"2026-01-01\",\"score\":\"7\"},"
           "{\"day\":\"2026-01-08\",\"score\":\"6\"}],"
           "\"sessions\":[\"2026-01-01\",\"2026-01-13\"],\"symptoms\":[]}");
    expect("date,score\n01.01.2026,7\n08.01.2026,6\n28.02.2026,5\n",
           "{\"diary\":[{\"day\":\"2026-01-01\",\"score\":\"7\"},{\"day\":\"2026-01-08\","
           "\"score\":\"6\"},{\"day\":\"2026-02-28\",\"score\":\"5\"}],\"sessions\":[],"
           "\"symptoms\":[]}");
    expect("date,score\n1 Jan 2026,7\n8-Jan-26,6\n", TWO_DAYS);
    expect("date,score\n\"January 1, 2026\",7\n8 januari 2026,6\n", TWO_DAYS);
}

static void each_score_knows_its_line(void **state)
{
    (void)state;
    struct read at = read_text("day,score,note\n0,7,\"two\nlines\"\n\n3,\n9,5\n");
    assert_true(at.good);
    assert_int_equal(json_array_size(json_object_get(at.csv.value, "diary")), 2);
    assert_int_equal(at.csv.lines[0], 2);
    assert_int_equal(at.csv.lines[1], 6);
    forget(&at);
}

struct refused {
    const char *text;
    const char *says;
};

static void what_is_in_doubt_is_refused_with_its_line(void **state)
{
    static const struct refused refused[] = {
        {"date,score\n03.04.2026,5\n",
         "line 2: \"03.04.2026\" may be either of two days; write dates as year"},
        {"date,score\n2026-01-01,5\n3/4/2026,5\n", "line 3: \"3/4/2026\" may be either"},
        {"date,score\n25.12.2026,5\n12/25/2026,6\n", "line 2: \"25.12.2026\" may be either"},
        {"date,score\n3-Foo-2026,5\n", "is no day"},
        {"date,score\n3/4/12026,5\n", "is no day"},
        {"date,score\n2026-1-1,5\n", "is no day"},
        {"date,score\n1 January,5\n", "is no day"},
        {"date,score\n,5\n", "line 2: there is no day"},
        {"day,score\n0,7,5\n", "line 2: more fields than the header has"},
        {"day,score,session\n0,7,maybe\n", "line 2: \"maybe\" is neither yes nor no"},
        {"mood,how\n0,7\n", "line 1: the first line must name the columns"},
        {"0,7\n3,6\n", "line 1: the first line must name the columns"},
        {"day\n3\n", "line 1: the first line must name the columns"},
        {"day,score\n0,\"7\n", "is never closed"},
        {"", "nothing in it"},
        {"\n\n", "nothing in it"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct read at = read_text(refused[i].text);
        if (at.good || strstr(at.err.message, refused[i].says) == NULL)
            fail_msg("%s: %s", refused[i].text, at.good ? at.json : at.err.message);
        if (strstr(at.err.message, "diary.csv") == NULL)
            fail_msg("no file in: %s", at.err.message);
        assert_null(at.csv.value);
        forget(&at);
    }
}

static void json_is_told_from_csv_by_its_first_byte(void **state)
{
    (void)state;
    static const char *const json[] = {"{}", " \n {\"a\":1}", "\xEF\xBB\xBF{", "[1]"};
    static const char *const other[] = {"day,score\n", "", "\"day\",\"score\"", "  "};
    for (size_t i = 0; i < sizeof json / sizeof *json; i++)
        assert_true(diary_is_json(json[i], strlen(json[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(diary_is_json(other[i], strlen(other[i])));
}

static void a_file_cut_anywhere_never_aborts(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF"
                               "date;score;session;note\r\n2026-01-01;7,5;1;\"a;b\"\r\n"
                               "2026-01-08;6/10;;\"c\"\"d\"\r\n";
    for (size_t length = 0; length < sizeof text; length++) {
        struct read at = read_bytes(text, length);
        forget(&at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_semicolons_and_tabs_part_the_columns),
        cmocka_unit_test(the_habits_of_spreadsheets_are_taken),
        cmocka_unit_test(decimal_commas_stand_where_semicolons_part_or_quotes_hold_them),
        cmocka_unit_test(a_row_can_tell_its_scale_its_session_and_a_note),
        cmocka_unit_test(other_columns_are_named_and_passed_over),
        cmocka_unit_test(columns_go_by_the_names_that_people_give_them),
        cmocka_unit_test(a_heading_can_tell_the_scale),
        cmocka_unit_test(two_scores_of_a_day_are_two_scores),
        cmocka_unit_test(dates_are_read_as_the_whole_column_tells_them),
        cmocka_unit_test(each_score_knows_its_line),
        cmocka_unit_test(what_is_in_doubt_is_refused_with_its_line),
        cmocka_unit_test(json_is_told_from_csv_by_its_first_byte),
        cmocka_unit_test(a_file_cut_anywhere_never_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
