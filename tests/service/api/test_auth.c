/* Who is let in: every route that asks for a token, now and later, by walking the table. */
#include "tests/service/api/small_service.h"

enum { NOW = SMALL_CHANGED + 1 };

/* Routes that take more than GET and write nothing of ours: questions whose words stay out of
 * addresses, other worlds' protocols, forms of pages. */
static const char *const open_to_all[] = {
    "/vet",
    "/stop",
    "/v1/check",
    "/v1/claims",
    "/v1/ratings/{question}/what-if",
    "/v1/red-flags/check",
    "/v1/stop",
    "/v1/stop.svg",
    "/mcp",
    "/cds-services/{id}",
    "/cds-services/{id}/feedback",
    "/fhir/{type}/_search",
    "/curate/sign-in",
    "/curate/sign-out",
};

static bool is_open(const char *pattern)
{
    for (size_t i = 0; i < sizeof open_to_all / sizeof *open_to_all; i++)
        if (strcmp(open_to_all[i], pattern) == 0)
            return true;
    return false;
}

/* A path that the pattern matches: "x" for every name. */
static const char *path_of(const struct route *route, struct arena *arena)
{
    char *path = arena_strdup(arena, route->pattern);
    char *to = path;
    for (const char *at = route->pattern; *at != '\0'; at++) {
        *to++ = *at == '{' ? 'x' : *at;
        if (*at == '{')
            at += strcspn(at, "}");
    }
    *to = '\0';
    return path;
}

static const char *id_of(const char *token, struct arena *arena)
{
    return arena_strndup(arena, token + 3, TOKEN_ID_SIZE - 1);
}

static void end_token(struct small_service *small, const char *token)
{
    struct error err = {0};
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    if (store == NULL ||
        !store_revoke_token(store, id_of(token, small->arena), "command", SMALL_CHANGED, &err))
        fail_msg("%s", err.message);
    store_close(store);
}

/* A session of that token, as the cookie's value. */
static const char *session_of(struct small_service *small, const char *token, time_t expires)
{
    struct error err = {0};
    char *secret = arena_alloc(small->arena, SECRET_SIZE);
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    if (store == NULL || !store_open_session(store, id_of(token, small->arena), SMALL_CHANGED,
                                             expires, secret, &err))
        fail_msg("%s", err.message);
    store_close(store);
    return secret;
}

static const char *csrf_of(struct small_service *small, const char *session)
{
    char *csrf = arena_alloc(small->arena, SECRET_SIZE);
    secret_derive(session, "touchstone csrf", csrf);
    return csrf;
}

static struct small_answer sent(struct small_service *small, enum method method, const char *path,
                                const char *token, const struct field *more)
{
    small->token = token;
    small->more = more;
    struct small_answer answer = small_send(small, method, path, "");
    small->token = NULL;
    small->more = NULL;
    small_done(&answer);
    return answer;
}

/* Each address is refused so often at most, and there are many routes. */
static const char *another_address(struct small_service *small)
{
    static unsigned last;
    last++;
    return arena_printf(small->arena, "10.1.%u.%u", last / 200, last % 200 + 1);
}

/* ---- every route ---- */

static void what_writes_demands_a_scope_or_is_known_to_be_open(void **state)
{
    (void)state;
    for (size_t i = 0; i < service_route_count; i++) {
        const struct route *route = &service_routes[i];
        bool writes = (route->methods & ~(unsigned)(METHOD_GET | METHOD_HEAD)) != 0;
        if (writes && route_scopes(route) == 0 && !is_open(route->pattern))
            fail_msg("%s takes more than GET from everybody", route->pattern);
        if (route_scopes(route) != 0) {
            assert_int_equal(route->flags & ROUTE_WHO, ROUTE_WHO);
            assert_int_equal(route->flags & ROUTE_PRIVATE, ROUTE_PRIVATE);
        }
    }
}

struct tries {
    struct small_service *small;
    const char *expired;
    const char *revoked;
    const char *unknown;
    const char *wrong;
};

/* The words are the same whatever is wrong with a token. */
static void assert_refused_alike(const struct tries *tries, enum method method, const char *path)
{
    const char *const tokens[] = {tries->expired, tries->revoked, tries->unknown, tries->wrong,
                                  "nonsense"};
    const char *first = NULL;
    tries->small->remote = another_address(tries->small);
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        struct small_answer answer = sent(tries->small, method, path, tokens[i], NULL);
        if (answer.status != 401)
            fail_msg("%s %s: %d", method_name(method), path, answer.status);
        assert_string_equal(answer.challenge, "Bearer error=\"invalid_token\"");
        if (first == NULL)
            first = answer.text;
        assert_string_equal(answer.text, first);
    }
    tries->small->remote = NULL;
}

