/*
 * Who may do what over HTTP: the gate before the routes that ask for a token, and signing in on the
 * page. Every request looks into the store, so a token that was revoked there lets nobody in from
 * the next request on.
 *
 * A token comes as Authorization: Bearer, or by the cookie of a session that was opened with it. A
 * write made by cookie must come from a page of ours (Sec-Fetch-Site, Origin) and bring the
 * session's own text (credential->csrf), which no other site can know.
 */
#ifndef TOUCHSTONE_SERVICE_API_AUTH_H
#define TOUCHSTONE_SERVICE_API_AUTH_H

#include "service/http/credential.h"
#include "service/http/respond.h"

enum {
    REQUESTS_A_MINUTE = 1200, /* of one token, unless told otherwise */
    SESSION_SECONDS = 12 * 60 * 60
};

/* What is remembered between requests: who asked too often, which tokens were used. */
struct auth;

/* `db` is borrowed. Never NULL. */
struct auth *auth_new(const char *db);
void auth_free(struct auth *auth); /* NULL is allowed */

/* How many requests a minute a token may make, at least 1. Before the first request. */
void auth_set_rate(struct auth *auth, unsigned requests_a_minute);

/*
 * The gate (respond.h) of requests whose context is the application.
 *
 * 401 without a token, or with one that lets nobody in: whether it is unknown, wrong, expired or
 * revoked is not told. 403 where it lacks the route's scope, or a write made by cookie comes from
 * elsewhere. 429 with Retry-After for a token that asks too often, and, instead of 401, for an
 * address that was refused too often. A secret has 256 bits, so that limit is not what keeps it
 * from being guessed; it keeps guessing from being worth while, and whoever shares an address with
 * one who guesses (a proxy, a hospital) is let in with a good token all the same.
 */
gate auth_gate;

/*
 * Opens a session with the token `text` and sets its cookie. False after refusing or filling `err`;
 * `*in` is false, and nothing is refused, where the token lets nobody in. Waits for the disk.
 */
MUST_USE bool auth_sign_in(const struct request *request, const char *text, struct answer *answer,
                           bool *in, struct error *err);

/* Ends the session of the request's cookie, if there is one, and takes the cookie back. */
MUST_USE bool auth_sign_out(const struct request *request, struct answer *answer,
                            struct error *err);

#endif
