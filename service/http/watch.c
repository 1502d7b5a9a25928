#include "service/http/watch.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "service/http/exchange.h"
#include "service/http/tls.h"

/* Written at once, where the socket takes it: libevent's own 16 kB cut most answers in two, each
 * with a turn of the loop. */
enum { MOST_AT_ONCE = 256 << 10 };

/* Room for one whole request and the beginning of the next. */
static size_t most_unread(const struct worker *worker)
{
    return worker->shared->limits.body_bytes + 4 * (size_t)MAX_HEAD_BYTES;
}

static void ask_todo(struct watch *watch)
{
    struct worker *worker = watch->worker;
    if (watch->on_todo)
        return;
    watch->on_todo = true;
    watch->next_todo = NULL;
    if (worker->todo == NULL)
        worker->todo = watch;
    else
        worker->last_todo->next_todo = watch;
    worker->last_todo = watch;
    event_active(worker->todo_event, EV_TIMEOUT, 1);
}

static void enter(struct watch *watch, enum watch_state state)
{
    watch->state = state;
    watch->since_ms = now_ms();
}

/* Reads what came last, `length` bytes, as part of the request under way. */
static void read_along(struct watch *watch, size_t length)
{
    enum { PIECES = 16 };
    struct evbuffer *input = bufferevent_get_input(watch->bev);
    struct evbuffer_ptr at;
    evbuffer_ptr_set(input, &at, evbuffer_get_length(input) - length, EVBUFFER_PTR_SET);
    while (length > 0 && watch->wire.fault == NULL) {
        struct evbuffer_iovec pieces[PIECES];
        int count = evbuffer_peek(input, (ev_ssize_t)length, &at, pieces, PIECES);
        size_t read = 0;
        for (int i = 0; i < count && i < PIECES && read < length; i++) {
            size_t left = length - read;
            size_t taken = pieces[i].iov_len < left ? pieces[i].iov_len : left;
            wire_read(&watch->wire, pieces[i].iov_base, taken);
            read += taken;
        }
        if (read == 0)
            return;
        length -= read;
        evbuffer_ptr_set(input, &at, read, EVBUFFER_PTR_ADD);
    }
    if (watch->wire.fault != NULL)
        ask_todo(watch);
}

/* -- its life -- */

static void register_fd(struct watch *watch)
{
    struct worker *worker = watch->worker;
    watch->fd = bufferevent_getfd(watch->bev);
    size_t needed = (size_t)watch->fd + 1;
    if (needed > worker->by_fd_count) {
        size_t count = needed * 2;
        worker->by_fd = memory_resize(worker->by_fd, count * sizeof *worker->by_fd);
        memset(worker->by_fd + worker->by_fd_count, 0,
               (count - worker->by_fd_count) * sizeof *worker->by_fd);
        worker->by_fd_count = count;
    }
    worker->by_fd[watch->fd] = watch;
}

static void on_input(struct evbuffer *input, const struct evbuffer_cb_info *info, void *argument)
{
    struct watch *watch = argument;
    (void)input;
    if (info->n_added == 0)
        return;
    if (watch->fd < 0)
        register_fd(watch);
    if (watch->state == WATCH_IDLE) {
        enter(watch, WATCH_READING);
        watch->received = 0;
        wire_begin(&watch->wire);
    }
    watch->received += info->n_added;
    if (watch->state == WATCH_READING)
        read_along(watch, info->n_added);
    if (watch->place.room != CROWD_ROOM)
        ask_todo(watch);
}

/* Bufferevents of plain sockets keep the front of their output to themselves; those of TLS do not,
 * and could never take off what they sent if we did. */
static void lend_output(const struct watch *watch, struct evbuffer *output)
{
    if (watch->worker->shared->tls == NULL)
        evbuffer_unfreeze(output, 1);
}

static void return_output(const struct watch *watch, struct evbuffer *output)
{
    if (watch->worker->shared->tls == NULL)
        evbuffer_freeze(output, 1);
}

