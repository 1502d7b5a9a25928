/* The table of routes, and that docs/api.md tells of each. */
#include "tests/service/api/small_service.h"

static void every_route_has_its_heading_in_the_reference(void **state)
{
    (void)state;
    size_t length = 0;
    struct error err = {0};
    struct arena *arena = arena_new();
    const char *text = file_read("docs/api.md", 1 << 20, arena, &length, &err);
    if (text == NULL)
        fail_msg("%s; these tests run from the root of the repository", err.message);
    for (size_t i = 0; i < service_route_count; i++) {
        const struct route *route = &service_routes[i];
        for (unsigned method = METHOD_GET; method <= METHOD_DELETE; method *= 2) {
            if ((route->methods & method) == 0)
                continue;
            const char *heading = arena_printf(arena, "\n### %s %s\n",
                                               method_name((enum method)method), route->pattern);
            if (strstr(text, heading) == NULL)
                fail_msg("docs/api.md has no heading \"### %s %s\"",
                         method_name((enum method)method), route->pattern);
        }
    }
    arena_free(arena);
}

static void the_table_is_well_formed_and_has_no_row_twice(void **state)
{
    (void)state;
    struct error err = {0};
    struct routes *routes = routes_new(service_routes, service_route_count, &err);
    assert_non_null(routes);
    routes_free(routes);
}

static void the_trace_of_a_question_is_no_condition(void **state)
{
    struct small_answer answer =
        small_get(*state, "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/trace");
    small_at(&answer, "steps");
    small_done(&answer);
}

static void another_method_is_405(void **state)
{
    struct small_answer answer = small_send(*state, METHOD_DELETE, "/v1/ratings", "");
    assert_int_equal(answer.status, 405);
    small_done(&answer);
    answer = small_send(*state, METHOD_PUT, "/v1/check", "{}");
    assert_int_equal(answer.status, 405);
    small_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_its_heading_in_the_reference),
        cmocka_unit_test(the_table_is_well_formed_and_has_no_row_twice),
        cmocka_unit_test(the_trace_of_a_question_is_no_condition),
        cmocka_unit_test(another_method_is_405),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
