/* Diaries as people have them. On the curated base. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/diary.h"
#include "tests/evidence/judgement/real_knowledge.h"

struct read {
    struct arena *arena;
    struct problems problems;
    struct diary diary;
};

/* `text` with ' for ". */
static struct read read_diary(const struct catalog *catalog, const char *text)
{
    struct read at = {.arena = arena_new()};
    char *json = arena_strdup(at.arena, text);
    at.problems.arena = at.arena;
    for (char *byte = json; *byte != '\0'; byte++)
        if (*byte == '\'')
            *byte = '"';
    json_t *value = json_parse(json, strlen(json), NULL, &at.problems);
    struct json_reader reader = json_root(value, NULL, &at.problems);
    if (value != NULL)
        diary_read(&reader, catalog, &at.diary);
    json_decref(value);
    return at;
}

#define HEAD "{'intervention':'tens','condition':'low-back-pain',"

static void names_are_taken_as_people_put_them(void **state)
{
    struct read at = read_diary(*state, "{'intervention':'TENS machine','condition':'my lower back "
                                        "hurts','diary':[{'day':0,'score':5}]}");
    assert_int_equal(at.problems.count, 0);
    assert_string_equal(at.diary.intervention->id, "tens");
    assert_string_equal(at.diary.condition->id, "low-back-pain");
    assert_string_equal(at.diary.outcome->id, "pain-intensity");
    arena_free(at.arena);
}

struct written {
    const char *scale;
    const char *score;
    double level;
};

static void scores_come_to_one_scale(void **state)
{
    static const struct written written[] = {
        {"'0-10'", "7", 7},
        {"'0-100'", "70", 7},
        {"'VAS 0-100 mm'", "35", 3.5},
        {"'0 to 5'", "2", 4},
        {"'1-5'", "1", 0},
        {"{'low':0,'high':50}", "10", 2},
        {"{'low':0,'high':50,'better':'higher'}", "10", 8},
        {"'0-100'", "'7/10'", 7},
        {"'0-10'", "'4.5'", 4.5},
        {"'words'", "'moderate'", 5},
        {"'words'", "'Very severe'", 9},
        {"'0-10'", "'none'", 0},
    };
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        struct arena *arena = arena_new();
        struct read at = read_diary(
            *state, arena_printf(arena, HEAD "'scale':%s,'diary':[{'day':0,'score':%s}]}",
                                 written[i].scale, written[i].score));
        assert_int_equal(at.problems.count, 0);
        if (fabs(at.diary.scores[0].level - written[i].level) > 1e-12)
            fail_msg("%s on %s is %g", written[i].score, written[i].scale,
                     at.diary.scores[0].level);
        arena_free(at.arena);
        arena_free(arena);
    }
}

static void a_scale_that_nobody_told_is_guessed_and_said(void **state)
{
    struct read ten =
        read_diary(*state, HEAD "'diary':[{'day':0,'score':7},{'day':3,'score':10}]}");
    struct read hundred =
        read_diary(*state, HEAD "'diary':[{'day':0,'score':7},{'day':3,'score':55}]}");
    assert_true(ten.diary.scores[0].level == 7);
    assert_true(fabs(hundred.diary.scores[0].level - 0.7) < 1e-12);
    assert_non_null(strstr(ten.diary.warnings[0], "0 to 10"));
    assert_non_null(strstr(hundred.diary.warnings[0], "0 to 100"));
    arena_free(ten.arena);
    arena_free(hundred.arena);
}

static void a_level_is_told_back_on_its_own_scale(void **state)
{
    (void)state;
    const struct diary_scale points = {0, 50, false, NULL};
    const struct diary_scale function = {0, 50, true, NULL};
    assert_true(diary_told(&points, 2) == 10);
    assert_true(diary_told(&function, 2) == 40);
}

static void days_come_in_any_order_and_with_gaps(void **state)
{
    struct read at =
        read_diary(*state, HEAD "'scale':'0-10','diary':[{'day':12,'score':5},{'day':0,'score':7},"
                                "{'day':3.5,'score':6}]}");
    assert_int_equal(at.problems.count, 0);
    assert_true(at.diary.scores[0].day == 0 && at.diary.scores[1].day == 3.5 &&
                at.diary.scores[2].day == 12);
    arena_free(at.arena);
}

