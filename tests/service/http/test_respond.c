#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "service/http/query.h"
#include "service/http/respond.h"

enum { LONG_BODY = 4000 };
static const time_t changed = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */
static const char stored[] = "{\"stored\":true}";

static bool get_small(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    (void)err;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "id", request_part(request, "id"));
    json_end_object(&json);
    answer->last_modified = changed;
    return true;
}

static bool get_long(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer->etag = "v7";
    answer->content_type = "text/plain";
    for (int i = 0; i < LONG_BODY; i++)
        buffer_byte(&answer->body, 'x');
    return true;
}

static bool get_borrowed(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer_borrow(answer, NULL, stored, sizeof stored - 1);
    answer_header(answer, "Link", "</next>; rel=\"next\"");
    answer_header(answer, "X-Bad", "a\r\nSet-Cookie: b");
    answer->cache_control = "public, max-age=60";
    return true;
}

static bool get_list(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"limit", NULL};
    int limit;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err))
        return false;
    buffer_printf(&answer->body, "%d", limit);
    return true;
}

static bool get_missing(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const near[] = {"dry-needling", "dry-cupping", NULL};
    answer_nearest(request, answer, near);
    return error_set(err, ERROR_NOT_FOUND, "no intervention \"dry-kneeling\"");
}

static bool get_broken(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    buffer_text(&answer->body, "half an answer");
    return error_set(err, ERROR_STORE, "/var/lib/secret.db: disk full");
}

/* What would wait says so from wherever it is called, and what is given back then is not sent. */
static bool get_waiting(const struct request *request, struct answer *answer, struct error *err)
{
    buffer_text(&answer->body, "far away");
    return !request_wait(request) || error_set(err, ERROR_STORE, "not here");
}

static bool put_private(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    if (request_bearer(request) == NULL) {
        answer_header(answer, "WWW-Authenticate", "Bearer");
        return answer_refuse(request, answer, REFUSAL_UNAUTHORIZED, "send a token");
    }
    answer->status = 204;
    return true;
}

static bool get_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer->content_type = "text/html; charset=utf-8";
    buffer_text(&answer->body, "<p>hello");
    return true;
}

static bool get_page_missing(const struct request *request, struct answer *answer,
                             struct error *err)
{
    (void)request;
    (void)answer;
    return error_set(err, ERROR_NOT_FOUND, "no such page");
}

static enum stream_step step(void *state, struct buffer *out)
{
    (void)state;
    (void)out;
    return STREAM_END;
}

static void ended(void *state)
{
    *(int *)state += 1;
}

static bool get_stream(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    answer->stream = (struct stream){.next = step, .end = ended, .state = request->context};
    return true;
}

/* A body of ten bytes, of which `state` is where the stream stands. */
static enum stream_step ten_bytes(void *state, struct buffer *out)
{
    uint64_t *at = state;
    buffer_text(out, "0123456789" + *at);
    *at = 10;
    return STREAM_END;
}

static void seek_ten_bytes(void *state, uint64_t from)
{
    *(uint64_t *)state = from;
}

static bool get_ten_bytes(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    answer->etag = "ten";
    answer->last_modified = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */
    answer->stream = (struct stream){.next = ten_bytes,
                                     .state = arena_alloc(request->arena, sizeof(uint64_t)),
                                     .seek = seek_ten_bytes,
                                     .length = 10};
    return true;
}

static const struct route table[] = {
    {METHOD_GET, "/ten", get_ten_bytes, 0},
    {METHOD_GET, "/small/{id}", get_small, 0},
    {METHOD_GET, "/long", get_long, 0},
    {METHOD_GET, "/borrowed", get_borrowed, 0},
    {METHOD_GET, "/list", get_list, 0},
    {METHOD_GET, "/missing", get_missing, 0},
    {METHOD_GET, "/broken", get_broken, 0},
    {METHOD_GET, "/waiting", get_waiting, 0},
    {METHOD_PUT, "/private", put_private, ROUTE_PRIVATE},
    {METHOD_GET, "/page", get_page, ROUTE_PAGE},
    {METHOD_GET, "/page/missing", get_page_missing, ROUTE_PAGE},
    {METHOD_GET, "/stream", get_stream, 0},
};

