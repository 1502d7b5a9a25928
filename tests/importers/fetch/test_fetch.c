/* The fetcher against a service that misbehaves in every way a script can tell it to. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <event2/event.h>

#include "importers/fetch/fetch.h"
#include "tests/importers/recorded_server.h"

/* What the service does at each path stands in service.json. */
static struct recorded service;
static bool service_runs;

/* -- asking, and what was told -- */

enum { WAITS_MOST = 20 };

struct told {
    struct event_base *loop;
    struct fetcher *fetcher;
    int calls;
    bool answered;
    int status;
    char type[64];
    char url[200];
    char *bytes;
    size_t length;
    int tries;
    struct error err;
    int waits;
    double waited[WAITS_MOST];
    char why[WAITS_MOST][200];
    int again; /* how often to say that the body was not what was promised */
    int again_granted;
    int *left; /* requests that others wait for; the loop ends at 0 */
};

static void keep_answer(struct told *told, const struct fetch_answer *answer)
{
    told->answered = true;
    told->status = answer->status;
    told->tries = answer->tries;
    snprintf(told->type, sizeof told->type, "%s",
             answer->content_type == NULL ? "" : answer->content_type);
    snprintf(told->url, sizeof told->url, "%s", answer->url);
    free(told->bytes);
    told->length = answer->length;
    told->bytes = malloc(answer->length + 1);
    memcpy(told->bytes, answer->bytes, answer->length);
    told->bytes[answer->length] = '\0';
}

static void on_done(void *context, const struct fetch_answer *answer, const struct error *err)
{
    struct told *told = context;
    told->calls++;
    told->answered = false;
    told->err = *err;
    if (answer != NULL)
        keep_answer(told, answer);
    if (told->again > 0) {
        told->again--;
        if (fetch_again(told->fetcher, "the body was cut short")) {
            told->again_granted++;
            return;
        }
    }
    if (told->left == NULL || --*told->left == 0)
        event_base_loopbreak(told->loop);
}

static void on_waiting(void *context, double seconds, const char *why)
{
    struct told *told = context;
    assert_true(told->waits < WAITS_MOST);
    told->waited[told->waits] = seconds;
    snprintf(told->why[told->waits++], sizeof told->why[0], "%s", why);
}

/* Short waits, so that tests are quick; nothing depends on how quick. */
static struct fetch_options brisk(void)
{
    return (struct fetch_options){.contact = "someone@example.org",
                                  .wait_base = 0.001,
                                  .wait_most = 0.01,
                                  .tries = 3,
                                  .seed = 1};
}

static struct told ask_with(const struct fetch_options *options,
                            const struct fetch_request *request, int again)
{
    struct told told = {.loop = event_base_new(), .again = again};
    struct error err = {0};
    told.fetcher = fetcher_new(told.loop, options, &err);
    assert_non_null(told.fetcher);
    fetch_start(told.fetcher, request, on_done, on_waiting, &told);
    assert_int_equal(told.calls, 0); /* never from fetch_start */
    event_base_dispatch(told.loop);
    fetcher_free(told.fetcher);
    event_base_free(told.loop);
    return told;
}

static const char *url_of(const char *path)
{
    static char url[200];
    snprintf(url, sizeof url, "%s%s", service.url, path);
    return url;
}

/* Asks a path of the service. The bytes of what is told are the caller's. */
static struct told ask(const char *path)
{
    const struct fetch_options options = brisk();
    return ask_with(&options, &(struct fetch_request){.url = url_of(path), .per_second = 1000}, 0);
}

static void must_hold(const struct told *told, const char *text)
{
    if (told->answered || strstr(told->err.message, text) == NULL)
        fail_msg("\"%s\" is not in: %s", text, told->answered ? "an answer" : told->err.message);
}

static void must_be_answered(struct told told, int status, const char *text, int tries)
{
    if (!told.answered)
        fail_msg("%s", told.err.message);
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.status, status);
    assert_string_equal(told.bytes, text);
    assert_int_equal(told.tries, tries);
    assert_int_equal(told.err.kind, ERROR_NONE);
    free(told.bytes);
}

/* A failing test must say what, of whom, and what to do, once. */
static void must_fail(struct told told, enum error_kind kind, int waits, const char *what,
                      const char *advice)
{
    must_hold(&told, what);
    must_hold(&told, advice);
    must_hold(&told, "127.0.0.1 ");
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.err.kind, kind);
    assert_int_equal(told.waits, waits);
    if (waits > 0) {
        char tries[40];
        snprintf(tries, sizeof tries, "at the last of %d tries", waits + 1);
        must_hold(&told, tries);
    }
    assert_null(strstr(told.err.message, "s3cret"));
}

