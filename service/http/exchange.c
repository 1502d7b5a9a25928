#include "service/http/exchange.h"

#include <event2/buffer.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>

#include "service/http/apart.h"
#include "service/http/credential.h"
#include "service/http/date.h"
#include "service/http/forwarded.h"
#include "service/http/framing.h"
#include "service/http/limiter.h"
#include "service/http/origin.h"
#include "service/http/plain.h"
#include "service/http/watch.h"

/* What has to stay until a reply is out. It lies in its own arena. */
struct exchange {
    struct worker *worker;
    struct watch *watch;
    struct evhttp_request *http; /* valid while the request is ours to answer */
    struct arena *arena;
    struct catalog *catalog; /* a reference, or NULL */
    struct problems problems;
    struct request request;
    struct reply reply;
    const char *target; /* as it was asked for, where evhttp read it */
    char major;         /* of the version, below 0 where evhttp read it so */
    char minor;
    bool close;
    int64_t began_us;
    char date[HTTP_DATE_SIZE]; /* request.now, as the reply tells it */

    struct errand errand;     /* an answer that is made apart */
    bool is_apart;            /* … now */
    struct exchange *next;    /* of those that came back */
    struct event *poll_event; /* a stream that has nothing to say now */
    uint64_t streamed_bytes;
    bool is_stepping;      /* a step of the stream was made apart: what it gave and said */
    enum stream_step step; /* … */
    struct buffer said;
};

static struct exchange *exchange_new(struct watch *watch, int64_t at_us)
{
    struct worker *worker = watch->worker;
    struct arena *arena = worker_take_arena(worker);
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    exchange->worker = worker;
    exchange->watch = watch;
    exchange->arena = arena;
    exchange->began_us = at_us;
    exchange->problems.arena = arena;
    /* The bytes of the reply may be the catalog's, and a new one may come before they are out. */
    exchange->catalog = worker_retain(worker, worker->catalog);
    return exchange;
}

void exchange_free(struct exchange *exchange)
{
    if (exchange->poll_event != NULL)
        event_free(exchange->poll_event);
    if (exchange->reply.stream.next != NULL && exchange->reply.stream.end != NULL)
        exchange->reply.stream.end(exchange->reply.stream.state);
    buffer_release(&exchange->said);
    reply_release(&exchange->reply);
    worker_release(exchange->worker, exchange->catalog);
    worker_return_arena(exchange->worker, exchange->arena);
}

/* -- the request -- */

static enum method method_of(enum evhttp_cmd_type command)
{
    switch (command) {
    case EVHTTP_REQ_HEAD:
        return METHOD_HEAD;
    case EVHTTP_REQ_POST:
        return METHOD_POST;
    case EVHTTP_REQ_PUT:
        return METHOD_PUT;
    case EVHTTP_REQ_PATCH:
        return METHOD_PATCH;
    case EVHTTP_REQ_DELETE:
        return METHOD_DELETE;
    case EVHTTP_REQ_OPTIONS:
        return METHOD_OPTIONS;
    case EVHTTP_REQ_GET:
    case EVHTTP_REQ_TRACE:
    case EVHTTP_REQ_CONNECT:
    default:
        return METHOD_GET; /* evhttp lets no others through */
    }
}

/* One more than the maximum is enough to see that there are too many. They are copied because
 * evhttp's own go before the log and a stream have done with them. */
static void read_headers(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    struct field *headers = arena_array(exchange->arena, MAX_HEADERS + 1, sizeof *headers);
    const struct evkeyval *header;
    TAILQ_FOREACH(header, evhttp_request_get_input_headers(exchange->http), next)
    {
        if (request->header_count > MAX_HEADERS)
            break;
        headers[request->header_count++] =
            (struct field){arena_strdup(exchange->arena, header->key),
                           arena_strdup(exchange->arena, header->value)};
    }
    request->headers = headers;
}

static void read_body(struct exchange *exchange)
{
    struct evbuffer *input = evhttp_request_get_input_buffer(exchange->http);
    size_t length = evbuffer_get_length(input);
    char *body = arena_alloc(exchange->arena, length + 1);
    evbuffer_remove(input, body, length);
    exchange->request.body = body;
    exchange->request.body_length = length;
}