static bool error_page(const struct request *request, const struct route *route,
                       const struct refused *refused, struct answer *answer)
{
    if (!request_prefers_page(request, route))
        return false;
    buffer_printf(&answer->body, "<h1>%s</h1>", refused->title);
    return true;
}

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct responder responder;
    struct request request;
    struct reply reply;
    time_t stale_since;
    bool apart;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct error err = {0};
    fixture = (struct fixture){.arena = arena_new()};
    fixture.problems.arena = fixture.arena;
    fixture.responder = (struct responder){
        .routes = routes_new(table, sizeof table / sizeof table[0], &err), .form = error_page};
    *state = &fixture;
    return fixture.responder.routes == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    reply_release(&fixture->reply);
    routes_free((struct routes *)fixture->responder.routes);
    arena_free(fixture->arena);
    return 0;
}

static const struct reply *ask_with(struct fixture *fixture, enum method method, const char *path,
                                    const struct field *headers, size_t count)
{
    fixture->problems.count = 0;
    fixture->problems.kept = 0;
    const char *mark = strchr(path, '?');
    fixture->request = (struct request){
        .method = method,
        .path = mark == NULL ? path : arena_strndup(fixture->arena, path, (size_t)(mark - path)),
        .raw_query = mark == NULL ? NULL : mark + 1,
        .headers = headers,
        .header_count = count,
        .body = "",
        .now = changed + 1000,
        .stale_since = fixture->stale_since,
        .apart = fixture->apart,
        .arena = fixture->arena,
        .problems = &fixture->problems,
        .context = fixture->request.context,
    };
    reply_release(&fixture->reply);
    respond(&fixture->responder, &fixture->request, &fixture->reply);
    return &fixture->reply;
}

static const struct reply *ask(struct fixture *fixture, enum method method, const char *path)
{
    return ask_with(fixture, method, path, NULL, 0);
}

static void assert_header(const struct reply *reply, const char *name, const char *value)
{
    const char *found = reply_find(reply, name);
    if (value == NULL) {
        assert_null(found);
    } else {
        assert_non_null(found);
        assert_string_equal(found, value);
    }
}

static void assert_body(const struct reply *reply, const char *text)
{
    assert_int_equal(reply->body_length, strlen(text));
    assert_memory_equal(reply->body, text, strlen(text));
}

static void an_answer_carries_what_all_answers_carry(void **state)
{
    const struct reply *reply = ask(*state, METHOD_GET, "/small/a%20b");
    assert_int_equal(reply->status, 200);
    assert_body(reply, "{\"id\":\"a b\"}");
    assert_header(reply, "Content-Type", "application/json");
    assert_header(reply, "Content-Length", "12");
    assert_header(reply, "Date", "Sun, 06 Nov 1994 09:06:17 GMT");
    assert_header(reply, "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_header(reply, "Cache-Control", "no-cache");
    assert_header(reply, "Vary", "Accept-Encoding");
    assert_header(reply, "Access-Control-Allow-Origin", "*");
    assert_header(reply, "X-Content-Type-Options", "nosniff");
    assert_int_equal(strlen(reply_find(reply, "ETag")), 34);
}

static void borrowed_bytes_are_not_copied_and_bad_headers_not_sent(void **state)
{
    const struct reply *reply = ask(*state, METHOD_GET, "/borrowed");
    assert_ptr_equal(reply->body, stored);
    assert_header(reply, "Link", "</next>; rel=\"next\"");
    assert_header(reply, "X-Bad", NULL);
    assert_header(reply, "Cache-Control", "public, max-age=60");
}

static void head_is_get_without_the_body(void **state)
{
    const struct reply *reply = ask(*state, METHOD_HEAD, "/long");
    assert_int_equal(reply->status, 200);
    assert_null(reply->body);
    assert_header(reply, "Content-Length", "4000");
    assert_header(reply, "ETag", "\"v7\"");
}

static void gzip_is_sent_with_a_tag_of_its_own(void **state)
{
    static const struct field headers[] = {{"Accept-Encoding", "deflate"},
                                           {"accept-encoding", "gzip;q=0.5"}};
    char back[LONG_BODY];
    z_stream stream = {0};
    const struct reply *reply = ask_with(*state, METHOD_GET, "/long", headers, 2);
    assert_header(reply, "Content-Encoding", "gzip");
    assert_header(reply, "ETag", "\"v7-gz\"");
    assert_header(reply, "Vary", "Accept-Encoding");
    assert_true(reply->body_length < LONG_BODY);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)reply->body;
    stream.avail_in = (uInt)reply->body_length;
    stream.next_out = (Bytef *)back;
    stream.avail_out = sizeof back;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_out, 0);
    inflateEnd(&stream);
}

