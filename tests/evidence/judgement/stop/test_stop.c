/* Go on, or stop: the order of the rules, each at its edge. On the curated base. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop.h"
#include "evidence/judgement/stop/stop_words.h"
#include "tests/evidence/judgement/real_knowledge.h"

/* One diary decided; everything lives in the arena. */
struct decided {
    struct arena *arena;
    struct diary diary;
    struct stop_signs signs;
    struct stopping out;
};

/* `members` are those of the input, with ' for " (none stands within a text here). */
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
    for (size_t i = 0; i < problems.kept; i++)
        print_error("%s: %s\n", problems.items[i]->pointer, problems.items[i]->detail);
    assert_int_equal(problems.count, 0);
    json_decref(value);
    stop_signs_of(catalog, &at.diary, at.arena, &at.signs);
    stop_decide(catalog, &at.diary, &at.signs, at.arena, &at.out);
    return at;
}

static void forget(struct decided *decided)
{
    arena_free(decided->arena);
}

static void expect(const struct catalog *catalog, const char *members, enum stop_decided decision,
                   const char *rule)
{
    struct decided at = decide(catalog, members);
    if (at.out.decided != decision || strcmp(at.out.rule, rule) != 0)
        fail_msg("%s by %s instead of %s by %s (probability %.3f): %s",
                 stop_decided_names[at.out.decided], at.out.rule, stop_decided_names[decision],
                 rule, at.out.probability, members);
    assert_non_null(at.out.sentence);
    forget(&at);
}

#define TENS     "'intervention':'tens','condition':'chronic-low-back-pain','scale':'0-10',"
#define NEEDLING "'intervention':'dry-needling','condition':'neck-mtrp','scale':'0-10',"
#define WORSE                                                                                      \
    "'diary':[{'day':0,'score':4},{'day':7,'score':8},{'day':14,'score':9},{'day':21,'score':9}]"
#define NO_BETTER                                                                                  \
    "'diary':[{'day':0,'score':7},{'day':6,'score':7},{'day':12,'score':7},{'day':18,'score':7},"  \
    "{'day':24,'score':7}]"
#define BETTER                                                                                     \
    "'diary':[{'day':0,'score':7},{'day':6,'score':6},{'day':12,'score':5},{'day':18,'score':5}]"
#define RED_FLAG   "'symptoms':'crushing chest pain',"
#define SERIOUS    "'adverse_events':['a blister under the pad'],"
#define NOT_FOR_ME "'medicines':[],'symptoms':['I have a pacemaker'],"

static void a_red_flag_stands_above_everything(void **state)
{
    expect(*state, TENS RED_FLAG WORSE, STOP_SEEK_CARE, "T1");
    expect(*state, TENS RED_FLAG SERIOUS BETTER, STOP_SEEK_CARE, "T1");
    expect(*state, TENS "'adverse_events':['since the needle I cannot breathe'],'diary':[]",
           STOP_SEEK_CARE, "T1");
    struct decided at = decide(*state, TENS RED_FLAG BETTER);
    assert_int_equal(at.out.sign->urgency, URGENCY_EMERGENCY);
    assert_non_null(strstr(at.out.sentence, "ambulance"));
    forget(&at);
}

static void harm_stands_above_what_it_is_not_for(void **state)
{
    expect(*state, TENS SERIOUS NOT_FOR_ME BETTER, STOP_FOR_HARM, "T2");
    expect(*state, TENS NOT_FOR_ME WORSE, STOP_FOR_HARM, "T2");
    expect(*state, TENS NOT_FOR_ME BETTER, STOP_DO_NOT_START, "T3");
}

static void getting_worse_is_harm(void **state)
{
    expect(*state, TENS WORSE, STOP_FOR_HARM, "T2");
}

static void another_outcome_that_gets_worse_is_harm(void **state)
{
    struct decided at =
        decide(*state, TENS "'diary':[{'day':0,'score':7},{'day':7,'score':5},{'day':14,'score':4},"
                            "{'day':0,'score':2,'outcome':'disability','scale':'0-10'},"
                            "{'day':7,'score':8,'outcome':'disability','scale':'0-10'},"
                            "{'day':14,'score':9,'outcome':'disability','scale':'0-10'},"
                            "{'day':20,'score':9,'outcome':'disability','scale':'0-10'}]");
    assert_int_equal(at.out.decided, STOP_FOR_HARM);
    assert_string_equal(at.out.worse->id, "disability");
    forget(&at);
}

static void one_session_alone_never_decides(void **state)
{
    expect(*state,
           NEEDLING "'sessions':[0],'diary':[{'day':0,'score':3},{'day':1,'score':10},"
                    "{'day':2,'score':10},{'day':3,'score':10}]",
           STOP_TOO_EARLY, "T4");
    expect(*state, NEEDLING "'sessions':[0,3],'diary':[{'day':0,'score':3},{'day':4,'score':10}]",
           STOP_TOO_EARLY, "T4");
    expect(*state, NEEDLING "'diary':[]", STOP_TOO_EARLY, "T4");
    expect(*state, NEEDLING "'diary':[{'day':0,'score':6}]", STOP_TOO_EARLY, "T4");
}

static void before_the_least_exposure_it_is_too_early(void **state)
{
    expect(*state,
           NEEDLING "'sessions':[0,4,8],'diary':[{'day':0,'score':6},{'day':5,'score':5.5},"
                    "{'day':9,'score':5.5}]",
           STOP_TOO_EARLY, "T4");
    expect(*state,
           NEEDLING "'sessions':[0,4,8,9],'diary':[{'day':0,'score':6},{'day':5,'score':5.5},"
                    "{'day':9,'score':5.5}]",
           STOP_CONTINUE, "T7");
}

/* Between "too early" and "stop" before the least exposure lies a probability of 0.02, after it one
 * of 0.1: the scores of all days are moved until the answer changes, and there it must stand. */
