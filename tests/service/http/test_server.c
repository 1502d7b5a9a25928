/* The server over a real loopback socket, spoken to in raw bytes. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "service/http/crowd.h"
#include "service/http/server.h"

enum { PATIENCE_MS = 20000, BIG_BYTES = 16 * 1024 * 1024, SMALL_BODY_LIMIT = 64 * 1024 };

/* -- a catalog that knows whether it is alive -- */

struct catalog {
    atomic_int references;
    atomic_int *alive;
    size_t length;
    char *bytes; /* all the same letter */
};

static struct catalog *catalog_of(char letter, size_t length, atomic_int *alive)
{
    struct catalog *catalog = memory_alloc(sizeof *catalog);
    atomic_init(&catalog->references, 1);
    catalog->alive = alive;
    catalog->length = length;
    catalog->bytes = memory_alloc(length);
    memset(catalog->bytes, letter, length);
    atomic_fetch_add(alive, 1);
    return catalog;
}

static struct catalog *stub_retain(struct catalog *catalog)
{
    atomic_fetch_add(&catalog->references, 1);
    return catalog;
}

static void stub_release(struct catalog *catalog)
{
    if (atomic_fetch_sub(&catalog->references, 1) != 1)
        return;
    memset(catalog->bytes, '!', catalog->length);
    free(catalog->bytes);
    atomic_fetch_sub(catalog->alive, 1);
    free(catalog);
}

/* -- handlers -- */

struct shared_state {
    atomic_int streams_ended;
    atomic_int slow_begun;
    atomic_int apart_begun;
    atomic_int apart_ended;
    atomic_bool apart_may_end;
};

static bool get_hello(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    buffer_text(&answer->body, "\"hello\"");
    answer->etag = "h1";
    return true;
}

static bool get_part(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    buffer_text(&answer->body, request_part(request, "rest"));
    return true;
}

static bool echo(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    answer->content_type = "text/plain";
    buffer_append(&answer->body, request->body, request->body_length);
    return true;
}

static bool get_catalog(const struct request *request, struct answer *answer, struct error *err)
{
    if (request->catalog == NULL)
        return error_set(err, ERROR_NOT_FOUND, "no catalog");
    answer_borrow(answer, "application/octet-stream", request->catalog->bytes,
                  request->catalog->length);
    answer->etag = "c";
    return true;
}

static bool get_slow(const struct request *request, struct answer *answer, struct error *err)
{
    struct shared_state *shared = request->context;
    const struct timespec wait = {.tv_nsec = 300 * 1000000};
    (void)err;
    atomic_fetch_add(&shared->slow_begun, 1);
    nanosleep(&wait, NULL);
    buffer_text(&answer->body, "\"slow\"");
    return true;
}

/* Waits until it may end, as for a lock that another holds. */
static bool get_apart(const struct request *request, struct answer *answer, struct error *err)
{
    struct shared_state *shared = request->context;
    const struct timespec moment = {.tv_nsec = 1000000};
    (void)err;
    atomic_fetch_add(&shared->apart_begun, 1);
    while (!atomic_load(&shared->apart_may_end))
        nanosleep(&moment, NULL);
    atomic_fetch_add(&shared->apart_ended, 1);
    buffer_printf(&answer->body, "%s %s", request->apart ? "apart" : "on the loop",
                  request->head ? "HEAD" : method_name(request->method));
    return true;
}

/* Finds only while it answers that it has to wait. */
static bool get_chosen(const struct request *request, struct answer *answer, struct error *err)
{
    if (answer_apart(request, answer))
        return true;
    return get_apart(request, answer, err);
}

struct counting {
    int left;
    int waits;
    struct shared_state *shared;
};

static enum stream_step count_down(void *state, struct buffer *out)
{
    struct counting *counting = state;
    if (counting->waits > 0) {
        counting->waits--;
        return STREAM_WAIT;
    }
    buffer_printf(out, "%d\n", counting->left);
    return counting->left-- > 1 ? STREAM_MORE : STREAM_END;
}

static enum stream_step go_on_for_ever(void *state, struct buffer *out)
{
    (void)state;
    buffer_text(out, "tick\n");
    return STREAM_MORE;
}

static enum stream_step say_nothing(void *state, struct buffer *out)
{
    (void)state;
    (void)out;
    return STREAM_WAIT;
}

static void count_end(void *state)
{
    struct counting *counting = state;
    atomic_fetch_add(&counting->shared->streams_ended, 1);
}

static bool stream_with(const struct request *request, struct answer *answer,
                        enum stream_step (*next)(void *, struct buffer *))
{
    struct counting *counting = arena_alloc(request->arena, sizeof *counting);
    *counting = (struct counting){.left = 3, .waits = 1, .shared = request->context};
    answer->content_type = "text/plain";
    answer->stream = (struct stream){.next = next, .end = count_end, .state = counting};
    return true;
}

/* Three lines, each after a wait. */
static enum stream_step count_down_apart(void *state, struct buffer *out)
{
    struct counting *counting = state;
    atomic_fetch_add(&counting->shared->apart_begun, 1);
    while (!atomic_load(&counting->shared->apart_may_end))
        usleep(1000);
    atomic_fetch_add(&counting->shared->apart_ended, 1);
    return count_down(state, out);
}

/* Three lines, of which the third cannot be had. */
static enum stream_step break_off(void *state, struct buffer *out)
{
    struct counting *counting = state;
    if (counting->left-- == 1)
        return STREAM_BREAK;
    buffer_text(out, "line\n");
    return STREAM_MORE;
}

static bool get_broken(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    return stream_with(request, answer, break_off);
}

/* Six bytes from "012345". */
static enum stream_step a_byte(void *state, struct buffer *out)
{
    struct counting *counting = state;
    buffer_byte(out, (char)('0' + counting->left++));
    return STREAM_MORE;
}

static void seek_byte(void *state, uint64_t from)
{
    ((struct counting *)state)->left = (int)from;
}

static bool get_sought(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    stream_with(request, answer, a_byte);
    ((struct counting *)answer->stream.state)->left = 0;
    answer->stream.seek = seek_byte;
    answer->stream.length = 6;
    return true;
}

static bool get_stream(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    return stream_with(request, answer, count_down);
}

static bool get_endless(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    return stream_with(request, answer, go_on_for_ever);
}

static bool get_silent(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    return stream_with(request, answer, say_nothing);
}

static bool get_waiting(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    stream_with(request, answer, count_down_apart);
    answer->stream.waits = true;
    return true;
}

static bool get_figures(const struct request *request, struct answer *answer, struct error *err)
{
    struct server_figures figures;
    (void)err;
    server_figures(request->server, &figures);
    buffer_printf(&answer->body, "%llu %lld %u", (unsigned long long)figures.requests[2],
                  (long long)figures.in_flight, figures.workers);
    return true;
}

