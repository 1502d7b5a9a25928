/* Go on, or stop: edges of the rules that a slip in a comparison or a sign would move (METHOD
 * section 7). On the curated topics and rule books. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop.h"
#include "evidence/judgement/stop/stop_words.h"
#include "evidence/statistics/distribution.h"
#include "tests/evidence/judgement/real_knowledge.h"

struct decided {
    struct arena *arena;
    struct diary diary;
    struct stop_signs signs;
    struct stopping out;
};

/* `members` are those of the input, with ' for ". */
static struct decided decide(const struct catalog *catalog, const char *members)
{
    struct decided at = {.arena = arena_new()};
    struct problems problems = {.arena = at.arena};
    char *text = arena_printf(at.arena, "{%s}", members);
    for (char *byte = text; *byte != '\0'; byte++)
        if (*byte == '\'')
            *byte = '"';
    json_t *value = json_parse(text, strlen(text), NULL, &problems);
    struct json_reader reader = json_root(value, NULL, &problems);
    if (value != NULL)
        diary_read(&reader, catalog, &at.diary);
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->pointer, problems.items[0]->detail);
    json_decref(value);
    stop_signs_of(catalog, &at.diary, at.arena, &at.signs);
    stop_decide(catalog, &at.diary, &at.signs, at.arena, &at.out);
    return at;
}

static void forget(struct decided *decided)
{
    arena_free(decided->arena);
}

static void near_to(double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance))
        fail_msg("got %.12g, want %.12g", got, want);
}

#define TENS    "'intervention':'tens','condition':'chronic-low-back-pain','scale':'0-10',"
#define MASSAGE "'intervention':'massage','condition':'neck-pain','scale':'0-10',"

/* ---- the goal ---- */