static double probability_where_it_turns(const struct catalog *catalog, const char *sessions,
                                         enum stop_decided below)
{
    double low = 5;  /* with all scores here it goes on … */
    double high = 9; /* … and here it stops, without being worse than the start */
    double probability = NAN;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        struct arena *arena = arena_new();
        struct decided at = decide(
            catalog, arena_printf(arena,
                                  NEEDLING "%s'diary':[{'day':0,'score':8},{'day':4,'score':%.12f},"
                                           "{'day':8,'score':%.12f},{'day':10,'score':%.12f},"
                                           "{'day':12,'score':%.12f},{'day':13,'score':%.12f}]",
                                  sessions, middle, middle, middle, middle, middle));
        probability = at.out.probability;
        if (at.out.decided == below)
            high = middle;
        else
            low = middle;
        forget(&at);
        arena_free(arena);
    }
    return probability;
}

static void it_stops_where_the_goal_is_less_likely_than_one_in_ten(void **state)
{
    double edge = probability_where_it_turns(*state, "'sessions':[0,3,6,9],", STOP_UNLIKELY);
    assert_true(fabs(edge - 0.1) < 1e-6);
}

static void before_the_least_exposure_only_one_in_fifty_stops_it(void **state)
{
    double edge = probability_where_it_turns(*state, "'sessions':[0,3,6],", STOP_UNLIKELY);
    assert_true(fabs(edge - 0.02) < 1e-6);
}

/* P(worse than the start by more than an error), with nothing expected beforehand. */
static double worse_as_scored(const struct decided *at, size_t starts)
{
    double days[16];
    double levels[16];
    size_t count = 0;
    struct recovery recovery;
    struct recovery_prior prior = at->out.plan.prior;
    prior.start_sd = INFINITY;
    prior.fall = 0;
    prior.fall_sd = 3; /* three tenths of the scale, by the model */
    for (size_t i = starts; i < at->diary.score_count; i++) {
        days[count] = at->diary.scores[i].day;
        levels[count++] = at->diary.scores[i].level;
    }
    struct recovery_scores scores = {.start = at->out.plan.start,
                                     .start_count = at->out.plan.start_count,
                                     .days = days,
                                     .values = levels,
                                     .count = count};
    assert_true(recovery_fit(&prior, &scores, &recovery));
    return recovery_worse(&recovery, at->out.now, prior.error_sd);
}

static void it_is_harm_where_worse_is_likelier_than_nine_in_ten(void **state)
{
    double low = 4;
    double high = 10;
    double worse = NAN;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        struct arena *arena = arena_new();
        struct decided at = decide(
            *state,
            arena_printf(arena,
                         TENS "'started':0,'diary':[{'day':-3,'score':4},{'day':0,'score':4},"
                              "{'day':6,'score':%.12f},{'day':12,'score':%.12f}]",
                         middle, middle));
        worse = worse_as_scored(&at, 2);
        if (at.out.decided == STOP_FOR_HARM)
            high = middle;
        else
            low = middle;
        forget(&at);
        arena_free(arena);
    }
    assert_true(fabs(worse - 0.9) < 1e-6);
}

/* Others begin near 5: a 9 was likely a bad day. But 10 is no harm to whoever wrote 9. */
static void harm_is_told_by_the_scores_and_not_by_what_others_begin_with(void **state)
{
    struct decided at = decide(*state, TENS "'diary':[{'day':0,'score':9},{'day':4,'score':10},"
                                            "{'day':8,'score':10},{'day':12,'score':10}]");
    assert_true(at.out.plan.level_before < 9);
    assert_true(recovery_worse(&at.out.recovery, 12, at.out.plan.prior.error_sd) >
                worse_as_scored(&at, 1));
    assert_int_not_equal(at.out.decided, STOP_FOR_HARM);
    forget(&at);
}

#define FAIRLY(last)                                                                               \
    "'diary':[{'day':0,'score':7},{'day':5,'score':6},{'day':" last ",'score':5.5}]"

static void two_weeks_without_a_word_of_sessions_are_enough(void **state)
{
    expect(*state, TENS FAIRLY("13.9"), STOP_TOO_EARLY, "T4");
    expect(*state, TENS FAIRLY("14"), STOP_CONTINUE, "T7");
}

static void the_trial_ends_on_its_last_day(void **state)
{
    expect(*state, TENS FAIRLY("41.9"), STOP_CONTINUE, "T7");
    expect(*state, TENS FAIRLY("42"), STOP_UNLIKELY, "T6");
}

static void no_change_for_weeks_stops_it(void **state)
{
    expect(*state, TENS NO_BETTER, STOP_UNLIKELY, "T5");
}

/* 42 days, the default; the goal of a start of 8 is 5.6. */
#define TRIAL_OVER(last)                                                                           \
    "'diary':[{'day':0,'score':8},{'day':10,'score':6},{'day':20,'score':5.5},"                    \
    "{'day':30,'score':" last "},{'day':38,'score':" last "},{'day':42,'score':" last "}]"

static void at_the_end_the_goal_decides(void **state)
{
    expect(*state, TENS TRIAL_OVER("5.6"), STOP_DONE, "T6");
    expect(*state, TENS TRIAL_OVER("5.61"), STOP_UNLIKELY, "T6");
}

static void reached_and_still_improving_goes_on(void **state)
{
    expect(*state,
           TENS "'diary':[{'day':0,'score':8},{'day':20,'score':7},{'day':29,'score':6},"
                "{'day':32,'score':6},{'day':34,'score':6},{'day':37,'score':2},"
                "{'day':40,'score':2},{'day':42,'score':1}]",
           STOP_CONTINUE, "T6");
}

