#include "evidence/judgement/question/check.h"
#include "tests/service/api/small_service.h"

static struct checked asked(struct small_service *small, const char *question)
{
    struct checked out;
    check_question(small->catalog, question, strlen(question), small->arena, &out);
    return out;
}

static void a_question_is_answered_by_its_headline(void **state)
{
    struct checked checked = asked(*state, "does massage help neck pain?");
    assert_string_equal(checked.intervention->id, "massage");
    assert_string_equal(checked.condition->id, "neck-pain");
    assert_non_null(checked.answer->rating);
    assert_ptr_equal(checked.sentence, checked.answer->sentence);
    assert_false(checked.condition_chosen);
    assert_null(checked.ask);
}

/* Two studies of healthy people's strength stand against one of neck pain. */
static void a_treatment_alone_is_answered_for_a_complaint(void **state)
{
    struct checked checked = asked(*state, "massage gun");
    assert_true(checked.condition_chosen);
    assert_string_equal(checked.condition->id, "neck-pain");
    assert_int_equal(checked.ranked_count, 2);
    assert_string_equal(checked.ranked[1]->condition->id, "healthy-adults");
}

static void
a_treatment_for_something_not_understood_is_not_answered_for_something_else(void **state)
{
    struct checked checked = asked(*state, "does a massage gun help my zorblax");
    assert_null(checked.answer);
    assert_false(checked.condition_chosen);
    assert_int_equal(checked.understood.not_understood_count, 1);
    assert_int_equal(checked.ranked_count, 2);
}

/* A complaint without a condition here is told as that, by the words that it was asked in. */
static void a_complaint_that_is_not_here_is_named(void **state)
{
    static const char *const complaints[] = {"sciatica", "sprained ankle", "it band"};
    struct small_service *small = *state;
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        const char *question = arena_printf(small->arena, "does massage help %s", complaints[i]);
        struct checked checked = asked(small, question);
        assert_null(checked.answer);
        assert_string_equal(checked.understood.unknown_complaint, complaints[i]);
        assert_non_null(strstr(checked.sentence, "is not among the complaints of this base"));
    }
    struct checked known = asked(small, "does massage help neck pain");
    assert_null(known.understood.unknown_complaint);
}

static void a_treatment_without_any_study_is_said_to_have_none(void **state)
{
    struct checked checked = asked(*state, "cupping");
    assert_null(checked.answer);
    assert_int_equal(checked.ranked_count, 0);
    assert_non_null(strstr(checked.sentence, "No study of"));
}

static void a_condition_alone_is_answered_with_what_is_rated_for_it(void **state)
{
    struct checked checked = asked(*state, "what helps neck pain");
    assert_null(checked.answer);
    assert_int_equal(checked.ranked_count, 2);
    assert_string_equal(checked.ranked[0]->intervention->id, "massage");
    assert_int_equal(asked(*state, "what helps migraine").ranked_count, 0);
}

static void what_leaves_the_condition_open_is_asked_back(void **state)
{
    struct checked checked = asked(*state, "headache");
    assert_non_null(strstr(checked.ask, "tension headache"));
    assert_ptr_equal(checked.ask, checked.sentence);
}

/* "Muscle pain" may be what the studies of neck pain are about; migraine is not. */
static void a_general_complaint_that_nobody_studied_is_asked_back_as_those_that_were(void **state)
{
    struct checked checked = asked(*state, "massage gun for muscle pain");
    assert_string_equal(checked.answer->verdict, "untested");
    assert_string_equal(checked.ask,
                        "Is it neck pain? For that there are studies of a massage gun here.");
    assert_null(asked(*state, "massage gun for migraine").ask);
}

static void a_treatment_that_is_not_here_is_named_and_nothing_else_is_rated(void **state)
{
    struct checked checked = asked(*state, "does frobnication help neck pain");
    assert_string_equal(checked.understood.unknown.phrase, "frobnication");
    assert_null(checked.answer);
    assert_int_equal(checked.ranked_count, 0);
    assert_non_null(strstr(checked.sentence, "not in this base"));
}

static void anything_else_is_told_as_not_understood(void **state)
{
    static const char *const texts[] = {"",         "   ",        "?",
                                        "\xff\xfe", "the of and", "\xF0\x9F\xA6\xB4"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct checked checked = asked(*state, texts[i]);
        assert_null(checked.answer);
        assert_non_null(strstr(checked.sentence, "not understood"));
    }
}

/* ---- over HTTP ---- */

static void get_and_post_answer_the_same(void **state)
{
    struct small_answer get = small_get(*state, "/v1/check?q=massage+for+neck+pain");
    struct small_answer post =
        small_send(*state, METHOD_POST, "/v1/check", "{\"q\": \"massage for neck pain\"}");
    assert_int_equal(get.status, 200);
    assert_string_equal(get.text, post.text);
    assert_non_null(get.modified);
    assert_null(post.modified);
    small_text(&get, "understood.intervention.id", "massage");
    small_null(&get, "understood.outcome");
    small_null(&get, "ask");
    assert_int_equal(json_array_size(small_at(&get, "red_flags")), 0);
    small_null(&get, "warning");
    small_text(&get, "safety.level", "minor");
    assert_true(json_is_false(small_at(&get, "cut")));
    small_done(&get);
    small_done(&post);
}

static void the_whole_shape_is_there_when_nothing_was_understood(void **state)
{
    static const char *const fields[] = {"query",
                                         "understood.intervention",
                                         "understood.condition",
                                         "understood.outcome",
                                         "not_understood",
                                         "answer",
                                         "ranked",
                                         "ask",
                                         "alternatives",
                                         "safety",
                                         "red_flags"};
    struct small_answer answer = small_get(*state, "/v1/check?q=zorblax");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        small_at(&answer, fields[i]);
    small_text(&answer, "not_understood.0", "zorblax");
    small_null(&answer, "answer");
    small_null(&answer, "safety");
    small_done(&answer);
}

