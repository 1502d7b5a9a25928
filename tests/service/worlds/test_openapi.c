/* openapi.json and the table of routes tell of the same. Runs from the root of the repository. */
#include "tests/service/api/small_service.h"

static json_t *read_document(void)
{
    json_error_t wrong;
    json_t *document =
        json_load_file("service/worlds/openapi.json", JSON_REJECT_DUPLICATES, &wrong);
    if (document == NULL)
        fail_msg("openapi.json:%d: %s", wrong.line, wrong.text);
    return document;
}

static bool is_described(const char *pattern)
{
    return strcmp(pattern, "/v1") == 0 || strncmp(pattern, "/v1/", 4) == 0;
}

/* A template of OpenAPI has no "...": "/v1/studies/{id...}" is "/v1/studies/{id}" there. */
static const char *template_of(const char *pattern, struct arena *arena)
{
    char *text = arena_strdup(arena, pattern);
    char *dots = strstr(text, "...}");
    if (dots != NULL)
        strcpy(dots, "}");
    return text;
}

static const char *key_of(enum method method, struct arena *arena)
{
    char *name = arena_strdup(arena, method_name(method));
    for (char *at = name; *at != '\0'; at++)
        *at = (char)(*at - 'A' + 'a');
    return name;
}

static void every_route_under_v1_is_described_with_each_method(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    json_t *document = read_document();
    for (size_t i = 0; i < service_route_count; i++) {
        const struct route *route = &service_routes[i];
        const char *template = template_of(route->pattern, arena);
        for (unsigned method = METHOD_GET; method <= METHOD_DELETE; method *= 2) {
            if ((route->methods & method) == 0 || !is_described(route->pattern))
                continue;
            const char *key = key_of((enum method)method, arena);
            json_t *path = json_object_get(json_object_get(document, "paths"), template);
            if (json_object_get(path, key) == NULL)
                fail_msg("openapi.json does not tell of %s %s", key, template);
        }
    }
    json_decref(document);
    arena_free(arena);
}

/* Under the scheme of that name, or NULL: the one scope that an operation names. */
static const char *scope_of(const json_t *operation, const char *scheme)
{
    size_t i;
    json_t *way;
    json_array_foreach(json_object_get(operation, "security"), i, way)
    {
        const json_t *scopes = json_object_get(way, scheme);
        if (json_array_size(scopes) == 1)
            return json_string_value(json_array_get(scopes, 0));
    }
    return NULL;
}

static bool asks_for_csrf(const json_t *operation)
{
    size_t i;
    json_t *way;
    json_array_foreach(json_object_get(operation, "security"), i, way)
    {
        if (json_object_get(way, "session") != NULL && json_object_get(way, "csrf") != NULL)
            return true;
    }
    return false;
}

static void assert_scope_told(const json_t *document, const struct route *route, enum method method,
                              struct arena *arena)
{
    const json_t *operation = json_object_get(
        json_object_get(json_object_get(document, "paths"), template_of(route->pattern, arena)),
        key_of(method, arena));
    const char *scopes = permissions_text(route_scopes(route), arena);
    const char *token = scope_of(operation, "token");
    const char *session = scope_of(operation, "session");
    if (strcmp(token == NULL ? "" : token, scopes) != 0 ||
        strcmp(session == NULL ? "" : session, scopes) != 0)
        fail_msg("%s %s asks for the scope \"%s\", openapi.json tells \"%s\" and \"%s\"",
                 method_name(method), route->pattern, scopes, token, session);
    if (asks_for_csrf(operation) != (scopes[0] != '\0' && method != METHOD_GET))
        fail_msg("%s %s: openapi.json is wrong about csrf", method_name(method), route->pattern);
}

static void each_operation_tells_the_scope_of_its_route(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    json_t *document = read_document();
    for (size_t i = 0; i < service_route_count; i++)
        for (unsigned method = METHOD_GET; method <= METHOD_DELETE; method *= 2)
            if ((service_routes[i].methods & method) != 0 &&
                is_described(service_routes[i].pattern))
                assert_scope_told(document, &service_routes[i], (enum method)method, arena);
    json_decref(document);
    arena_free(arena);
}

static bool is_routed(const char *template, const char *key, struct arena *arena)
{
    for (size_t i = 0; i < service_route_count; i++) {
        const struct route *route = &service_routes[i];
        for (unsigned method = METHOD_GET; method <= METHOD_DELETE; method *= 2)
            if ((route->methods & method) != 0 && is_described(route->pattern) &&
                strcmp(template_of(route->pattern, arena), template) == 0 &&
                strcmp(key_of((enum method)method, arena), key) == 0)
                return true;
    }
    return false;
}

static void nothing_else_is_described(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    json_t *document = read_document();
    const char *template;
    const char *key;
    json_t *path;
    json_t *operation;
    json_object_foreach(json_object_get(document, "paths"), template, path)
    {
        json_object_foreach(path, key, operation)
        {
            if (!is_routed(template, key, arena))
                fail_msg("openapi.json tells of %s %s, which is no route", key, template);
        }
    }
    json_decref(document);
    arena_free(arena);
}

static void what_is_served_is_the_document(void **state)
{
    struct small_answer answer = small_get(*state, "/openapi.json");
    json_t *document = read_document();
    assert_int_equal(answer.status, 200);
    assert_true(json_equal(answer.json, document));
    json_decref(document);
    small_done(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_under_v1_is_described_with_each_method),
        cmocka_unit_test(each_operation_tells_the_scope_of_its_route),
        cmocka_unit_test(nothing_else_is_described),
        cmocka_unit_test(what_is_served_is_the_document),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
