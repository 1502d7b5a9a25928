/*
 * Whether a request is answered before evhttp or by it can be seen in no byte of the answer, in no
 * line of the log and in no limit. The same request is sent in both ways: as it is, and with a
 * Connection header that says nothing, which makes it one for evhttp (test_plain.c).
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "service/http/forwarded.h"
#include "service/http/limiter.h"
#include "service/http/plain.h"
#include "service/http/sendable.h"
#include "service/http/server.h"

enum { PATIENCE_MS = 20000, BIG_BYTES = 4 * 1024 * 1024 };

#define HOST               "Host: a\r\n"
#define GET(path)          "GET " path " HTTP/1.1\r\n" HOST "\r\n"
#define POST(path, length) "POST " path " HTTP/1.1\r\n" HOST "Content-Length: " length "\r\n\r\n"
#define LAST               "GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"

/* -- a service with an answer of every kind -- */

static char big[BIG_BYTES];

static bool get_hello(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    buffer_text(&answer->body, "\"hello\"");
    answer->etag = "h1";
    answer->last_modified = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */
    answer_header(answer, "Link", "</a>; rel=\"b\"");
    answer_header(answer, "Link", "</c>; rel=\"d\"");
    return true;
}

static bool get_long(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    for (int i = 0; i < 1000; i++)
        buffer_printf(&answer->body, "%d ", i);
    return true;
}

static bool get_big(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer_borrow(answer, "application/octet-stream", big, sizeof big);
    answer->etag = "big";
    return true;
}

/* What is sent from where it lies: more than a socket takes at once. */
static struct {
    struct arena *arena;
    struct sendable *sendable;
    const char *bytes;
} held;

static void hold(void)
{
    held.arena = arena_new();
    held.sendable = sendable_new(BIG_BYTES, held.arena);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)('a' + i * 7 % 26);
    held.bytes = sendable_add(held.sendable, big, BIG_BYTES);
}

static bool get_held(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer_borrow(answer, "application/octet-stream", held.bytes, BIG_BYTES);
    answer->sendable = held.sendable;
    answer->etag = "held";
    return true;
}

/* What a handler sees of who asks. */
static bool get_seen(const struct request *request, struct answer *answer, struct error *err)
{
    const char *accept = request_header_list(request, "Accept");
    (void)err;
    buffer_printf(&answer->body, "%s|%s|%s|%s|%s|%zu|%zu|%s", request->path,
                  request->raw_query == NULL ? "-" : request->raw_query, request->origin,
                  request->remote == NULL ? "-" : request->remote, accept == NULL ? "-" : accept,
                  request->query_count, request->body_length, request->body);
    return true;
}

static bool get_nothing(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer->status = 204;
    return true;
}

static bool get_moved(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    answer->status = 308;
    answer_header(answer, "Location", "/hello");
    return true;
}

static bool get_apart(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    buffer_text(&answer->body, request->apart ? "apart" : "on the loop");
    return true;
}

static bool get_failed(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)answer;
    return error_set(err, ERROR_INTERNAL, "the disk is on fire");
}

static enum stream_step count_up(void *state, struct buffer *out)
{
    int *count = state;
    buffer_printf(out, "%d\n", ++*count);
    return *count < 3 ? STREAM_MORE : STREAM_END;
}

static void seek_to(void *state, uint64_t from)
{
    *(int *)state = (int)from;
}

static bool get_stream(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    answer->content_type = "text/plain";
    answer->stream = (struct stream){.next = count_up, .state = arena_alloc(request->arena, 4)};
    return true;
}

static bool get_parts(const struct request *request, struct answer *answer, struct error *err)
{
    get_stream(request, answer, err);
    answer->stream.seek = seek_to;
    answer->stream.length = 6;
    return true;
}

/* Counts how often it was asked, and takes its time. */
static bool get_slow(const struct request *request, struct answer *answer, struct error *err)
{
    const struct timespec while_it_lasts = {.tv_nsec = 5 * 1000000};
    (void)err;
    atomic_fetch_add((atomic_int *)request->context, 1);
    nanosleep(&while_it_lasts, NULL);
    buffer_text(&answer->body, "\"slow\"");
    return true;
}

static bool post_body(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    buffer_append(&answer->body, request->body, request->body_length);
    return true;
}

static bool post_apart(const struct request *request, struct answer *answer, struct error *err)
{
    buffer_text(&answer->body, request->apart ? "apart " : "on the loop ");
    return post_body(request, answer, err);
}