static void a_question_longer_than_is_looked_at_says_that_it_was_cut(void **state)
{
    struct small_service *small = *state;
    char *target = arena_printf(small->arena, "/v1/check?q=massage+for+neck+pain+%01200d", 0);
    struct small_answer answer = small_get(small, target);
    assert_true(json_is_true(small_at(&answer, "cut")));
    small_text(&answer, "understood.condition.id", "neck-pain");
    small_done(&answer);
}

static void refused(void **state, const char *body, const char *words)
{
    struct small_answer answer = small_send(*state, METHOD_POST, "/v1/check", body);
    if (answer.status != 400 || strstr(answer.text, words) == NULL)
        fail_msg("%s: %d %s", body, answer.status, answer.text);
    small_done(&answer);
}

static void a_body_that_is_no_question_is_refused_with_its_place(void **state)
{
    refused(state, "", "errors");
    refused(state, "{", "errors");
    refused(state, "null", "errors");
    refused(state, "[\"q\"]", "errors");
    refused(state, "{}", "\"/q\"");
    refused(state, "{\"q\": null}", "\"/q\"");
    refused(state, "{\"q\": 7}", "\"/q\"");
    refused(state, "{\"q\": \"\"}", "\"/q\"");
    refused(state, "{\"q\": \"a\\u0000b\"}", "errors");
    refused(state, "{\"q\": \"a\", \"q\": \"b\"}", "errors");
    refused(state, "{\"q\": \"a\", \"limit\": 1}", "\"/limit\"");
    refused(state, "{\"q\": \"\xff\"}", "errors");
}

static void a_question_in_the_body_takes_no_parameters(void **state)
{
    struct small_answer answer =
        small_send(*state, METHOD_POST, "/v1/check?q=a", "{\"q\": \"massage\"}");
    assert_int_equal(answer.status, 400);
    small_text(&answer, "errors.0.pointer", "?q");
    small_done(&answer);
}

static void a_question_is_needed_in_the_address_too(void **state)
{
    small_refused(*state, "/v1/check", 400, "\"?q\"");
    small_refused(*state, "/v1/check?q=", 400, "\"?q\"");
    small_refused(*state, "/v1/check?q=%20+", 400, "\"?q\"");
    small_refused(*state, "/v1/check?q=a&q=b", 400, "\"?q\"");
    small_refused(*state, "/v1/check?q=a&w=b", 400, "\"?w\"");
    small_refused(*state, "/v1/check?q=%ff", 400, "UTF-8");
}

static void completion_gives_interventions_and_conditions(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/suggest?q=massage+g&limit=2");
    small_text(&answer, "items.0.kind", "intervention");
    small_text(&answer, "items.0.id", "massage-gun");
    assert_true(small_size(&answer, "items") <= 2);
    small_done(&answer);
    answer = small_get(*state, "/v1/suggest?q=");
    assert_int_equal(small_size(&answer, "items"), 0);
    small_done(&answer);
    small_refused(*state, "/v1/suggest", 400, "\"?q\"");
    small_refused(*state, "/v1/suggest?q=a&limit=51", 400, "\"?limit\"");
}

static void a_pair_that_is_known_is_answered_as_the_question_about_it(void **state)
{
    struct small_service *small = *state;
    struct checked pair;
    struct checked question = asked(small, "does massage help neck pain?");
    check_about(small->catalog, question.intervention, question.condition, small->arena, &pair);
    assert_ptr_equal(pair.answer->rating, question.answer->rating);
    assert_string_equal(pair.sentence, question.sentence);
    assert_int_equal(pair.alternative_count, question.alternative_count);
    assert_int_equal(pair.flags.count, 0);
    assert_int_equal(pair.length, strlen(pair.query));
    check_about(small->catalog, base_intervention(catalog_base(small->catalog), "cupping"),
                question.condition, small->arena, &pair);
    assert_string_equal(pair.answer->verdict, "untested");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_answered_by_its_headline),
        cmocka_unit_test(a_treatment_alone_is_answered_for_a_complaint),
        cmocka_unit_test(a_pair_that_is_known_is_answered_as_the_question_about_it),
        cmocka_unit_test(
            a_treatment_for_something_not_understood_is_not_answered_for_something_else),
        cmocka_unit_test(a_complaint_that_is_not_here_is_named),
        cmocka_unit_test(a_treatment_without_any_study_is_said_to_have_none),
        cmocka_unit_test(a_condition_alone_is_answered_with_what_is_rated_for_it),
        cmocka_unit_test(what_leaves_the_condition_open_is_asked_back),
        cmocka_unit_test(a_general_complaint_that_nobody_studied_is_asked_back_as_those_that_were),
        cmocka_unit_test(a_treatment_that_is_not_here_is_named_and_nothing_else_is_rated),
        cmocka_unit_test(anything_else_is_told_as_not_understood),
        cmocka_unit_test(get_and_post_answer_the_same),
        cmocka_unit_test(the_whole_shape_is_there_when_nothing_was_understood),
        cmocka_unit_test(a_question_longer_than_is_looked_at_says_that_it_was_cut),
        cmocka_unit_test(a_body_that_is_no_question_is_refused_with_its_place),
        cmocka_unit_test(a_question_in_the_body_takes_no_parameters),
        cmocka_unit_test(a_question_is_needed_in_the_address_too),
        cmocka_unit_test(completion_gives_interventions_and_conditions),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