static void small_or_refused_bodies_go_as_they_are(void **state)
{
    static const struct field yes[] = {{"Accept-Encoding", "gzip"}};
    static const struct field no[] = {{"Accept-Encoding", "gzip;q=0"}};
    assert_header(ask_with(*state, METHOD_GET, "/small/x", yes, 1), "Content-Encoding", NULL);
    assert_header(ask_with(*state, METHOD_GET, "/long", no, 1), "Content-Encoding", NULL);
}

static void either_tag_gives_304(void **state)
{
    static const struct field plain[] = {{"If-None-Match", "\"v7\""}};
    static const struct field gzip[] = {{"If-None-Match", "W/\"v6\", \"v7-gz\""},
                                        {"Accept-Encoding", "gzip"}};
    static const struct field other[] = {{"If-None-Match", "\"v8\""}};
    const struct reply *reply = ask_with(*state, METHOD_GET, "/long", plain, 1);
    assert_int_equal(reply->status, 304);
    assert_null(reply->body);
    assert_header(reply, "ETag", "\"v7\"");
    assert_header(reply, "Content-Length", NULL);
    assert_header(reply, "Content-Type", NULL);
    assert_header(reply, "Cache-Control", "no-cache");
    reply = ask_with(*state, METHOD_HEAD, "/long", gzip, 2);
    assert_int_equal(reply->status, 304);
    assert_header(reply, "ETag", "\"v7-gz\"");
    assert_int_equal(ask_with(*state, METHOD_GET, "/long", other, 1)->status, 200);
}

static void a_made_tag_comes_back_as_304(void **state)
{
    struct fixture *fixture = *state;
    const char *tag = reply_find(ask(fixture, METHOD_GET, "/small/x"), "ETag");
    const struct field headers[] = {{"If-None-Match", tag}};
    assert_int_equal(ask_with(fixture, METHOD_GET, "/small/x", headers, 1)->status, 304);
    assert_int_equal(ask_with(fixture, METHOD_GET, "/small/y", headers, 1)->status, 200);
}