static void need_service(void)
{
    if (!service_runs) {
        print_message("skipped: the service that misbehaves needs node\n");
        skip();
    }
}

/* -- an ordinary answer -- */

static void an_answer_comes_once_with_all_that_belongs_to_it(void **state)
{
    (void)state;
    need_service();
    struct told told = ask("/plain?a=1");
    assert_string_equal(told.type, "text/plain");
    assert_string_equal(told.url, url_of("/plain?a=1"));
    assert_int_equal(told.waits, 0);
    must_be_answered(told, 200, "hello", 1);
    told = ask("/nul");
    assert_int_equal(told.length, 3);
    assert_memory_equal(told.bytes, "a\0b", 4);
    free(told.bytes);
    must_be_answered(ask("/empty"), 204, "", 1);
}

static const json_t *last_request(json_t *requests, const char *url)
{
    for (size_t i = json_array_size(requests); i-- > 0;) {
        const json_t *request = json_array_get(requests, i);
        if (strcmp(json_string_value(json_object_get(request, "url")), url) == 0)
            return request;
    }
    fail_msg("nobody asked for %s", url);
    return NULL;
}

static const char *header_of(const json_t *request, const char *name)
{
    return json_string_value(json_object_get(json_object_get(request, "headers"), name));
}

static void a_request_says_who_asks_and_carries_nothing_else(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    for (int i = 0; i < 2; i++) /* the first answer sets a cookie */
        free(ask_with(&options,
                      &(struct fetch_request){.url = url_of("/plain?who"),
                                              .accept = "application/json",
                                              .per_second = 1000},
                      0)
                 .bytes);
    json_t *requests = recorded_requests(&service);
    const json_t *request = last_request(requests, "/plain?who");
    assert_string_equal(header_of(request, "user-agent"),
                        "Touchstone/0.1.0 (+mailto:someone@example.org)");
    assert_string_equal(header_of(request, "from"), "someone@example.org");
    assert_string_equal(header_of(request, "accept"), "application/json");
    assert_string_equal(header_of(request, "accept-encoding"), "gzip");
    assert_int_equal(json_object_size(json_object_get(request, "headers")), 5); /* and Host */
    json_decref(requests);
}

static void a_form_is_posted_at_once_however_long(void **state)
{
    (void)state;
    need_service();
    enum { LONG = 2 << 20 };
    const struct fetch_options options = brisk();
    char *form = malloc(LONG + 1);
    memset(form, 'a', LONG);
    memcpy(form, "term=", 5);
    form[LONG] = '\0';
    must_be_answered(
        ask_with(
            &options,
            &(struct fetch_request){.url = url_of("/posted"), .form = form, .per_second = 1000}, 0),
        200, "{\"got\":true}", 1);
    json_t *requests = recorded_requests(&service);
    const json_t *request = last_request(requests, "/posted");
    assert_string_equal(json_string_value(json_object_get(request, "body")), form);
    assert_string_equal(header_of(request, "content-type"), "application/x-www-form-urlencoded");
    assert_null(header_of(request, "expect"));
    json_decref(requests);
    free(form);
}

/* -- statuses -- */

static void a_status_that_will_not_change_is_an_answer(void **state)
{
    (void)state;
    need_service();
    must_be_answered(ask("/refused/400"), 400, "no such field", 1);
    must_be_answered(ask("/refused/403"), 403, "blocked", 1);
    must_be_answered(ask("/refused/404"), 404, "no route for GET /refused/404 in HTTP/1.1", 1);
    must_be_answered(ask("/refused/501"), 501, "", 1);
}

static void a_status_that_may_change_is_asked_for_again(void **state)
{
    (void)state;
    need_service();
    const char *const paths[] = {"/shaky/1", "/shaky/2", "/shaky/3"};
    for (size_t i = 0; i < 3; i++) {
        struct told told = ask(paths[i]);
        assert_int_equal(told.waits, 2);
        must_be_answered(told, 200, "ok", 3);
    }
}