static void the_sessions_of_a_rule_end_a_trial(void **state)
{
    /* massage of the neck: 8 sessions or 28 days, by its stop rule */
    const char *members = "'intervention':'massage','condition':'neck-pain','scale':'0-10',"
                          "'sessions':[0,2,4,6,8,10,12,14],'diary':[{'day':0,'score':8},"
                          "{'day':6,'score':7},{'day':12,'score':7},{'day':15,'score':7}]";
    struct decided at = decide(*state, members);
    assert_string_equal(at.out.plan.trial_rule->id, "massage-four-weeks");
    assert_int_equal(at.out.plan.trial_sessions, 8);
    assert_string_equal(at.out.rule, "T6");
    forget(&at);
}

static void a_wish_for_another_length_is_followed(void **state)
{
    struct decided at = decide(*state, TENS "'trial':{'days':14}," BETTER);
    assert_true(at.out.plan.trial_days == 14);
    assert_true(at.out.plan.trial_is_own);
    assert_string_equal(at.out.rule, "T6");
    forget(&at);
}

static void going_on_names_the_day_to_look_again(void **state)
{
    struct decided at = decide(*state, TENS BETTER);
    assert_int_equal(at.out.decided, STOP_CONTINUE);
    assert_string_equal(at.out.rule, "T7");
    assert_true(at.out.next_review_day > at.out.now);
    assert_true(at.out.next_review_day <= at.out.plan.trial_days);
    forget(&at);
}

/* Back to where it began from now on: on the day named the answer is another one. */
static void on_the_day_named_the_answer_can_change(void **state)
{
    const char *start = TENS "'diary':[{'day':0,'score':7},{'day':5,'score':6},"
                             "{'day':10,'score':6.5},{'day':15,'score':6.4}";
    struct arena *arena = arena_new();
    struct decided now = decide(*state, arena_printf(arena, "%s]", start));
    assert_int_equal(now.out.decided, STOP_CONTINUE);
    const char *later = start;
    for (double day = 20; day <= now.out.next_review_day; day += 5)
        later = arena_printf(arena, "%s,{'day':%g,'score':7}", later, day);
    struct decided then = decide(*state, arena_printf(arena, "%s]", later));
    assert_int_not_equal(then.out.decided, STOP_CONTINUE);
    forget(&now);
    forget(&then);
    arena_free(arena);
}

static void the_goal_is_a_third_less_and_a_point_at_least(void **state)
{
    struct decided high = decide(*state, TENS "'diary':[{'day':0,'score':8},{'day':9,'score':7}]");
    struct decided low = decide(*state, TENS "'diary':[{'day':0,'score':2},{'day':9,'score':2}]");
    assert_true(fabs(high.out.plan.line - 5.6) < 1e-12);
    assert_true(fabs(low.out.plan.line - 1) < 1e-12);
    forget(&high);
    forget(&low);
}

static void the_scale_changes_nothing_but_the_numbers(void **state)
{
    struct decided ten = decide(*state, TENS BETTER);
    struct decided hundred =
        decide(*state, "'intervention':'tens','condition':'chronic-low-back-pain','scale':'0-100',"
                       "'diary':[{'day':0,'score':70},{'day':6,'score':60},{'day':12,'score':50},"
                       "{'day':18,'score':50}]");
    assert_true(fabs(ten.out.probability - hundred.out.probability) < 1e-12);
    assert_string_equal(ten.out.rule, hundred.out.rule);
    forget(&ten);
    forget(&hundred);
}

static void dates_and_numbers_of_days_say_the_same(void **state)
{
    struct decided numbers = decide(*state, TENS "'started':3,'diary':[{'day':3,'score':7},"
                                                 "{'day':9,'score':6},{'day':17,'score':5}]");
    struct decided dates =
        decide(*state, TENS "'started':'2024-02-28','diary':[{'day':'2024-02-28','score':7},"
                            "{'day':'2024-03-05','score':6},{'day':'2024-03-13','score':5}]");
    assert_true(numbers.out.probability == dates.out.probability);
    assert_string_equal(diary_day(&dates.diary, 14, dates.arena), "2024-03-13");
    forget(&numbers);
    forget(&dates);
}

static void soreness_after_exercise_has_three_days(void **state)
{
    struct decided at = decide(*state, "'intervention':'foam-roller','condition':'muscle-soreness',"
                                       "'scale':'0-10','diary':[{'day':0,'score':7},"
                                       "{'day':1,'score':7},{'day':2,'score':6}]");
    assert_string_equal(at.diary.outcome->id, "muscle-soreness");
    assert_true(at.out.plan.trial_days == 3);
    forget(&at);
}

static void getting_better_is_never_told_without_what_comes_by_itself(void **state)
{
    static const char *const diaries[] = {TENS BETTER, TENS NO_BETTER, TENS TRIAL_OVER("5"),
                                          TENS TRIAL_OVER("7")};
    for (size_t i = 0; i < sizeof diaries / sizeof *diaries; i++) {
        struct decided at = decide(*state, diaries[i]);
        assert_non_null(strstr(at.out.sentence, "Without this treatment"));
        forget(&at);
    }
}

static double drawn(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 40) / 16777216.0;
}

/* A diary of `starts` scores before and `later` ones after, of which one is higher by `more`. */
static const char *drawn_diary(struct arena *arena, uint64_t seed, int starts, int later,
                               int higher, double more)
{
    const char *text = TENS "'started':0,'diary':[";
    for (int i = 0; i < starts; i++)
        text = arena_printf(arena, "%s{'day':%d,'score':%.6f},", text, i + 1 - starts,
                            4 + 5 * drawn(&seed));
    for (int i = 0; i < later; i++) {
        double day = 0.5 + 60 * drawn(&seed);
        double score = 8 * drawn(&seed) + (i == higher ? more : 0);
        text = arena_printf(arena, "%s%s{'day':%.6f,'score':%.6f}", text, i > 0 ? "," : "", day,
                            score);
    }
    return arena_printf(arena, "%s]", text);
}

/* Whatever the scores and days, one or several before the first session: nothing gets likelier by a
 * score that rises, and who was told to stop is not told to go on. */