static void the_date_counts_only_without_tags(void **state)
{
    static const struct field same[] = {{"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    static const struct field older[] = {{"If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"}};
    static const struct field junk[] = {{"If-Modified-Since", "soon"}};
    static const struct field both[] = {{"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"},
                                        {"If-None-Match", "\"another\""}};
    assert_int_equal(ask_with(*state, METHOD_GET, "/small/x", same, 1)->status, 304);
    assert_int_equal(ask_with(*state, METHOD_GET, "/small/x", older, 1)->status, 200);
    assert_int_equal(ask_with(*state, METHOD_GET, "/small/x", junk, 1)->status, 200);
    assert_int_equal(ask_with(*state, METHOD_GET, "/small/x", both, 2)->status, 200);
}

static void a_refusal_is_a_problem_with_its_nearest_names(void **state)
{
    const struct reply *reply = ask(*state, METHOD_GET, "/missing");
    assert_int_equal(reply->status, 404);
    assert_header(reply, "Content-Type", "application/problem+json");
    assert_header(reply, "Cache-Control", "no-store");
    assert_header(reply, "Access-Control-Allow-Origin", "*");
    assert_body(reply, "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,"
                       "\"detail\":\"no intervention \\\"dry-kneeling\\\"\","
                       "\"nearest\":[\"dry-needling\",\"dry-cupping\"]}\n");
}

static void bad_parameters_are_told_one_by_one(void **state)
{
    const struct reply *reply = ask(*state, METHOD_GET, "/list?colour=red&limit=5");
    assert_int_equal(reply->status, 400);
    assert_body(reply, "{\"type\":\"/problems/invalid\",\"title\":\"Invalid request\","
                       "\"status\":400,\"detail\":\"?colour: unknown parameter; there are: limit\","
                       "\"errors\":[{\"pointer\":\"?colour\","
                       "\"detail\":\"unknown parameter; there are: limit\"}]}\n");
    assert_body(ask(*state, METHOD_GET, "/list?limit=7"), "7");
    assert_int_equal(ask(*state, METHOD_GET, "/list?limit=%")->status, 400);
    assert_int_equal(ask(*state, METHOD_GET, "/page?limit=%")->status, 200);
}

static void inner_faults_are_logged_and_not_told(void **state)
{
    const struct reply *reply = ask(*state, METHOD_GET, "/broken");
    assert_int_equal(reply->status, 503);
    assert_null(strstr(reply->body, "secret"));
    assert_null(strstr(reply->body, "half"));
    assert_string_equal(reply->log, "/var/lib/secret.db: disk full");
}

/* Said in every reply, kept by no cache, and not only once to who has the answer already. */
static void an_answer_that_may_be_old_says_since_when(void **state)
{
    static const char since[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    static const struct field tag[] = {{"If-None-Match", "\"v7\""}};
    struct fixture *fixture = *state;
    assert_header(ask(fixture, METHOD_GET, "/long"), "Touchstone-Stale-Since", NULL);
    fixture->stale_since = changed;
    const struct reply *reply = ask_with(fixture, METHOD_GET, "/long", tag, 1);
    assert_int_equal(reply->status, 200);
    assert_header(reply, "Touchstone-Stale-Since", since);
    assert_header(reply, "Cache-Control", "no-store");
    assert_non_null(
        strstr(reply_find(reply, "Access-Control-Expose-Headers"), "Touchstone-Stale-Since"));
    reply = ask(fixture, METHOD_GET, "/broken");
    assert_header(reply, "Touchstone-Stale-Since", since);
    assert_header(reply, "Retry-After", "5");
    assert_non_null(strstr(reply->body, "has not answered since 1994-11-06T08:49:37Z"));
    assert_header(ask(fixture, METHOD_GET, "/missing"), "Touchstone-Stale-Since", since);
}

static void what_has_to_wait_is_answered_on_a_thread_that_may(void **state)
{
    struct fixture *fixture = *state;
    assert_true(ask(fixture, METHOD_GET, "/waiting")->apart);
    assert_null(fixture->reply.body);
    fixture->apart = true;
    assert_body(ask(fixture, METHOD_GET, "/waiting"), "far away");
}

static void private_routes_have_no_cors_and_are_not_kept(void **state)
{
    static const struct field token[] = {{"Authorization", "bearer abc"}};
    const struct reply *reply = ask(*state, METHOD_PUT, "/private");
    assert_int_equal(reply->status, 401);
    assert_header(reply, "WWW-Authenticate", "Bearer");
    assert_header(reply, "Access-Control-Allow-Origin", NULL);
    reply = ask_with(*state, METHOD_PUT, "/private", token, 1);
    assert_int_equal(reply->status, 204);
    assert_null(reply->body);
    assert_header(reply, "Content-Length", NULL);
    assert_header(reply, "Cache-Control", "no-store");
}

static void another_method_is_405_with_allow(void **state)
{
    const struct reply *reply = ask(*state, METHOD_DELETE, "/long");
    assert_int_equal(reply->status, 405);
    assert_header(reply, "Allow", "GET, HEAD, OPTIONS");
    assert_non_null(strstr(reply->body, "/problems/method-not-allowed"));
}

static void options_tells_what_is_allowed(void **state)
{
    const struct reply *reply = ask(*state, METHOD_OPTIONS, "/long");
    assert_int_equal(reply->status, 204);
    assert_header(reply, "Allow", "GET, HEAD, OPTIONS");
    assert_header(reply, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    reply = ask(*state, METHOD_OPTIONS, "/private");
    assert_header(reply, "Allow", "PUT, OPTIONS");
    assert_header(reply, "Access-Control-Allow-Methods", NULL);
    assert_int_equal(ask(*state, METHOD_OPTIONS, "*")->status, 204);
    assert_int_equal(ask(*state, METHOD_OPTIONS, "/nowhere")->status, 404);
}

static void people_get_pages_and_programs_problems(void **state)
{
    static const struct field browser[] = {{"Accept", "text/html,application/xhtml+xml"}};
    const struct reply *reply = ask(*state, METHOD_GET, "/page/missing");
    assert_int_equal(reply->status, 404);
    assert_header(reply, "Content-Type", "text/html; charset=utf-8");
    assert_body(reply, "<h1>Not found</h1>");
    reply = ask_with(*state, METHOD_GET, "/nowhere", browser, 1);
    assert_header(reply, "Content-Type", "text/html; charset=utf-8");
    assert_header(ask(*state, METHOD_GET, "/nowhere"), "Content-Type", "application/problem+json");
    assert_header(ask_with(*state, METHOD_GET, "/missing", browser, 1), "Content-Type",
                  "application/problem+json");
}

static void a_path_that_does_not_decode_is_400(void **state)
{
    assert_int_equal(ask(*state, METHOD_GET, "/small/%zz")->status, 400);
    assert_int_equal(ask(*state, METHOD_GET, "/small/%00")->status, 400);
}

/* What is sent of the ten bytes for these two headers (either may be NULL). */
static void assert_part(struct fixture *fixture, const char *range, const char *if_range,
                        int status, const char *content_range, const char *expected)
{
    struct field headers[2];
    size_t count = 0;
    if (range != NULL)
        headers[count++] = (struct field){"Range", range};
    if (if_range != NULL)
        headers[count++] = (struct field){"If-Range", if_range};
    const struct reply *reply = ask_with(fixture, METHOD_GET, "/ten", headers, count);
    assert_int_equal(reply->status, status);
    assert_header(reply, "Content-Range", content_range);
    assert_int_equal(atoi(reply_find(reply, "Content-Length")), (int)strlen(expected));
    if (expected[0] == '\0') {
        assert_null(reply->stream.next);
        return;
    }
    struct buffer out = {0};
    assert_int_equal(reply->stream.next(reply->stream.state, &out), STREAM_END);
    assert_int_equal(reply->stream.length, strlen(expected));
    assert_memory_equal(buffer_string(&out), expected, strlen(expected));
    buffer_release(&out);
}

static void a_part_is_given_of_what_can_be_sought(void **state)
{
    assert_part(*state, NULL, NULL, 200, NULL, "0123456789");
    assert_part(*state, "bytes=2-4", NULL, 206, "bytes 2-4/10", "234");
    assert_part(*state, "bytes=7-", NULL, 206, "bytes 7-9/10", "789");
    assert_part(*state, "bytes=9-", NULL, 206, "bytes 9-9/10", "9");
    assert_part(*state, "bytes=-3", NULL, 206, "bytes 7-9/10", "789");
    assert_part(*state, "bytes=-30", NULL, 206, "bytes 0-9/10", "0123456789");
    assert_part(*state, "bytes=5-99999999999999999999999", NULL, 206, "bytes 5-9/10", "56789");
    assert_part(*state, "bytes=10-", NULL, 416, "bytes */10", "");
    assert_part(*state, "bytes=-0", NULL, 416, "bytes */10", "");
}

static void a_range_that_makes_no_sense_is_passed_over(void **state)
{
    static const char *const headers[] = {"bytes=4-2",     "bytes=",    "bytes=-",   "bytes=a-b",
                                          "bytes=1-2,4-5", "lines=1-2", "bytes 1-2", "bytes=1-2 x"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        assert_part(*state, headers[i], NULL, 200, NULL, "0123456789");
}

static void a_part_is_given_only_of_the_same_whole(void **state)
{
    assert_part(*state, "bytes=2-4", "\"ten\"", 206, "bytes 2-4/10", "234");
    assert_part(*state, "bytes=2-4", "\"other\"", 200, NULL, "0123456789");
    assert_part(*state, "bytes=2-4", "W/\"ten\"", 200, NULL, "0123456789");
    assert_part(*state, "bytes=2-4", "Sun, 06 Nov 1994 08:49:37 GMT", 206, "bytes 2-4/10", "234");
    assert_part(*state, "bytes=2-4", "Sun, 06 Nov 1994 08:49:38 GMT", 200, NULL, "0123456789");
}

static void a_stream_is_handed_on_or_ended_once(void **state)
{
    struct fixture *fixture = *state;
    int ends = 0;
    fixture->request.context = &ends;
    const struct reply *reply = ask(fixture, METHOD_GET, "/stream");
    assert_non_null(reply->stream.next);
    assert_null(reply->body);
    assert_header(reply, "Content-Length", NULL);
    assert_int_equal(ends, 0);
    assert_null(ask(fixture, METHOD_HEAD, "/stream")->stream.next);
    assert_int_equal(ends, 1);
}

static void every_refusal_and_error_has_a_status(void **state)
{
    (void)state;
    for (int refusal = REFUSAL_NONE + 1; refusal < REFUSAL_COUNT; refusal++) {
        struct refused refused = refused_for((enum refusal)refusal, "");
        assert_in_range(refused.status, 400, 599);
        assert_string_not_equal(status_phrase(refused.status), "Unknown");
        assert_non_null(refused.title);
    }
    for (int kind = ERROR_NONE; kind < ERROR_KIND_COUNT; kind++)
        assert_int_not_equal(refusal_of((enum error_kind)kind), REFUSAL_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_carries_what_all_answers_carry),
        TEST(borrowed_bytes_are_not_copied_and_bad_headers_not_sent),
        TEST(head_is_get_without_the_body),
        TEST(gzip_is_sent_with_a_tag_of_its_own),
        TEST(small_or_refused_bodies_go_as_they_are),
        TEST(either_tag_gives_304),
        TEST(a_made_tag_comes_back_as_304),
        TEST(the_date_counts_only_without_tags),
        TEST(a_refusal_is_a_problem_with_its_nearest_names),
        TEST(bad_parameters_are_told_one_by_one),
        TEST(inner_faults_are_logged_and_not_told),
        TEST(an_answer_that_may_be_old_says_since_when),
        TEST(what_has_to_wait_is_answered_on_a_thread_that_may),
        TEST(private_routes_have_no_cors_and_are_not_kept),
        TEST(another_method_is_405_with_allow),
        TEST(options_tells_what_is_allowed),
        TEST(people_get_pages_and_programs_problems),
        TEST(a_path_that_does_not_decode_is_400),
        TEST(a_part_is_given_of_what_can_be_sought),
        TEST(a_range_that_makes_no_sense_is_passed_over),
        TEST(a_part_is_given_only_of_the_same_whole),
        TEST(a_stream_is_handed_on_or_ended_once),
        TEST(every_refusal_and_error_has_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