/* 30 % below the start, at least one point, and never below zero. */
static void the_least_fall_that_counts_is_a_point(void **state)
{
    static const struct {
        double start, line;
    } cases[] = {{10, 7}, {4, 2.8}, {3.5, 2.45}, {3, 2}, {1.5, 0.5}, {0.5, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct decided at = decide(
            *state, arena_printf(arena, TENS "'diary':[{'day':0,'score':%g},{'day':7,'score':1}]",
                                 cases[i].start));
        near_to(at.out.plan.line, cases[i].line, 1e-12);
        forget(&at);
        arena_free(arena);
    }
}

/* A score's own questionnaire says what matters, whatever the diary's other scores are told on:
 * 8 points of the HIT-6, which goes from 36 to 78. */
static void the_goal_is_that_of_the_scale_of_the_scores(void **state)
{
    struct decided at =
        decide(*state, "'intervention':'manual-therapy','condition':'tension-type-headache',"
                       "'outcome':'disability','scale':'0-10','diary':["
                       "{'day':0,'score':66,'scale':'HIT-6'},"
                       "{'day':14,'score':60,'scale':'HIT-6'}]");
    near_to(diary_told(at.diary.scores[0].scale, at.out.plan.line), 58, 1e-9);
    forget(&at);
}

/* ---- exposure, and the days to look again ---- */

/* Its stop rule gives massage of the neck 8 sessions or 28 days: a third of them is enough. */
static void a_third_of_a_rules_days_is_the_least(void **state)
{
    struct decided early = decide(*state, MASSAGE "'diary':[{'day':0,'score':7},"
                                                  "{'day':5,'score':6},{'day':9.3,'score':5.5}]");
    struct decided late = decide(*state, MASSAGE "'diary':[{'day':0,'score':7},"
                                                 "{'day':5,'score':6},{'day':9.4,'score':5.5}]");
    near_to(early.out.plan.trial_days, 28, 0);
    near_to(early.out.plan.least_days, 28.0 / 3, 1e-12);
    assert_string_equal(early.out.rule, "T4");
    assert_string_equal(late.out.rule, "T7");
    forget(&early);
    forget(&late);
}

/* Three sessions, one every four days, and four are the least: the fourth is on day 12. */
static void too_early_names_the_day_of_the_least_exposure(void **state)
{
    const char *three = TENS "'sessions':[0,4,8],'diary':[{'day':0,'score':7},"
                             "{'day':5,'score':6.5},{'day':9,'score':6}]";
    struct decided at = decide(*state, three);
    assert_int_equal(at.out.decided, STOP_TOO_EARLY);
    near_to(at.out.next_review_day, 12, 0);
    forget(&at);
    /* Without sessions told: two weeks. */
    at = decide(*state, TENS "'diary':[{'day':0,'score':7},{'day':4,'score':6.5},"
                             "{'day':8,'score':6}]");
    assert_int_equal(at.out.decided, STOP_TOO_EARLY);
    near_to(at.out.next_review_day, 14, 0);
    forget(&at);
}

/* ---- given up ---- */

#define REACHED                                                                                    \
    "'diary':[{'day':0,'score':8},{'day':10,'score':6},{'day':20,'score':5},"                      \
    "{'day':30,'score':5},{'day':38,'score':5},{'day':42,'score':5}]"

static void what_ended_after_its_trial_is_judged_and_before_it_is_not(void **state)
{
    struct decided after =
        decide(*state, TENS REACHED ",'changes':[{'day':44,'what':'stopped TENS'}]");
    struct decided before =
        decide(*state, TENS REACHED ",'changes':[{'day':35,'what':'stopped TENS'}]");
    assert_int_equal(after.out.decided, STOP_DONE);
    assert_true(isnan(after.out.next_review_day));
    assert_int_equal(before.out.decided, STOP_TOO_EARLY);
    assert_string_equal(before.out.rule, "T4");
    forget(&after);
    forget(&before);
}

/* ---- worse ---- */

/* Two scores after the start can tell that another outcome got worse, one cannot. */
static void two_later_scores_of_another_outcome_can_be_harm(void **state)
{
    const char *start = TENS "'diary':[{'day':0,'score':7},{'day':7,'score':6},"
                             "{'day':14,'score':5},"
                             "{'day':0,'score':0,'outcome':'disability','scale':'0-10'},"
                             "{'day':14,'score':10,'outcome':'disability','scale':'0-10'}";
    struct arena *arena = arena_new();
    struct decided one = decide(*state, arena_printf(arena, "%s]", start));
    struct decided two = decide(
        *state,
        arena_printf(arena, "%s,{'day':16,'score':10,'outcome':'disability','scale':'0-10'}]",
                     start));
    assert_int_not_equal(one.out.decided, STOP_FOR_HARM);
    assert_int_equal(two.out.decided, STOP_FOR_HARM);
    assert_string_equal(two.out.rule, "T2");
    forget(&one);
    forget(&two);
    arena_free(arena);
}

/* ---- the end ---- */

/*
 * Reached, and the last week's scores against those of the week before: better by more than the
 * error of both means, with a probability of 0.9. Here two scores are of the last seven days (36 to
 * 42) and three of the seven before (29 to 35), so that error is error_sd * sqrt(1/2 + 1/3).
 */
static void improving_is_more_than_the_error_of_both_weeks(void **state)
{
    double low = 0;  /* of the last week's fall below the week before: here it is done … */
    double high = 5; /* … and here it goes on */
    double error_sd = NAN;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        struct arena *arena = arena_new();
        struct decided at = decide(
            *state,
            arena_printf(arena,
                         TENS "'diary':[{'day':0,'score':9},{'day':10,'score':5},"
                              "{'day':29,'score':5},{'day':31,'score':5},{'day':34,'score':5},"
                              "{'day':36,'score':%.12f},{'day':42,'score':%.12f}]",
                         5 - middle, 5 - middle));
        assert_string_equal(at.out.rule, "T6");
        error_sd = at.out.plan.prior.error_sd;
        if (at.out.decided == STOP_CONTINUE)
            high = middle;
        else
            low = middle;
        forget(&at);
        arena_free(arena);
    }
    near_to(low, error_sd * sqrt(1.0 / 2 + 1.0 / 3) * normal_quantile(0.9), 1e-9);
}