static void assert_needs_token(const struct tries *tries, const struct route *route,
                               enum method method)
{
    struct small_service *small = tries->small;
    const char *path = path_of(route, small->arena);
    const unsigned scopes = route_scopes(route);
    const char *lacking =
        small_token(small, arena_printf(small->arena, "lacks for %s %s", method_name(method), path),
                    PERMISSIONS_ALL & ~scopes, 0);
    struct small_answer answer = sent(small, method, path, NULL, NULL);
    assert_int_equal(answer.status, 401);
    assert_string_equal(answer.challenge, "Bearer");
    assert_refused_alike(tries, method, path);
    answer = sent(small, method, path, lacking, NULL);
    assert_int_equal(answer.status, 403);
    assert_non_null(strstr(answer.challenge, "error=\"insufficient_scope\""));
}

static void assert_needs_our_page(struct small_service *small, const struct route *route,
                                  enum method method, const char *session)
{
    const char *path = path_of(route, small->arena);
    const char *cookie = arena_printf(small->arena, "__Host-touchstone=%s", session);
    const char *csrf = csrf_of(small, session);
    const struct field nothing[] = {{"Cookie", cookie}, {0}};
    const struct field wrong[] = {
        {"Cookie", cookie}, {CSRF_HEADER, session}, {"Sec-Fetch-Site", "same-origin"}, {0}};
    const struct field cross[] = {
        {"Cookie", cookie}, {CSRF_HEADER, csrf}, {"Sec-Fetch-Site", "cross-site"}, {0}};
    const struct field near[] = {
        {"Cookie", cookie}, {CSRF_HEADER, csrf}, {"Sec-Fetch-Site", "same-site"}, {0}};
    const struct field other[] = {
        {"Cookie", cookie}, {CSRF_HEADER, csrf}, {"Origin", "https://example.org.evil"}, {0}};
    const struct field opaque[] = {
        {"Cookie", cookie}, {CSRF_HEADER, csrf}, {"Origin", "null"}, {0}};
    if (method != METHOD_GET) {
        assert_int_equal(sent(small, method, path, NULL, nothing).status, 403);
        assert_int_equal(sent(small, method, path, NULL, wrong).status, 403);
    }
    assert_int_equal(sent(small, method, path, NULL, cross).status, 403);
    assert_int_equal(sent(small, method, path, NULL, near).status, 403);
    assert_int_equal(sent(small, method, path, NULL, other).status, 403);
    assert_int_equal(sent(small, method, path, NULL, opaque).status, 403);
}

/* Let in, the handler may refuse for reasons of its own, but not for who it is. */
static void assert_let_in(struct small_service *small, const struct route *route,
                          enum method method, const char *token, const char *session)
{
    const char *path = path_of(route, small->arena);
    const struct field ours[] = {
        {"Cookie", arena_printf(small->arena, "a=b; __Host-touchstone=%s", session)},
        {CSRF_HEADER, csrf_of(small, session)},
        {"Sec-Fetch-Site", "same-origin"},
        {"Origin", "https://example.org"},
        {0}};
    int status = sent(small, method, path, token, NULL).status;
    assert_true(status != 401 && status != 403 && status != 429);
    status = sent(small, method, path, NULL, ours).status;
    assert_true(status != 401 && status != 403 && status != 429);
}

static void every_route_with_a_scope_refuses_all_but_who_has_it(void **state)
{
    struct small_service *small = *state;
    size_t seen = 0;
    const char *good = small_token(small, "has all", PERMISSIONS_ALL, 0);
    const char *session = session_of(small, good, NOW + 100);
    struct tries tries = {
        .small = small,
        .expired = small_token(small, "expired", PERMISSIONS_ALL, NOW),
        .revoked = small_token(small, "revoked", PERMISSIONS_ALL, 0),
        .unknown = arena_printf(small->arena, "ts_0123456789ab_%s", session),
        .wrong = arena_printf(small->arena, "ts_%s_%s", id_of(good, small->arena), session)};
    end_token(small, tries.revoked);
    for (size_t i = 0; i < service_route_count; i++)
        for (unsigned bit = METHOD_GET; bit <= METHOD_DELETE; bit <<= 1) {
            const struct route *route = &service_routes[i];
            if (route_scopes(route) == 0 || (route->methods & bit) == 0)
                continue;
            assert_needs_token(&tries, route, (enum method)bit);
            assert_needs_our_page(small, route, (enum method)bit, session);
            assert_let_in(small, route, (enum method)bit, good, session);
            seen++;
        }
    assert_true(seen >= 4); /* those of /v1/imports */
}

/* ---- how it is asked ---- */

static void a_token_is_sent_one_way_and_once(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "one way", MAY_IMPORT, 0);
    const char *bearer = arena_printf(small->arena, "Bearer %s", token);
    const struct field twice[] = {{"authorization", bearer}, {0}};
    const struct field basic[] = {{"Authorization", "Basic dHM6eA=="}, {0}};
    const struct field lower[] = {
        {"authorization", arena_printf(small->arena, "bearer  %s", token)}, {0}};
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", token, NULL).status, 200);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, lower).status, 200);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", token, twice).status, 401);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, basic).status, 401);
}

