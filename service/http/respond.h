/*
 * From a request to its reply, without a socket: route, handler, refusal, conditions, compression,
 * the headers that every reply has. The server calls it; so can a test.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_RESPOND_H
#define TOUCHSTONE_SERVICE_HTTP_RESPOND_H

#include "service/http/reply.h"
#include "service/http/route.h"

/*
 * Writes a refusal in the form that its reader expects: a page for people, another world's own
 * error. `route` is NULL where the path or the method is not known. Returns false to leave it to
 * problem+json. The content type and the headers of `answer` count, its status does not.
 */
typedef bool refusal_form(const struct request *request, const struct route *route,
                          const struct refused *refused, struct answer *answer);

/*
 * Finds out who asks, for a route with ROUTE_WHO, and whether they may. Returns true with
 * request->credential set (NULL: nobody known, where the route demands nothing), or false as a
 * handler does. It may read the store, but waits for no writer.
 */
typedef bool gate(struct request *request, const struct route *route, struct answer *answer,
                  struct error *err);

/* In every reply while request->stale_since is set: that time, as HTTP writes dates. */
#define STALE_HEADER "Touchstone-Stale-Since"

struct responder {
    const struct routes *routes;
    gate *gate;         /* NULL: nobody is known, and routes that demand something are refused */
    refusal_form *form; /* NULL: refusals are always problem+json */
};

/* True for routes with ROUTE_PAGE, and for unknown paths where the client prefers text/html. */
bool request_prefers_page(const struct request *request, const struct route *route);

/*
 * Fills `reply` for the request, always. `request` has method, path, raw_query, headers, body,
 * arena, problems, catalog, now and context set; parts and query are filled in here. Where
 * reply->apart is set afterwards, nothing else is: call it again, with request->apart, on a thread
 * that may wait.
 */
void respond(const struct responder *responder, struct request *request, struct reply *reply);

/* The reply to a request that is refused before it is looked at. */
void respond_refusal(const struct responder *responder, struct request *request,
                     enum refusal refusal, const char *detail, struct reply *reply);

#endif