/* evhttp writes a reply of its own: none of it goes out, its status is kept and said in our words
 * when this turn of the loop is over. Only "100 Continue" stays. The status line comes first, and
 * whole. */
static void take_back(struct watch *watch, struct evbuffer *output)
{
    char text[16] = "";
    int status = 0;
    lend_output(watch, output);
    evbuffer_copyout(output, text, sizeof text - 1);
    sscanf(text, "HTTP/%*d.%*d %d", &status);
    if (watch->mend != 0 || status != 100) {
        evbuffer_drain(output, evbuffer_get_length(output));
        watch->mend = watch->mend != 0 ? watch->mend : status != 0 ? status : 400;
        ask_todo(watch);
    }
    return_output(watch, output);
}

static void on_output(struct evbuffer *output, const struct evbuffer_cb_info *info, void *argument)
{
    struct watch *watch = argument;
    if (info->n_added > 0 && watch->state <= WATCH_READING)
        take_back(watch, output); /* nobody of ours is writing */
    if (info->n_deleted > 0 && watch->state == WATCH_ANSWERING) {
        watch->since_ms = now_ms();
        if (watch->linger && evbuffer_get_length(output) == 0)
            ask_todo(watch); /* evhttp is about to let go */
    }
}

static struct bufferevent *secure_new(struct event_base *base, struct tls *tls)
{
    SSL *session = tls_session(tls);
    if (session == NULL)
        return NULL;
    struct bufferevent *bev = bufferevent_openssl_socket_new(
        base, -1, session, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
    if (bev == NULL)
        SSL_free(session);
    else
        bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
    return bev;
}

struct bufferevent *watch_new(struct event_base *base, void *argument)
{
    struct worker *worker = argument;
    struct tls *tls = worker->shared->tls;
    struct bufferevent *bev = tls == NULL ? bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE)
                                          : secure_new(base, tls);
    if (bev == NULL)
        return NULL;
    struct watch *watch = memory_alloc(sizeof *watch);
    *watch = (struct watch){.worker = worker, .bev = bev, .next = worker->watches, .fd = -1};
    if (worker->watches != NULL)
        worker->watches->previous = watch;
    worker->watches = watch;
    bufferevent_incref(bev);
    bufferevent_setwatermark(bev, EV_READ, 0, most_unread(worker));
    bufferevent_set_max_single_write(bev, MOST_AT_ONCE);
    watch->input_cb = evbuffer_add_cb(bufferevent_get_input(bev), on_input, watch);
    watch->output_cb = evbuffer_add_cb(bufferevent_get_output(bev), on_output, watch);
    enter(watch, WATCH_IDLE);
    ask_todo(watch); /* it gets its socket before that */
    worker->watch_count++;
    atomic_fetch_add_explicit(&worker->counters.accepted, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&worker->counters.connections, 1, memory_order_relaxed);
    if (worker->watch_count >= worker->shared->limits.connections)
        worker_pause(worker);
    return bev;
}

static void unlink_watch(struct watch *watch)
{
    struct worker *worker = watch->worker;
    if (watch->previous != NULL)
        watch->previous->next = watch->next;
    else
        worker->watches = watch->next;
    if (watch->next != NULL)
        watch->next->previous = watch->previous;
    if (watch->fd >= 0)
        worker->by_fd[watch->fd] = NULL;
    worker->watch_count--;
}

/* Drops our reference, the last one, which closes the socket. Not while on the todo list. */
static void release(struct watch *watch)
{
    struct worker *worker = watch->worker;
    unlink_watch(watch);
    evbuffer_remove_cb_entry(bufferevent_get_input(watch->bev), watch->input_cb);
    evbuffer_remove_cb_entry(bufferevent_get_output(watch->bev), watch->output_cb);
    bufferevent_setcb(watch->bev, NULL, NULL, NULL, NULL);
    bufferevent_disable(watch->bev, EV_READ | EV_WRITE);
    front_release(watch);
    bufferevent_decref(watch->bev);
    crowd_leave(worker->shared->crowd, watch->place);
    free(watch);
    atomic_fetch_sub_explicit(&worker->counters.connections, 1, memory_order_relaxed);
    worker_resume(worker);
    worker_end_if_drained(worker);
}

