/* An appraisal as a curator sends it, with the instruments as curated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "service/curation/appraising.h"

enum { FILE_BYTES = 1 << 20 };

struct fixture {
    struct problems problems;
    struct instruments instruments;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct error err = {0};
    fixture = (struct fixture){.problems = {.arena = arena_new()}};
    size_t length = 0;
    const char *path = "evidence/data/rulebooks/instruments.json";
    char *text = file_read(path, FILE_BYTES, fixture.problems.arena, &length, &err);
    assert_non_null(text);
    json_t *value = json_parse(text, length, path, &fixture.problems);
    struct json_reader at = json_root(value, path, &fixture.problems);
    instruments_read(&at, &fixture.instruments);
    json_decref(value);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->problems.arena);
    return 0;
}

static json_t *made(struct fixture *fixture, const char *instrument, const char *body,
                    bool reasoned)
{
    json_t *sent = json_loads(body, 0, NULL);
    assert_non_null(sent);
    json_t *appraisal = appraisal_of_body(sent, &fixture->instruments, instrument, "curator:anna",
                                          reasoned, &fixture->problems);
    json_decref(sent);
    return appraisal;
}

static const char *item(const json_t *appraisal, const char *name)
{
    return json_string_value(json_object_get(json_object_get(appraisal, "items"), name));
}

static void answers_become_the_judgement_of_their_item(void **state)
{
    json_t *appraisal = made(*state, "rob-2",
                             "{\"answers\":{\"3.1\":\"N\",\"3.2\":\"PN\",\"3.3\":\"Probably yes\","
                             "\"3.4\":\"no\"},\"applies_to\":\"pain\"}",
                             false);
    assert_non_null(appraisal);
    assert_string_equal(item(appraisal, "D3"), "some-concerns");
    assert_string_equal(item(appraisal, "3.2"), "probably no");
    assert_string_equal(item(appraisal, "3.3"), "probably yes");
    assert_null(item(appraisal, "D1"));
    assert_string_equal(json_string_value(json_object_get(appraisal, "instrument")), "RoB 2");
    assert_string_equal(json_string_value(json_object_get(appraisal, "rated_by")), "curator:anna");
    assert_string_equal(json_string_value(json_object_get(appraisal, "applies_to")), "pain");
    json_decref(appraisal);
}

/* What was answered before the question before it was answered otherwise. */
static void an_answer_to_a_question_that_fell_away_is_not_kept(void **state)
{
    json_t *appraisal =
        made(*state, "rob-2", "{\"answers\":{\"3.1\":\"Y\",\"3.2\":\"N\",\"3.3\":\"Y\"}}", false);
    assert_string_equal(item(appraisal, "D3"), "low");
    assert_null(item(appraisal, "3.2"));
    json_decref(appraisal);
}

static void a_judgement_of_ones_own_needs_a_reason(void **state)
{
    static const char body[] = "{\"answers\":{\"3.1\":\"Y\"},\"items\":{\"D3\":\"high\"}}";
    struct fixture *fixture = *state;
    assert_null(made(fixture, "rob-2", body, false));
    assert_string_equal(fixture->problems.items[0]->pointer, "/items/D3");
    json_t *appraisal = made(fixture, "rob-2", body, true);
    assert_string_equal(item(appraisal, "D3"), "high");
    assert_string_equal(item(appraisal, "3.1"), "yes");
    json_decref(appraisal);
}

static void what_no_instrument_asks_is_told_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    assert_null(made(fixture, "rob-2", "{\"answers\":{\"7.1\":\"Y\"}}", false));
    assert_string_equal(fixture->problems.items[0]->pointer, "/answers/7.1");
    assert_null(made(fixture, "rob-2", "{\"answers\":{\"3.2\":\"NI\"}}", false));
    assert_string_equal(fixture->problems.items[1]->pointer, "/answers/3.2");
    assert_null(made(fixture, "tarot", "{}", false));
    assert_null(made(fixture, "pedro", "{\"stars\":5}", false));
}

static void an_instrument_without_a_form_is_taken_as_it_is_sent(void **state)
{
    json_t *appraisal =
        made(*state, "robis", "{\"overall\":\"low\",\"items\":{\"1\":\"low\"}}", false);
    assert_string_equal(json_string_value(json_object_get(appraisal, "instrument")), "ROBIS");
    assert_string_equal(item(appraisal, "1"), "low");
    json_decref(appraisal);
}

static void it_takes_the_place_of_the_same_persons_on_the_same_matter(void **state)
{
    json_t *document = json_loads(
        "{\"appraisals\":[{\"instrument\":\"RoB 2\",\"rated_by\":\"pmid:1\"},"
        "{\"instrument\":\"RoB 2\",\"rated_by\":\"curator:anna\"},"
        "{\"instrument\":\"RoB 2\",\"rated_by\":\"curator:anna\",\"applies_to\":\"pain\"}]}",
        0, NULL);
    json_t *whole = made(*state, "rob-2", "{\"overall\":\"high\"}", false);
    json_t *pain = made(*state, "rob-2", "{\"overall\":\"high\",\"applies_to\":\"pain\"}", false);
    json_t *sleep = made(*state, "rob-2", "{\"overall\":\"high\",\"applies_to\":\"sleep\"}", false);
    assert_int_equal(appraisal_place(document, whole), 1);
    assert_int_equal(appraisal_place(document, pain), 2);
    assert_int_equal(appraisal_place(document, sleep), 3);
    json_decref(whole);
    json_decref(pain);
    json_decref(sleep);
    json_decref(document);
}

#define WITH_BOOK(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOOK(answers_become_the_judgement_of_their_item),
        WITH_BOOK(an_answer_to_a_question_that_fell_away_is_not_kept),
        WITH_BOOK(a_judgement_of_ones_own_needs_a_reason),
        WITH_BOOK(what_no_instrument_asks_is_told_at_its_place),
        WITH_BOOK(an_instrument_without_a_form_is_taken_as_it_is_sent),
        WITH_BOOK(it_takes_the_place_of_the_same_persons_on_the_same_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