static void a_higher_score_never_makes_it_go_on_longer(void **state)
{
    uint64_t seed = 77;
    for (int round = 0; round < 400; round++) {
        struct arena *arena = arena_new();
        uint64_t diary_seed = seed += 7919;
        int starts = 1 + (int)(5 * drawn(&seed));
        int later = 2 + (int)(9 * drawn(&seed));
        int higher = (int)(later * drawn(&seed));
        double more = 2 * drawn(&seed);
        struct decided before =
            decide(*state, drawn_diary(arena, diary_seed, starts, later, higher, 0));
        struct decided after =
            decide(*state, drawn_diary(arena, diary_seed, starts, later, higher, more));
        assert_true(after.out.probability <= before.out.probability);
        assert_true(worse_as_scored(&after, (size_t)starts) >=
                    worse_as_scored(&before, (size_t)starts));
        if (before.out.decided == STOP_FOR_HARM || strcmp(before.out.rule, "T5") == 0)
            assert_true(after.out.decided == STOP_FOR_HARM || after.out.decided == STOP_UNLIKELY);
        forget(&before);
        forget(&after);
        arena_free(arena);
    }
}

/* ---- what is expected ---- */

static void a_start_is_taken_for_less_far_from_that_of_others(void **state)
{
    struct decided high = decide(*state, TENS "'diary':[{'day':0,'score':9},{'day':9,'score':7}]");
    struct decided low = decide(*state, TENS "'diary':[{'day':0,'score':2},{'day':9,'score':2}]");
    struct decided often =
        decide(*state, TENS "'started':0,'diary':[{'day':-4,'score':9},{'day':-2,'score':9},"
                            "{'day':0,'score':9},{'day':9,'score':7}]");
    assert_true(high.out.plan.level_before < 9 && high.out.plan.level_before > 7.5);
    assert_true(low.out.plan.level_before > 2 && low.out.plan.level_before < 3.5);
    assert_true(often.out.plan.level_before > high.out.plan.level_before);
    assert_true(high.out.plan.start == 9); /* the goal stays that of the scores */
    assert_true(stop_plan_without(&high.out.plan, 0) == high.out.plan.level_before);
    forget(&high);
    forget(&low);
    forget(&often);
}

/* Whoever begins at 3 does not fall by what people who began at 6 did, treated or not. */
static void falls_go_with_the_level_that_they_begin_at(void **state)
{
    struct decided high =
        decide(*state, NEEDLING "'diary':[{'day':0,'score':7},{'day':9,'score':6}]");
    struct decided low =
        decide(*state, NEEDLING "'diary':[{'day':0,'score':3},{'day':9,'score':3}]");
    double added_high = high.out.plan.prior.fall - high.out.plan.control_fall;
    double added_low = low.out.plan.prior.fall - low.out.plan.control_fall;
    assert_true(low.out.plan.control_fall < high.out.plan.control_fall);
    assert_true(added_low < added_high);
    assert_true(high.out.plan.effect == low.out.plan.effect);
    forget(&high);
    forget(&low);
}

/* 1.02 is the error of a score; steps of 4, 4 and 4 between the four before the first session make
 * sqrt((4 * 1.02^2 + 3 * 16 / 2) / 7) = 2.006; a steady climb by one a day hardly counts. */
static void scores_that_jump_before_it_begins_count_for_less(void **state)
{
    static const char later[] = "{'day':6,'score':7},{'day':12,'score':7},{'day':18,'score':7}]";
    struct arena *arena = arena_new();
    struct decided jumping =
        decide(*state, arena_printf(arena,
                                    TENS "'started':0,'diary':[{'day':-3,'score':5},"
                                         "{'day':-2,'score':9},{'day':-1,'score':5},"
                                         "{'day':0,'score':9},%s",
                                    later));
    struct decided still =
        decide(*state, arena_printf(arena,
                                    TENS "'started':0,'diary':[{'day':-3,'score':7},"
                                         "{'day':-2,'score':7},{'day':-1,'score':7},"
                                         "{'day':0,'score':7},%s",
                                    later));
    struct decided climbing =
        decide(*state, arena_printf(arena,
                                    TENS "'started':0,'diary':[{'day':-3,'score':5.5},"
                                         "{'day':-2,'score':6.5},{'day':-1,'score':7.5},"
                                         "{'day':0,'score':8.5},%s",
                                    later));
    struct decided one = decide(
        *state, arena_printf(arena, TENS "'started':0,'diary':[{'day':0,'score':7},%s", later));
    assert_true(fabs(jumping.out.plan.prior.error_sd - sqrt((4 * 1.02 * 1.02 + 24) / 7)) < 1e-12);
    assert_true(fabs(one.out.plan.prior.error_sd - 1.02) < 1e-12);
    assert_true(climbing.out.plan.prior.error_sd < 1.02);
    assert_true(jumping.out.probability > still.out.probability);
    forget(&jumping);
    forget(&still);
    forget(&climbing);
    forget(&one);
    arena_free(arena);
}

static void the_curve_runs_from_the_start_to_the_end(void **state)
{
    struct decided at = decide(*state, TENS BETTER);
    size_t count;
    const struct stop_point *points = stop_curve(&at.out, at.arena, &count);
    assert_true(count > 2);
    assert_true(points[0].day == 0);
    assert_true(points[count - 1].day == at.out.plan.trial_days);
    for (size_t i = 0; i < count; i++) {
        assert_true(points[i].low <= points[i].expected && points[i].expected <= points[i].high);
        assert_true(points[i].without <= at.out.plan.start);
    }
    forget(&at);
}

/* ---- what was told beside the scores ---- */

static void a_note_beside_a_score_can_be_an_emergency(void **state)
{
    expect(*state, TENS "'diary':[{'day':0,'score':7,'note':'crushing chest pain'}]",
           STOP_SEEK_CARE, "T1");
}