struct watch *watch_find(const struct worker *worker, struct evhttp_connection *connection)
{
    return worker->by_fd[bufferevent_getfd(evhttp_connection_get_bufferevent(connection))];
}

/* -- the end of a connection -- */

/* evhttp frees a connection with bufferevent_free, which clears the callbacks. */
static bool evhttp_let_go(const struct watch *watch)
{
    bufferevent_event_cb on_event = NULL;
    bufferevent_getcb(watch->bev, NULL, NULL, &on_event, NULL);
    return on_event == NULL;
}

static void discard(struct bufferevent *bev, void *argument)
{
    struct evbuffer *input = bufferevent_get_input(bev);
    (void)argument;
    evbuffer_drain(input, evbuffer_get_length(input));
}

static void lingered(struct bufferevent *bev, short what, void *argument)
{
    struct watch *watch = argument;
    (void)bev;
    (void)what;
    watch->state = WATCH_GONE;
    watch->linger = false;
    ask_todo(watch);
}

/* Closing while bytes lie unread would reset the connection, and the client would lose the reply.
 * evhttp has said that we send no more; now we read until the client has stopped, too. */
static void linger(struct watch *watch)
{
    enter(watch, WATCH_LINGERING);
    bufferevent_setcb(watch->bev, discard, NULL, lingered, watch);
    discard(watch->bev, watch);
    bufferevent_enable(watch->bev, EV_READ);
}

static void end(struct watch *watch)
{
    if (watch->linger)
        linger(watch);
    else
        release(watch);
}

/* Makes evhttp see a dead connection. */
void watch_hang_up(struct watch *watch)
{
    bufferevent_trigger_event(watch->bev, BEV_EVENT_READING | BEV_EVENT_TIMEOUT, 0);
    ask_todo(watch);
}

/* Says under TLS that what was sent is all (close_notify), unless it is not. evhttp shuts the
 * socket down next. */
static void say_end(struct watch *watch)
{
    SSL *session = bufferevent_openssl_get_ssl(watch->bev);
    if (session == NULL || watch->broken || !SSL_is_init_finished(session) ||
        evbuffer_get_length(bufferevent_get_output(watch->bev)) > 0)
        return;
    SSL_shutdown(session);
    ERR_clear_error();
}

static void on_close(struct evhttp_connection *connection, void *argument)
{
    struct watch *watch = argument;
    (void)connection;
    say_end(watch);
    if (watch->state == WATCH_ANSWERING)
        atomic_fetch_sub_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
    if (watch->streaming != NULL)
        exchange_abandon(watch->streaming);
    if (watch->waited_for != NULL)
        exchange_abandon(watch->waited_for);
    watch->streaming = NULL;
    watch->waited_for = NULL;
    enter(watch, WATCH_GONE);
    ask_todo(watch);
}

/* -- the replies that evhttp makes itself -- */

struct mending {
    enum refusal refusal;
    const char *detail;
};

static struct mending mending_for(const struct watch *watch, int status)
{
    static const char head[] = "the request line and headers are longer than 16384 bytes";
    if (watch->wire.fault != NULL)
        return (struct mending){REFUSAL_INVALID, watch->wire.fault};
    switch (status) {
    case 413:
        return (struct mending){
            REFUSAL_TOO_LARGE,
            "the body is larger than is taken here, or its chunks are malformed"};
    case 417:
        return (struct mending){REFUSAL_EXPECTATION, "the only Expect known is 100-continue"};
    case 501:
        return (struct mending){REFUSAL_NOT_IMPLEMENTED, "this method is not known here"};
    default:
        if (watch->received > MAX_HEAD_BYTES)
            return (struct mending){REFUSAL_HEAD_TOO_LARGE, head};
        return (struct mending){REFUSAL_INVALID, "the request line or a header is malformed"};
    }
}

