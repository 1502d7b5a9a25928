#include "service/http/front.h"

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "evidence/base/buffer.h"
#include "service/http/exchange.h"
#include "service/http/plain.h"
#include "service/http/sendable.h"
#include "service/http/watch.h"

enum { READ_BYTES = 16 * 1024 }; /* at once: many requests, where a client sends them so */

/* Who has sent many gets no further answers here after that time: evhttp gives one in a turn of the
 * loop, and others have theirs between. */
enum { TURN_US = 1000 };

static bool may_come_later(int reason)
{
    return reason == EAGAIN || reason == EWOULDBLOCK || reason == EINTR;
}

/* As evhttp tells it. */
static const char *remote_of(struct watch *watch)
{
    struct front *front = &watch->front;
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (front->remote[0] == '\0' &&
        (getpeername(front->fd, (struct sockaddr *)&address, &length) != 0 ||
         getnameinfo((struct sockaddr *)&address, length, front->remote, sizeof front->remote, NULL,
                     0, NI_NUMERICHOST) != 0))
        front->remote[0] = '\0';
    return front->remote;
}

/* -- to evhttp -- */

/* Bytes that came are put where evhttp's own reading would have put them. */
static void put_unread(struct watch *watch, const char *bytes, size_t length)
{
    struct evbuffer *input = bufferevent_get_input(watch->bev);
    evbuffer_unfreeze(input, 0);
    evbuffer_add(input, bytes, length);
    evbuffer_freeze(input, 0);
}

static void hand_over(struct watch *watch)
{
    watch->front.state = FRONT_AWAY;
    event_del(watch->front.readable);
    bufferevent_enable(watch->bev, EV_READ);
    bufferevent_trigger(watch->bev, EV_READ, 0);
}

static void give_up(struct watch *watch)
{
    watch->front.state = FRONT_OVER;
    event_del(watch->front.readable);
    watch_hang_up(watch);
}

/* -- sending -- */

static void body_sent(const void *bytes, size_t length, void *exchange)
{
    (void)bytes;
    (void)length;
    exchange_free(exchange);
}

static void go_on(evutil_socket_t fd, short what, void *argument)
{
    struct watch *watch = argument;
    struct front *front = &watch->front;
    (void)what;
    int sent = evbuffer_write(front->unsent, fd);
    if (sent < 0 && !may_come_later(errno)) {
        give_up(watch);
        return;
    }
    if (sent > 0)
        watch_progress(watch);
    if (evbuffer_get_length(front->unsent) > 0) {
        event_add(front->writable, NULL);
        return;
    }
    evbuffer_free(front->unsent);
    front->unsent = NULL;
    watch_answered(watch);
    front->state = FRONT_READING;
    if (evbuffer_get_length(bufferevent_get_input(watch->bev)) > 0)
        hand_over(watch);
    else
        event_add(front->readable, NULL);
}

/* The socket took only the first `sent` bytes: nothing more is read until it has taken the rest,
 * which may be the catalog's and keeps the exchange. */
static void send_later(struct watch *watch, struct exchange *exchange, const struct iovec pieces[2],
                       size_t sent)
{
    struct front *front = &watch->front;
    size_t of_head = sent < pieces[0].iov_len ? sent : pieces[0].iov_len;
    size_t of_body = sent - of_head;
    const char *body = pieces[1].iov_base;
    front->unsent = evbuffer_new();
    if (front->writable == NULL)
        front->writable = event_new(watch->worker->base, front->fd, EV_WRITE, go_on, watch);
    if (front->unsent == NULL || front->writable == NULL ||
        evbuffer_add(front->unsent, (const char *)pieces[0].iov_base + of_head,
                     pieces[0].iov_len - of_head) != 0) {
        exchange_free(exchange);
        give_up(watch);
        return;
    }
    if (pieces[1].iov_len == of_body ||
        evbuffer_add_reference(front->unsent, body + of_body, pieces[1].iov_len - of_body,
                               body_sent, exchange) != 0)
        exchange_free(exchange);
    front->state = FRONT_SENDING;
    event_del(front->readable);
    event_add(front->writable, NULL);
}

static void send_now(struct watch *watch, struct exchange *exchange)
{
    struct buffer *head = &watch->worker->head;
    buffer_clear(head);
    const struct reply *reply = exchange_begin_reply(exchange, head);
    struct iovec pieces[2] = {{head->bytes, head->length},
                              {(void *)reply->body, reply->body_length}};
    ssize_t sent = reply->sendable != NULL && reply->body_length > 0
                       ? sendable_send(reply->sendable, watch->front.fd, &pieces[0], &pieces[1])
                       : writev(watch->front.fd, pieces, reply->body_length > 0 ? 2 : 1);
    if (sent == (ssize_t)(head->length + reply->body_length)) {
        exchange_free(exchange);
        watch_done(watch);
    } else if (sent >= 0 || may_come_later(errno)) {
        send_later(watch, exchange, pieces, sent < 0 ? 0 : (size_t)sent);
    } else {
        exchange_free(exchange);
        give_up(watch);
    }
}