/* Fever alone is no flag; with the back pain that the diary is about it may be an infection. */
static void complaints_are_read_along_with_what_it_is_tried_for(void **state)
{
    expect(*state, TENS "'symptoms':'fever and chills'," BETTER, STOP_SEEK_CARE, "T1");
    expect(*state,
           "'intervention':'tens','condition':'knee-osteoarthritis','scale':'0-10',"
           "'symptoms':'bit tired'," BETTER,
           STOP_CONTINUE, "T7");
}

/* Without a word of complaint no complaint and no treatment raises anything by its name. */
static void names_alone_raise_nothing(void **state)
{
    const struct base *base = catalog_base(*state);
    for (size_t i = 0; i < base->condition_count; i++)
        for (size_t j = 0; j < base->intervention_count; j++) {
            struct arena *arena = arena_new();
            struct decided at =
                decide(*state, arena_printf(arena,
                                            "'intervention':'%s','condition':'%s','diary':[],"
                                            "'symptoms':'feels the same as last week'",
                                            base->interventions[j].id, base->conditions[i].id));
            if (at.signs.red_flag != NULL)
                fail_msg("%s for %s raises %s", base->interventions[j].id, base->conditions[i].id,
                         at.signs.red_flag->id);
            forget(&at);
            arena_free(arena);
        }
}

static void a_blood_thinner_counts_by_any_of_its_names(void **state)
{
    expect(*state,
           "'intervention':'shockwave','condition':'plantar-heel-pain','scale':'0-10',"
           "'medicines':['Brilinta']," BETTER,
           STOP_DO_NOT_START, "T3");
    expect(*state,
           "'intervention':'shockwave','condition':'plantar-heel-pain','scale':'0-10',"
           "'medicines':['rivaroxabann']," BETTER,
           STOP_DO_NOT_START, "T3");
}

/* ---- what goes with the answer ---- */

static bool warns_of(const struct decided *at, const char *words)
{
    const char *const *warnings = stop_warnings(&at->diary, &at->signs, &at->out, at->arena);
    for (; *warnings != NULL; warnings++)
        if (strstr(*warnings, words) != NULL)
            return true;
    return false;
}

static void a_pain_that_is_not_known_can_be_an_emergency(void **state)
{
    expect(*state, "'intervention':'tens','condition':'chest pain','diary':[]", STOP_SEEK_CARE,
           "T1");
    expect(*state, "'intervention':'tens','condition':'elbow pain','diary':[]", STOP_TOO_EARLY,
           "T4");
}

static void beside_an_emergency_nothing_else_is_said(void **state)
{
    struct decided at = decide(*state, TENS RED_FLAG BETTER);
    assert_null(stop_warnings(&at.diary, &at.signs, &at.out, at.arena)[0]);
    forget(&at);
}

static void a_medicine_beside_it_that_needs_slow_coming_off_says_so(void **state)
{
    static const char *const names[] = {"gabapentin", "Lyrica",   "amitriptyline", "Valium",
                                        "sertraline", "tramadol", "Zanaflex",      "baclofen"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct arena *arena = arena_new();
        struct decided at =
            decide(*state, arena_printf(arena, TENS "'medicines':['%s']," BETTER, names[i]));
        if (!warns_of(&at, "must not be stopped from one day to the next"))
            fail_msg("nothing said of %s", names[i]);
        forget(&at);
        arena_free(arena);
    }
    struct decided other = decide(*state, TENS "'medicines':['paracetamol']," BETTER);
    assert_false(warns_of(&other, "from one day to the next"));
    forget(&other);
}

static void a_side_effect_that_is_no_danger_gets_a_word(void **state)
{
    struct decided device = decide(*state, TENS "'adverse_events':['itchy skin']," BETTER);
    struct decided medicine =
        decide(*state, "'intervention':'duloxetine','condition':'chronic-low-back-pain',"
                       "'scale':'0-10','adverse_events':['dry mouth']," BETTER);
    assert_true(warns_of(&device, "side effect (itchy skin). Leave out the treatment"));
    assert_true(warns_of(&medicine, "side effect (dry mouth). Tell whoever prescribed it"));
    forget(&device);
    forget(&medicine);
}

static void what_stands_in_a_note_can_speak_against_it(void **state)
{
    expect(*state,
           TENS "'diary':[{'day':0,'score':7,'note':'they fitted my pacemaker'},"
                "{'day':6,'score':6}]",
           STOP_DO_NOT_START, "T3");
    struct decided at =
        decide(*state, "'intervention':'cupping','condition':'neck-pain','scale':'0-10','diary':"
                       "[{'day':0,'score':7,'note':'started apixaban'},{'day':6,'score':6}]");
    assert_true(warns_of(&at, "You told of blood-thinning medicine: ask whoever treats you"));
    forget(&at);
}

static void what_cannot_be_checked_is_not_passed_over(void **state)
{
    struct decided told =
        decide(*state, "'intervention':'ems','condition':'neck-pain','scale':'0-10',"
                       "'symptoms':'I am pregnant'," BETTER);
    struct decided silent =
        decide(*state, "'intervention':'ems','condition':'neck-pain','scale':'0-10'," BETTER);
    assert_true(warns_of(&told, "Nobody has written down here who should not have"));
    assert_false(warns_of(&silent, "Nobody has written down"));
    forget(&told);
    forget(&silent);
}