static void waiting_is_told_with_its_reason_and_its_length(void **state)
{
    (void)state;
    need_service();
    struct told told = ask("/down");
    assert_int_equal(told.waits, 2);
    assert_string_equal(told.why[0], "answered 503 (in maintenance)");
    assert_true(told.waited[0] >= 0 && told.waited[0] < 0.001);
    assert_true(told.waited[1] >= 0 && told.waited[1] < 0.002);
}

static void a_service_that_stays_down_ends_in_one_clear_error(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/down"), ERROR_NETWORK, 2, "answered 503 (in maintenance)", "try again later");
}

static void retry_after_is_obeyed(void **state)
{
    (void)state;
    need_service();
    struct told told = ask("/busy");
    assert_int_equal(told.waits, 1);
    assert_true(told.waited[0] >= 1);
    must_be_answered(told, 200, "at last", 2);
}

static void a_retry_after_beyond_all_patience_ends_the_request_and_says_how_long(void **state)
{
    (void)state;
    need_service();
    struct told told = ask("/tomorrow");
    must_hold(&told, "asks to wait");
    must_fail(told, ERROR_NETWORK, 0, "answered 429 (the day's budget is spent)", "less often");
}

/* -- broken ways -- */

static void what_breaks_on_the_way_is_asked_for_again(void **state)
{
    (void)state;
    need_service();
    const char *const paths[] = {"/once/close",       "/once/reset",        "/once/cut",
                                 "/once/cut-chunked", "/once/gzip-damaged", "/once/gzip-cut"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct told told = ask(paths[i]);
        if (told.waits != 1)
            fail_msg("%s: %d waits", paths[i], told.waits);
        must_be_answered(told, 200, "ok", 2);
    }
}

static void what_stalls_is_asked_for_again(void **state)
{
    (void)state;
    need_service();
    const char *const paths[] = {"/once/silent", "/once/stall"};
    struct fetch_options options = brisk();
    options.stall_seconds = 0.5;
    options.tries = 20; /* a machine under load may make more of them stall */
    for (size_t i = 0; i < 2; i++) {
        struct told told = ask_with(
            &options, &(struct fetch_request){.url = url_of(paths[i]), .per_second = 1000}, 0);
        assert_true(told.waits >= 1);
        assert_string_equal(told.why[0], "sent nothing for 0.5 s");
        must_be_answered(told, 200, "ok", told.waits + 1);
    }
}

static void a_service_that_never_answers_ends_in_one_clear_error(void **state)
{
    (void)state;
    need_service();
    struct fetch_options options = brisk();
    options.stall_seconds = 0.25;
    must_fail(ask_with(&options,
                       &(struct fetch_request){.url = url_of("/always/silent"), .per_second = 1000},
                       0),
              ERROR_NETWORK, 2, "sent nothing for 0.25 s", "try again later");
}

static void a_body_that_is_always_cut_ends_in_one_clear_error(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/always/cut"), ERROR_NETWORK, 2, "sent less than it had announced",
              "check the connection");
}

static void a_drip_that_never_stalls_ends_at_the_time_of_a_request(void **state)
{
    (void)state;
    need_service();
    struct fetch_options options = brisk();
    options.request_seconds = 1;
    options.tries = 2;
    must_fail(ask_with(&options,
                       &(struct fetch_request){.url = url_of("/always/drip"), .per_second = 1000},
                       0),
              ERROR_NETWORK, 1, "had not sent all of its answer", "try again later");
}

static void all_tries_together_end_at_the_total_time(void **state)
{
    (void)state;
    need_service();
    struct fetch_options options = brisk();
    options.total_seconds = 1.5;
    options.stall_seconds = 0.3;
    options.tries = 1000;
    struct told told = ask_with(
        &options, &(struct fetch_request){.url = url_of("/always/silent"), .per_second = 1000}, 0);
    assert_true(told.waits >= 1 && told.waits < 10);
    assert_int_equal(told.err.kind, ERROR_NETWORK);
    assert_int_equal(told.calls, 1);
}

static void what_speaks_no_http_is_an_error(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/always/no-http"), ERROR_NETWORK, 0, "could not be asked", "check");
}

static void a_port_where_nobody_listens_is_an_error(void **state)
{
    (void)state;
    const struct fetch_options options = brisk();
    must_fail(ask_with(&options,
                       &(struct fetch_request){.url = "http://127.0.0.1:9/", .per_second = 1000},
                       0),
              ERROR_NETWORK, 2, "could not be asked", "check the connection");
}

/* -- too much -- */

