/* One request and its reply, between evhttp and respond(). */
#ifndef TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H
#define TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H

#include "service/http/worker_inside.h"

struct exchange;

/* For evhttp_set_gencb: answers a request that has come in whole. `worker` is the argument. */
void exchange_handle(struct evhttp_request *request, void *worker);

/* The client of a stream, or of an answer that is made apart, has gone. */
void exchange_abandon(struct exchange *exchange);

/* Puts an exchange before others of its kind; gives it. */
struct exchange *exchange_chain(struct exchange *exchange, struct exchange *others);

/* Sends what was answered apart, of all exchanges in the chain (NULL: none), on their worker. */
void exchange_go_on(struct exchange *chain);

#endif