static void alternatives_are_better_rated_and_nothing_speaks_against_them(void **state)
{
    static const char *const told[] = {"", "'medicines':['warfarin'],"};
    size_t any = 0;
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = arena_new();
        struct decided at =
            decide(*state, arena_printf(arena,
                                        "'intervention':'shockwave','condition':'shoulder-pain',"
                                        "'scale':'0-10',%s" NO_BETTER,
                                        told[i]));
        size_t count;
        const struct headline *own =
            catalog_headline(*state, at.diary.intervention, at.diary.condition, NULL, at.arena);
        const struct headline *const *better =
            stop_alternatives(*state, &at.diary, &at.signs, at.arena, &count);
        assert_true(count <= STOP_ALTERNATIVES);
        for (size_t j = 0; j < count; j++) {
            size_t reasons;
            const char *text = at.signs.states;
            assert_true(headline_is_better(better[j], own));
            assert_ptr_not_equal(better[j]->intervention, at.diary.intervention);
            const struct not_for *found =
                not_for_in(*state, better[j]->intervention, text, strlen(text), at.arena, &reasons);
            assert_true(reasons == 0 || found[0].ask_first);
            any++;
        }
        forget(&at);
        arena_free(arena);
    }
    assert_true(any > 0);
}

static void a_goal_reached_tells_whether_there_is_more_to_gain(void **state)
{
    struct decided nothing = decide(*state, TENS TRIAL_OVER("0.5"));
    struct decided weekly = decide(*state, TENS "'diary':[{'day':0,'score':8},{'day':28,'score':7},"
                                                "{'day':35,'score':4},{'day':42,'score':2}]");
    assert_int_equal(nothing.out.decided, STOP_DONE);
    assert_non_null(strstr(nothing.out.sentence, "little left to gain"));
    assert_int_equal(weekly.out.decided, STOP_CONTINUE); /* 5.5 by then, 2 now */
    forget(&nothing);
    forget(&weekly);
}

static void other_scores_are_named(void **state)
{
    struct decided at =
        decide(*state, TENS "'diary':[{'day':0,'score':7},{'day':7,'score':6},"
                            "{'day':7,'score':3,'outcome':'disability','scale':'0-10'}]");
    assert_true(warns_of(&at, "The answer goes by pain"));
    forget(&at);
}

static void what_the_answer_lacks_is_said_beside_it(void **state)
{
    static const struct {
        const char *members, *warning;
    } cases[] = {
        {TENS "'sessions':[0,2,4],'diary':[{'day':3,'score':6},{'day':9,'score':5}]",
         "No score stands before the first session: that of day 3 was taken for the start"},
        {TENS "'diary':[{'day':0,'score':1},{'day':9,'score':1}]",
         "The goal is no further off than a single score can be off"},
        {TENS "'outcome':'range-of-motion','diary':[{'day':0,'score':3},{'day':9,'score':5}]",
         "Range of motion is no pain"},
        {"'intervention':'tens','condition':'fibromyalgia','outcome':'strength','scale':'0-10',"
         "'diary':[{'day':0,'score':3},{'day':9,'score':5}]",
         "the answer rests on your scores alone"},
    };
    struct decided whole = decide(*state, TENS BETTER);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decided at = decide(*state, cases[i].members);
        if (!warns_of(&at, cases[i].warning))
            fail_msg("nothing said: %s", cases[i].warning);
        assert_false(warns_of(&whole, cases[i].warning));
        forget(&at);
    }
    forget(&whole);
}

static void a_medicine_that_came_in_between_is_known_by_its_brand(void **state)
{
    struct decided at =
        decide(*state, TENS BETTER ",'changes':[{'day':9,'what':'started Cymbalta'},"
                                   "{'day':4,'what':'started Voltaren'}]");
    assert_true(warns_of(&at, "On day 4 something changed about anti-inflammatory gel"));
    assert_true(warns_of(&at, "On day 9 something changed about duloxetine"));
    assert_true(at.diary.changes[0].day == 4); /* in the order of their days */
    forget(&at);
}

/* ---- medicines that are tried ---- */

#define PASSED_OUT "'adverse_events':['I passed out'],"
#define ALLERGIC   "'adverse_events':['anaphylaxis'],"

static void check_words_of_medicine(const struct catalog *catalog, const char *id,
                                    const char *members)
{
    struct arena *arena = arena_new();
    struct decided at =
        decide(catalog, arena_printf(arena,
                                     "'intervention':'%s','condition':'chronic-low-back-pain',"
                                     "'scale':'0-10',%s",
                                     id, members));
    bool slow = stop_rules_slow(&base_rulebooks(catalog_base(catalog))->stop_rules, id) != NULL;
    bool alarm = at.out.decided == STOP_SEEK_CARE; /* says whom to call, and nothing else first */
    bool ends = !alarm && at.out.decided != STOP_CONTINUE && at.out.decided != STOP_TOO_EARLY;
    if (strncmp(at.out.sentence, "Stop", 4) == 0 || strstr(at.out.sentence, " stop it") != NULL ||
        strcmp(stop_headline(&at.diary, &at.out), "Stop") == 0)
        fail_msg("%s is told to be stopped: %s", id, at.out.sentence);
    if (ends && slow && strstr(at.out.sentence, "slowly") == NULL)
        fail_msg("%s without \"slowly\": %s", id, at.out.sentence);
    if (ends && at.out.decided != STOP_FOR_HARM &&
        strstr(at.out.sentence, "whoever prescribed it") == NULL)
        fail_msg("%s without the prescriber: %s", id, at.out.sentence);
    forget(&at);
    arena_free(arena);
}

static void nobody_is_told_to_stop_a_medicine(void **state)
{
    static const char *const diaries[] = {
        WORSE,           NO_BETTER,         BETTER,         TRIAL_OVER("5.6"),
        TRIAL_OVER("7"), PASSED_OUT BETTER, ALLERGIC BETTER};
    const struct base *base = catalog_base(*state);
    int medicines = 0;
    for (size_t i = 0; i < base->intervention_count; i++) {
        if (base->interventions[i].kind != KIND_DRUG)
            continue;
        medicines++;
        for (size_t j = 0; j < sizeof diaries / sizeof *diaries; j++)
            check_words_of_medicine(*state, base->interventions[i].id, diaries[j]);
    }
    assert_true(medicines > 15);
}

/* Duloxetine is to be come off slowly, but whether the next dose is taken now is not ours to say.
 */