static struct told ask_limited(const char *path, uint64_t stored, uint64_t inflated)
{
    struct fetch_options options = brisk();
    options.stored_most = stored;
    options.inflated_most = inflated;
    return ask_with(&options, &(struct fetch_request){.url = url_of(path), .per_second = 1000}, 0);
}

static void a_body_over_the_limit_ends_at_once_announced_or_not(void **state)
{
    (void)state;
    need_service();
    must_fail(ask_limited("/big/announced", 199999, 0), ERROR_LIMIT, 0,
              "more than the 199999 bytes", "less at once");
    must_fail(ask_limited("/big/chunked", 199999, 0), ERROR_LIMIT, 0, "more than the 199999 bytes",
              "less at once");
    must_fail(ask_limited("/big/chunked", 0, 199999), ERROR_LIMIT, 0, "more than the 199999 bytes",
              "less at once");
    struct told told = ask_limited("/big/chunked", 200000, 200000);
    assert_int_equal(told.length, 200000);
    free(told.bytes);
}

static void gzip_is_inflated(void **state)
{
    (void)state;
    need_service();
    must_be_answered(ask("/gzip/one"), 200, "packed and unpacked", 1);
    must_be_answered(ask("/gzip/two"), 200, "packed and unpacked", 1);
}

/* 50 MB of one letter are some 49 KB on the wire: over neither limit there. */
static void a_gzip_bomb_ends_at_its_limit_at_once(void **state)
{
    (void)state;
    need_service();
    must_fail(ask_limited("/gzip/bomb", 100000, 1000000), ERROR_LIMIT, 0,
              "gzip that holds more than the 1000000 bytes", "less at once");
}

static void a_coding_that_nobody_asked_for_is_an_error(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/gzip/odd"), ERROR_NETWORK, 0, "Content-Encoding", "later");
    must_fail(ask("/gzip/chain"), ERROR_NETWORK, 0, "Content-Encoding", "later");
}

static void header_lines_without_end_are_an_error(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/always/flood"), ERROR_LIMIT, 0, "header lines", "later");
}

/* -- redirects -- */

static void a_redirect_on_the_same_site_is_followed_within_one_try(void **state)
{
    (void)state;
    need_service();
    struct told told = ask("/moved/near");
    assert_string_equal(told.url, url_of("/plain?b"));
    must_be_answered(told, 200, "hello", 1);
    must_be_answered(ask("/moved/5"), 200, "hello", 1);
}

static void a_form_stays_a_form_through_a_redirect(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    must_be_answered(ask_with(&options,
                              &(struct fetch_request){.url = url_of("/moved/posted/302"),
                                                      .form = "term=kept",
                                                      .per_second = 1000},
                              0),
                     200, "{\"got\":true}", 1);
    must_be_answered(ask_with(&options,
                              &(struct fetch_request){.url = url_of("/moved/see-other"),
                                                      .form = "term=kept",
                                                      .per_second = 1000},
                              0),
                     200, "hello", 1);
    json_t *requests = recorded_requests(&service);
    assert_string_equal(
        json_string_value(json_object_get(last_request(requests, "/posted"), "body")), "term=kept");
    json_decref(requests);
}

static void a_redirect_in_a_circle_ends(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/moved/round"), ERROR_NETWORK, 0, "more than 5 times", "new address");
}

static void a_redirect_to_another_site_is_not_followed(void **state)
{
    (void)state;
    need_service();
    must_fail(ask("/moved/away"), ERROR_NETWORK, 0, "another site, https://elsewhere.example:443",
              "new address");
    must_fail(ask("/moved/port"), ERROR_NETWORK, 0, "another site, http://127.0.0.1:9",
              "new address");
    must_fail(ask("/moved/file"), ERROR_NETWORK, 0, "may not be asked", "new address");
}

static void a_redirect_to_nowhere_is_an_answer(void **state)
{
    (void)state;
    need_service();
    must_be_answered(ask("/moved/nowhere"), 302, "no Location", 1);
}

/* -- addresses -- */

static void an_address_that_may_not_be_asked_is_an_error_from_the_loop(void **state)
{
    (void)state;
    const struct fetch_options options = brisk();
    const char *const odd[] = {"http://example.org/?api_key=s3cret", "file:///etc/passwd", "",
                               "https://a:s3cret@example.org/"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct told told = ask_with(&options, &(struct fetch_request){.url = odd[i]}, 0);
        assert_int_equal(told.calls, 1);
        assert_false(told.answered);
        assert_int_equal(told.err.kind, ERROR_INVALID);
        if (i != 3) /* there the word stands before the query */
            assert_null(strstr(told.err.message, "s3cret"));
    }
}

