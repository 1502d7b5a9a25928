/* Answers of the catalog alone: kept, and the same as when they were made. */
#include "tests/service/api/small_service.h"

static const char *const kept[] = {
    "/v1",
    "/v1/interventions",
    "/v1/conditions",
    "/v1/outcomes",
    "/v1/places",
    "/v1/map",
    "/v1/map.svg",
    "/v1/stop-rules",
    "/v1/red-flags",
    "/v1/regulatory-actions",
    "/v1/drug-links",
};

static void the_second_answer_is_the_first(void **state)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct small_answer first = small_get(*state, kept[i]);
        struct small_answer second = small_get(*state, kept[i]);
        assert_int_equal(first.status, 200);
        assert_int_equal(second.status, 200);
        assert_true(strlen(first.text) > 0);
        assert_string_equal(first.text, second.text);
        assert_string_equal(first.modified, second.modified);
        small_done(&first);
        small_done(&second);
    }
}

static void a_query_is_answered_for_itself(void **state)
{
    struct small_answer all = small_get(*state, "/v1/interventions");
    struct small_answer one = small_get(*state, "/v1/interventions?limit=1");
    struct small_answer again = small_get(*state, "/v1/interventions");
    assert_int_equal(small_size(&one, "items"), 1);
    assert_true(small_size(&all, "items") > 1);
    assert_int_equal(small_size(&again, "items"), small_size(&all, "items"));
    small_done(&all);
    small_done(&one);
    small_done(&again);
    small_refused(*state, "/v1/interventions?colour=red", 400, "colour");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_answer_is_the_first),
        cmocka_unit_test(a_query_is_answered_for_itself),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