static const struct route table[] = {
    {METHOD_GET, "/hello", get_hello, 0},
    {METHOD_GET, "/long", get_long, 0},
    {METHOD_GET, "/big", get_big, 0},
    {METHOD_GET, "/held", get_held, 0},
    {METHOD_GET, "/seen", get_seen, 0},
    {METHOD_GET, "/seen/{rest...}", get_seen, ROUTE_PAGE},
    {METHOD_GET, "/private", get_hello, ROUTE_PRIVATE},
    {METHOD_GET, "/curate", get_hello, ROUTE_CURATE},
    {METHOD_GET, "/nothing", get_nothing, 0},
    {METHOD_GET, "/moved", get_moved, 0},
    {METHOD_GET, "/apart", get_apart, ROUTE_APART},
    {METHOD_GET, "/failed", get_failed, 0},
    {METHOD_GET, "/stream", get_stream, 0},
    {METHOD_GET, "/parts", get_parts, 0},
    {METHOD_GET, "/slow", get_slow, 0},
    {METHOD_POST, "/body", post_body, 0},
    {METHOD_POST, "/body/apart", post_apart, ROUTE_APART},
};

struct fixture {
    struct server_options options;
    struct server *server;
    char socket[64]; /* its path, or "" */
};

static struct fixture the_fixture;

static int prepare(void **state)
{
    the_fixture = (struct fixture){.options = {.listen = "127.0.0.1:0",
                                               .threads = 1,
                                               .routes = table,
                                               .route_count = sizeof table / sizeof *table}};
    memset(big, 'b', sizeof big);
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

static int dial(const struct fixture *fixture)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    bool is_local = fixture->socket[0] != '\0';
    int on = 1;
    int fd = socket(is_local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)server_port(fixture->server));
    snprintf(local.sun_path, sizeof local.sun_path, "%s", fixture->socket);
    if (is_local) {
        assert_int_equal(connect(fd, (struct sockaddr *)&local, sizeof local), 0);
    } else {
        assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    return fd;
}

