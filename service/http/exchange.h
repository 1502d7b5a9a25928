/* One request and its reply, between evhttp and respond(). */
#ifndef TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H
#define TOUCHSTONE_SERVICE_HTTP_EXCHANGE_H

#include "service/http/worker_inside.h"

struct exchange;

/* For evhttp_set_gencb: answers a request that has come in whole. `worker` is the argument. */
void exchange_handle(struct evhttp_request *request, void *worker);

/* The client of a stream has gone: ends and frees it. */
void exchange_abandon(struct exchange *exchange);

#endif
