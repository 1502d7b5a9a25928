/*
 * The instruments as curated: RoB 2's algorithms as data against its flow charts written down here
 * a second time, as nested questions, after the program that instruments.json names as its source;
 * for every set of answers that there can be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/model/appraisal.h"
#include "evidence/model/instrument.h"

enum { FILE_BYTES = 1 << 20, MOST = 8 };

struct fixture {
    struct arena *arena;
    struct instruments instruments;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct error err = {0};
    struct problems problems = {.arena = arena_new()};
    size_t length = 0;
    const char *path = "evidence/data/rulebooks/instruments.json";
    char *text = file_read(path, FILE_BYTES, problems.arena, &length, &err);
    assert_non_null(text);
    json_t *value = json_parse(text, length, path, &problems);
    struct json_reader at = json_root(value, path, &problems);
    instruments_read(&at, &fixture.instruments);
    json_decref(value);
    assert_int_equal(problems.count, 0);
    fixture.arena = problems.arena;
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static const struct instrument_form *rob2(void **state)
{
    const struct fixture *fixture = *state;
    const struct instrument_form *form = instrument_form_called(&fixture->instruments, "rob-2");
    assert_non_null(form);
    return form;
}

/* ---- the flow charts ---- */

enum { LOW, SOME, HIGH };

static bool yes(const char *word)
{
    return strcmp(word, "yes") == 0 || strcmp(word, "probably yes") == 0;
}

static bool no(const char *word)
{
    return strcmp(word, "no") == 0 || strcmp(word, "probably no") == 0;
}

static int randomisation(const char *const *a)
{
    if (no(a[1]))
        return HIGH;
    if (!yes(a[1]))
        return yes(a[2]) ? HIGH : SOME;
    if (no(a[0]))
        return SOME;
    return yes(a[2]) ? SOME : LOW;
}

static int deviations(const char *const *a)
{
    int first = LOW;
    int second = LOW;
    if (!(no(a[0]) && no(a[1])) && !no(a[2])) {
        if (!yes(a[2]))
            first = SOME;
        else if (no(a[3]))
            first = SOME;
        else
            first = yes(a[4]) ? SOME : HIGH;
    }
    if (!yes(a[5]))
        second = no(a[6]) ? SOME : HIGH;
    return first > second ? first : second;
}

static int missing_data(const char *const *a)
{
    if (yes(a[0]) || yes(a[1]) || no(a[2]))
        return LOW;
    return no(a[3]) ? SOME : HIGH;
}

static int measurement(const char *const *a)
{
    if (yes(a[0]) || yes(a[1]))
        return HIGH;
    int least = no(a[1]) ? LOW : SOME;
    if (no(a[2]) || no(a[3]))
        return least;
    return no(a[4]) ? SOME : HIGH;
}

static int selection(const char *const *a)
{
    if (yes(a[1]) || yes(a[2]))
        return HIGH;
    if (no(a[1]) && no(a[2]))
        return yes(a[0]) ? LOW : SOME;
    return SOME;
}

/* Counts up through the answers that each question may have; false after the last. */
static bool next_answers(const struct instrument_item *item, size_t *at, const char **answers)
{
    for (size_t i = 0; i < item->question_count; i++) {
        at[i]++;
        if (item->questions[i].answers[at[i]] != NULL) {
            answers[i] = item->questions[i].answers[at[i]];
            return true;
        }
        at[i] = 0;
        answers[i] = item->questions[i].answers[0];
    }
    return false;
}

static void every_set_of_answers_is_judged_as_the_flow_charts_say(void **state)
{
    static int (*const charts[])(const char *const *) = {randomisation, deviations, missing_data,
                                                         measurement, selection};
    const struct instrument_form *form = rob2(state);
    size_t sets = 0;
    assert_int_equal(form->item_count, 5);
    for (size_t i = 0; i < form->item_count; i++) {
        const struct instrument_item *item = &form->items[i];
        const char *answers[MOST] = {NULL};
        size_t at[MOST] = {0};
        for (size_t q = 0; q < item->question_count; q++)
            answers[q] = item->questions[q].answers[0];
        do {
            const char *judged = item_judgement(form, item, answers);
            assert_non_null(judged);
            assert_string_equal(judged, form->judgements[charts[i](answers)]);
            sets++;
        } while (next_answers(item, at, answers));
    }
    assert_int_equal(sets, 125 + 78125 + 500 + 3125 + 125);
}

static void a_question_is_asked_where_the_answers_before_call_for_it(void **state)
{
    const struct instrument_item *item = &rob2(state)->items[1];
    const char *answers[MOST] = {"no", "no"};
    assert_false(question_is_asked(item, 2, answers));
    answers[1] = "no information";
    assert_true(question_is_asked(item, 2, answers));
    answers[2] = "PN";
    assert_false(question_is_asked(item, 3, answers));
    answers[2] = "PY";
    assert_true(question_is_asked(item, 3, answers));
}

static void an_item_is_judged_once_all_that_is_asked_has_an_answer(void **state)
{
    const struct instrument_form *form = rob2(state);
    const struct instrument_item *item = &form->items[1];
    const char *answers[MOST] = {"no", "no", NULL, NULL, NULL, NULL, NULL};
    assert_null(item_judgement(form, item, answers));
    answers[5] = "yes";
    assert_string_equal(item_judgement(form, item, answers), "low");
    answers[0] = "yes";
    assert_null(item_judgement(form, item, answers));
    answers[2] = "perhaps";
    assert_null(item_judgement(form, item, answers));
}

static void what_was_answered_before_a_question_fell_away_says_nothing(void **state)
{
    const struct instrument_form *form = rob2(state);
    const struct instrument_item *item = &form->items[2];
    const char *answers[MOST] = {"yes", "no", "yes", "yes"};
    assert_string_equal(item_judgement(form, item, answers), "low");
}

/* The overall algorithm reads the items by these names. */
static void items_bear_names_that_the_overall_judgement_knows(void **state)
{
    const struct instrument_form *form = rob2(state);
    const char *names[MOST] = {NULL};
    const char *values[MOST] = {NULL};
    for (size_t i = 0; i < form->item_count; i++) {
        names[i] = form->items[i].id;
        values[i] = i == 3 ? "some-concerns" : "low";
    }
    struct appraisal appraisal = {
        .instrument = INSTRUMENT_ROB2, .item_names = names, .item_values = values};
    assert_string_equal(appraisal_overall(&appraisal), "some-concerns");
}

static void an_instrument_is_found_by_id_and_by_name(void **state)
{
    const struct fixture *fixture = *state;
    assert_int_equal(instrument_form_called(&fixture->instruments, "amstar 2")->instrument,
                     INSTRUMENT_AMSTAR2);
    assert_int_equal(instrument_form_called(&fixture->instruments, "PEDro")->item_count, 11);
    assert_null(instrument_form_called(&fixture->instruments, "a wish"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_set_of_answers_is_judged_as_the_flow_charts_say),
        cmocka_unit_test(a_question_is_asked_where_the_answers_before_call_for_it),
        cmocka_unit_test(an_item_is_judged_once_all_that_is_asked_has_an_answer),
        cmocka_unit_test(what_was_answered_before_a_question_fell_away_says_nothing),
        cmocka_unit_test(items_bear_names_that_the_overall_judgement_knows),
        cmocka_unit_test(an_instrument_is_found_by_id_and_by_name),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
