/* One request and its reply, between evhttp and respond(). */
#ifndef TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H
#define TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H

#include "service/http/worker_inside.h"

struct exchange;
struct plain;

/* For evhttp_set_gencb: answers a request that has come in whole. `worker` is the argument. */
void exchange_handle(struct evhttp_request *request, void *worker);

/*
 * The same for the front: the exchange of a plain request that came at `at_us`, answered. `bytes`
 * are those it was read from, its body with them, `remote` who is connected (NULL: by a unix
 * socket). A short one the
 * front sends itself, and frees it then; any other it leaves in watch->front.answered, for evhttp
 * to send when the same request has come in there.
 */
struct exchange *exchange_answer(struct watch *watch, const struct plain *plain, const char *bytes,
                                 const char *remote, int64_t at_us);

/* True for an answer that is there as a whole, with a connection that stays. */
bool exchange_is_short(const struct exchange *exchange);

/* Logs and counts it, appends its head and gives the reply, which lives as long as the exchange. */
const struct reply *exchange_begin_reply(struct exchange *exchange, struct buffer *head);

void exchange_free(struct exchange *exchange);

/* The client of a stream, or of an answer that is made apart, has gone. */
void exchange_abandon(struct exchange *exchange);

/* Puts an exchange before others of its kind; gives it. */
struct exchange *exchange_chain(struct exchange *exchange, struct exchange *others);

/* Sends what was answered apart, of all exchanges in the chain (NULL: none), on their worker. */
void exchange_go_on(struct exchange *chain);

#endif