static void an_emergency_of_a_medicine_says_to_name_it_and_to_ask_about_the_next_dose(void **state)
{
    struct decided at =
        decide(*state, "'intervention':'duloxetine','condition':'chronic-low-back-pain',"
                       "'scale':'0-10','adverse_events':['I had a fit']," BETTER);
    assert_int_equal(at.out.decided, STOP_FOR_HARM);
    assert_int_equal(at.out.sign->urgency, URGENCY_EMERGENCY);
    assert_string_equal(at.out.sentence,
                        "A fit needs medical help at once. Say which medicine you take, and ask "
                        "there whether to take the next dose.");
    forget(&at);
}

static void what_must_be_come_off_slowly_says_so(void **state)
{
    static const char *const slow[] = {"opioids",          "diazepam",
                                       "clonazepam",       "duloxetine",
                                       "muscle-relaxants", "ssri-antidepressants",
                                       "gabapentinoids",   "tricyclic-antidepressants"};
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        struct arena *arena = arena_new();
        struct decided at =
            decide(*state, arena_printf(arena,
                                        "'intervention':'%s','condition':'chronic-low-back-pain',"
                                        "'scale':'0-10'," NO_BETTER,
                                        slow[i]));
        assert_int_equal(at.out.decided, STOP_UNLIKELY);
        assert_non_null(strstr(at.out.sentence, "must not be stopped from one day to the next"));
        forget(&at);
        arena_free(arena);
    }
    struct decided other = decide(*state, "'intervention':'paracetamol','scale':'0-10',"
                                          "'condition':'chronic-low-back-pain'," NO_BETTER);
    assert_null(strstr(other.out.sentence, "slowly"));
    forget(&other);
}

/* ---- changes on the way ---- */

#define AFTER_MASSAGE                                                                              \
    "'diary':[{'day':0,'score':8},{'day':10,'score':8},{'day':20,'score':7},{'day':26,'score':7}," \
    "{'day':32,'score':7},{'day':38,'score':7},{'day':44,'score':7}],"
#define SWITCHED "'changes':[{'day':20,'what':'switched from massage to TENS'}]"

/* The start is that of the two weeks up to the switch, (8 + 7) / 2. */
static void a_switch_begins_the_trial_anew(void **state)
{
    struct decided before = decide(*state, TENS AFTER_MASSAGE "'changes':[]");
    struct decided after = decide(*state, TENS AFTER_MASSAGE SWITCHED);
    assert_true(before.out.now == 44 && before.out.plan.start == 8);
    assert_true(after.out.now == 24 && after.out.plan.start == 7.5);
    assert_int_equal(after.out.later_scores, 4);
    const char *const *warnings =
        stop_warnings(&after.diary, &after.signs, &after.out, after.arena);
    bool told = false;
    for (; *warnings != NULL; warnings++)
        told = told || (strstr(*warnings, "counts from day 20") != NULL &&
                        strstr(*warnings, "belong to massage") != NULL);
    assert_true(told);
    forget(&before);
    forget(&after);
}

static void the_start_is_of_the_last_two_weeks(void **state)
{
    struct decided at = decide(*state, TENS "'started':100,'diary':[{'day':10,'score':2},"
                                            "{'day':86,'score':6},{'day':100,'score':8},"
                                            "{'day':110,'score':7}]");
    assert_true(at.out.plan.start == 7);
    assert_int_equal(at.out.plan.start_count, 2);
    struct decided older = decide(*state, TENS "'started':100,'diary':[{'day':10,'score':2},"
                                               "{'day':50,'score':6},{'day':110,'score':7}]");
    assert_true(older.out.plan.start == 6);
    forget(&at);
    forget(&older);
}

static void what_was_given_up_is_judged_by_its_own_days(void **state)
{
    struct decided at =
        decide(*state, TENS NO_BETTER ",'changes':[{'day':13,'what':'stopped TENS'}]");
    assert_string_equal(at.out.rule, "T4");
    assert_true(at.out.now == 12);
    assert_true(isnan(at.out.next_review_day));
    assert_non_null(strstr(at.out.sentence, "given up on day 13"));
    forget(&at);
    expect(*state, TENS NO_BETTER ",'changes':[{'day':25,'what':'switched to massage'}]",
           STOP_UNLIKELY, "T5");
}

/* ---- what nobody has measured ---- */

static void no_figure_stands_for_a_course_that_nobody_knows(void **state)
{
    static const char *const others[] = {
        "'intervention':'acupuncture','condition':'migraine','scale':'days per month',"
        "'diary':[{'day':0,'score':15},{'day':28,'score':14},{'day':56,'score':15}]",
        "'intervention':'tens','condition':'low-back-pain','scale':'ODI',"
        "'diary':[{'day':0,'score':40},{'day':14,'score':38},{'day':28,'score':39}]",
        "'intervention':'foam-roller','condition':'muscle-soreness','scale':'0-10',"
        "'diary':[{'day':0,'score':7},{'day':1,'score':6},{'day':2,'score':5}]",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct decided at = decide(*state, others[i]);
        size_t count;
        assert_true(at.out.known);
        assert_false(at.out.plan.knows_course);
        assert_true(isnan(stop_plan_without(&at.out.plan, 10)));
        assert_true(isnan(stop_curve(&at.out, at.arena, &count)[1].without));
        assert_null(strstr(at.out.sentence, "Without this treatment"));
        forget(&at);
    }
}

/* HIT-6 goes from 36 to 78: 8 points of 42 for tension headache, 2.5 for migraine, which is less
 * than a tenth of the scale. The 19 points of the NDI are of neck pain and no other. */