/* A proxy's Host is its own affair: what its client asked for stands in its place. */
static void put_host(struct request *request, const char *host)
{
    struct field *headers = arena_array(request->arena, request->header_count, sizeof *headers);
    for (size_t i = 0; i < request->header_count; i++) {
        headers[i] = request->headers[i];
        if (is_header(headers[i].name, "Host"))
            headers[i].value = host;
    }
    request->headers = headers;
}

static void read_origin(struct exchange *exchange)
{
    const struct shared *shared = exchange->worker->shared;
    struct request *request = &exchange->request;
    struct forwarded forwarded = forwarded_read(shared->proxies, request, request->remote);
    const char *scheme = shared->tls == NULL ? "http" : "https";
    request->remote = forwarded.remote;
    if (forwarded.host != NULL)
        put_host(request, forwarded.host);
    request->origin_is_told = shared->base_url != NULL;
    request->origin =
        origin_of(shared->base_url, forwarded.scheme == NULL ? scheme : forwarded.scheme,
                  request_header(request, "Host"), exchange->arena);
}

static void begin_request(struct exchange *exchange, enum method method, const char *remote)
{
    time_t now = time(NULL);
    worker_date(exchange->worker, now, exchange->date);
    exchange->request = (struct request){
        .method = method,
        .head = method == METHOD_HEAD,
        .remote = exchange->worker->shared->by_unix ? NULL : arena_strdup(exchange->arena, remote),
        .now = now,
        .date = exchange->date,
        .stale_since = freshness_stale_since(exchange->worker->shared->freshness, now),
        .body = "",
        .arena = exchange->arena,
        .problems = &exchange->problems,
        .catalog = exchange->catalog,
        .server = exchange->worker->shared->server,
        .context = exchange->worker->shared->context,
    };
}

static void read_request(struct exchange *exchange)
{
    const struct evhttp_request *http = exchange->http;
    char *remote = NULL;
    ev_uint16_t port = 0;
    evhttp_connection_get_peer(evhttp_request_get_connection(exchange->http), &remote, &port);
    begin_request(exchange, method_of(evhttp_request_get_command(http)), remote);
    exchange->target = evhttp_request_get_uri(http);
    exchange->major = http->major;
    exchange->minor = http->minor;
    read_headers(exchange);
    read_origin(exchange);
    read_body(exchange);
}

static void read_plain(struct exchange *exchange, const struct plain *plain, const char *bytes,
                       const char *remote)
{
    begin_request(exchange, plain->method, remote);
    exchange->major = 1;
    exchange->minor = 1;
    plain_copy(plain, bytes, &exchange->request);
    read_origin(exchange);
}

/* evhttp reads the version as it reads any number, sign and all. */
static bool speaks_http_1(const struct exchange *exchange)
{
    return exchange->major == 1 && exchange->minor >= 0;
}

/* False after refusing a client who has no room for one more connection. */
static bool finds_room(struct exchange *exchange)
{
    const struct shared *shared = exchange->worker->shared;
    if (exchange->watch->place.room == CROWD_ROOM)
        return true;
    exchange->close = true;
    exchange->watch->linger = true;
    respond_refusal(&shared->responder, &exchange->request, REFUSAL_TOO_MANY,
                    crowd_words(shared->crowd), &exchange->reply);
    reply_header(&exchange->reply, "Retry-After", RETRY_AFTER_CROWD);
    return false;
}

/* False after refusing a client who asks too often. */
static bool keeps_to_rate(struct exchange *exchange)
{
    const struct shared *shared = exchange->worker->shared;
    struct request *request = &exchange->request;
    if (shared->requests == NULL || limiter_spares(request->remote))
        return true;
    const char *address = limiter_address(request->remote, exchange->arena);
    unsigned wait = limiter_take(shared->requests, address, now_ms());
    if (wait == 0)
        return true;
    respond_refusal(&shared->responder, request, REFUSAL_TOO_MANY,
                    "too many requests from this address; ask again after the seconds that "
                    "Retry-After tells",
                    &exchange->reply);
    reply_header(&exchange->reply, "Retry-After", arena_printf(exchange->arena, "%u", wait));
    return false;
}

/* A request whose framing is sound. */
static void answer_sound(struct exchange *exchange)
{
    if (finds_room(exchange) && keeps_to_rate(exchange))
        respond(&exchange->worker->shared->responder, &exchange->request, &exchange->reply);
}

