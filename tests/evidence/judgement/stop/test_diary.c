/* Diaries as people have them. On the curated base. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/diary.h"
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

/* 8 of 10 for severe; half of it, 85 % of it, and never above the scale (1.6 times 8). */
static void what_has_changed_is_held_against_the_start(void **state)
{
    struct read at = read_diary(*state, HEAD "'diary':[{'day':9,'score':'A bit better'},"
                                             "{'day':0,'score':'severe'},{'day':20,'score':'much "
                                             "better'},{'day':24,'score':'much worse'},"
                                             "{'day':30,'score':'the same'}]}");
    static const double levels[] = {8, 6.8, 4, 10, 8};
    assert_int_equal(at.problems.count, 0);
    assert_int_equal(at.diary.score_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(at.diary.scores[i].level - levels[i]) < 1e-12);
    struct read numbers = read_diary(
        *state, HEAD "'scale':'0-100','diary':[{'day':0,'score':60},{'day':9,'score':'better'}]}");
    assert_true(fabs(numbers.diary.scores[1].level - 4.5) < 1e-12);
    struct read alone = read_diary(*state, HEAD "'diary':[{'day':0,'score':'better'}]}");
    assert_int_equal(alone.problems.count, 1);
    assert_string_equal(alone.problems.items[0]->pointer, "/diary/0/score");
    assert_non_null(strstr(alone.problems.items[0]->detail, "how bad it was at the start"));
    arena_free(at.arena);
    arena_free(numbers.arena);
    arena_free(alone.arena);
}

