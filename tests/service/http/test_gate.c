/* The gate before the handlers: whom it refuses never reaches one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/credential.h"
#include "service/http/respond.h"

/* What happened to a request. */
struct seen {
    int gated;
    int handled;
    bool let_in;
};

static bool handle(const struct request *request, struct answer *answer, struct error *err)
{
    struct seen *seen = request->context;
    (void)err;
    seen->handled++;
    buffer_text(&answer->body, request->credential == NULL ? "nobody" : request->credential->name);
    return true;
}

static bool gate_of_test(struct request *request, const struct route *route, struct answer *answer,
                         struct error *err)
{
    static const struct credential anna = {.token_id = "a", .name = "anna", .scopes = MAY_CURATE};
    struct seen *seen = request->context;
    (void)err;
    seen->gated++;
    if (seen->let_in)
        request->credential = &anna;
    return seen->let_in || route_scopes(route) == 0 ||
           answer_refuse(request, answer, REFUSAL_FORBIDDEN, "no");
}

static const struct route table[] = {
    {METHOD_GET, "/open", handle, 0},
    {METHOD_GET, "/who", handle, ROUTE_WHO},
    {METHOD_GET | METHOD_PUT, "/curate", handle, ROUTE_CURATE},
    {METHOD_PUT, "/slow", handle, ROUTE_CURATE | ROUTE_APART},
};

struct stage {
    struct arena *arena;
    struct routes *routes;
    struct problems problems;
    struct request request;
    struct reply reply;
    struct seen seen;
};

static int set_up(void **state)
{
    static struct stage stage;
    struct error err = {0};
    stage = (struct stage){.arena = arena_new()};
    stage.routes = routes_new(table, sizeof table / sizeof *table, &err);
    stage.problems.arena = stage.arena;
    *state = &stage;
    return stage.routes == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;
    reply_release(&stage->reply);
    routes_free(stage->routes);
    arena_free(stage->arena);
    return 0;
}

static const struct reply *ask(struct stage *stage, enum method method, const char *path,
                               gate *keeper, bool let_in)
{
    const struct responder responder = {.routes = stage->routes, .gate = keeper};
    reply_release(&stage->reply);
    stage->seen = (struct seen){.let_in = let_in};
    stage->request = (struct request){.method = method,
                                      .path = path,
                                      .body = "",
                                      .arena = stage->arena,
                                      .problems = &stage->problems,
                                      .context = &stage->seen};
    respond(&responder, &stage->request, &stage->reply);
    return &stage->reply;
}

static void a_scope_is_a_part_of_the_flags(void **state)
{
    (void)state;
    assert_int_equal(route_scopes(&table[0]), 0);
    assert_int_equal(route_scopes(&table[1]), 0);
    assert_int_equal(route_scopes(&table[2]), MAY_CURATE);
    assert_int_equal(route_scopes(&table[3]), MAY_CURATE);
}

static void who_is_refused_never_reaches_the_handler(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(ask(stage, METHOD_PUT, "/curate", gate_of_test, false)->status, 403);
    assert_int_equal(ask(stage, METHOD_HEAD, "/curate", gate_of_test, false)->status, 403);
    assert_int_equal(stage->seen.gated, 1);
    assert_int_equal(stage->seen.handled, 0);
}

static void who_is_let_in_is_known_to_the_handler(void **state)
{
    struct stage *stage = *state;
    const struct reply *reply = ask(stage, METHOD_PUT, "/curate", gate_of_test, true);
    assert_int_equal(reply->status, 200);
    assert_memory_equal(reply->body, "anna", 4);
    reply = ask(stage, METHOD_GET, "/who", gate_of_test, false);
    assert_memory_equal(reply->body, "nobody", 6);
}

static void without_a_gate_nobody_is_let_in(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(ask(stage, METHOD_PUT, "/curate", NULL, true)->status, 401);
    assert_int_equal(stage->seen.handled, 0);
    assert_int_equal(ask(stage, METHOD_GET, "/who", NULL, true)->status, 200);
}

static void open_routes_ask_nobody(void **state)
{
    struct stage *stage = *state;
    const struct reply *reply = ask(stage, METHOD_GET, "/open", gate_of_test, true);
    assert_memory_equal(reply->body, "nobody", 6);
    assert_int_equal(stage->seen.gated, 0);
    assert_string_equal(reply_find(reply, "Access-Control-Allow-Origin"), "*");
}

/* Others' requests must not fill the queue of what waits. */
static void who_is_refused_does_not_wait_for_a_thread(void **state)
{
    struct stage *stage = *state;
    const struct reply *reply = ask(stage, METHOD_PUT, "/slow", gate_of_test, false);
    assert_int_equal(reply->status, 403);
    assert_false(reply->apart);
}

static void what_is_answered_apart_is_asked_once_and_keeps_its_name(void **state)
{
    struct stage *stage = *state;
    const struct responder responder = {.routes = stage->routes, .gate = gate_of_test};
    assert_true(ask(stage, METHOD_PUT, "/slow", gate_of_test, true)->apart);
    assert_int_equal(stage->seen.handled, 0);
    stage->request.apart = true;
    stage->reply = (struct reply){0};
    respond(&responder, &stage->request, &stage->reply);
    assert_int_equal(stage->reply.status, 200);
    assert_memory_equal(stage->reply.body, "anna", 4);
    assert_int_equal(stage->seen.gated, 1);
}

static void what_depends_on_who_asks_says_so_to_caches(void **state)
{
    struct stage *stage = *state;
    for (int let_in = 0; let_in <= 1; let_in++) {
        const struct reply *reply = ask(stage, METHOD_GET, "/curate", gate_of_test, let_in != 0);
        assert_string_equal(reply_find(reply, "Cache-Control"), "no-store");
        assert_null(reply_find(reply, "Access-Control-Allow-Origin"));
        bool told = false;
        for (size_t i = 0; i < reply->header_count; i++)
            told = told || (strcmp(reply->headers[i].name, "Vary") == 0 &&
                            strstr(reply->headers[i].value, "Cookie") != NULL);
        assert_true(told);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_scope_is_a_part_of_the_flags),
        TEST(who_is_refused_never_reaches_the_handler),
        TEST(who_is_let_in_is_known_to_the_handler),
        TEST(without_a_gate_nobody_is_let_in),
        TEST(open_routes_ask_nobody),
        TEST(who_is_refused_does_not_wait_for_a_thread),
        TEST(what_is_answered_apart_is_asked_once_and_keeps_its_name),
        TEST(what_depends_on_who_asks_says_so_to_caches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
