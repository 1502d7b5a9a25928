/*
 * Who asks, and the parts of a request that tell it: the Authorization header, cookies, and from
 * where a browser sends it. Nothing here knows which credentials are good; the gate does
 * (respond.h).
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_CREDENTIAL_H
#define TOUCHSTONE_SERVICE_HTTP_CREDENTIAL_H

#include "evidence/model/permission.h"
#include "service/http/request.h"

/* Somebody known, as handlers see them in request->credential. Lives in the request's arena. */
struct credential {
    const char *token_id; /* the public part of their token */
    const char *name;     /* the token's: the actor of what they write */
    unsigned scopes;      /* bits of enum permission */
    bool by_cookie;       /* signed in on the page; else by Authorization */
    const char *csrf;     /* what their pages send back with every write (CSRF_FIELD); NULL unless
                             by_cookie */
};

/* Where a write made by cookie has to bring credential->csrf: in a field of its form, or here. */
#define CSRF_FIELD  "csrf"
#define CSRF_HEADER "X-CSRF-Token"

/* How many Authorization headers there are, of whatever kind. */
size_t request_authorizations(const struct request *request);

/* The value of the cookie of that name (its case counts); NULL if there is none, or if there are
 * several: somebody else may have set one of them. In the arena. */
const char *request_cookie(const struct request *request, const char *name);

/*
 * True if a browser says that another site's page makes it send this: by Sec-Fetch-Site where it
 * has that, else by Origin. One that says neither, and what is no browser, is taken for our own,
 * so this alone allows nothing.
 */
bool request_is_foreign(const struct request *request);

/* What CSRF_HEADER, else the CSRF_FIELD of a form (application/x-www-form-urlencoded) says; NULL if
 * neither does. */
const char *request_csrf(const struct request *request);

/* True if a query, as sent (NULL: none), has a parameter called token or access_token, or anything
 * of a token's form, percent-encoded or not. */
bool query_holds_token(const char *raw_query, struct arena *arena);

/* Quick: false if the text cannot hold a token. */
bool may_hold_token(const char *text);

/* The text with "ts_…" for whatever has the form of a token, for what is logged. The caller frees
 * it. */
char *blot_tokens(const char *text);

#endif