/* With nothing in the week before there is nothing that it improved on. */
static void without_scores_of_the_week_before_it_is_done(void **state)
{
    struct decided at = decide(*state, TENS "'diary':[{'day':0,'score':9},{'day':10,'score':6},"
                                            "{'day':20,'score':6},{'day':42,'score':1}]");
    assert_string_equal(at.out.rule, "T6");
    assert_int_equal(at.out.decided, STOP_DONE);
    forget(&at);
}

/* ---- what comes by itself ---- */

/* Of knots in the neck nobody told the course over most of a year; of neck pain, their parent, one
 * did. */
static void a_course_is_that_of_the_nearest_kin_that_has_one(void **state)
{
    static const char *const days[] = {"42", "300"};
    static const char *const whose[] = {"neck-mtrp", "neck-pain"};
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = arena_new();
        struct decided at = decide(
            *state, arena_printf(arena,
                                 "'intervention':'tens','condition':'neck-mtrp','scale':'0-10',"
                                 "'trial':{'days':%s},'diary':[{'day':0,'score':7},"
                                 "{'day':7,'score':6}]",
                                 days[i]));
        assert_string_equal(at.out.plan.course->condition, whose[i]);
        forget(&at);
        arena_free(arena);
    }
}

static void without_treatment_it_starts_where_the_person_does_and_stays_above_zero(void **state)
{
    struct decided at = decide(*state, "'intervention':'tens','condition':'acute-low-back-pain',"
                                       "'scale':'0-10','diary':[{'day':0,'score':1},"
                                       "{'day':7,'score':1},{'day':14,'score':0}]");
    assert_true(at.out.plan.knows_course);
    near_to(stop_plan_without(&at.out.plan, 0), at.out.plan.level_before, 1e-12);
    near_to(stop_plan_without(&at.out.plan, at.out.plan.trial_days),
            fmax(0, at.out.plan.level_before - at.out.plan.control_fall), 1e-12);
    forget(&at);
}

/* ---- words ---- */

/* By hand: 30 % below 75 is 52.5 of 100, and 52 is the first whole number that reaches it; where
 * more is better 30 % of the 59 that are missing at 41 is 17.7, so 58.7, and 59 reaches it.
 * 30 % below 7.5 is 5.25 of 10, and 5.2 the first tenth. */