static void answer(struct exchange *exchange)
{
    const struct responder *responder = &exchange->worker->shared->responder;
    struct request *request = &exchange->request;
    const char *target = exchange->target;
    struct framing framing = framing_check(request->method, exchange->minor, target,
                                           request->headers, request->header_count);
    exchange->close = framing.close || exchange->worker->draining;
    if (exchange->watch->wire.fault != NULL)
        framing = (struct framing){REFUSAL_INVALID, exchange->watch->wire.fault, true};
    if (framing.refusal == REFUSAL_NONE && !speaks_http_1(exchange))
        framing = (struct framing){REFUSAL_INVALID, "only HTTP/1.0 and 1.1 are spoken here", true};
    if (!framing_split(target, exchange->arena, &request->path, &request->raw_query) &&
        framing.refusal == REFUSAL_NONE)
        framing = (struct framing){REFUSAL_INVALID, "the address is no path", true};
    if (framing.refusal == REFUSAL_NONE) {
        answer_sound(exchange);
        return;
    }
    exchange->close = true;
    exchange->watch->linger = true;
    respond_refusal(responder, request, framing.refusal, framing.detail, &exchange->reply);
}

/* -- the reply -- */

static void take_note(const struct exchange *exchange, uint64_t bytes)
{
    struct counters *counters = &exchange->worker->counters;
    const struct request *request = &exchange->request;
    int class = exchange->reply.status / 100;
    struct access_entry entry = {
        .now = request->now,
        .method = request->head ? "HEAD" : method_name(request->method),
        .path = request->path,
        .query = query_holds_token(request->raw_query, request->arena) ? NULL : request->raw_query,
        .status = exchange->reply.status,
        .body_bytes = bytes,
        .microseconds = now_us() - exchange->began_us,
        .remote = request->remote,
        .agent = request_header(request, "User-Agent"),
        .error = exchange->reply.log,
    };
    atomic_fetch_add_explicit(&counters->requests[class >= 1 && class <= 5 ? class : 0], 1,
                              memory_order_relaxed);
    atomic_fetch_add_explicit(&counters->bytes, bytes, memory_order_relaxed);
    worker_note(exchange->worker, &entry);
}

static void put_headers(struct exchange *exchange)
{
    struct evkeyvalq *headers = evhttp_request_get_output_headers(exchange->http);
    const struct reply *reply = &exchange->reply;
    for (size_t i = 0; i < reply->header_count; i++)
        evhttp_add_header(headers, reply->headers[i].name, reply->headers[i].value);
    for (size_t i = 0; i < reply->common_count; i++)
        evhttp_add_header(headers, reply_common[i].name, reply_common[i].value);
    if (exchange->worker->shared->tls != NULL)
        evhttp_add_header(headers, reply_for_secure.name, reply_for_secure.value);
    if (!exchange->close)
        return;
    /* With the request's own word gone evhttp has nothing to add to ours. */
    evhttp_remove_header(evhttp_request_get_input_headers(exchange->http), "Connection");
    evhttp_add_header(headers, "Connection", "close");
}

static void body_sent(const void *bytes, size_t length, void *argument)
{
    (void)bytes;
    (void)length;
    exchange_free(argument);
}

static void reply_sent(struct evhttp_request *http, void *watch)
{
    (void)http;
    watch_answered(watch);
}

static void send_whole(struct exchange *exchange)
{
    const struct reply *reply = &exchange->reply;
    struct evhttp_request *http = exchange->http;
    struct evbuffer *body = evbuffer_new();
    const char *phrase = status_phrase(reply->status);
    int status = reply->status;
    take_note(exchange, reply->body_length);
    if (body != NULL && reply->body_length > 0 &&
        evbuffer_add_reference(body, reply->body, reply->body_length, body_sent, exchange) == 0)
        exchange = NULL; /* body_sent frees it */
    evhttp_send_reply(http, status, phrase, body);
    if (body != NULL)
        evbuffer_free(body);
    if (exchange != NULL)
        exchange_free(exchange);
}

/* -- streams -- */

static void pump(struct exchange *exchange);
static void step_apart(struct exchange *exchange);

static void pump_drained(struct evhttp_connection *connection, void *exchange)
{
    (void)connection;
    pump(exchange);
}

static void pump_polled(evutil_socket_t fd, short what, void *exchange)
{
    (void)fd;
    (void)what;
    pump(exchange);
}