static void log_refusal(const struct watch *watch, int status, size_t bytes)
{
    struct worker *worker = watch->worker;
    struct access_entry entry = {.now = time(NULL), .status = status, .body_bytes = bytes};
    atomic_fetch_add_explicit(&worker->counters.requests[0], 1, memory_order_relaxed);
    worker_note(worker, &entry);
}

static void write_refusal(struct watch *watch, enum refusal refusal, const char *detail)
{
    struct evbuffer *output = bufferevent_get_output(watch->bev);
    struct buffer bytes = {0};
    refusal_bytes(refusal, detail, watch->worker->shared->tls != NULL, time(NULL), &bytes);
    enter(watch, WATCH_ANSWERING);
    watch->linger = true;
    atomic_fetch_add_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
    lend_output(watch, output);
    evbuffer_drain(output, evbuffer_get_length(output));
    return_output(watch, output);
    evbuffer_add(output, bytes.bytes, bytes.length);
    log_refusal(watch, refused_for(refusal, "").status, bytes.length);
    buffer_release(&bytes);
}

/* What evhttp began, it ends: it closes when the reply is out. */
static void mend(struct watch *watch)
{
    struct mending mending = mending_for(watch, watch->mend);
    watch->mend = 0;
    write_refusal(watch, mending.refusal, mending.detail);
}

/* Refuses a request that has not come in whole, and so is none for evhttp: it reads no further,
 * and sees a dead connection when the reply is out. */
static void cut_off(struct watch *watch, enum refusal refusal, const char *detail)
{
    bufferevent_event_cb on_event = NULL;
    void *argument = NULL;
    struct evbuffer *input = bufferevent_get_input(watch->bev);
    bufferevent_getcb(watch->bev, NULL, NULL, &on_event, &argument);
    bufferevent_setcb(watch->bev, NULL, NULL, on_event, argument);
    bufferevent_disable(watch->bev, EV_READ);
    evbuffer_drain(input, evbuffer_get_length(input));
    write_refusal(watch, refusal, detail);
    bufferevent_enable(watch->bev, EV_WRITE);
}

static void time_out(struct watch *watch)
{
    cut_off(watch, REFUSAL_TIMEOUT, "the request did not arrive in time; send it again");
}

/* -- requests come and go -- */

void watch_answering(struct watch *watch, struct evhttp_connection *connection)
{
    enter(watch, WATCH_ANSWERING);
    evhttp_connection_set_closecb(connection, on_close, watch);
    atomic_fetch_add_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
}

void watch_heard(struct watch *watch, int64_t at_us)
{
    if (watch->fd < 0)
        register_fd(watch);
    watch->state = WATCH_ANSWERING;
    watch->since_ms = at_us / 1000;
    atomic_fetch_add_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
}

void watch_progress(struct watch *watch)
{
    watch->since_ms = now_ms();
}

void watch_done(struct watch *watch)
{
    atomic_fetch_sub_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
    enter(watch, WATCH_IDLE);
    if (watch->worker->draining)
        ask_todo(watch);
}

void watch_answered(struct watch *watch)
{
    size_t unread = evbuffer_get_length(bufferevent_get_input(watch->bev));
    atomic_fetch_sub_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
    enter(watch, unread > 0 ? WATCH_READING : WATCH_IDLE);
    watch->received = unread;
    wire_begin(&watch->wire);
    if (unread > 0)
        read_along(watch, unread);
    bool may_be_taken = watch->front.state == FRONT_AWAY && watch->worker->shared->tls == NULL;
    if (watch->worker->draining || may_be_taken)
        ask_todo(watch);
}

void watch_break(struct watch *watch)
{
    watch->broken = true;
    ask_todo(watch);
}

/* A new connection, once its socket is known. False after closing it. */
static bool let_in(struct watch *watch)
{
    struct sockaddr_storage peer = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof peer;
    watch->counted = true;
    if (getpeername(bufferevent_getfd(watch->bev), (struct sockaddr *)&peer, &length) == 0)
        watch->place = crowd_enter(watch->worker->shared->crowd, (struct sockaddr *)&peer, length);
    if (watch->place.room == CROWD_SHUT)
        watch_hang_up(watch);
    return watch->place.room != CROWD_SHUT;
}