static void say(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the server may close early; what it said is read next */
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* All that is said until the connection ends. */
static void hear_out(int fd, struct buffer *out)
{
    static char bytes[65536];
    struct pollfd waited = {.fd = fd, .events = POLLIN};
    for (;;) {
        if (poll(&waited, 1, PATIENCE_MS) != 1)
            fail_msg("nothing came any more, and no end, after:\n%s", buffer_string(out));
        ssize_t got = recv(fd, bytes, sizeof bytes, 0);
        if (got <= 0)
            break;
        buffer_append(out, bytes, (size_t)got);
    }
    close(fd);
}

static void blot(struct buffer *text, const char *before, char end)
{
    char *at = text->bytes;
    while (at != NULL && (at = strstr(at, before)) != NULL)
        for (at += strlen(before); *at != end && *at != '\0'; at++)
            *at = '?';
}

static size_t count_of(const struct buffer *text, const char *what)
{
    size_t count = 0;
    for (const char *at = text->bytes; (at = strstr(at, what)) != NULL; at++)
        count++;
    return count;
}

/* `first` bytes, a moment, and the rest. */
static struct buffer told(const struct fixture *fixture, const char *bytes, size_t length,
                          size_t first)
{
    const struct timespec moment = {.tv_nsec = 3 * 1000000};
    struct buffer out = {0};
    int fd = dial(fixture);
    say(fd, bytes, first);
    if (first > 0)
        nanosleep(&moment, NULL);
    say(fd, bytes + first, length - first);
    hear_out(fd, &out);
    blot(&out, "\r\nDate: ", '\r');
    return out;
}

/* The same requests, the first of them one for evhttp. */
static struct buffer the_slow_way(const char *bytes, size_t length)
{
    struct buffer slow = {0};
    const char *line = memmem(bytes, length, "\r\n", 2);
    size_t first = line == NULL ? length : (size_t)(line + 2 - bytes);
    buffer_append(&slow, bytes, first);
    if (line != NULL)
        buffer_text(&slow, "Connection: as it is\r\n");
    buffer_append(&slow, bytes + first, length - first);
    return slow;
}

static void assert_same(const struct buffer *one, const struct buffer *other, const char *of)
{
    if (one->length != other->length || memcmp(one->bytes, other->bytes, one->length) != 0)
        fail_msg("%s\nis answered before evhttp:\n%.2000s\nand by it:\n%.2000s", of,
                 buffer_string(one), buffer_string(other));
}

static void compare(const struct fixture *fixture, const char *bytes, size_t length)
{
    struct plain plain;
    struct buffer slow = the_slow_way(bytes, length);
    assert_false(plain_read(slow.bytes, slow.length, &plain));
    struct buffer one = told(fixture, bytes, length, 0);
    struct buffer other = told(fixture, slow.bytes, slow.length, 0);
    assert_same(&one, &other, bytes);
    assert_true(one.length > 0);
    buffer_release(&slow);
    buffer_release(&one);
    buffer_release(&other);
}

/* -- the same bytes -- */

static void a_plain_request_is_answered_as_evhttp_would(void **state)
{
    static const char *const requests[] = {
        GET("/hello"),
        "HEAD /hello HTTP/1.1\r\n" HOST "\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-None-Match: \"h1\"\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-None-Match: \"h2\", W/\"h1-gz\"\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-None-Match: \"h2\"\r\nIf-None-Match: *\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-None-Match: \"h2\"\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\n\r\n",
        "HEAD /hello HTTP/1.1\r\n" HOST "If-None-Match: \"h1\"\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n",
        GET("/long"),
        "HEAD /long HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n",
        "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: gzip, br\r\n\r\n",
        "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: gzip;q=0\r\n\r\n",
        "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: *\r\nAccept-Encoding: br\r\n\r\n",
        "GET /long HTTP/1.1\r\n" HOST "Connection: keep-alive\r\n\r\n",
        GET("/big"),
        GET("/held"),
        "HEAD /held HTTP/1.1\r\n" HOST "\r\n",
        "GET /held HTTP/1.1\r\n" HOST "Range: bytes=5-90000\r\n\r\n",
        "GET /held HTTP/1.1\r\n" HOST "If-None-Match: \"held\"\r\n\r\n",
        "HEAD /big HTTP/1.1\r\n" HOST "\r\n",
        GET("/seen?a=b&c=d%20e+f"),
        GET("/seen?"),
        GET("/seen?a=%zz"),
        GET("/seen/a%2Fb/c%20d"),
        GET("/seen/?a=%zz"),
        GET("/seen/%zz"),
        GET("/seen/%00"),
        GET("/seen?token=ts_1"),
        "GET /seen HTTP/1.1\r\nHost:   b.example:81   \r\naccept: a;q=1\r\nACCEPT: b\r\n\r\n",
        "GET /seen HTTP/1.1\r\nHost: a\r\nForwarded: for=203.0.113.1;host=c\r\n\r\n",
        GET("/private"),
        GET("/curate"),
        "GET /curate HTTP/1.1\r\n" HOST "Authorization: Bearer x\r\n\r\n",
        "GET /curate HTTP/1.1\r\n" HOST "Cookie: a=b\r\n\r\n",
        GET("/nothing"),
        GET("/moved"),
        GET("/apart"),
        "HEAD /apart HTTP/1.1\r\n" HOST "\r\n",
        GET("/failed"),
        GET("/stream"),
        GET("/parts"),
        "GET /parts HTTP/1.1\r\n" HOST "Range: bytes=2-3\r\n\r\n",
        "GET /parts HTTP/1.1\r\n" HOST "Range: bytes=9-\r\n\r\n",
        GET("/body"),
        GET("/nowhere"),
        "GET /nowhere HTTP/1.1\r\n" HOST "Accept: text/html\r\n\r\n",
        GET("/"),
        POST("/body", "5") "GET /",
        POST("/body", "0"),
        POST("/body", "007") "{\"a\":1}",
        POST("/body/apart", "3") "abc",
        POST("/hello", "3") "abc",
        POST("/nowhere", "3") "abc",
        POST("/curate", "3") "abc",
        "POST /body HTTP/1.1\r\n" HOST
        "Content-Type: a/b\r\nContent-Length: 3\r\nIf-Match: *\r\n\r\nabc",
        "POST /body HTTP/1.1\r\nContent-Length: 3\r\nHost: a\r\nOrigin: http://b\r\n\r\nabc",
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct plain plain;
        struct buffer bytes = {0};
        assert_true(plain_read(requests[i], strlen(requests[i]), &plain));
        buffer_printf(&bytes, "%s" LAST, requests[i]);
        compare(*state, bytes.bytes, bytes.length);
        buffer_release(&bytes);
    }
}

static void what_is_refused_before_it_is_looked_at_is_refused_alike(void **state)
{
    static const char *const requests[] = {
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /hello HTTP/1.1\r\n" HOST "host: b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost:\r\n\r\n",
        "GET //hello HTTP/1.1\r\n" HOST "\r\n",
        "GET /he llo HTTP/1.1\r\n" HOST "\r\n",
        "GET /hello HTTP/2.0\r\n" HOST "\r\n",
        "HEAD /hello HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc",
        "POST /body HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST /body HTTP/1.1\r\n" HOST "Content-Length: 3x\r\n\r\nabc",
        "POST /body HTTP/1.1\r\n" HOST "Content-Length: 5000000\r\n\r\nabc",
        "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n",
        "GET /hello HTTP/1.1\n" HOST "\r\n\r\n",
        "BREW /hello HTTP/1.1\r\n" HOST "\r\n",
        "nonsense that is long enough\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct buffer bytes = {0};
        buffer_printf(&bytes, "%s" LAST, requests[i]);
        compare(*state, bytes.bytes, bytes.length);
        buffer_release(&bytes);
    }
}

static const char *last_problem(const struct buffer *out)
{
    const char *found = NULL;
    for (const char *at = out->bytes; (at = strstr(at, "{\"type\"")) != NULL; at++)
        found = at;
    return found == NULL ? "" : found;
}

/* evhttp has two heads for such a refusal, as it finds the fault before or after the request. */
static void after_plain_requests_it_is_refused_with_the_same_problem(void **state)
{
    static const char requests[] =
        GET("/hello") GET("/nothing") "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n" LAST;
    struct buffer slow = the_slow_way(requests, sizeof requests - 1);
    struct buffer one = told(*state, requests, sizeof requests - 1, 0);
    struct buffer other = told(*state, slow.bytes, slow.length, 0);
    assert_int_equal(count_of(&one, "HTTP/1.1 200 OK"), 1);
    assert_int_equal(count_of(&one, "HTTP/1.1 400 Bad Request"), 1);
    assert_non_null(strstr(last_problem(&one), "folded"));
    assert_string_equal(last_problem(&one), last_problem(&other));
    buffer_release(&slow);
    buffer_release(&one);
    buffer_release(&other);
}

/* More than one reading, with another request behind it, and more than is taken at all. */
static void a_long_body_is_answered_as_evhttp_would(void **state)
{
    static const size_t lengths[] = {16 * 1024, 100 * 1000, MAX_BODY_BYTES, MAX_BODY_BYTES + 1};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct buffer bytes = {0};
        buffer_printf(&bytes, "POST /body HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n\r\n",
                      lengths[i]);
        for (size_t at = 0; at < lengths[i]; at++)
            buffer_byte(&bytes, (char)('a' + at % 26));
        buffer_text(&bytes, GET("/hello") LAST);
        compare(*state, bytes.bytes, bytes.length);
        buffer_release(&bytes);
    }
}