static void wait_a_little(struct exchange *exchange)
{
    const struct timeval wait = {.tv_usec = STREAM_POLL_MS * 1000L};
    if (exchange->poll_event == NULL)
        exchange->poll_event = evtimer_new(exchange->worker->base, pump_polled, exchange);
    if (exchange->poll_event != NULL)
        evtimer_add(exchange->poll_event, &wait);
}

static void end_stream(struct exchange *exchange)
{
    struct evhttp_request *http = exchange->http;
    take_note(exchange, exchange->streamed_bytes);
    exchange->watch->streaming = NULL;
    exchange_free(exchange);
    evhttp_send_reply_end(http);
}

/* Closes the connection before the body's end, which is how a client sees that there was more. */
static void break_stream(struct exchange *exchange)
{
    exchange->reply.log = "the rest of the answer could not be had";
    watch_break(exchange->watch);
}

/* What the stream says next, no more of it than was promised. */
static enum stream_step next_bytes(struct exchange *exchange, struct buffer *bytes)
{
    const struct stream *stream = &exchange->reply.stream;
    enum stream_step step = stream->next(stream->state, bytes);
    if (stream->seek == NULL)
        return step;
    uint64_t left = stream->length - exchange->streamed_bytes;
    if (bytes->length >= left) {
        bytes->length = left;
        return STREAM_END;
    }
    return step == STREAM_END ? STREAM_BREAK : step;
}

static void send_step(struct exchange *exchange, enum stream_step step, const struct buffer *bytes)
{
    struct evbuffer *chunk = evbuffer_new();
    exchange->streamed_bytes += bytes->length;
    if (chunk != NULL && bytes->length > 0)
        evbuffer_add(chunk, bytes->bytes, bytes->length);
    bool wrote = chunk != NULL && evbuffer_get_length(chunk) > 0;
    bool again = step == STREAM_MORE && wrote;
    if (wrote)
        evhttp_send_reply_chunk_with_cb(exchange->http, chunk, again ? pump_drained : NULL,
                                        exchange);
    if (chunk != NULL)
        evbuffer_free(chunk);
    if (step == STREAM_END)
        end_stream(exchange);
    else if (step == STREAM_BREAK)
        break_stream(exchange);
    else if (!again)
        wait_a_little(exchange);
}

static void pump(struct exchange *exchange)
{
    struct buffer bytes = {0};
    if (exchange->reply.stream.waits) {
        step_apart(exchange);
        return;
    }
    enum stream_step step = next_bytes(exchange, &bytes);
    send_step(exchange, step, &bytes);
    buffer_release(&bytes);
}

static void start_stream(struct exchange *exchange)
{
    /* HTTP/1.0 has no chunks: there the end of the connection is the end of the body. */
    exchange->watch->streaming = exchange;
    evhttp_send_reply_start(exchange->http, exchange->reply.status,
                            status_phrase(exchange->reply.status));
    pump(exchange);
}

void exchange_abandon(struct exchange *exchange)
{
    struct evhttp_request *http = exchange->http;
    exchange->http = NULL;
    if (exchange->poll_event != NULL)
        event_free(exchange->poll_event); /* while there is a loop */
    exchange->poll_event = NULL;
    if (!exchange->is_apart) {
        take_note(exchange, exchange->streamed_bytes);
        exchange_free(exchange);
    } /* else it comes back and finds nobody to tell */
    /* A request that evhttp has taken off its connection is ours to free. */
    if (evhttp_request_get_connection(http) == NULL)
        evhttp_request_free(http);
}

static void send_reply(struct exchange *exchange)
{
    struct evhttp_request *http = exchange->http;
    bool streamed = exchange->reply.stream.next != NULL;
    if (streamed && http->minor == 0)
        exchange->close = true;
    put_headers(exchange);
    evhttp_request_set_on_complete_cb(http, reply_sent, exchange->watch);
    if (!speaks_http_1(exchange) ||
        http->minor > 1) { /* evhttp would repeat theirs, but we speak ours */
        http->major = 1;
        http->minor = 1;
    }
    if (streamed)
        start_stream(exchange);
    else
        send_whole(exchange);
}

/* -- apart -- */

struct exchange *exchange_chain(struct exchange *exchange, struct exchange *others)
{
    exchange->next = others;
    return exchange;
}

