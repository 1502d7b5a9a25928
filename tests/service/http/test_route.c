#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/route.h"

static bool nothing(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)answer;
    (void)err;
    return true;
}

static const struct route table[] = {
    {METHOD_GET, "/", nothing, ROUTE_PAGE},
    {METHOD_GET, "/v1/studies", nothing, 0},
    {METHOD_GET, "/v1/studies/{id...}", nothing, 0},
    {METHOD_PUT | METHOD_DELETE, "/v1/studies/{id...}", nothing, ROUTE_PRIVATE},
    {METHOD_GET, "/v1/ratings/{intervention}/{condition}", nothing, 0},
    {METHOD_GET, "/v1/ratings/{question}/trace", nothing, 0},
    {METHOD_POST, "/v1/claims", nothing, 0},
};
enum { ROUTE_COUNT = sizeof table / sizeof table[0] };

struct fixture {
    struct arena *arena;
    struct routes *routes;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct error err = {0};
    fixture = (struct fixture){arena_new(), routes_new(table, ROUTE_COUNT, &err)};
    *state = &fixture;
    return fixture.routes == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    routes_free(fixture->routes);
    arena_free(fixture->arena);
    return 0;
}

static struct match look_up(void **state, enum method method, const char *path)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct match match;
    assert_true(routes_match(fixture->routes, method, path, fixture->arena, &match, &err));
    return match;
}

static const char *part(const struct match *match, const char *name)
{
    struct request request = {.parts = match->parts, .part_count = match->part_count};
    return request_part(&request, name);
}

static void literal_paths_match_whole(void **state)
{
    assert_ptr_equal(look_up(state, METHOD_GET, "/").route, &table[0]);
    assert_ptr_equal(look_up(state, METHOD_GET, "/v1/studies").route, &table[1]);
    assert_ptr_equal(look_up(state, METHOD_GET, "/v1/stud%69es").route, &table[1]);
    assert_int_equal(look_up(state, METHOD_GET, "/v1/stud").allowed, 0);
    assert_int_equal(look_up(state, METHOD_GET, "/v1").allowed, 0);
    assert_int_equal(look_up(state, METHOD_GET, "//v1/studies").allowed, 0);
    assert_int_equal(look_up(state, METHOD_GET, "*").allowed, 0);
}

static void a_rest_takes_slashes_raw_and_encoded(void **state)
{
    static const char *const paths[] = {
        "/v1/studies/doi:10.1/x/y", "/v1/studies/doi%3A10.1%2Fx%2Fy", "/v1/studies/doi:10.1%2Fx/y"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct match match = look_up(state, METHOD_GET, paths[i]);
        assert_ptr_equal(match.route, &table[2]);
        assert_string_equal(part(&match, "id"), "doi:10.1/x/y");
    }
    assert_null(look_up(state, METHOD_GET, "/v1/studies/").route);
}

static void a_long_rest_is_taken_whole(void **state)
{
    const char *path = "/v1/studies/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20";
    struct match match = look_up(state, METHOD_GET, path);
    assert_string_equal(part(&match, "id"), path + strlen("/v1/studies/"));
}

static void a_name_takes_one_segment_and_not_an_empty_one(void **state)
{
    struct match match = look_up(state, METHOD_GET, "/v1/ratings/dry-needling/neck%20knots");
    assert_ptr_equal(match.route, &table[4]);
    assert_string_equal(part(&match, "intervention"), "dry-needling");
    assert_string_equal(part(&match, "condition"), "neck knots");
    assert_null(part(&match, "question"));
    assert_null(look_up(state, METHOD_GET, "/v1/ratings//x").route);
    assert_null(look_up(state, METHOD_GET, "/v1/ratings/a/b/c").route);
}

static void a_literal_is_preferred_to_a_name(void **state)
{
    struct match match = look_up(state, METHOD_GET, "/v1/ratings/a.b.c/trace");
    assert_ptr_equal(match.route, &table[5]);
    assert_string_equal(part(&match, "question"), "a.b.c");
}

static void a_path_under_another_method_tells_which_are_allowed(void **state)
{
    struct match match = look_up(state, METHOD_PUT, "/v1/claims");
    assert_null(match.route);
    assert_int_equal(match.allowed, METHOD_POST | METHOD_OPTIONS);
    match = look_up(state, METHOD_POST, "/v1/studies/pmid:1");
    assert_null(match.route);
    assert_int_equal(match.allowed,
                     METHOD_GET | METHOD_HEAD | METHOD_PUT | METHOD_DELETE | METHOD_OPTIONS);
    assert_int_equal(match.open, METHOD_GET | METHOD_HEAD | METHOD_OPTIONS);
}

static void head_finds_what_get_finds(void **state)
{
    assert_ptr_equal(look_up(state, METHOD_HEAD, "/v1/studies").route, &table[1]);
    assert_null(look_up(state, METHOD_HEAD, "/v1/claims").route);
}

static void methods_choose_between_rows_of_one_pattern(void **state)
{
    assert_ptr_equal(look_up(state, METHOD_DELETE, "/v1/studies/pmid:1").route, &table[3]);
    assert_ptr_equal(look_up(state, METHOD_GET, "/v1/studies/pmid:1").route, &table[2]);
}

static void a_path_that_does_not_decode_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bad[] = {"/v1/studies/%zz", "/v1/%00", "/%FF", "/v1/studies/a/%E2%82"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        struct match match;
        assert_false(
            routes_match(fixture->routes, METHOD_GET, bad[i], fixture->arena, &match, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
    }
}

static void tables_that_cannot_be_meant_are_refused(void **state)
{
    static const struct route bad[][2] = {
        {{METHOD_GET, "v1", nothing, 0}, {METHOD_GET, "/a", nothing, 0}},
        {{METHOD_GET, "/{rest...}/x", nothing, 0}, {METHOD_GET, "/a", nothing, 0}},
        {{METHOD_GET, "/{}", nothing, 0}, {METHOD_GET, "/a", nothing, 0}},
        {{METHOD_GET, "/{a", nothing, 0}, {METHOD_GET, "/a", nothing, 0}},
        {{METHOD_GET, "/a}", nothing, 0}, {METHOD_GET, "/a", nothing, 0}},
        {{METHOD_GET, "/{a}/x", nothing, 0}, {METHOD_GET | METHOD_POST, "/{b}/x", nothing, 0}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_null(routes_new(bad[i], 2, &err));
        assert_int_equal(err.kind, ERROR_INTERNAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literal_paths_match_whole),
        cmocka_unit_test(a_rest_takes_slashes_raw_and_encoded),
        cmocka_unit_test(a_long_rest_is_taken_whole),
        cmocka_unit_test(a_name_takes_one_segment_and_not_an_empty_one),
        cmocka_unit_test(a_literal_is_preferred_to_a_name),
        cmocka_unit_test(a_path_under_another_method_tells_which_are_allowed),
        cmocka_unit_test(head_finds_what_get_finds),
        cmocka_unit_test(methods_choose_between_rows_of_one_pattern),
        cmocka_unit_test(a_path_that_does_not_decode_is_an_error),
        cmocka_unit_test(tables_that_cannot_be_meant_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