static void a_pain_that_is_not_known_is_judged_as_pain_in_general(void **state)
{
    struct read at = read_diary(*state, "{'intervention':'tens','condition':'sore left elbow',"
                                        "'diary':[{'day':0,'score':5}]}");
    assert_int_equal(at.problems.count, 0);
    assert_string_equal(at.diary.condition->id, "musculoskeletal-pain");
    assert_string_equal(at.diary.tried_for, "sore left elbow");
    assert_non_null(strstr(at.diary.warnings[0], "\"sore left elbow\""));
    struct read known = read_diary(*state, HEAD "'diary':[{'day':0,'score':5}]}");
    assert_null(known.diary.tried_for);
    struct read other = read_diary(*state, "{'intervention':'tens','condition':'toothache',"
                                           "'diary':[{'day':0,'score':5}]}");
    assert_int_equal(other.problems.count, 1);
    arena_free(at.arena);
    arena_free(known.arena);
    arena_free(other.arena);
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

struct scored {
    const char *condition;
    const char *members; /* that tell outcome and scale */
    const char *score;
    const char *outcome; /* that is meant */
    double level;        /* of the score, 0 to 10, less being better */
};

/* Ends as the sources of evidence/data/rulebooks/thresholds.json name them; KOOS 0 (worst) to 100.
 */
static void a_questionnaire_tells_what_it_measures_and_which_way_is_good(void **state)
{
    static const struct scored scored[] = {
        {"low-back-pain", "'scale':'ODI'", "40", "disability", 4},
        {"low-back-pain", "'scale':'Oswestry (%)'", "40", "disability", 4},
        {"low-back-pain", "'scale':'RMDQ'", "12", "disability", 5},
        {"neck-pain", "'scale':'NDI'", "30", "disability", 3},
        {"neck-pain", "'scale':'NDI 0-50'", "30", "disability", 6},
        {"migraine", "'scale':'HIT-6'", "57", "disability", 5},
        {"migraine", "'scale':'HIT-6 (36-78)'", "57", "disability", 5},
        {"neck-pain", "'scale':'PSFS'", "3", "function", 7},
        {"knee-osteoarthritis", "'scale':'KOOS'", "25", "function", 7.5},
        {"knee-osteoarthritis", "'scale':'KOOS','outcome':'quality of life'", "25",
         "quality-of-life", 7.5},
        {"fibromyalgia", "'scale':'FIQ'", "60", "quality-of-life", 6},
        {"migraine", "'scale':'days per month'", "15.5", "headache-frequency", 5},
        {"migraine", "'scale':'days per week'", "3.5", "headache-frequency", 5},
        {"migraine", "'scale':'0-10'", "3", "headache-intensity", 3},
        {"muscle-soreness", "'scale':'NRS'", "3", "muscle-soreness", 3},
        {"low-back-pain", "'scale':'VAS'", "35", "pain-intensity", 3.5},
        {"low-back-pain", "'scale':'VAS'", "3.5", "pain-intensity", 3.5},
        {"low-back-pain", "'outcome':'disability','scale':'out of 24'", "12", "disability", 5},
        {"low-back-pain", "'outcome':'strength','scale':{'low':0,'high':50}", "20", "strength", 6},
        {"low-back-pain", "'outcome':'performance','scale':{'low':10,'high':60,'better':'lower'}",
         "20", "performance", 2},
        {"low-back-pain", "'scale':{'name':'Oswestry'}", "40", "disability", 4},
    };
    for (size_t i = 0; i < sizeof scored / sizeof *scored; i++) {
        struct arena *arena = arena_new();
        struct read at = read_diary(
            *state, arena_printf(arena,
                                 "{'intervention':'tens','condition':'%s',%s,"
                                 "'diary':[{'day':0,'score':%s}]}",
                                 scored[i].condition, scored[i].members, scored[i].score));
        if (at.problems.count > 0)
            fail_msg("%s: %s", scored[i].members, at.problems.items[0]->detail);
        assert_string_equal(at.diary.outcome->id, scored[i].outcome);
        if (fabs(at.diary.scores[0].level - scored[i].level) > 1e-12)
            fail_msg("%s on %s is %g", scored[i].score, scored[i].members,
                     at.diary.scores[0].level);
        arena_free(at.arena);
        arena_free(arena);
    }
}

static void a_headache_is_taken_for_its_strength_unless_days_are_counted(void **state)
{
    struct read at = read_diary(*state, "{'intervention':'acupuncture','condition':'migraine',"
                                        "'diary':[{'day':0,'score':7}]}");
    assert_string_equal(at.diary.outcome->id, "headache-intensity");
    assert_true(at.diary.outcome_is_guessed);
    assert_non_null(strstr(at.diary.warnings[1], "days per month"));
    struct read days = read_diary(*state, "{'intervention':'acupuncture','condition':'migraine',"
                                          "'scale':'days per week','diary':[{'day':0,'score':3}]}");
    assert_false(days.diary.outcome_is_guessed);
    assert_string_equal(days.diary.counted, "days per week");
    arena_free(at.arena);
    arena_free(days.arena);
}

static void a_decimal_comma_is_a_decimal_point(void **state)
{
    struct read at = read_diary(*state, HEAD "'scale':'0-10','diary':[{'day':0,'score':'7,25'},"
                                             "{'day':1,'score':'3,5/5'}]}");
    assert_int_equal(at.problems.count, 0);
    assert_true(fabs(at.diary.scores[0].level - 7.25) < 1e-12);
    assert_true(fabs(at.diary.scores[1].level - 7) < 1e-12);
    arena_free(at.arena);
}

static void notes_beside_scores_are_kept(void **state)
{
    struct read at =
        read_diary(*state, HEAD "'diary':[{'day':0,'score':7,'note':'rain'},"
                                "{'day':1,'score':7},{'day':2,'score':7,'note':'x'}]}");
    assert_string_equal(at.diary.notes[0], "rain");
    assert_string_equal(at.diary.notes[1], "x");
    assert_null(at.diary.notes[2]);
    arena_free(at.arena);
}

struct change {
    const char *what;
    enum change_kind kind;
    const char *other; /* id or NULL */
};

/* What is tried is TENS. */
static void a_change_is_understood(void **state)
{
    static const struct change changes[] = {
        {"started TENS", CHANGE_BEGINS, NULL},
        {"switched from massage to TENS", CHANGE_BEGINS, "massage"},
        {"stopped massage and started TENS", CHANGE_BEGINS, "massage"},
        {"TENS instead of massage", CHANGE_BEGINS, "massage"},
        {"gave up on massage, now TENS", CHANGE_BEGINS, "massage"},
        {"began using the TENS machine", CHANGE_BEGINS, NULL},
        {"TENS started", CHANGE_BEGINS, NULL},
        {"stopped TENS", CHANGE_ENDS, NULL},
        {"TENS stopped", CHANGE_ENDS, NULL},
        {"paused the TENS for a holiday", CHANGE_ENDS, NULL},
        {"switched to massage", CHANGE_TO_ANOTHER, "massage"},
        {"switched from TENS to massage", CHANGE_TO_ANOTHER, "massage"},
        {"stopped TENS, started massage", CHANGE_TO_ANOTHER, "massage"},
        {"massage instead of TENS", CHANGE_TO_ANOTHER, "massage"},
        {"TENS stopped, massage started", CHANGE_TO_ANOTHER, "massage"},
        {"massage stopped, TENS started", CHANGE_BEGINS, "massage"},
        {"started massage as well", CHANGE_ANOTHER, "massage"},
        {"added Nurofen", CHANGE_ANOTHER, "oral-nsaids"},
        {"came off tramadol", CHANGE_ANOTHER, "opioids"},
        {"TENS", CHANGE_BEGINS, NULL},
        {"the TENS machine", CHANGE_OTHER, NULL},
        {"took a break from TENS", CHANGE_ENDS, NULL},
        {"new pads for the TENS", CHANGE_OTHER, NULL},
        {"turned the TENS up", CHANGE_OTHER, NULL},
        {"TENS twice a day now", CHANGE_OTHER, NULL},
        {"skin sore from TENS", CHANGE_OTHER, NULL},
        {"without TENS it is worse", CHANGE_OTHER, NULL},
        {"more massage", CHANGE_ANOTHER, "massage"},
        {"changed from massage to TENS", CHANGE_BEGINS, "massage"},
        {"had to stop the tens unit", CHANGE_ENDS, NULL},
        {"went back to massage", CHANGE_TO_ANOTHER, "massage"},
        {"new job", CHANGE_OTHER, NULL},
        {"moved house", CHANGE_OTHER, NULL},
        {"a cold", CHANGE_OTHER, NULL},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct arena *arena = arena_new();
        struct read at =
            read_diary(*state, arena_printf(arena,
                                            HEAD "'scale':'0-10','diary':[{'day':0,'score':7}],"
                                                 "'changes':[{'day':5,'what':'%s'}]}",
                                            changes[i].what));
        assert_int_equal(at.problems.count, 0);
        const struct diary_change *change = &at.diary.changes[0];
        const char *other = change->other == NULL ? NULL : change->other->id;
        bool same = (other == NULL) == (changes[i].other == NULL) &&
                    (other == NULL || strcmp(other, changes[i].other) == 0);
        if (change->kind != changes[i].kind || !same)
            fail_msg("%s: %d, %s", changes[i].what, (int)change->kind, other);
        arena_free(at.arena);
        arena_free(arena);
    }
}

static void days_count_from_a_switch(void **state)
{
    struct read at =
        read_diary(*state, HEAD "'scale':'0-10','sessions':[0,7,21,25],"
                                "'diary':[{'day':0,'score':7},{'day':14,'score':6},"
                                "{'day':28,'score':5}],"
                                "'changes':[{'day':20,'what':'switched from massage to TENS'}]}");
    assert_true(at.diary.first_day == 20);
    assert_true(at.diary.scores[1].day == -6 && at.diary.scores[2].day == 8);
    assert_int_equal(at.diary.session_count, 2);
    assert_true(at.diary.sessions[0] == 1 && at.diary.sessions[1] == 5);
    assert_non_null(at.diary.switched);
    assert_true(at.diary.switched->day == 0);
    assert_string_equal(diary_day(&at.diary, 0, at.arena), "day 20");
    arena_free(at.arena);
}

static void a_start_that_is_told_twice_moves_nothing(void **state)
{
    struct read at = read_diary(*state, HEAD "'scale':'0-10','started':'2026-03-01',"
                                             "'diary':[{'day':'2026-03-01','score':7}],"
                                             "'changes':[{'day':'2026-03-01','what':'TENS'}]}");
    assert_null(at.diary.switched);
    assert_true(at.diary.scores[0].day == 0);
    assert_true(isinf(at.diary.ended));
    arena_free(at.arena);
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
        {HEAD "'scale':{'low':1e18,'high':1.0000000000000002e18},'diary':[]}", "/scale/high",
         "within 1000000 of 0"},
        {HEAD "'scale':{'low':5,'high':5.0001},'diary':[]}", "/scale/high", "0.01 apart"},
        {HEAD "'scale':'0-1e300','diary':[]}", "/scale", "within 1000000 of 0"},
        {HEAD "'outcome':'disability','diary':[{'day':0,'score':40}]}", "/diary/0/score",
         "on which scale"},
        {HEAD "'outcome':'range of motion','diary':[{'day':0,'score':40}]}", "/diary/0/score",
         "on which scale"},
        {HEAD "'outcome':'headache-frequency','diary':[{'day':0,'score':40}]}", "/diary/0/score",
         "on which scale"},
        {HEAD "'outcome':'dropout','diary':[]}", "/outcome", "nothing that a diary scores"},
        {HEAD "'outcome':'responders-30','diary':[]}", "/outcome", "nothing that a diary scores"},
        {HEAD "'diary':[{'day':0,'score':1,'outcome':'adverse-events'}]}", "/diary/0/outcome",
         "nothing that a diary scores"},
        {HEAD "'outcome':'pain-intensity','scale':'ODI','diary':[]}", "/scale",
         "does not measure pain-intensity"},
        {HEAD "'outcome':'performance','scale':'0-90','diary':[]}", "/scale", "which way is good"},
        {HEAD "'outcome':'performance','scale':{'low':0,'high':9},'diary':[]}", "/scale/better",
         "which way is good"},
        {HEAD "'outcome':'function','diary':[{'day':0,'score':'severe'}]}", "/diary/0/score",
         "words are taken for pain alone"},
        {HEAD "'diary':[],'changes':[{'day':3}]}", "/changes/0/what", "required"},
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
        cmocka_unit_test(what_has_changed_is_held_against_the_start),
        cmocka_unit_test(a_pain_that_is_not_known_is_judged_as_pain_in_general),
        cmocka_unit_test(a_scale_that_nobody_told_is_guessed_and_said),
        cmocka_unit_test(a_level_is_told_back_on_its_own_scale),
        cmocka_unit_test(days_come_in_any_order_and_with_gaps),
        cmocka_unit_test(days_count_from_the_first_session),
        cmocka_unit_test(a_text_or_a_list_is_taken_alike),
        cmocka_unit_test(a_questionnaire_tells_what_it_measures_and_which_way_is_good),
        cmocka_unit_test(a_headache_is_taken_for_its_strength_unless_days_are_counted),
        cmocka_unit_test(a_decimal_comma_is_a_decimal_point),
        cmocka_unit_test(notes_beside_scores_are_kept),
        cmocka_unit_test(a_change_is_understood),
        cmocka_unit_test(days_count_from_a_switch),
        cmocka_unit_test(a_start_that_is_told_twice_moves_nothing),
        cmocka_unit_test(what_cannot_be_meant_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