static struct exchange *exchange_of(struct errand *errand)
{
    return (struct exchange *)((char *)errand - offsetof(struct exchange, errand));
}

/* On the thread apart: from here on the exchange is its worker's again. */
static void answered_apart(struct errand *errand)
{
    struct exchange *exchange = exchange_of(errand);
    worker_give_back(exchange->worker, exchange);
}

static void take_step(struct errand *errand)
{
    struct exchange *exchange = exchange_of(errand);
    exchange->step = next_bytes(exchange, &exchange->said);
}

/* Where no thread is free for it, the stream has nothing to say for now. */
static void step_apart(struct exchange *exchange)
{
    exchange->errand = (struct errand){.step = take_step, .done = answered_apart};
    exchange->is_apart = true;
    exchange->is_stepping = true;
    if (apart_give(exchange->worker->shared->apart, &exchange->errand))
        return;
    exchange->is_apart = false;
    exchange->is_stepping = false;
    wait_a_little(exchange);
}

static void stepped_apart(struct exchange *exchange)
{
    struct buffer said = exchange->said;
    exchange->said = (struct buffer){0};
    exchange->is_stepping = false;
    send_step(exchange, exchange->step, &said);
    buffer_release(&said);
}

void exchange_go_on(struct exchange *chain)
{
    while (chain != NULL) {
        struct exchange *exchange = chain;
        chain = exchange->next;
        exchange->is_apart = false;
        if (exchange->http == NULL) {
            take_note(exchange, exchange->streamed_bytes);
            exchange_free(exchange);
        } else if (exchange->is_stepping) {
            stepped_apart(exchange);
        } else {
            exchange->watch->waited_for = NULL;
            exchange->close = exchange->close || exchange->worker->draining;
            send_reply(exchange);
        }
    }
}

/* False where there is no room: then the reply says so. */
static bool give_apart(struct exchange *exchange)
{
    const struct shared *shared = exchange->worker->shared;
    exchange->reply = (struct reply){0};
    exchange->request.apart = true;
    exchange->errand = (struct errand){
        .request = &exchange->request, .reply = &exchange->reply, .done = answered_apart};
    exchange->is_apart = true;
    exchange->watch->waited_for = exchange;
    if (apart_give(shared->apart, &exchange->errand))
        return true;
    exchange->is_apart = false;
    exchange->watch->waited_for = NULL;
    respond_refusal(&shared->responder, &exchange->request, REFUSAL_UNAVAILABLE,
                    "too much is being worked on already; nothing was done, ask again in a second",
                    &exchange->reply);
    reply_header(&exchange->reply, "Retry-After", "1");
    return false;
}

/* What the front has answered, or answered now. */
static struct exchange *exchange_for(struct watch *watch, struct evhttp_request *http)
{
    struct exchange *exchange = watch->front.answered;
    watch->front.answered = NULL;
    if (exchange != NULL) {
        exchange->http = http;
        exchange->close = exchange->close || watch->worker->draining;
        return exchange;
    }
    exchange = exchange_new(watch, now_us());
    exchange->http = http;
    read_request(exchange);
    answer(exchange);
    return exchange;
}

void exchange_handle(struct evhttp_request *http, void *argument)
{
    struct evhttp_connection *connection = evhttp_request_get_connection(http);
    struct watch *watch = watch_find(argument, connection);
    watch_answering(watch, connection);
    struct exchange *exchange = exchange_for(watch, http);
    if (!exchange->reply.apart || !give_apart(exchange))
        send_reply(exchange);
}

/* -- for the front -- */

struct exchange *exchange_answer(struct watch *watch, const struct plain *plain, const char *bytes,
                                 const char *remote, int64_t at_us)
{
    struct exchange *exchange = exchange_new(watch, at_us);
    read_plain(exchange, plain, bytes, remote);
    exchange->close = watch->worker->draining;
    answer_sound(exchange);
    return exchange;
}

bool exchange_is_short(const struct exchange *exchange)
{
    return !exchange->reply.apart && exchange->reply.stream.next == NULL && !exchange->close;
}

const struct reply *exchange_begin_reply(struct exchange *exchange, struct buffer *head)
{
    const struct reply *reply = &exchange->reply;
    reply_write_head(reply, head);
    take_note(exchange, reply->body_length);
    return reply;
}