static void a_goal_is_that_of_the_questionnaire_and_the_complaint(void **state)
{
    struct decided tension =
        decide(*state, "'intervention':'manual-therapy','condition':'tension-type-headache',"
                       "'scale':'HIT-6','diary':[{'day':0,'score':66},{'day':14,'score':60}]");
    struct decided migraine =
        decide(*state, "'intervention':'acupuncture','condition':'migraine','scale':'HIT-6',"
                       "'diary':[{'day':0,'score':66},{'day':14,'score':60}]");
    struct decided plain =
        decide(*state, "'intervention':'tens','condition':'low-back-pain','outcome':'disability',"
                       "'scale':'0-100','diary':[{'day':0,'score':50},{'day':14,'score':40}]");
    assert_true(fabs(diary_told(tension.diary.scale, tension.out.plan.line) - 58) < 1e-9);
    assert_true(fabs(diary_told(migraine.diary.scale, migraine.out.plan.line) - 61.8) < 1e-9);
    assert_non_null(strstr(migraine.out.plan.goal_note, "tenth of the scale"));
    assert_null(plain.out.plan.goal_from);
    assert_true(fabs(diary_told(plain.diary.scale, plain.out.plan.line) - 35) < 1e-9);
    forget(&tension);
    forget(&migraine);
    forget(&plain);
}

/* Control groups were scored after six weeks: by the end of ten days less of that has come. */
static void a_course_is_brought_to_the_end_of_the_trial(void **state)
{
    struct decided longer =
        decide(*state, "'intervention':'tens','condition':'shoulder-pain','scale':'0-10'," BETTER);
    struct decided shorter = decide(*state, "'intervention':'tens','condition':'shoulder-pain',"
                                            "'scale':'0-10','trial':{'days':10}," BETTER);
    assert_null(longer.out.plan.course);
    assert_true(shorter.out.plan.control_fall < 0.8 * longer.out.plan.control_fall);
    forget(&longer);
    forget(&shorter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_red_flag_stands_above_everything),
        cmocka_unit_test(harm_stands_above_what_it_is_not_for),
        cmocka_unit_test(getting_worse_is_harm),
        cmocka_unit_test(another_outcome_that_gets_worse_is_harm),
        cmocka_unit_test(one_session_alone_never_decides),
        cmocka_unit_test(before_the_least_exposure_it_is_too_early),
        cmocka_unit_test(it_stops_where_the_goal_is_less_likely_than_one_in_ten),
        cmocka_unit_test(before_the_least_exposure_only_one_in_fifty_stops_it),
        cmocka_unit_test(it_is_harm_where_worse_is_likelier_than_nine_in_ten),
        cmocka_unit_test(harm_is_told_by_the_scores_and_not_by_what_others_begin_with),
        cmocka_unit_test(two_weeks_without_a_word_of_sessions_are_enough),
        cmocka_unit_test(the_trial_ends_on_its_last_day),
        cmocka_unit_test(no_change_for_weeks_stops_it),
        cmocka_unit_test(at_the_end_the_goal_decides),
        cmocka_unit_test(reached_and_still_improving_goes_on),
        cmocka_unit_test(the_sessions_of_a_rule_end_a_trial),
        cmocka_unit_test(a_wish_for_another_length_is_followed),
        cmocka_unit_test(going_on_names_the_day_to_look_again),
        cmocka_unit_test(on_the_day_named_the_answer_can_change),
        cmocka_unit_test(the_goal_is_a_third_less_and_a_point_at_least),
        cmocka_unit_test(the_scale_changes_nothing_but_the_numbers),
        cmocka_unit_test(dates_and_numbers_of_days_say_the_same),
        cmocka_unit_test(soreness_after_exercise_has_three_days),
        cmocka_unit_test(getting_better_is_never_told_without_what_comes_by_itself),
        cmocka_unit_test(a_higher_score_never_makes_it_go_on_longer),
        cmocka_unit_test(a_start_is_taken_for_less_far_from_that_of_others),
        cmocka_unit_test(falls_go_with_the_level_that_they_begin_at),
        cmocka_unit_test(scores_that_jump_before_it_begins_count_for_less),
        cmocka_unit_test(the_curve_runs_from_the_start_to_the_end),
        cmocka_unit_test(a_note_beside_a_score_can_be_an_emergency),
        cmocka_unit_test(complaints_are_read_along_with_what_it_is_tried_for),
        cmocka_unit_test(names_alone_raise_nothing),
        cmocka_unit_test(a_blood_thinner_counts_by_any_of_its_names),
        cmocka_unit_test(a_pain_that_is_not_known_can_be_an_emergency),
        cmocka_unit_test(beside_an_emergency_nothing_else_is_said),
        cmocka_unit_test(a_medicine_beside_it_that_needs_slow_coming_off_says_so),
        cmocka_unit_test(a_side_effect_that_is_no_danger_gets_a_word),
        cmocka_unit_test(what_stands_in_a_note_can_speak_against_it),
        cmocka_unit_test(what_cannot_be_checked_is_not_passed_over),
        cmocka_unit_test(alternatives_are_better_rated_and_nothing_speaks_against_them),
        cmocka_unit_test(a_goal_reached_tells_whether_there_is_more_to_gain),
        cmocka_unit_test(other_scores_are_named),
        cmocka_unit_test(what_the_answer_lacks_is_said_beside_it),
        cmocka_unit_test(a_medicine_that_came_in_between_is_known_by_its_brand),
        cmocka_unit_test(an_emergency_of_a_medicine_says_to_name_it_and_to_ask_about_the_next_dose),
        cmocka_unit_test(nobody_is_told_to_stop_a_medicine),
        cmocka_unit_test(what_must_be_come_off_slowly_says_so),
        cmocka_unit_test(a_switch_begins_the_trial_anew),
        cmocka_unit_test(the_start_is_of_the_last_two_weeks),
        cmocka_unit_test(what_was_given_up_is_judged_by_its_own_days),
        cmocka_unit_test(no_figure_stands_for_a_course_that_nobody_knows),
        cmocka_unit_test(a_goal_is_that_of_the_questionnaire_and_the_complaint),
        cmocka_unit_test(a_course_is_brought_to_the_end_of_the_trial),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