/* A browser's cookie must not stand in for a token that a program sent and that is wrong. */
static void a_wrong_token_is_not_made_good_by_a_cookie(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "cookie beside", MAY_IMPORT, 0);
    const struct field cookie[] = {{"Cookie", arena_printf(small->arena, "__Host-touchstone=%s",
                                                           session_of(small, token, NOW + 10))},
                                   {0}};
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, cookie).status, 200);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", "x", cookie).status, 401);
}

static void a_token_in_an_address_is_refused_everywhere(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "in an address", MAY_IMPORT, 0);
    const char *const targets[] = {"/v1/imports?token=%s",
                                   "/v1/imports?limit=1&access_token=%s",
                                   "/?q=%s",
                                   "/?%s",
                                   "/vet?a=%s",
                                   "/?t%%6Fken=x%s"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        char target[256];
        const char *end = strstr(targets[i], "%s");
        snprintf(target, sizeof target, "%.*s%s", (int)(end - targets[i]), targets[i], token);
        assert_int_equal(sent(small, METHOD_GET, target, NULL, NULL).status, 400);
    }
    assert_int_not_equal(sent(small, METHOD_GET, "/?q=ts_knots", NULL, NULL).status, 400);
}

static void a_revoked_token_ends_its_sessions_at_once(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "soon gone", MAY_IMPORT, 0);
    const struct field cookie[] = {{"Cookie", arena_printf(small->arena, "__Host-touchstone=%s",
                                                           session_of(small, token, NOW + 10))},
                                   {0}};
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, cookie).status, 200);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", token, NULL).status, 200);
    end_token(small, token);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, cookie).status, 401);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", token, NULL).status, 401);
}

/* Over plain HTTP the cookie has no prefix, and the other name means nothing; and the other way. */
static void the_cookie_of_https_is_not_taken_over_http(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "two names", MAY_IMPORT, 0);
    const char *session = session_of(small, token, NOW + 10);
    const struct field plain[] = {{"Cookie", arena_printf(small->arena, "touchstone=%s", session)},
                                  {0}};
    const struct field host[] = {
        {"Cookie", arena_printf(small->arena, "__Host-touchstone=%s", session)}, {0}};
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, plain).status, 401);
    small->origin = "http://127.0.0.1:8080";
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, plain).status, 200);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", NULL, host).status, 401);
    small->origin = NULL;
}

/* ---- too often ---- */

static void an_address_that_guesses_is_told_to_wait_and_others_are_not(void **state)
{
    struct small_service *small = *state;
    const char *good = small_token(small, "beside a guesser", MAY_IMPORT, 0);
    int refused = 0;
    small->remote = "2001:db8:1:2::3";
    for (int i = 0; i < 40; i++) {
        struct small_answer answer = sent(small, METHOD_GET, "/v1/imports", "guess", NULL);
        assert_true(answer.status == 401 || answer.status == 429);
        assert_true(answer.status != 401 || refused == 0); /* once it is 429 it stays so */
        refused += answer.status == 429;
        assert_true(answer.status != 429 || atoi(answer.retry) > 0);
    }
    assert_true(refused > 0);
    small->remote = "2001:db8:1:2:ffff::1"; /* the same household */
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", "guess", NULL).status, 429);
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", good, NULL).status, 200);
    small->remote = "2001:db8:1:3::3";
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", "guess", NULL).status, 401);
    small->remote = NULL;
}

static void a_token_has_its_rate_and_others_theirs(void **state)
{
    struct small_service *small = *state;
    const char *one = small_token(small, "busy", MAY_IMPORT, 0);
    const char *other = small_token(small, "calm", MAY_IMPORT, 0);
    auth_set_rate(application_auth(small->application), 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(sent(small, METHOD_GET, "/v1/imports", one, NULL).status, 200);
    struct small_answer answer = sent(small, METHOD_GET, "/v1/imports", one, NULL);
    assert_int_equal(answer.status, 429);
    assert_string_equal(answer.retry, "20"); /* three a minute: one in twenty seconds */
    assert_int_equal(sent(small, METHOD_GET, "/v1/imports", other, NULL).status, 200);
    auth_set_rate(application_auth(small->application), REQUESTS_A_MINUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_writes_demands_a_scope_or_is_known_to_be_open),
        cmocka_unit_test(every_route_with_a_scope_refuses_all_but_who_has_it),
        cmocka_unit_test(a_token_is_sent_one_way_and_once),
        cmocka_unit_test(a_wrong_token_is_not_made_good_by_a_cookie),
        cmocka_unit_test(a_token_in_an_address_is_refused_everywhere),
        cmocka_unit_test(a_revoked_token_ends_its_sessions_at_once),
        cmocka_unit_test(the_cookie_of_https_is_not_taken_over_http),
        cmocka_unit_test(an_address_that_guesses_is_told_to_wait_and_others_are_not),
        cmocka_unit_test(a_token_has_its_rate_and_others_theirs),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