/* A client that goes away within its body leaves nothing behind, and nobody else waits for it. */
static void a_body_that_never_comes_hinders_nobody(void **state)
{
    static const char begun[] = POST("/body", "1000") "abc";
    static const char other[] = GET("/hello") LAST;
    int fd = dial(*state);
    say(fd, begun, sizeof begun - 1);
    struct buffer out = told(*state, other, sizeof other - 1, 0);
    assert_int_equal(count_of(&out, "HTTP/1.1 200 OK"), 2);
    buffer_release(&out);
    close(fd);
}

static const char mixed[] = GET("/hello")
    GET("/long") "POST /body HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nGET /"
                 "HEAD /long HTTP/1.1\r\n" HOST "\r\n" GET("/stream")
                     GET("/nothing") "POST /body HTTP/1.1\r\n" HOST
                                     "Content-Length: 0\r\n\r\n" GET("/apart")
                                         GET("/seen?a=b") "GET http://a/hello HTTP/1.1\r\n" HOST
                                                          "\r\n" GET("/nowhere") GET("/parts") LAST;

static void pipelined_requests_of_all_kinds_are_answered_in_order(void **state)
{
    compare(*state, mixed, sizeof mixed - 1);
}

static void many_requests_at_once_are_all_answered(void **state)
{
    struct buffer bytes = {0};
    for (int i = 0; i < 3000; i++)
        buffer_printf(&bytes, "GET /seen?%d HTTP/1.1\r\n" HOST "\r\n", i);
    buffer_text(&bytes, LAST);
    compare(*state, bytes.bytes, bytes.length);
    buffer_release(&bytes);
}