static void a_goal_is_told_as_the_first_number_that_reaches_it(void **state)
{
    static const struct {
        const char *members, *goal;
    } cases[] = {
        {"'intervention':'tens','condition':'chronic-low-back-pain','scale':'0-100',"
         "'diary':[{'day':0,'score':75},{'day':7,'score':70}]",
         "52"},
        {"'intervention':'exercise','condition':'knee-osteoarthritis','scale':'KOOS',"
         "'diary':[{'day':0,'score':41},{'day':7,'score':45}]",
         "59"},
        {TENS "'diary':[{'day':0,'score':7.5},{'day':7,'score':7}]", "5.2"},
        {TENS "'diary':[{'day':0,'score':8},{'day':7,'score':7}]", "5.6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decided at = decide(*state, cases[i].members);
        assert_string_equal(stop_goal_told(&at.diary, at.out.plan.line, at.arena), cases[i].goal);
        forget(&at);
    }
}

#define AT_FOUR                                                                                    \
    "'diary':[{'day':0,'score':4},{'day':7,'score':9},{'day':14,'score':9},{'day':21,'score':9}]"
#define AT_SEVEN                                                                                   \
    "'diary':[{'day':0,'score':7},{'day':6,'score':7},{'day':12,'score':7},{'day':18,'score':7},"  \
    "{'day':24,'score':7}]"
#define PARACETAMOL                                                                                \
    "'intervention':'paracetamol','condition':'chronic-low-back-pain','scale':'0-10',"

/* Nobody is told to stop a medicine, and harm is another thing than too little help. */
static void a_medicine_has_headings_of_its_own(void **state)
{
    static const struct {
        const char *members, *heading;
    } cases[] = {
        {TENS AT_FOUR, "Stop"},
        {TENS AT_SEVEN, "Stop"},
        {PARACETAMOL AT_FOUR, "Ask before the next dose"},
        {PARACETAMOL AT_SEVEN, "Not helping enough"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decided at = decide(*state, cases[i].members);
        assert_string_equal(stop_headline(&at.diary, &at.out), cases[i].heading);
        forget(&at);
    }
}

static void going_on_and_stopping_early_tell_by_when_the_goal_was_to_be_reached(void **state)
{
    static const char *const diaries[] = {
        TENS "'diary':[{'day':0,'score':7},{'day':7,'score':6},{'day':14,'score':5}]",
        TENS AT_SEVEN};
    for (size_t i = 0; i < 2; i++) {
        struct decided at = decide(*state, diaries[i]);
        if (strstr(at.out.sentence, "day 42") == NULL)
            fail_msg("%s", at.out.sentence);
        forget(&at);
    }
}

/* The pacemaker stands in the stop rule, the fever in the book of safe use: what is told rests on
 * the first. */
static void a_reason_not_to_start_names_its_own_book(void **state)
{
    struct decided at = decide(*state, TENS "'symptoms':['I have a pacemaker','a fever'],"
                                            "'diary':[{'day':0,'score':7}]");
    size_t count;
    const struct not_for *found = not_for_in(*state, at.diary.intervention, at.signs.states,
                                             strlen(at.signs.states), at.arena, &count);
    assert_true(count >= 2 && found[0].backing != found[1].backing);
    assert_ptr_equal(at.signs.against->backing, found[0].backing);
    forget(&at);
}

/* Whatever else changed on the way is told, with its day; what changed before it began is not. */
static void a_change_on_the_way_is_warned_of(void **state)
{
    static const struct {
        const char *change, *words; /* NULL: nothing is said */
    } cases[] = {
        {"{'day':13,'what':'stopped TENS'}", "was given up on day 13"},
        {"{'day':25,'what':'switched to massage'}", "You went over to massage on day 25"},
        {"{'day':9,'what':'started massage'}", "On day 9 something changed about massage"},
        {"{'day':9,'what':'new job'}", "Something else changed on day 9 (new job)"},
        {"{'day':0,'what':'new job'}", NULL},
        {"{'day':-5,'what':'new job'}", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct decided at =
            decide(*state, arena_printf(arena, TENS AT_SEVEN ",'changes':[%s]", cases[i].change));
        const char *const *warnings = stop_warnings(&at.diary, &at.signs, &at.out, at.arena);
        bool told = false;
        bool anything = false;
        for (; *warnings != NULL; warnings++) {
            told = told || (cases[i].words != NULL && strstr(*warnings, cases[i].words) != NULL);
            anything = anything || strstr(*warnings, "change") != NULL;
        }
        if (told != (cases[i].words != NULL) || (anything && cases[i].words == NULL))
            fail_msg("%s", cases[i].change);
        forget(&at);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_fall_that_counts_is_a_point),
        cmocka_unit_test(the_goal_is_that_of_the_scale_of_the_scores),
        cmocka_unit_test(a_third_of_a_rules_days_is_the_least),
        cmocka_unit_test(too_early_names_the_day_of_the_least_exposure),
        cmocka_unit_test(what_ended_after_its_trial_is_judged_and_before_it_is_not),
        cmocka_unit_test(two_later_scores_of_another_outcome_can_be_harm),
        cmocka_unit_test(improving_is_more_than_the_error_of_both_weeks),
        cmocka_unit_test(without_scores_of_the_week_before_it_is_done),
        cmocka_unit_test(a_course_is_that_of_the_nearest_kin_that_has_one),
        cmocka_unit_test(without_treatment_it_starts_where_the_person_does_and_stays_above_zero),
        cmocka_unit_test(a_goal_is_told_as_the_first_number_that_reaches_it),
        cmocka_unit_test(a_medicine_has_headings_of_its_own),
        cmocka_unit_test(going_on_and_stopping_early_tell_by_when_the_goal_was_to_be_reached),
        cmocka_unit_test(a_reason_not_to_start_names_its_own_book),
        cmocka_unit_test(a_change_on_the_way_is_warned_of),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