/* -- reading -- */

/* Reads the head of a request that is for the front, whose body may still lack. */
static bool read_head(const struct watch *watch, const char *bytes, size_t length,
                      struct plain *out)
{
    return plain_read(bytes, length, out) &&
           out->body_length <= watch->worker->shared->limits.body_bytes;
}

/* Answers the request that the bytes begin with and gives its length; 0 where it is evhttp's, or
 * not all there. It came at `at_us`. */
static size_t answer_first(struct watch *watch, const char *bytes, size_t length, int64_t at_us)
{
    struct plain plain;
    if (!read_head(watch, bytes, length, &plain) || plain_length(&plain) > length)
        return 0;
    const char *remote = watch->worker->shared->by_unix ? NULL : remote_of(watch);
    watch_heard(watch, at_us);
    struct exchange *exchange = exchange_answer(watch, &plain, bytes, remote, at_us);
    if (exchange_is_short(exchange)) {
        send_now(watch, exchange);
        return plain_length(&plain);
    }
    watch_done(watch);
    watch->front.answered = exchange;
    return 0;
}

/* Answers what stands before others in the bytes, and gives how many of them that took. */
static size_t answer_all(struct watch *watch, const char *bytes, size_t length)
{
    const struct front *front = &watch->front;
    int64_t at_us = now_us();
    int64_t until_us = at_us + TURN_US;
    size_t taken = 0;
    while (front->state == FRONT_READING && !watch->worker->draining) {
        size_t one = answer_first(watch, bytes + taken, length - taken, at_us);
        taken += one;
        if (one == 0 || taken == length || (at_us = now_us()) > until_us)
            break;
    }
    return taken;
}

/* Reads the rest of a body that takes more than one reading, as far as it has come: false where it
 * lacks some still, or nothing of a body is lacking. Why, evhttp finds out. */
static bool read_rest(struct watch *watch, struct buffer *bytes)
{
    struct plain plain;
    size_t length = bytes->length;
    if (!read_head(watch, bytes->bytes, length, &plain) || plain_length(&plain) <= length)
        return false;
    size_t lacking = plain_length(&plain) - length;
    char *rest = buffer_extend(bytes, lacking);
    ssize_t got = 0;
    for (; lacking > 0 && (got = recv(watch->front.fd, rest, lacking, 0)) > 0; rest += got)
        lacking -= (size_t)got;
    bytes->length -= lacking;
    return lacking == 0;
}

/* What was not answered: the rest of a long request is read, or all of it is for evhttp. */
static void answer_rest(struct watch *watch, const char *bytes, size_t length)
{
    const struct front *front = &watch->front;
    struct buffer held = {0};
    size_t taken = 0;
    buffer_append(&held, bytes, length);
    if (front->state == FRONT_READING && read_rest(watch, &held))
        taken = answer_all(watch, held.bytes, held.length);
    if (taken < held.length && front->state != FRONT_OVER) {
        put_unread(watch, held.bytes + taken, held.length - taken);
        if (front->state == FRONT_READING)
            hand_over(watch);
    }
    buffer_release(&held);
}

static void read_some(evutil_socket_t fd, short what, void *argument)
{
    struct watch *watch = argument;
    char bytes[READ_BYTES];
    (void)what;
    ssize_t length = recv(fd, bytes, sizeof bytes, 0);
    if (length <= 0) {
        if (length == 0 || !may_come_later(errno))
            give_up(watch);
        return;
    }
    size_t taken = answer_all(watch, bytes, (size_t)length);
    if (taken < (size_t)length && watch->front.state != FRONT_OVER)
        answer_rest(watch, bytes + taken, (size_t)length - taken);
}

void front_take(struct watch *watch)
{
    struct front *front = &watch->front;
    if (front->state != FRONT_AWAY || watch->worker->shared->tls != NULL ||
        evbuffer_get_length(bufferevent_get_input(watch->bev)) > 0)
        return;
    front->fd = bufferevent_getfd(watch->bev);
    if (front->readable == NULL)
        front->readable =
            event_new(watch->worker->base, front->fd, EV_READ | EV_PERSIST, read_some, watch);
    if (front->readable == NULL || event_add(front->readable, NULL) != 0)
        return;
    front->state = FRONT_READING;
    bufferevent_disable(watch->bev, EV_READ);
}

void front_release(struct watch *watch)
{
    struct front *front = &watch->front;
    if (front->readable != NULL)
        event_free(front->readable);
    if (front->writable != NULL)
        event_free(front->writable);
    if (front->unsent != NULL)
        evbuffer_free(front->unsent);
    if (front->answered != NULL)
        exchange_free(front->answered);
}