static void where_the_bytes_are_split_makes_no_difference(void **state)
{
    struct buffer whole = told(*state, mixed, sizeof mixed - 1, 0);
    for (size_t first = 1; first < sizeof mixed - 1; first++) {
        struct buffer split = told(*state, mixed, sizeof mixed - 1, first);
        assert_same(&split, &whole, "the same in two pieces");
        buffer_release(&split);
    }
    buffer_release(&whole);
}

static void one_byte_at_a_time_is_answered_too(void **state)
{
    struct buffer whole = told(*state, mixed, sizeof mixed - 1, 0);
    struct buffer out = {0};
    int fd = dial(*state);
    for (size_t i = 0; i < sizeof mixed - 1; i++)
        say(fd, mixed + i, 1);
    hear_out(fd, &out);
    blot(&out, "\r\nDate: ", '\r');
    assert_same(&out, &whole, "the same byte by byte");
    buffer_release(&out);
    buffer_release(&whole);
}

/* More than a socket holds, three times, before anything is read: what follows has to wait. */
static void an_answer_that_goes_out_in_pieces_keeps_its_place(void **state)
{
    static const char requests[] =
        GET("/big") GET("/held") GET("/hello") GET("/big") GET("/stream") GET("/held") LAST;
    static const char alone[] = GET("/big") GET("/hello") LAST;
    const struct timespec moment = {.tv_nsec = 100 * 1000000};
    struct buffer out = {0};
    compare(*state, alone, sizeof alone - 1);
    int fd = dial(*state);
    say(fd, requests, sizeof requests - 1);
    nanosleep(&moment, NULL);
    hear_out(fd, &out);
    blot(&out, "\r\nDate: ", '\r');
    struct buffer slow = the_slow_way(requests, sizeof requests - 1);
    struct buffer other = told(*state, slow.bytes, slow.length, 0);
    assert_same(&out, &other, "a long answer among others");
    buffer_release(&out);
    buffer_release(&slow);
    buffer_release(&other);
}

static void who_asks_for_much_at_once_leaves_others_their_turn(void **state)
{
    enum { MANY = 400 };
    struct fixture *fixture = *state;
    const struct timespec moment = {.tv_nsec = 1000000};
    atomic_int asked;
    struct buffer many = {0};
    struct buffer out = {0};
    atomic_init(&asked, 0);
    fixture->options.context = &asked;
    start(fixture);
    for (int i = 0; i < MANY; i++)
        buffer_text(&many, GET("/slow"));
    int other = dial(fixture);
    int fd = dial(fixture);
    say(fd, many.bytes, many.length);
    while (atomic_load(&asked) == 0)
        nanosleep(&moment, NULL);
    say(other, LAST, strlen(LAST));
    hear_out(other, &out);
    assert_true(out.length > 0);
    assert_true(atomic_load(&asked) < MANY);
    server_free(fixture->server);
    fixture->server = NULL;
    close(fd);
    buffer_release(&many);
    buffer_release(&out);
}

/* -- where a connection comes from, how often, and what is noted -- */

static void a_unix_socket_is_served_alike(void **state)
{
    struct fixture *fixture = *state;
    char listen[80];
    snprintf(fixture->socket, sizeof fixture->socket, "/tmp/touchstone-front-%d", (int)getpid());
    snprintf(listen, sizeof listen, "unix:%s", fixture->socket);
    fixture->options.listen = listen;
    start(fixture);
    static const char requests[] = GET("/seen") GET("/big") LAST;
    compare(fixture, requests, sizeof requests - 1);
    unlink(fixture->socket);
}

static void a_trusted_proxy_is_believed_alike(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct proxies *proxies = proxies_new("127.0.0.1", &err);
    fixture->options.proxies = proxies;
    start(fixture);
    static const char requests[] =
        "GET /seen HTTP/1.1\r\n" HOST
        "Forwarded: for=203.0.113.1;host=b.example;proto=https\r\n\r\n"
        "GET /seen HTTP/1.1\r\n" HOST "X-Forwarded-For: 203.0.113.1, 127.0.0.1\r\n\r\n" LAST;
    compare(fixture, requests, sizeof requests - 1);
    server_free(fixture->server);
    fixture->server = NULL;
    proxies_free(proxies);
}