static void a_contact_that_would_break_a_header_is_refused(void **state)
{
    (void)state;
    const char *const odd[] = {"a@b.example\r\nX: y", "nobody", "a@b.example>", "", "@x"};
    struct event_base *loop = event_base_new();
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct error err = {0};
        const struct fetch_options options = {.contact = odd[i]};
        assert_null(fetcher_new(loop, &options, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
    }
    event_base_free(loop);
}

static void an_accept_that_would_break_a_header_is_refused(void **state)
{
    (void)state;
    const struct fetch_options options = brisk();
    struct told told = ask_with(
        &options, &(struct fetch_request){.url = "http://127.0.0.1:9/", .accept = "a\r\nb: c"}, 0);
    assert_int_equal(told.err.kind, ERROR_INVALID);
    assert_int_equal(told.calls, 1);
}

static void a_proxy_of_the_environment_is_not_asked_for_this_machine(void **state)
{
    (void)state;
    need_service();
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:9", 1), 0);
    assert_int_equal(setenv("ALL_PROXY", "http://127.0.0.1:9", 1), 0);
    struct told told = ask("/plain");
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    must_be_answered(told, 200, "hello", 1);
}

static void https_goes_through_the_proxy_of_the_environment(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    assert_int_equal(setenv("https_proxy", service.url, 1), 0);
    struct told told = ask_with(
        &options,
        &(struct fetch_request){.url = "https://far.example/a?k=s3cret", .per_second = 1000}, 0);
    unsetenv("https_proxy");
    assert_int_equal(told.err.kind, ERROR_NETWORK);
    json_t *requests = recorded_requests(&service);
    const json_t *request = last_request(requests, "far.example:443");
    assert_string_equal(json_string_value(json_object_get(request, "method")), "CONNECT");
    assert_null(header_of(request, "from"));
    json_decref(requests);
}

/* -- asking again for what was not promised -- */

static void a_body_that_was_not_promised_is_asked_for_again(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    struct told told =
        ask_with(&options, &(struct fetch_request){.url = url_of("/plain"), .per_second = 1000}, 1);
    assert_int_equal(told.calls, 2);
    assert_int_equal(told.waits, 1);
    assert_string_equal(told.why[0], "the body was cut short");
    assert_int_equal(told.tries, 2);
    free(told.bytes);
}

static void asking_again_ends_with_the_tries(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    struct told told = ask_with(
        &options, &(struct fetch_request){.url = url_of("/plain"), .per_second = 1000}, 100);
    assert_int_equal(told.calls, options.tries);
    assert_int_equal(told.again_granted, options.tries - 1);
    free(told.bytes);
    told = ask_with(&options,
                    &(struct fetch_request){.url = url_of("/always/cut"), .per_second = 1000}, 100);
    assert_int_equal(told.calls, 1); /* after an error there is nothing to ask again */
    assert_int_equal(told.again_granted, 0);
}

/* -- many -- */

static void many_requests_each_get_one_callback_whatever_befalls_them(void **state)
{
    (void)state;
    need_service();
    enum { MANY = 60 };
    static const char *const paths[] = {
        "/plain",    "/down",          "/always/cut",   "/refused/404", "/moved/round",
        "/gzip/one", "/always/silent", "/always/flood", "/moved/near",  "/always/no-http"};
    struct fetch_options options = brisk();
    options.stall_seconds = 0.05;
    options.tries = 2;
    struct event_base *loop = event_base_new();
    struct error err = {0};
    struct fetcher *fetcher = fetcher_new(loop, &options, &err);
    struct told *told = calloc(MANY, sizeof *told);
    int left = MANY;
    for (size_t i = 0; i < MANY; i++) {
        told[i] = (struct told){.loop = loop, .fetcher = fetcher, .left = &left};
        fetch_start(fetcher,
                    &(struct fetch_request){.url = url_of(paths[i % 10]), .per_second = 1000},
                    on_done, NULL, &told[i]);
    }
    event_base_dispatch(loop);
    assert_int_equal(left, 0);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(told[i].calls, 1);
        assert_true(told[i].answered == (told[i].err.kind == ERROR_NONE));
        free(told[i].bytes);
    }
    fetcher_free(fetcher);
    event_base_free(loop);
    free(told);
}