static const struct route table[] = {
    {METHOD_GET, "/hello", get_hello, 0},
    {METHOD_GET, "/part/{rest...}", get_part, 0},
    {METHOD_POST | METHOD_PATCH | METHOD_PUT, "/echo", echo, 0},
    {METHOD_GET, "/catalog", get_catalog, 0},
    {METHOD_GET, "/slow", get_slow, 0},
    {METHOD_GET | METHOD_POST, "/apart", get_apart, ROUTE_APART},
    {METHOD_GET, "/chosen", get_chosen, 0},
    {METHOD_GET, "/stream", get_stream, 0},
    {METHOD_GET, "/waiting", get_waiting, 0},
    {METHOD_GET, "/broken", get_broken, 0},
    {METHOD_GET, "/sought", get_sought, 0},
    {METHOD_GET, "/endless", get_endless, 0},
    {METHOD_GET, "/silent", get_silent, 0},
    {METHOD_GET, "/figures", get_figures, 0},
};

static struct server_options options_for(struct shared_state *shared)
{
    return (struct server_options){
        .listen = "127.0.0.1:0",
        .threads = 2,
        .routes = table,
        .route_count = sizeof table / sizeof table[0],
        .context = shared,
        .limits = {.body_bytes = SMALL_BODY_LIMIT},
        .catalogs = {stub_retain, stub_release},
    };
}

struct fixture {
    struct shared_state shared;
    struct server_options options;
    struct server *server;
};

static struct fixture the_fixture;

static int prepare(void **state)
{
    memset(&the_fixture, 0, sizeof the_fixture);
    the_fixture.options = options_for(&the_fixture.shared);
    *state = &the_fixture;
    return 0;
}

static void start(struct fixture *fixture)
{
    struct error err = {0};
    fixture->server = server_new(&fixture->options, &err);
    if (fixture->server == NULL || !server_start(fixture->server, &err))
        fail_msg("%s", err.message);
}

static int set_up(void **state)
{
    prepare(state);
    start(&the_fixture);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    server_free(fixture->server);
    return 0;
}

/* -- a client -- */