static void days_count_from_the_first_session(void **state)
{
    struct read told = read_diary(*state, HEAD "'started':10,'diary':[{'day':8,'score':7}]}");
    struct read sessions =
        read_diary(*state, HEAD "'sessions':[9,5],'diary':[{'day':8,'score':7}]}");
    struct read scores = read_diary(*state, HEAD "'diary':[{'day':8,'score':7}]}");
    assert_true(told.diary.scores[0].day == -2);
    assert_true(sessions.diary.scores[0].day == 3);
    assert_true(scores.diary.scores[0].day == 0);
    arena_free(told.arena);
    arena_free(sessions.arena);
    arena_free(scores.arena);
}

static void a_text_or_a_list_is_taken_alike(void **state)
{
    struct read text = read_diary(*state, HEAD "'diary':[],'symptoms':'a','medicines':['b','c']}");
    assert_int_equal(text.problems.count, 0);
    assert_string_equal(text.diary.symptoms[0], "a");
    assert_null(text.diary.symptoms[1]);
    assert_string_equal(text.diary.medicines[1], "c");
    arena_free(text.arena);
}

struct refused {
    const char *text;
    const char *pointer;
    const char *says;
};

static void what_cannot_be_meant_is_refused_with_its_place(void **state)
{
    static const struct refused refused[] = {
        {"{'condition':'low-back-pain','diary':[]}", "/intervention", "required"},
        {"{'intervention':'wobbulator 9000','condition':'low-back-pain','diary':[]}",
         "/intervention", "not known"},
        {HEAD "'diary':[{'day':0,'score':11,'scale':'0-10'}]}", "/diary/0/score", "off its scale"},
        {HEAD "'diary':[{'day':0,'score':-1}]}", "/diary/0/score", "off its scale"},
        {HEAD "'diary':[{'day':0,'score':'meh'}]}", "/diary/0/score", "neither a number"},
        {HEAD "'diary':[{'day':'2026-02-30','score':1}]}", "/diary/0/day", "no day"},
        {HEAD "'diary':[{'day':'soon','score':1}]}", "/diary/0/day", "no day"},
        {HEAD "'started':0,'diary':[{'day':'2026-02-03','score':1}]}", "/diary/0/day",
         "numbers in another"},
        {HEAD "'diary':[{'day':1e9,'score':1}]}", "/diary/0/day", "too far"},
        {HEAD "'diary':[{'score':1}]}", "/diary/0/day", "required"},
        {HEAD "'diary':[{'day':0}]}", "/diary/0/score", "required"},
        {HEAD "'diary':[{'day':0,'score':1,'mood':3}]}", "/diary/0/mood", "unknown field"},
        {HEAD "'scale':'big','diary':[]}", "/scale", "ends"},
        {HEAD "'scale':{'low':5,'high':5},'diary':[]}", "/scale/high", "above low"},
        {HEAD "'trial':{'days':-4},'diary':[]}", "/trial/days", "above 0"},
        {HEAD "'diary':7}", "/diary", "list"},
        {HEAD "'diary':[],'symptoms':4}", "/symptoms", "list"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct read at = read_diary(*state, refused[i].text);
        bool found = false;
        for (size_t j = 0; j < at.problems.kept; j++)
            found = found || (strcmp(at.problems.items[j]->pointer, refused[i].pointer) == 0 &&
                              strstr(at.problems.items[j]->detail, refused[i].says) != NULL);
        if (!found)
            fail_msg("%s: no problem at %s; the first is %s %s", refused[i].text,
                     refused[i].pointer, at.problems.kept ? at.problems.items[0]->pointer : "-",
                     at.problems.kept ? at.problems.items[0]->detail : "-");
        arena_free(at.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_taken_as_people_put_them),
        cmocka_unit_test(scores_come_to_one_scale),
        cmocka_unit_test(a_scale_that_nobody_told_is_guessed_and_said),
        cmocka_unit_test(a_level_is_told_back_on_its_own_scale),
        cmocka_unit_test(days_come_in_any_order_and_with_gaps),
        cmocka_unit_test(days_count_from_the_first_session),
        cmocka_unit_test(a_text_or_a_list_is_taken_alike),
        cmocka_unit_test(what_cannot_be_meant_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