static void connections_are_used_again(void **state)
{
    (void)state;
    need_service();
    struct fetch_options options = brisk();
    struct event_base *loop = event_base_new();
    struct error err = {0};
    struct fetcher *fetcher = fetcher_new(loop, &options, &err);
    for (int i = 0; i < 5; i++) {
        struct told told = {.loop = loop, .fetcher = fetcher};
        fetch_start(fetcher,
                    &(struct fetch_request){.url = url_of("/plain?reuse"), .per_second = 1000},
                    on_done, NULL, &told);
        event_base_dispatch(loop);
        must_be_answered(told, 200, "hello", 1);
    }
    fetcher_free(fetcher);
    event_base_free(loop);
    json_t *requests = recorded_requests(&service);
    json_int_t port =
        json_integer_value(json_object_get(last_request(requests, "/plain?reuse"), "port"));
    size_t same = 0;
    for (size_t i = 0; i < json_array_size(requests); i++)
        if (json_integer_value(json_object_get(json_array_get(requests, i), "port")) == port)
            same++;
    json_decref(requests);
    assert_int_equal(same, 5);
}

/* -- going early -- */

static void must_not_be_called(void *context, const struct fetch_answer *answer,
                               const struct error *err)
{
    (void)context;
    (void)answer;
    (void)err;
    fail_msg("a request that was ended called back");
}

static void stop_loop(evutil_socket_t fd, short what, void *loop)
{
    (void)fd;
    (void)what;
    event_base_loopbreak(loop);
}

/* Some wait in the queue, some for an answer, some before another try, some are settled. */
static void freeing_ends_whatever_is_under_way_without_a_word(void **state)
{
    (void)state;
    need_service();
    static const char *const paths[] = {"/always/silent", "/down", "/always/drip", "/plain"};
    for (int turn = 0; turn < 4; turn++) {
        struct fetch_options options = brisk();
        options.stall_seconds = 30;
        options.wait_base = options.wait_most = 30;
        struct event_base *loop = event_base_new();
        struct error err = {0};
        struct fetcher *fetcher = fetcher_new(loop, &options, &err);
        for (size_t i = 0; i < 8; i++)
            fetch_start(fetcher,
                        &(struct fetch_request){.url = url_of(paths[i % 3]), .per_second = 50},
                        must_not_be_called, NULL, NULL);
        if (turn == 0) /* refused, and settled before the loop runs */
            fetch_start(fetcher, &(struct fetch_request){.url = "nowhere"}, must_not_be_called,
                        NULL, NULL);
        const struct timeval soon = {.tv_usec = 40000 * turn};
        event_base_once(loop, -1, EV_TIMEOUT, stop_loop, loop, &soon);
        if (turn > 0)
            event_base_dispatch(loop);
        fetcher_free(fetcher);
        event_base_loop(loop, EVLOOP_NONBLOCK);
        event_base_free(loop);
    }
}

struct freeing {
    struct fetcher *fetcher;
    struct event_base *loop;
    int calls;
};

static void free_when_done(void *context, const struct fetch_answer *answer,
                           const struct error *err)
{
    struct freeing *freeing = context;
    (void)answer;
    (void)err;
    freeing->calls++;
    fetcher_free(freeing->fetcher);
    event_base_loopbreak(freeing->loop);
}

static void free_when_waiting(void *context, double seconds, const char *why)
{
    (void)seconds;
    (void)why;
    free_when_done(context, NULL, NULL);
}

static void a_callback_may_free_the_fetcher(void **state)
{
    (void)state;
    need_service();
    const char *const paths[] = {"/plain", "/down", "/moved/away"};
    for (size_t i = 0; i < 3; i++) {
        const struct fetch_options options = brisk();
        struct freeing freeing = {.loop = event_base_new()};
        struct error err = {0};
        freeing.fetcher = fetcher_new(freeing.loop, &options, &err);
        fetch_start(freeing.fetcher,
                    &(struct fetch_request){.url = url_of(paths[i]), .per_second = 1000},
                    free_when_done, free_when_waiting, &freeing);
        fetch_start(freeing.fetcher,
                    &(struct fetch_request){.url = url_of("/always/silent"), .per_second = 1000},
                    must_not_be_called, NULL, NULL);
        event_base_dispatch(freeing.loop);
        assert_int_equal(freeing.calls, 1);
        event_base_free(freeing.loop);
    }
    fetcher_free(NULL);
}