static int dial_port(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

static int dial(const struct fixture *fixture)
{
    int fd = dial_port(server_port(fixture->server));
    assert_true(fd >= 0);
    return fd;
}

static void say_bytes(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the server may close early; what it said is read next */
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void say(int fd, const char *text)
{
    say_bytes(fd, text, strlen(text));
}

/* Reads what is there; 0 at the end, -1 if nothing came for PATIENCE_MS or the peer reset. */
static ssize_t listen_some(int fd, char *bytes, size_t size)
{
    struct pollfd waited = {.fd = fd, .events = POLLIN};
    if (poll(&waited, 1, PATIENCE_MS) != 1)
        return -1;
    return recv(fd, bytes, size, 0);
}

struct response {
    int status;
    char head[4096];
    struct buffer body;
    bool closed; /* nothing came, and the connection is closed */
};

static const char *header(const struct response *response, const char *name)
{
    static _Thread_local char value[512];
    size_t length = strlen(name);
    for (const char *line = response->head; line != NULL; line = strstr(line, "\r\n")) {
        line += line[0] == '\r' ? 2 : 0;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            snprintf(value, sizeof value, "%.*s", (int)strcspn(line + length + 2, "\r"),
                     line + length + 2);
            return value;
        }
    }
    return NULL;
}

/* Reads exactly one byte at a time up to the end of a head: slow, and never a byte too far. */
static bool read_head(int fd, struct response *response)
{
    size_t length = 0;
    while (length + 1 < sizeof response->head) {
        if (listen_some(fd, response->head + length, 1) != 1)
            return false;
        response->head[++length] = '\0';
        if (length >= 4 && strcmp(response->head + length - 4, "\r\n\r\n") == 0)
            return sscanf(response->head, "HTTP/1.%*d %d", &response->status) == 1;
    }
    return false;
}

static bool read_bytes(int fd, size_t length, struct buffer *out)
{
    char bytes[65536];
    while (length > 0) {
        ssize_t got = listen_some(fd, bytes, length < sizeof bytes ? length : sizeof bytes);
        if (got <= 0)
            return false;
        buffer_append(out, bytes, (size_t)got);
        length -= (size_t)got;
    }
    return true;
}

static bool read_chunks(int fd, struct buffer *out)
{
    for (;;) {
        char line[32];
        size_t length = 0;
        unsigned size = 0;
        struct buffer end = {0};
        do {
            if (length + 1 == sizeof line || listen_some(fd, line + length, 1) != 1)
                return false;
        } while (line[length++] != '\n');
        line[length] = '\0';
        if (sscanf(line, "%x", &size) != 1 || !read_bytes(fd, size, out) ||
            !read_bytes(fd, 2, &end))
            return false;
        buffer_release(&end);
        if (size == 0)
            return true;
    }
}

static struct response hear(int fd, bool is_head)
{
    struct response response = {0};
    if (!read_head(fd, &response)) {
        response.closed = true;
        return response;
    }
    const char *length = header(&response, "Content-Length");
    bool bodiless =
        is_head || response.status == 204 || response.status == 304 || response.status == 100;
    if (bodiless)
        return response;
    if (length != NULL)
        assert_true(read_bytes(fd, (size_t)strtoul(length, NULL, 10), &response.body));
    else if (header(&response, "Transfer-Encoding") != NULL)
        assert_true(read_chunks(fd, &response.body));
    else
        read_bytes(fd, SIZE_MAX, &response.body);
    return response;
}

static void forget(struct response *response)
{
    buffer_release(&response->body);
}

static bool is_closed(int fd)
{
    char byte;
    return listen_some(fd, &byte, 1) == 0;
}

static void expect(int fd, int status, const char *body)
{
    struct response response = hear(fd, false);
    assert_int_equal(response.status, status);
    if (body != NULL)
        assert_string_equal(buffer_string(&response.body), body);
    forget(&response);
}

static struct response ask(const struct fixture *fixture, const char *request)
{
    int fd = dial(fixture);
    say(fd, request);
    struct response response = hear(fd, strncmp(request, "HEAD", 4) == 0);
    close(fd);
    return response;
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

static void wait_until(atomic_int *value, int wanted)
{
    const struct timespec moment = {.tv_nsec = 2000000};
    for (int i = 0; i < PATIENCE_MS / 2 && atomic_load(value) != wanted; i++)
        nanosleep(&moment, NULL);
    assert_int_equal(atomic_load(value), wanted);
}

/* -- plain requests -- */

static void a_connection_is_kept_between_requests(void **state)
{
    int fd = dial(*state);
    for (int i = 0; i < 3; i++) {
        say(fd, GET("/hello"));
        expect(fd, 200, "\"hello\"");
    }
    close(fd);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    int fd = dial(*state);
    say(fd, GET("/part/1") GET("/part/2") "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                          "3\r\n\r\nabc" GET("/part/4"));
    expect(fd, 200, "1");
    expect(fd, 200, "2");
    expect(fd, 200, "abc");
    expect(fd, 200, "4");
    close(fd);
}

static void a_request_may_come_byte_by_byte(void **state)
{
    int fd = dial(*state);
    for (const char *at = GET("/hello"); *at != '\0'; at++)
        say_bytes(fd, at, 1);
    expect(fd, 200, "\"hello\"");
    close(fd);
}

static void head_sends_no_body_and_keeps_the_connection(void **state)
{
    int fd = dial(*state);
    say(fd, "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" GET("/hello"));
    struct response response = hear(fd, true);
    assert_int_equal(response.status, 200);
    assert_string_equal(header(&response, "Content-Length"), "7");
    expect(fd, 200, "\"hello\"");
    close(fd);
}

static void every_reply_has_one_of_each_header(void **state)
{
    static const char *const names[] = {"\nDate: ",
                                        "\nContent-Length: ",
                                        "\nContent-Type: ",
                                        "\nETag: \"h1\"",
                                        "\nCache-Control: ",
                                        "\nAccess-Control-Allow-Origin: *",
                                        "\nX-Content-Type-Options: nosniff"};
    struct response response = ask(*state, GET("/hello"));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *found = strstr(response.head, names[i]);
        assert_non_null(found);
        assert_null(strstr(found + 1, names[i]));
    }
    assert_null(header(&response, "Connection"));
    forget(&response);
}

static void options_patch_and_405_reach_us(void **state)
{
    struct response response = ask(*state, "OPTIONS /echo HTTP/1.1\r\nHost: a\r\n"
                                           "Origin: https://b\r\n\r\n");
    assert_int_equal(response.status, 204);
    assert_string_equal(header(&response, "Allow"), "POST, PUT, PATCH, OPTIONS");
    response = ask(*state, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(response.status, 204);
    response = ask(*state, "PATCH /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
    assert_string_equal(buffer_string(&response.body), "hi");
    forget(&response);
    response = ask(*state, "DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(response.status, 405);
    assert_string_equal(header(&response, "Allow"), "GET, HEAD, OPTIONS");
    forget(&response);
}

static void a_known_tag_gives_304_and_keeps_the_connection(void **state)
{
    int fd = dial(*state);
    say(fd, "GET /hello HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"h1\"\r\n\r\n" GET("/hello"));
    struct response response = hear(fd, false);
    assert_int_equal(response.status, 304);
    assert_null(header(&response, "Content-Length"));
    expect(fd, 200, "\"hello\"");
    close(fd);
}

static void long_text_is_gzipped_when_asked_for(void **state)
{
    char request[4096];
    char text[2001] = "";
    memset(text, 'x', sizeof text - 1);
    snprintf(request, sizeof request,
             "POST /echo HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n"
             "Content-Length: %zu\r\n\r\n%s",
             strlen(text), text);
    struct response response = ask(*state, request);
    assert_int_equal(response.status, 200);
    assert_string_equal(header(&response, "Content-Encoding"), "gzip");
    assert_memory_equal(response.body.bytes, "\x1F\x8B", 2);
    forget(&response);
}

static void a_study_id_may_have_slashes_either_way(void **state)
{
    struct response response = ask(*state, GET("/part/doi:10.1/a%2Fb"));
    assert_string_equal(buffer_string(&response.body), "doi:10.1/a/b");
    forget(&response);
    response = ask(*state, GET("http://a/part/x"));
    assert_string_equal(buffer_string(&response.body), "x");
    forget(&response);
}

static void connections_close_when_asked_and_in_http_1_0(void **state)
{
    int fd = dial(*state);
    say(fd, "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    struct response response = hear(fd, false);
    assert_string_equal(header(&response, "Connection"), "close");
    assert_true(is_closed(fd));
    forget(&response);
    close(fd);

    fd = dial(*state);
    say(fd, "GET /hello HTTP/1.0\r\n\r\n");
    expect(fd, 200, "\"hello\"");
    assert_true(is_closed(fd));
    close(fd);

    fd = dial(*state);
    say(fd, "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    expect(fd, 200, "\"hello\"");
    say(fd, "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    expect(fd, 200, "\"hello\"");
    close(fd);
}

static void who_has_said_all_and_shut_down_is_still_answered(void **state)
{
    int fd = dial(*state);
    say(fd, GET("/hello"));
    shutdown(fd, SHUT_WR);
    expect(fd, 200, "\"hello\"");
    close(fd);
}

/* -- bodies -- */

static void bodies_come_plain_chunked_and_after_100(void **state)
{
    int fd = dial(*state);
    say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
    expect(fd, 200, "abcdefg");
    assert_true(is_closed(fd)); /* after a chunked request, always */
    close(fd);

    fd = dial(*state);
    say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    expect(fd, 100, NULL);
    say(fd, "abc");
    expect(fd, 200, "abc");
    close(fd);
}

static void a_body_at_the_limit_is_taken(void **state)
{
    static char body[SMALL_BODY_LIMIT + 1];
    char head[128];
    memset(body, 'x', SMALL_BODY_LIMIT);
    snprintf(head, sizeof head, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n",
             SMALL_BODY_LIMIT);
    int fd = dial(*state);
    say(fd, head);
    say(fd, body);
    struct response response = hear(fd, false);
    assert_int_equal(response.status, 200);
    assert_int_equal(response.body.length, SMALL_BODY_LIMIT);
    forget(&response);
    close(fd);
}

/* -- what is refused -- */

static void assert_refused(const struct fixture *fixture, const char *bytes, size_t length,
                           int status)
{
    int fd = dial(fixture);
    say_bytes(fd, bytes, length);
    struct response response = hear(fd, false);
    if (response.status != status)
        fail_msg("%d instead of %d for %.60s", response.status, status, bytes);
    assert_string_equal(header(&response, "Content-Type"), "application/problem+json");
    assert_string_equal(header(&response, "Connection"), "close");
    assert_non_null(strstr(buffer_string(&response.body), "\"type\":\"/problems/"));
    if (!is_closed(fd))
        fail_msg("not closed after %.60s", bytes);
    forget(&response);
    close(fd);
}

static void malformed_requests_get_a_problem_and_are_cut_off(void **state)
{
    static const struct {
        const char *request;
        int status;
    } cases[] = {
        {"nonsense that is long enough\r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400},
        {"GET /hello HTTP/0.9\r\nHost: a\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n folded: first\r\nHost: a\r\n\r\n", 400},
        {"GET /hello there HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\na", 417},
        {"HEAD /hello HTTP/1.0\r\nContent-Length: 30\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n",
         400},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (strncmp(cases[i].request, "HEAD", 4) != 0)
            assert_refused(*state, cases[i].request, strlen(cases[i].request), cases[i].status);
    struct response response = ask(*state, cases[sizeof cases / sizeof cases[0] - 1].request);
    assert_int_equal(response.status, 400);
}

static void a_malformed_request_after_a_good_one_gets_a_problem_too(void **state)
{
    static const char *const requests[] = {
        GET("/hello") "nonsense that is long enough\r\n\r\n",
        GET("/hello") "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        GET("/hello") "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
        GET("/hello") "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: x\r\nContent-Length: 1\r\n\r\na",
        GET("/hello") "GET /hello HTTP/1.-1\r\nHost: a\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        int fd = dial(*state);
        say(fd, requests[i]);
        expect(fd, 200, "\"hello\"");
        struct response response = hear(fd, false);
        assert_true(response.status >= 400);
        assert_string_equal(header(&response, "Content-Type"), "application/problem+json");
        assert_memory_equal(response.head, "HTTP/1.1", 8);
        assert_true(is_closed(fd));
        forget(&response);
        close(fd);
    }
}

static void nothing_is_read_beyond_a_refused_request(void **state)
{
    int fd = dial(*state);
    say(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
            "chunked\r\n\r\n0\r\n\r\n" GET("/hello"));
    expect(fd, 400, NULL);
    assert_true(is_closed(fd));
    close(fd);
}

static void what_is_too_large_has_a_status_of_its_own(void **state)
{
    static char request[200000];
    static char filler[180000];
    memset(filler, 'a', sizeof filler - 1);

    snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\nHost: a\r\nX: %.20000s\r\n\r\n",
             filler);
    assert_refused(*state, request, strlen(request), 431);
    snprintf(request, sizeof request, "GET /%.20000s", filler); /* a line without an end */
    assert_refused(*state, request, strlen(request), 431);
    snprintf(request, sizeof request, "GET /%.9000s HTTP/1.1\r\nHost: a\r\n\r\n", filler);
    assert_refused(*state, request, strlen(request), 414);

    strcpy(request, "GET /hello HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 150; i++)
        strcat(request, "X: y\r\n");
    strcat(request, "\r\n");
    assert_refused(*state, request, strlen(request), 431);

    snprintf(request, sizeof request,
             "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 170000\r\n\r\n%.170000s", filler);
    assert_refused(*state, request, strlen(request), 413);
    snprintf(
        request, sizeof request,
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n29810\r\n%.170000s",
        filler);
    assert_refused(*state, request, strlen(request), 413);
    snprintf(request, sizeof request,
             "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
             "Content-Length: 99999999999\r\n\r\n");
    assert_refused(*state, request, strlen(request), 413);
}

static void half_a_request_is_timed_out_with_408(void **state)
{
    static const char *const halves[] = {
        "GET /hel", "GET /hello HTTP/1.1\r\nHost: a\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"};
    struct fixture *fixture = *state;
    fixture->options.limits.request_ms = 150;
    start(fixture);
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++)
        assert_refused(fixture, halves[i], strlen(halves[i]), 408);
}

static void a_trickle_does_not_keep_a_request_alive(void **state)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000000};
    struct fixture *fixture = *state;
    fixture->options.limits.request_ms = 200;
    start(fixture);
    int fd = dial(fixture);
    say(fd, "GET /hello HTTP/1.1\r\nX: ");
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    for (int i = 0; i < PATIENCE_MS / 20 && poll(&readable, 1, 0) == 0; i++) {
        say(fd, "x");
        nanosleep(&pause, NULL);
    }
    expect(fd, 408, NULL);
    close(fd);
}

static void an_idle_connection_is_closed_without_a_word(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.limits.idle_ms = 150;
    start(fixture);
    int silent = dial(fixture);
    int kept = dial(fixture);
    say(kept, GET("/hello"));
    expect(kept, 200, NULL);
    assert_true(is_closed(silent));
    assert_true(is_closed(kept));
    close(silent);
    close(kept);
}

/* -- streams -- */

static void a_stream_is_sent_in_chunks_and_the_connection_kept(void **state)
{
    struct fixture *fixture = *state;
    int fd = dial(fixture);
    say(fd, GET("/stream"));
    struct response response = hear(fd, false);
    assert_string_equal(header(&response, "Transfer-Encoding"), "chunked");
    assert_string_equal(buffer_string(&response.body), "3\n2\n1\n");
    forget(&response);
    say(fd, GET("/hello"));
    expect(fd, 200, NULL);
    close(fd);
    wait_until(&fixture->shared.streams_ended, 1);
}

static void a_stream_of_known_length_is_sent_with_it_and_in_parts(void **state)
{
    struct fixture *fixture = *state;
    int fd = dial(fixture);
    say(fd, GET("/sought"));
    struct response response = hear(fd, false);
    assert_null(header(&response, "Transfer-Encoding"));
    assert_string_equal(header(&response, "Content-Length"), "6");
    assert_string_equal(buffer_string(&response.body), "012345");
    forget(&response);
    say(fd, "GET /sought HTTP/1.1\r\nHost: a\r\nRange: bytes=2-3\r\n\r\n");
    response = hear(fd, false);
    assert_int_equal(response.status, 206);
    assert_string_equal(header(&response, "Content-Range"), "bytes 2-3/6");
    assert_string_equal(buffer_string(&response.body), "23");
    forget(&response);
    say(fd, GET("/hello"));
    expect(fd, 200, NULL);
    close(fd);
    wait_until(&fixture->shared.streams_ended, 2);
}

static void a_stream_that_breaks_off_is_not_taken_for_whole(void **state)
{
    struct fixture *fixture = *state;
    char bytes[4096] = "";
    size_t length = 0;
    ssize_t got;
    int fd = dial(fixture);
    say(fd, GET("/broken"));
    while ((got = recv(fd, bytes + length, sizeof bytes - 1 - length, 0)) > 0)
        length += (size_t)got;
    bytes[length] = '\0';
    assert_non_null(strstr(bytes, "chunked"));
    assert_null(strstr(bytes, "\r\n0\r\n"));
    close(fd);
    wait_until(&fixture->shared.streams_ended, 1);
}

static void a_stream_in_http_1_0_ends_with_the_connection(void **state)
{
    int fd = dial(*state);
    say(fd, "GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    struct response response = hear(fd, false);
    assert_null(header(&response, "Transfer-Encoding"));
    assert_string_equal(buffer_string(&response.body), "3\n2\n1\n");
    forget(&response);
    close(fd);
}

static void a_stream_ends_when_its_client_goes(void **state)
{
    struct fixture *fixture = *state;
    static const char *const requests[] = {GET("/endless"), GET("/silent")};
    for (int i = 0; i < 2; i++) {
        char bytes[1000];
        int fd = dial(fixture);
        say(fd, requests[i]);
        assert_true(listen_some(fd, bytes, sizeof bytes) > 0);
        close(fd);
        wait_until(&fixture->shared.streams_ended, i + 1);
    }
}

static void a_reader_that_stops_is_cut_off(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.limits.stall_ms = 200;
    start(fixture);
    int fd = dial(fixture);
    say(fd, GET("/endless"));
    wait_until(&fixture->shared.streams_ended, 1);
    close(fd);
}

/* -- apart -- */

static void what_waits_apart_holds_nobody_up(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.threads = 1;
    start(fixture);
    int waiting = dial(fixture);
    int chosen = dial(fixture);
    say(waiting, "POST /apart HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}" GET("/hello"));
    say(chosen, "HEAD /chosen HTTP/1.1\r\nHost: a\r\n\r\n");
    wait_until(&fixture->shared.apart_begun, 2);
    struct response response = ask(fixture, GET("/hello"));
    assert_int_equal(response.status, 200);
    forget(&response);
    atomic_store(&fixture->shared.apart_may_end, true);
    expect(waiting, 200, "apart POST");
    expect(waiting, 200, "\"hello\""); /* the next on this connection, in its turn */
    response = hear(chosen, true);
    assert_int_equal(response.status, 200);
    assert_string_equal(header(&response, "Content-Length"), "10"); /* of "apart HEAD" */
    forget(&response);
    close(waiting);
    close(chosen);
}

static void an_answer_made_apart_may_find_its_client_gone(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.threads = 1;
    start(fixture);
    int fd = dial(fixture);
    say(fd, GET("/apart"));
    wait_until(&fixture->shared.apart_begun, 1);
    struct linger at_once = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd); /* with a reset, so that the server sees it while it waits */
    struct response response = ask(fixture, GET("/hello"));
    forget(&response);
    atomic_store(&fixture->shared.apart_may_end, true);
    wait_until(&fixture->shared.apart_ended, 1);
    response = ask(fixture, GET("/chosen"));
    assert_string_equal(buffer_string(&response.body), "apart GET");
    forget(&response);
}

/* One loop, and more streams that wait than there are threads for all. */
static void streams_that_wait_hold_nobody_up(void **state)
{
    struct fixture *fixture = *state;
    enum { STREAMS = MAX_HELPERS + 4 };
    int fds[STREAMS];
    fixture->options.threads = 1;
    start(fixture);
    for (int i = 0; i < STREAMS; i++) {
        fds[i] = dial(fixture);
        say(fds[i], GET("/waiting"));
    }
    wait_until(&fixture->shared.apart_begun, MAX_STEPPING);
    struct response response = ask(fixture, GET("/hello"));
    assert_int_equal(response.status, 200);
    forget(&response);
    int other = dial(fixture);
    say(other, GET("/apart")); /* finds a thread, too */
    wait_until(&fixture->shared.apart_begun, MAX_STEPPING + 1);
    atomic_store(&fixture->shared.apart_may_end, true);
    expect(other, 200, "apart GET");
    close(other);
    for (int i = 0; i < STREAMS; i++) {
        expect(fds[i], 200, "3\n2\n1\n");
        close(fds[i]);
    }
    wait_until(&fixture->shared.streams_ended, STREAMS);
}

static void a_stream_that_waits_may_find_its_client_gone(void **state)
{
    struct fixture *fixture = *state;
    int fd = dial(fixture);
    say(fd, GET("/waiting"));
    wait_until(&fixture->shared.apart_begun, 1);
    struct linger at_once = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
    struct response response = ask(fixture, GET("/hello"));
    forget(&response);
    assert_int_equal(atomic_load(&fixture->shared.streams_ended), 0); /* its step is under way */
    atomic_store(&fixture->shared.apart_may_end, true);
    wait_until(&fixture->shared.streams_ended, 1);
    assert_int_equal(atomic_load(&fixture->shared.apart_ended), 1);
}

static void *let_end_soon(void *shared);

static void a_halt_ends_a_stream_that_waits(void **state)
{
    struct fixture *fixture = *state;
    pthread_t letting_go;
    int fd = dial(fixture);
    say(fd, GET("/waiting"));
    wait_until(&fixture->shared.apart_begun, 1);
    server_halt(fixture->server);
    server_wait(fixture->server);
    assert_int_equal(pthread_create(&letting_go, NULL, let_end_soon, &fixture->shared), 0);
    server_free(fixture->server);
    fixture->server = NULL;
    pthread_join(letting_go, NULL);
    assert_int_equal(atomic_load(&fixture->shared.streams_ended), 1);
    close(fd);
}

static void a_drain_waits_for_what_is_answered_apart(void **state)
{
    struct fixture *fixture = *state;
    int fd = dial(fixture);
    say(fd, GET("/apart"));
    wait_until(&fixture->shared.apart_begun, 1);
    server_drain(fixture->server);
    atomic_store(&fixture->shared.apart_may_end, true);
    expect(fd, 200, "apart GET");
    assert_true(is_closed(fd));
    server_wait(fixture->server);
    close(fd);
}

static void *let_end_soon(void *shared)
{
    const struct timespec moment = {.tv_nsec = 50 * 1000000};
    nanosleep(&moment, NULL);
    atomic_store(&((struct shared_state *)shared)->apart_may_end, true);
    return NULL;
}

static void a_halt_finishes_what_is_done_apart_and_does_nothing_more(void **state)
{
    struct fixture *fixture = *state;
    enum { ASKED = MAX_HELPERS + 3 };
    int fds[ASKED];
    pthread_t later;
    for (int i = 0; i < ASKED; i++) {
        fds[i] = dial(fixture);
        say(fds[i], GET("/apart"));
    }
    wait_until(&fixture->shared.apart_begun, MAX_HELPERS);
    server_halt(fixture->server);
    server_wait(fixture->server);
    assert_int_equal(pthread_create(&later, NULL, let_end_soon, &fixture->shared), 0);
    server_free(fixture->server);
    fixture->server = NULL;
    pthread_join(later, NULL);
    assert_int_equal(atomic_load(&fixture->shared.apart_ended), MAX_HELPERS);
    for (int i = 0; i < ASKED; i++)
        close(fds[i]);
}

static void too_many_waiting_apart_are_told_to_come_back(void **state)
{
    struct fixture *fixture = *state;
    enum { ASKED = MAX_APART + 20 };
    int fds[ASKED];
    int refused = 0;
    for (int i = 0; i < ASKED; i++) {
        fds[i] = dial(fixture);
        say(fds[i], GET("/apart"));
    }
    char byte;
    const struct timespec moment = {.tv_nsec = 10000000};
    for (int tries = 0; tries < PATIENCE_MS / 10 && refused == 0; tries++) {
        nanosleep(&moment, NULL);
        for (int i = 0; i < ASKED && refused == 0; i++)
            refused += recv(fds[i], &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1;
    }
    assert_true(refused > 0);
    atomic_store(&fixture->shared.apart_may_end, true);
    int answered = 0;
    refused = 0;
    for (int i = 0; i < ASKED; i++) {
        struct response response = hear(fds[i], false);
        if (response.status == 503)
            assert_string_equal(header(&response, "Retry-After"), "1");
        refused += response.status == 503;
        answered += response.status == 200;
        forget(&response);
        close(fds[i]);
    }
    assert_int_equal(answered + refused, ASKED);
    assert_in_range(refused, 1, 20);
}

/* -- catalogs -- */

struct load {
    const struct fixture *fixture;
    atomic_bool *stop;
    atomic_int *answers;
    bool torn;
};

static void *ask_on(void *argument)
{
    struct load *load = argument;
    int fd = dial_port(server_port(load->fixture->server));
    while (!atomic_load(load->stop)) {
        say(fd, GET("/catalog"));
        struct response response = hear(fd, false);
        load->torn = load->torn || response.status != 200 || response.body.length == 0;
        for (size_t i = 1; i < response.body.length; i++)
            load->torn = load->torn || response.body.bytes[i] != response.body.bytes[0];
        load->torn = load->torn || response.body.bytes == NULL || response.body.bytes[0] == '!';
        forget(&response);
        atomic_fetch_add(load->answers, 1);
    }
    close(fd);
    return NULL;
}

static void give_catalog(struct fixture *fixture, char letter, size_t length, atomic_int *alive)
{
    struct catalog *catalog = catalog_of(letter, length, alive);
    server_set_catalog(fixture->server, catalog);
    stub_release(catalog);
}

static void catalogs_are_swapped_under_load_and_freed(void **state)
{
    enum { CLIENTS = 4, SWAPS = 300, BODY = 20000 };
    static atomic_int alive;
    static atomic_int answers;
    static atomic_bool stop;
    struct fixture *fixture = *state;
    const struct timespec moment = {.tv_nsec = 1000000};
    pthread_t threads[CLIENTS];
    struct load loads[CLIENTS];
    give_catalog(fixture, 'a', BODY, &alive);
    for (int i = 0; i < CLIENTS; i++) {
        loads[i] = (struct load){fixture, &stop, &answers, false};
        assert_int_equal(pthread_create(&threads[i], NULL, ask_on, &loads[i]), 0);
    }
    for (int i = 0; i < SWAPS; i++) {
        give_catalog(fixture, (char)('a' + i % 26), BODY, &alive);
        nanosleep(&moment, NULL);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(loads[i].torn);
    }
    assert_true(atomic_load(&answers) > 0);
    print_message("%d answers during %d swaps\n", atomic_load(&answers), SWAPS);
    wait_until(&alive, 1);
    server_set_catalog(fixture->server, NULL);
    wait_until(&alive, 0);
}

static void a_reply_on_its_way_keeps_the_old_catalog(void **state)
{
    static atomic_int alive;
    struct fixture *fixture = *state;
    struct response response = {0};
    give_catalog(fixture, 'o', BIG_BYTES, &alive);
    int fd = dial(fixture);
    say(fd, GET("/catalog"));
    assert_true(read_head(fd, &response)); /* the body is larger than the socket's buffers */
    give_catalog(fixture, 'n', 10, &alive);
    struct response other = ask(fixture, GET("/figures"));
    forget(&other);
    assert_int_equal(atomic_load(&alive), 2);
    assert_true(read_bytes(fd, BIG_BYTES, &response.body));
    for (size_t i = 0; i < BIG_BYTES; i++)
        if (response.body.bytes[i] != 'o')
            fail_msg("byte %zu is of another catalog", i);
    forget(&response);
    close(fd);
    wait_until(&alive, 1);
    server_set_catalog(fixture->server, NULL);
    wait_until(&alive, 0);
}

static void without_a_catalog_handlers_see_none(void **state)
{
    struct response response = ask(*state, GET("/catalog"));
    assert_int_equal(response.status, 404);
    forget(&response);
}

/* -- beginning and end -- */

static void a_busy_port_is_an_error_that_says_what_to_do(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    char address[64];
    snprintf(address, sizeof address, "127.0.0.1:%d", server_port(fixture->server));
    struct server_options options = fixture->options;
    options.listen = address;
    assert_null(server_new(&options, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_non_null(strstr(err.message, address));
    assert_non_null(strstr(err.message, "another port"));
}

static void addresses_that_are_none_are_errors(void **state)
{
    static const char *const bad[] = {"",
                                      "8080",
                                      "127.0.0.1",
                                      "127.0.0.1:",
                                      ":8080",
                                      "127.0.0.1:x",
                                      "127.0.0.1:65536",
                                      "::1:8080",
                                      "no.such.host.invalid:0"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        fixture->options.listen = bad[i];
        assert_null(server_new(&fixture->options, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
    }
}

static void ipv6_is_served_and_its_address_told(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    fixture->options.listen = "[::1]:0";
    fixture->server = server_new(&fixture->options, &err);
    if (fixture->server == NULL) {
        print_message("no IPv6 here: %s\n", err.message);
        skip();
    }
    assert_true(server_start(fixture->server, &err));
    assert_memory_equal(server_url(fixture->server), "http://[::1]:", 13);
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT,
                                   .sin6_port = htons((uint16_t)server_port(fixture->server))};
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    say(fd, GET("/hello"));
    expect(fd, 200, "\"hello\"");
    close(fd);
}

static void a_server_that_never_started_is_freed(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    fixture->server = server_new(&fixture->options, &err);
    assert_non_null(fixture->server);
}

static void a_drain_finishes_what_is_under_way_and_closes_what_is_idle(void **state)
{
    struct fixture *fixture = *state;
    int idle = dial(fixture);
    say(idle, GET("/hello"));
    expect(idle, 200, NULL);
    int busy = dial(fixture);
    say(busy, GET("/slow"));
    wait_until(&fixture->shared.slow_begun, 1);
    int port = server_port(fixture->server);
    server_drain(fixture->server);
    expect(busy, 200, "\"slow\"");
    assert_true(is_closed(busy));
    assert_true(is_closed(idle));
    server_wait(fixture->server);
    assert_int_equal(dial_port(port), -1);
    close(busy);
    close(idle);
}

static void a_drain_gives_up_after_its_time(void **state)
{
    struct fixture *fixture = *state;
    char bytes[1000];
    fixture->options.limits.drain_ms = 200;
    start(fixture);
    int fd = dial(fixture);
    say(fd, GET("/silent"));
    assert_true(listen_some(fd, bytes, sizeof bytes) > 0);
    server_drain(fixture->server);
    server_wait(fixture->server);
    server_free(fixture->server);
    fixture->server = NULL;
    assert_int_equal(atomic_load(&fixture->shared.streams_ended), 1);
    assert_true(is_closed(fd));
    close(fd);
}

static void a_halt_ends_at_once_whatever_is_under_way(void **state)
{
    struct fixture *fixture = *state;
    char bytes[1000];
    int fd = dial(fixture);
    int half = dial(fixture);
    say(fd, GET("/endless"));
    say(half, "GET /hel");
    assert_true(listen_some(fd, bytes, sizeof bytes) > 0);
    server_halt(fixture->server);
    server_wait(fixture->server);
    server_free(fixture->server);
    fixture->server = NULL;
    assert_int_equal(atomic_load(&fixture->shared.streams_ended), 1);
    close(fd);
    close(half);
}

static void connections_above_the_maximum_wait(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.threads = 1;
    fixture->options.limits.connections = 2;
    start(fixture);
    int first = dial(fixture);
    int second = dial(fixture);
    say(first, GET("/hello"));
    expect(first, 200, NULL);
    say(second, GET("/hello"));
    expect(second, 200, NULL);
    int third = dial(fixture); /* the kernel takes it, the server does not yet */
    say(third, GET("/hello"));
    struct server_figures figures;
    server_figures(fixture->server, &figures);
    assert_int_equal(figures.accepted, 2);
    close(first);
    expect(third, 200, NULL);
    close(second);
    close(third);
}

/* -- connections of one address -- */

/* An address of this machine that is not its loopback's, from which it reaches itself. */
static bool own_address(struct in_addr *out)
{
    struct ifaddrs *all = NULL;
    bool found = false;
    if (getifaddrs(&all) != 0)
        return false;
    for (const struct ifaddrs *one = all; one != NULL && !found; one = one->ifa_next) {
        if (one->ifa_addr == NULL || one->ifa_addr->sa_family != AF_INET)
            continue;
        *out = ((const struct sockaddr_in *)one->ifa_addr)->sin_addr;
        found = ntohl(out->s_addr) >> 24 != IN_LOOPBACKNET;
    }
    freeifaddrs(all);
    return found;
}

/* A server at which one address may have `most` connections; skips where there is no address. */
static struct in_addr start_with_crowd(struct fixture *fixture, unsigned most)
{
    struct in_addr address = {0};
    if (!own_address(&address)) {
        print_message("skipped: this machine has no address but its loopback's\n");
        skip();
    }
    fixture->options.listen = "0.0.0.0:0";
    fixture->options.crowd = crowd_new(most, NULL);
    start(fixture);
    return address;
}

static int tear_crowd_down(void **state)
{
    struct fixture *fixture = *state;
    server_free(fixture->server);
    crowd_free(fixture->options.crowd);
    return 0;
}

static int dial_from(const struct fixture *fixture, struct in_addr address)
{
    struct sockaddr_in target = {.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)server_port(fixture->server)),
                                 .sin_addr = address};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&target, sizeof target), 0);
    return fd;
}

static void expect_crowded(int fd)
{
    struct response response = hear(fd, false);
    assert_int_equal(response.status, 429);
    assert_string_equal(header(&response, "Content-Type"), "application/problem+json");
    assert_string_equal(header(&response, "Connection"), "close");
    assert_string_equal(header(&response, "Retry-After"), "1");
    assert_string_equal(header(&response, "Referrer-Policy"), "no-referrer");
    assert_non_null(strstr(buffer_string(&response.body), "has 2 connections open"));
    assert_true(is_closed(fd));
    forget(&response);
    close(fd);
}

static void more_connections_than_an_address_may_have_are_told_why(void **state)
{
    struct fixture *fixture = *state;
    struct in_addr address = start_with_crowd(fixture, 2);
    int kept[] = {dial_from(fixture, address), dial_from(fixture, address)};
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 2; i++) {
            say(kept[i], GET("/hello"));
            expect(kept[i], 200, "\"hello\"");
        }
    int whole = dial_from(fixture, address);
    say(whole, GET("/hello"));
    expect_crowded(whole);
    int begun = dial_from(fixture, address); /* its end is not waited for */
    say(begun, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\nx");
    expect_crowded(begun);
    int local = dial(fixture); /* this machine is nobody to keep out */
    say(local, GET("/hello"));
    expect(local, 200, "\"hello\"");
    close(local);
    say(kept[0], GET("/hello"));
    expect(kept[0], 200, "\"hello\"");
    close(kept[0]);
    int status = 0;
    for (int tries = 0; tries < PATIENCE_MS / 10 && status != 200; tries++) {
        const struct timespec moment = {.tv_nsec = 10000000};
        int next = dial_from(fixture, address);
        say(next, GET("/hello"));
        struct response response = hear(next, false);
        status = response.status;
        forget(&response);
        close(next);
        nanosleep(&moment, NULL); /* until it is seen that one has gone */
    }
    assert_int_equal(status, 200);
    close(kept[1]);
}

static void those_without_room_who_say_nothing_are_closed_soon(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.threads = 1; /* which takes them in their order */
    struct in_addr address = start_with_crowd(fixture, 2);
    int fds[5];
    for (int i = 0; i < 5; i++)
        fds[i] = dial_from(fixture, address);
    for (int i = 2; i < 5; i++) { /* well before the 60 s of those with room */
        assert_true(is_closed(fds[i]));
        close(fds[i]);
    }
    for (int i = 0; i < 2; i++) {
        say(fds[i], GET("/hello"));
        expect(fds[i], 200, "\"hello\"");
        close(fds[i]);
    }
}

static void figures_sum_over_the_workers(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 5; i++) {
        struct response response = ask(fixture, GET("/hello"));
        forget(&response);
    }
    struct response response = ask(fixture, GET("/nowhere"));
    forget(&response);
    response = ask(fixture, GET("/figures"));
    assert_string_equal(buffer_string(&response.body), "5 1 2");
    forget(&response);
    struct server_figures figures;
    server_figures(fixture->server, &figures);
    assert_int_equal(figures.requests[2], 6);
    assert_int_equal(figures.requests[4], 1);
}

static void the_log_has_a_line_a_request_and_no_query(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    char path[] = "/tmp/touchstone-log-XXXXXX";
    char text[8192];
    close(mkstemp(path));
    fixture->options.log = access_log_open(path, false, &err);
    start(fixture);
    struct response response = ask(fixture, "GET /hello?q=my+pain HTTP/1.1\r\nHost: a\r\n"
                                            "User-Agent: test/1\r\n\r\n");
    forget(&response);
    response = ask(fixture, "nonsense that is long enough\r\n\r\n");
    forget(&response);
    server_free(fixture->server);
    fixture->server = NULL;
    access_log_close(fixture->options.log);
    int fd = open(path, O_RDONLY);
    ssize_t length = read(fd, text, sizeof text - 1);
    text[length < 0 ? 0 : length] = '\0';
    close(fd);
    unlink(path);
    assert_non_null(
        strstr(text, "\"method\":\"GET\",\"path\":\"/hello\",\"status\":200,\"bytes\":7,"));
    assert_non_null(strstr(text, "\"remote\":\"127.0.0.0\",\"agent\":\"test/1\""));
    assert_non_null(strstr(text, "\"status\":400"));
    assert_null(strstr(text, "pain"));
}

/* -- signals, in a process of their own -- */

static void write_byte(void *context)
{
    const int *fd = context;
    if (write(*fd, "r", 1) != 1)
        abort();
}

/* The child's life: tells its port, serves until signalled. */
static void serve_child(struct fixture *fixture, int told)
{
    struct error err = {0};
    struct server_signals signals = {write_byte, &told};
    fixture->server = server_new(&fixture->options, &err);
    int port = fixture->server == NULL ? -1 : server_port(fixture->server);
    if (write(told, &port, sizeof port) != sizeof port)
        _exit(2);
    bool good = fixture->server != NULL && server_run(fixture->server, &signals, &err);
    server_free(fixture->server);
    _exit(good ? 0 : 1);
}

struct child {
    pid_t pid;
    int told;
    int port;
};

static struct child spawn(struct fixture *fixture)
{
    struct child child = {0};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    child.pid = fork();
    assert_true(child.pid >= 0);
    if (child.pid == 0) {
        close(ends[0]);
        serve_child(fixture, ends[1]);
    }
    close(ends[1]);
    child.told = ends[0];
    assert_int_equal(read(child.told, &child.port, sizeof child.port), sizeof child.port);
    return child;
}

static void assert_ended_well(struct child *child)
{
    int status = 0;
    assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(child->told);
}

static void sighup_reloads_and_sigterm_drains(void **state)
{
    struct child child = spawn(*state);
    char byte = 0;
    int fd = dial_port(child.port);
    say(fd, GET("/hello")); /* once it answers, it has its signals in hand */
    expect(fd, 200, NULL);
    kill(child.pid, SIGHUP);
    assert_int_equal(read(child.told, &byte, 1), 1);
    assert_int_equal(byte, 'r');
    say(fd, GET("/hello"));
    expect(fd, 200, NULL);
    kill(child.pid, SIGTERM);
    assert_true(is_closed(fd));
    assert_ended_well(&child);
    close(fd);
}

static void a_second_signal_stops_at_once(void **state)
{
    struct child child = spawn(*state);
    char bytes[1000];
    int fd = dial_port(child.port);
    say(fd, GET("/silent"));
    assert_true(listen_some(fd, bytes, sizeof bytes) > 0);
    kill(child.pid, SIGTERM);
    while ((close(dial_port(child.port)), errno) != EBADF) /* until it accepts no more */
        usleep(2000);
    kill(child.pid, SIGINT);
    assert_ended_well(&child);
    close(fd);
}

#define SERVED(name)   cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define PREPARED(name) cmocka_unit_test_setup_teardown(name, prepare, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVED(a_connection_is_kept_between_requests),
        SERVED(pipelined_requests_are_answered_in_order),
        SERVED(a_request_may_come_byte_by_byte),
        SERVED(head_sends_no_body_and_keeps_the_connection),
        SERVED(every_reply_has_one_of_each_header),
        SERVED(options_patch_and_405_reach_us),
        SERVED(a_known_tag_gives_304_and_keeps_the_connection),
        SERVED(long_text_is_gzipped_when_asked_for),
        SERVED(a_study_id_may_have_slashes_either_way),
        SERVED(connections_close_when_asked_and_in_http_1_0),
        SERVED(who_has_said_all_and_shut_down_is_still_answered),
        SERVED(bodies_come_plain_chunked_and_after_100),
        SERVED(a_body_at_the_limit_is_taken),
        SERVED(malformed_requests_get_a_problem_and_are_cut_off),
        SERVED(a_malformed_request_after_a_good_one_gets_a_problem_too),
        SERVED(nothing_is_read_beyond_a_refused_request),
        SERVED(what_is_too_large_has_a_status_of_its_own),
        PREPARED(half_a_request_is_timed_out_with_408),
        PREPARED(a_trickle_does_not_keep_a_request_alive),
        PREPARED(an_idle_connection_is_closed_without_a_word),
        SERVED(a_stream_is_sent_in_chunks_and_the_connection_kept),
        SERVED(a_stream_of_known_length_is_sent_with_it_and_in_parts),
        SERVED(a_stream_that_breaks_off_is_not_taken_for_whole),
        SERVED(a_stream_in_http_1_0_ends_with_the_connection),
        SERVED(a_stream_ends_when_its_client_goes),
        PREPARED(a_reader_that_stops_is_cut_off),
        PREPARED(what_waits_apart_holds_nobody_up),
        PREPARED(an_answer_made_apart_may_find_its_client_gone),
        PREPARED(streams_that_wait_hold_nobody_up),
        SERVED(a_stream_that_waits_may_find_its_client_gone),
        SERVED(a_halt_ends_a_stream_that_waits),
        SERVED(a_drain_waits_for_what_is_answered_apart),
        SERVED(a_halt_finishes_what_is_done_apart_and_does_nothing_more),
        SERVED(too_many_waiting_apart_are_told_to_come_back),
        SERVED(catalogs_are_swapped_under_load_and_freed),
        SERVED(a_reply_on_its_way_keeps_the_old_catalog),
        SERVED(without_a_catalog_handlers_see_none),
        SERVED(a_busy_port_is_an_error_that_says_what_to_do),
        PREPARED(addresses_that_are_none_are_errors),
        PREPARED(ipv6_is_served_and_its_address_told),
        PREPARED(a_server_that_never_started_is_freed),
        SERVED(a_drain_finishes_what_is_under_way_and_closes_what_is_idle),
        PREPARED(a_drain_gives_up_after_its_time),
        SERVED(a_halt_ends_at_once_whatever_is_under_way),
        PREPARED(connections_above_the_maximum_wait),
        cmocka_unit_test_setup_teardown(more_connections_than_an_address_may_have_are_told_why,
                                        prepare, tear_crowd_down),
        cmocka_unit_test_setup_teardown(those_without_room_who_say_nothing_are_closed_soon, prepare,
                                        tear_crowd_down),
        SERVED(figures_sum_over_the_workers),
        PREPARED(the_log_has_a_line_a_request_and_no_query),
        PREPARED(sighup_reloads_and_sigterm_drains),
        PREPARED(a_second_signal_stops_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