/* Six requests of somebody else than this machine. */
static struct buffer six_from(const struct fixture *fixture, const char *address, bool slowly)
{
    struct buffer requests = {0};
    for (int i = 0; i < 6; i++)
        buffer_printf(&requests, "GET %s HTTP/1.1\r\n" HOST "X-Forwarded-For: %s\r\n%s\r\n",
                      i == 1 ? "/apart" : "/hello", address,
                      slowly ? "Connection: as it is\r\n" : "");
    buffer_text(&requests, LAST);
    struct buffer out = told(fixture, requests.bytes, requests.length, 0);
    buffer_release(&requests);
    return out;
}

static void who_asks_too_often_is_refused_alike(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct proxies *proxies = proxies_new("127.0.0.1", &err);
    fixture->options.proxies = proxies;
    fixture->options.requests =
        limiter_new((struct rate){.at_once = 3, .many = 1, .seconds = 3600}, RATE_NONE);
    start(fixture);
    struct buffer one = six_from(fixture, "203.0.113.1", false);
    struct buffer other = six_from(fixture, "203.0.113.2", true);
    assert_int_equal(count_of(&one, "HTTP/1.1 200 OK"), 4); /* three, and the last of our own */
    assert_int_equal(count_of(&one, "HTTP/1.1 429 "), 3);
    assert_int_equal(count_of(&one, "\r\nRetry-After: "), 3);
    blot(&one, "\r\nRetry-After: ", '\r');
    blot(&other, "\r\nRetry-After: ", '\r');
    assert_same(&one, &other, "six of one address");
    buffer_release(&one);
    buffer_release(&other);
    server_free(fixture->server);
    fixture->server = NULL;
    limiter_free(fixture->options.requests);
    proxies_free(proxies);
}

static struct buffer read_file(const char *path)
{
    struct buffer text = {0};
    char bytes[8192];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    for (ssize_t got; (got = read(fd, bytes, sizeof bytes)) > 0;)
        buffer_append(&text, bytes, (size_t)got);
    close(fd);
    return text;
}

/* What is logged and counted of the same requests in one way, and in the other. */
static struct buffer noted(struct fixture *fixture, const char *bytes, size_t length,
                           struct server_figures *figures)
{
    struct error err = {0};
    char path[] = "/tmp/touchstone-log-XXXXXX";
    close(mkstemp(path));
    fixture->options.log = access_log_open(path, true, &err);
    start(fixture);
    struct buffer answers = told(fixture, bytes, length, 0);
    buffer_release(&answers);
    server_figures(fixture->server, figures);
    server_free(fixture->server);
    fixture->server = NULL;
    access_log_close(fixture->options.log);
    struct buffer lines = read_file(path);
    unlink(path);
    blot(&lines, "\"time\":\"", '"');
    for (char *at = lines.bytes; (at = strstr(at, "\"us\":")) != NULL;) {
        size_t digits = strspn(at += 5, "0123456789");
        memmove(at, at + digits, strlen(at + digits) + 1);
        lines.length -= digits;
    }
    return lines;
}

static void the_log_and_the_figures_tell_the_same(void **state)
{
    static const char requests[] = GET("/hello?q=a") GET("/nowhere") GET("/nothing")
        GET("/failed") "HEAD /long HTTP/1.1\r\n" HOST
                       "User-Agent: a \"b\"\r\nAccept-Encoding: gzip\r\n\r\n" GET("/stream")
                           GET("/apart") GET("/seen?token=ts_secret") LAST;
    struct buffer slow = the_slow_way(requests, sizeof requests - 1);
    struct server_figures figures;
    struct server_figures others;
    struct buffer one = noted(*state, requests, sizeof requests - 1, &figures);
    struct buffer other = noted(*state, slow.bytes, slow.length, &others);
    assert_same(&one, &other, "what is logged");
    assert_int_equal(count_of(&one, "\n"), 9);
    assert_null(strstr(one.bytes, "ts_secret"));
    assert_memory_equal(figures.requests, others.requests, sizeof figures.requests);
    assert_int_equal(figures.bytes, others.bytes);
    assert_int_equal(figures.accepted, 1);
    assert_int_equal(figures.in_flight, 0);
    buffer_release(&slow);
    buffer_release(&one);
    buffer_release(&other);
}

/* -- its end -- */