static void do_todo(struct watch *watch)
{
    if (watch->state == WATCH_LINGERING)
        return;
    if (!watch->counted && watch->worker->shared->crowd != NULL && !let_in(watch))
        return;
    if (watch->state == WATCH_GONE || evhttp_let_go(watch)) {
        if (watch->state == WATCH_ANSWERING)
            atomic_fetch_sub_explicit(&watch->worker->counters.in_flight, 1, memory_order_relaxed);
        end(watch);
    } else if (watch->broken) {
        watch_hang_up(watch);
    } else if (watch->mend != 0) {
        mend(watch);
    } else if (watch->place.room == CROWD_FULL && watch->state == WATCH_READING) {
        cut_off(watch, REFUSAL_TOO_MANY, crowd_words(watch->worker->shared->crowd));
    } else if (watch->wire.fault != NULL && watch->state == WATCH_READING) {
        cut_off(watch, REFUSAL_INVALID, watch->wire.fault);
    } else if (watch->linger && evbuffer_get_length(bufferevent_get_output(watch->bev)) == 0) {
        /* The refusal is out, and evhttp would go on: it does after CONNECT. */
        watch_hang_up(watch);
    } else if (watch->worker->draining && watch->state == WATCH_IDLE) {
        watch_hang_up(watch);
    } else if (watch->state == WATCH_IDLE && watch->place.room == CROWD_ROOM) {
        front_take(watch);
    }
}

void watch_todo(evutil_socket_t fd, short what, void *argument)
{
    struct worker *worker = argument;
    (void)fd;
    (void)what;
    while (worker->todo != NULL) {
        struct watch *watch = worker->todo;
        worker->todo = watch->next_todo;
        watch->on_todo = false;
        do_todo(watch);
    }
}

/* How long a connection may say nothing. Until its first byte it is in a handshake, or wants
 * nothing; one for which there is no room waits for that byte only to be told. */
static int patience_ms(const struct watch *watch)
{
    const struct limits *limits = &watch->worker->shared->limits;
    if (watch->place.room != CROWD_ROOM)
        return LINGER_MS;
    return watch->fd < 0 && limits->request_ms < limits->idle_ms ? limits->request_ms
                                                                 : limits->idle_ms;
}

static void sweep_one(struct watch *watch, int64_t now)
{
    const struct limits *limits = &watch->worker->shared->limits;
    int64_t age = now - watch->since_ms;
    /* Of a connection that has not had a request nobody tells us the end. */
    if (watch->state <= WATCH_READING && evhttp_let_go(watch)) {
        ask_todo(watch);
        return;
    }
    switch (watch->state) {
    case WATCH_IDLE:
        if (age > patience_ms(watch))
            watch_hang_up(watch);
        break;
    case WATCH_READING:
        if (age > limits->request_ms)
            time_out(watch);
        break;
    case WATCH_ANSWERING:
        if (watch->streaming != NULL &&
            evbuffer_get_length(bufferevent_get_output(watch->bev)) == 0)
            watch->since_ms = now; /* it is the stream that has nothing to say */
        else if (age > limits->stall_ms)
            watch_hang_up(watch);
        break;
    case WATCH_LINGERING:
        if (age > LINGER_MS)
            lingered(watch->bev, 0, watch);
        break;
    case WATCH_GONE:
        break;
    }
}

/* Nothing is freed while the list is walked: what ends is put on the todo list. */
void watch_sweep(struct worker *worker, int64_t now)
{
    for (struct watch *watch = worker->watches; watch != NULL; watch = watch->next)
        sweep_one(watch, now);
}

void watch_close_idle(struct worker *worker)
{
    for (struct watch *watch = worker->watches; watch != NULL; watch = watch->next)
        if (watch->state == WATCH_IDLE)
            watch_hang_up(watch);
}

void watch_free_all(struct worker *worker)
{
    worker->todo = NULL;
    while (worker->watches != NULL)
        release(worker->watches);
    free(worker->by_fd);
}