static void ask_next(void *context, const struct fetch_answer *answer, const struct error *err)
{
    struct told *told = context;
    int calls = told->calls + 1;
    (void)err;
    assert_non_null(answer);
    told->calls = calls;
    if (calls < 20)
        fetch_start(told->fetcher,
                    &(struct fetch_request){.url = url_of("/plain"), .per_second = 1000}, ask_next,
                    NULL, told);
    else
        event_base_loopbreak(told->loop);
}

static void a_callback_may_start_the_next_request(void **state)
{
    (void)state;
    need_service();
    const struct fetch_options options = brisk();
    struct error err = {0};
    struct told told = {.loop = event_base_new()};
    told.fetcher = fetcher_new(told.loop, &options, &err);
    fetch_start(told.fetcher, &(struct fetch_request){.url = url_of("/plain"), .per_second = 1000},
                ask_next, NULL, &told);
    event_base_dispatch(told.loop);
    assert_int_equal(told.calls, 20);
    fetcher_free(told.fetcher);
    event_base_free(told.loop);
}

static int start(void **state)
{
    (void)state;
    service_runs = recorded_start(&service, "tests/importers/fetch/service.json", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    recorded_stop(&service);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_once_with_all_that_belongs_to_it),
        cmocka_unit_test(a_request_says_who_asks_and_carries_nothing_else),
        cmocka_unit_test(a_form_is_posted_at_once_however_long),
        cmocka_unit_test(a_status_that_will_not_change_is_an_answer),
        cmocka_unit_test(a_status_that_may_change_is_asked_for_again),
        cmocka_unit_test(waiting_is_told_with_its_reason_and_its_length),
        cmocka_unit_test(a_service_that_stays_down_ends_in_one_clear_error),
        cmocka_unit_test(retry_after_is_obeyed),
        cmocka_unit_test(a_retry_after_beyond_all_patience_ends_the_request_and_says_how_long),
        cmocka_unit_test(what_breaks_on_the_way_is_asked_for_again),
        cmocka_unit_test(what_stalls_is_asked_for_again),
        cmocka_unit_test(a_service_that_never_answers_ends_in_one_clear_error),
        cmocka_unit_test(a_body_that_is_always_cut_ends_in_one_clear_error),
        cmocka_unit_test(a_drip_that_never_stalls_ends_at_the_time_of_a_request),
        cmocka_unit_test(all_tries_together_end_at_the_total_time),
        cmocka_unit_test(what_speaks_no_http_is_an_error),
        cmocka_unit_test(a_port_where_nobody_listens_is_an_error),
        cmocka_unit_test(a_body_over_the_limit_ends_at_once_announced_or_not),
        cmocka_unit_test(gzip_is_inflated),
        cmocka_unit_test(a_gzip_bomb_ends_at_its_limit_at_once),
        cmocka_unit_test(a_coding_that_nobody_asked_for_is_an_error),
        cmocka_unit_test(header_lines_without_end_are_an_error),
        cmocka_unit_test(a_redirect_on_the_same_site_is_followed_within_one_try),
        cmocka_unit_test(a_form_stays_a_form_through_a_redirect),
        cmocka_unit_test(a_redirect_in_a_circle_ends),
        cmocka_unit_test(a_redirect_to_another_site_is_not_followed),
        cmocka_unit_test(a_redirect_to_nowhere_is_an_answer),
        cmocka_unit_test(an_address_that_may_not_be_asked_is_an_error_from_the_loop),
        cmocka_unit_test(a_contact_that_would_break_a_header_is_refused),
        cmocka_unit_test(an_accept_that_would_break_a_header_is_refused),
        cmocka_unit_test(a_proxy_of_the_environment_is_not_asked_for_this_machine),
        cmocka_unit_test(https_goes_through_the_proxy_of_the_environment),
        cmocka_unit_test(a_body_that_was_not_promised_is_asked_for_again),
        cmocka_unit_test(asking_again_ends_with_the_tries),
        cmocka_unit_test(many_requests_each_get_one_callback_whatever_befalls_them),
        cmocka_unit_test(connections_are_used_again),
        cmocka_unit_test(freeing_ends_whatever_is_under_way_without_a_word),
        cmocka_unit_test(a_callback_may_free_the_fetcher),
        cmocka_unit_test(a_callback_may_start_the_next_request),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