/* Waits for the end of a connection on which nothing is said. */
static void assert_ends_silently(int fd)
{
    struct buffer out = {0};
    hear_out(fd, &out);
    assert_int_equal(out.length, 0);
}

static void an_idle_connection_is_closed_in_its_time(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.limits = (struct limits){.idle_ms = 80};
    start(fixture);
    assert_ends_silently(dial(fixture));
    struct buffer out = {0};
    int fd = dial(fixture);
    say(fd, GET("/hello"), strlen(GET("/hello")));
    hear_out(fd, &out);
    assert_int_equal(count_of(&out, "HTTP/1.1 200 OK"), 1);
    buffer_release(&out);
}

static void a_client_that_takes_no_more_is_cut_off(void **state)
{
    struct fixture *fixture = *state;
    struct server_figures figures = {.connections = 1};
    const struct timespec moment = {.tv_nsec = 10 * 1000000};
    fixture->options.limits = (struct limits){.stall_ms = 80};
    start(fixture);
    int fd = dial(fixture);
    say(fd, GET("/big") GET("/big"), strlen(GET("/big") GET("/big")));
    for (int i = 0; i < 1000 && (figures.accepted == 0 || figures.connections > 0); i++) {
        nanosleep(&moment, NULL);
        server_figures(fixture->server, &figures);
    }
    assert_int_equal(figures.connections, 0);
    assert_int_equal(figures.in_flight, 0);
    close(fd);
}

static void a_client_that_goes_away_is_forgotten(void **state)
{
    const struct fixture *fixture = *state;
    struct server_figures figures = {.connections = 1};
    const struct timespec moment = {.tv_nsec = 10 * 1000000};
    static const char *const left[] = {"", GET("/hello"), GET("/big") GET("/hello"), "GET /hel"};
    for (size_t i = 0; i < 4; i++) {
        int fd = dial(fixture);
        say(fd, left[i], strlen(left[i]));
        nanosleep(&moment, NULL);
        close(fd);
    }
    for (int i = 0; i < 1000 && (figures.accepted < 4 || figures.connections > 0); i++) {
        nanosleep(&moment, NULL);
        server_figures(fixture->server, &figures);
    }
    assert_int_equal(figures.connections, 0);
    assert_int_equal(figures.in_flight, 0);
}

static void a_drain_finishes_an_answer_and_closes_what_is_idle(void **state)
{
    struct fixture *fixture = *state;
    struct buffer out = {0};
    const struct timespec moment = {.tv_nsec = 50 * 1000000};
    int idle = dial(fixture);
    int fd = dial(fixture);
    say(fd, GET("/big"), strlen(GET("/big")));
    nanosleep(&moment, NULL);
    server_drain(fixture->server);
    assert_ends_silently(idle);
    hear_out(fd, &out);
    assert_true(out.length > BIG_BYTES);
    server_wait(fixture->server);
    buffer_release(&out);
}

#define SERVED(name)   cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define PREPARED(name) cmocka_unit_test_setup_teardown(name, prepare, tear_down)

int main(void)
{
    hold();
    const struct CMUnitTest tests[] = {
        SERVED(a_plain_request_is_answered_as_evhttp_would),
        SERVED(what_is_refused_before_it_is_looked_at_is_refused_alike),
        SERVED(after_plain_requests_it_is_refused_with_the_same_problem),
        SERVED(a_long_body_is_answered_as_evhttp_would),
        SERVED(a_body_that_never_comes_hinders_nobody),
        SERVED(pipelined_requests_of_all_kinds_are_answered_in_order),
        SERVED(many_requests_at_once_are_all_answered),
        SERVED(where_the_bytes_are_split_makes_no_difference),
        SERVED(one_byte_at_a_time_is_answered_too),
        SERVED(an_answer_that_goes_out_in_pieces_keeps_its_place),
        PREPARED(who_asks_for_much_at_once_leaves_others_their_turn),
        PREPARED(a_unix_socket_is_served_alike),
        PREPARED(a_trusted_proxy_is_believed_alike),
        PREPARED(who_asks_too_often_is_refused_alike),
        PREPARED(the_log_and_the_figures_tell_the_same),
        PREPARED(an_idle_connection_is_closed_in_its_time),
        PREPARED(a_client_that_takes_no_more_is_cut_off),
        SERVED(a_client_that_goes_away_is_forgotten),
        SERVED(a_drain_finishes_an_answer_and_closes_what_is_idle),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(held.arena);
    return failed;
}
