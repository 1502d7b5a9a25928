#include "service/api/auth.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/store/credentials.h"
#include "service/api/application.h"
#include "service/api/token_uses.h"
#include "service/http/limiter.h"

static const struct rate refusals = {.at_once = 20, .many = 10, .seconds = 60};

struct auth {
    const char *db;
    struct limiter *refusals; /* by address */
    struct limiter *requests; /* by token */
    struct token_uses *uses;
};

static struct rate a_minute(unsigned requests)
{
    return (struct rate){.at_once = requests, .many = requests, .seconds = 60};
}

struct auth *auth_new(const char *db)
{
    struct auth *auth = memory_alloc(sizeof *auth);
    *auth = (struct auth){.db = db,
                          .refusals = limiter_new(refusals, RATE_NONE),
                          .requests = limiter_new(a_minute(REQUESTS_A_MINUTE), RATE_NONE),
                          .uses = token_uses_new(db)};
    return auth;
}

void auth_free(struct auth *auth)
{
    if (auth == NULL)
        return;
    token_uses_free(auth->uses);
    limiter_free(auth->requests);
    limiter_free(auth->refusals);
    free(auth);
}

void auth_set_rate(struct auth *auth, unsigned requests_a_minute)
{
    limiter_free(auth->requests);
    auth->requests = limiter_new(a_minute(requests_a_minute), RATE_NONE);
}

static struct auth *auth_of(const struct request *request)
{
    return application_auth(request->context);
}

/* ---- refusals ---- */

static bool refuse_too_many(const struct request *request, struct answer *answer, unsigned seconds,
                            const char *what)
{
    answer_header(answer, "Retry-After", arena_printf(request->arena, "%u", seconds));
    return answer_refuse(request, answer, REFUSAL_TOO_MANY, "%s; ask again in %u second%s", what,
                         seconds, seconds == 1 ? "" : "s");
}

/* Counts a refusal of this address; false after refusing it for good. */
static bool count_refusal(const struct request *request, struct answer *answer)
{
    const char *address = limiter_address(request->remote, request->arena);
    unsigned wait = limiter_take(auth_of(request)->refusals, address, (int64_t)request->now * 1000);
    return wait == 0 ||
           refuse_too_many(request, answer, wait, "too many tokens from here were refused");
}

static bool refuse_unknown(const struct request *request, struct answer *answer)
{
    if (!count_refusal(request, answer))
        return false;
    answer_header(answer, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return answer_refuse(request, answer, REFUSAL_UNAUTHORIZED,
                         "this token lets nobody in; ask an operator for another");
}

static bool refuse_nobody(const struct request *request, struct answer *answer)
{
    answer_header(answer, "WWW-Authenticate", "Bearer");
    return answer_refuse(request, answer, REFUSAL_UNAUTHORIZED,
                         "send a token, Authorization: Bearer …, or sign in at /curate; an "
                         "operator makes one with touchstone token add");
}

static bool refuse_scope(const struct request *request, struct answer *answer, unsigned needed)
{
    const char *scopes = permissions_text(needed, request->arena);
    answer_header(
        answer, "WWW-Authenticate",
        arena_printf(request->arena, "Bearer error=\"insufficient_scope\", scope=\"%s\"", scopes));
    return answer_refuse(request, answer, REFUSAL_FORBIDDEN,
                         "this needs a token with the scope %s, which yours has not", scopes);
}

/* ---- who it is ---- */

/* `__Host-` makes browsers refuse a cookie of this name that another host, or plain HTTP, sets. */
static const char *cookie_name(const struct request *request)
{
    bool secure = request->origin != NULL && strncmp(request->origin, "https://", 8) == 0;
    return secure ? "__Host-touchstone" : "touchstone";
}

static const struct credential *credential_of(const struct request *request,
                                              const struct token *token, const char *session)
{
    struct credential *credential = arena_alloc(request->arena, sizeof *credential);
    *credential = (struct credential){.token_id = token->id,
                                      .name = token->name,
                                      .scopes = token->scopes,
                                      .by_cookie = session != NULL};
    if (session != NULL) {
        char *csrf = arena_alloc(request->arena, SECRET_SIZE);
        secret_derive(session, "touchstone csrf", csrf);
        credential->csrf = csrf;
    }
    return credential;
}

typedef bool checking(struct store *store, const char *secret, time_t now, struct arena *arena,
                      struct token *out, struct error *err);

static bool look_up(const struct request *request, const char *secret, checking *check,
                    struct token *out, struct error *err)
{
    struct lent_store lent;
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = check(lent.store, secret, request->now, request->arena, out, err);
    application_return_store(request->context, &lent);
    return good;
}

static bool by_token(struct request *request, struct answer *answer, struct error *err)
{
    struct token token = {0};
    const char *text = request_bearer(request);
    bool one = request_authorizations(request) == 1;
    if (one && text != NULL && !look_up(request, text, store_check_token, &token, err))
        return false;
    if (token.id == NULL)
        return refuse_unknown(request, answer);
    request->credential = credential_of(request, &token, NULL);
    return true;
}

/* Another site's page may link to ours, and does no more with our cookie. */
static bool is_ours_or_a_link(const struct request *request)
{
    const char *mode = request_header(request, "Sec-Fetch-Mode");
    bool link = request->method == METHOD_GET && mode != NULL && strcasecmp(mode, "navigate") == 0;
    return link || !request_is_foreign(request);
}

static bool check_write(const struct request *request, struct answer *answer)
{
    const char *csrf = request_csrf(request);
    if (request->method == METHOD_GET)
        return true;
    return (csrf != NULL && secret_same(csrf, request->credential->csrf)) ||
           answer_refuse(request, answer, REFUSAL_FORBIDDEN,
                         "what was sent is not of a page of this session; load the page again and "
                         "repeat it");
}

static bool by_session(struct request *request, const char *session, struct answer *answer,
                       struct error *err)
{
    struct token token;
    if (!is_ours_or_a_link(request))
        return answer_refuse(request, answer, REFUSAL_FORBIDDEN,
                             "another site's page asked for this; open it here instead");
    if (!look_up(request, session, store_check_session, &token, err))
        return false;
    if (token.id == NULL)
        return true;
    request->credential = credential_of(request, &token, session);
    return check_write(request, answer);
}

static bool find_credential(struct request *request, struct answer *answer, struct error *err)
{
    if (request_authorizations(request) > 0)
        return by_token(request, answer, err);
    const char *session = request_cookie(request, cookie_name(request));
    return session == NULL || by_session(request, session, answer, err);
}

/* ---- the gate ---- */

static bool check_rate(const struct request *request, const char *token, struct answer *answer)
{
    unsigned wait = limiter_take(auth_of(request)->requests, token, (int64_t)request->now * 1000);
    return wait == 0 || refuse_too_many(request, answer, wait, "this token asks too often");
}

bool auth_gate(struct request *request, const struct route *route, struct answer *answer,
               struct error *err)
{
    unsigned needed = route_scopes(route);
    if (!find_credential(request, answer, err))
        return false;
    const struct credential *credential = request->credential;
    if (credential == NULL)
        return needed == 0 || refuse_nobody(request, answer);
    if (!check_rate(request, credential->token_id, answer))
        return false;
    token_uses_note(auth_of(request)->uses, credential->token_id, request->now);
    return (needed & ~credential->scopes) == 0 || refuse_scope(request, answer, needed);
}

/* ---- signing in and out ---- */

static void set_cookie(const struct request *request, const char *value, long seconds,
                       struct answer *answer)
{
    const char *name = cookie_name(request);
    answer_header(answer, "Set-Cookie",
                  arena_printf(request->arena,
                               "%s=%s; Path=/; Max-Age=%ld; HttpOnly; SameSite=Strict%s", name,
                               value, seconds, name[0] == '_' ? "; Secure" : ""));
}

static struct store *open_to_write(const struct request *request, struct error *err)
{
    return application_may_ask(request->context, err)
               ? store_open(auth_of(request)->db, STORE_WRITE, err)
               : NULL;
}

/* Ends the session of the request's cookie, if there is one, in the same breath. */
static bool open_session(const struct request *request, const struct token *token, time_t expires,
                         char secret[SECRET_SIZE], struct error *err)
{
    const char *earlier = request_cookie(request, cookie_name(request));
    struct store *store = open_to_write(request, err);
    bool good = store != NULL && (earlier == NULL || store_close_session(store, earlier, err)) &&
                store_open_session(store, token->id, request->now, expires, secret, err);
    store_close(store);
    return good;
}

bool auth_sign_in(const struct request *request, const char *text, struct answer *answer, bool *in,
                  struct error *err)
{
    struct token token;
    char secret[SECRET_SIZE];
    *in = false;
    if (request_is_foreign(request))
        return answer_refuse(request, answer, REFUSAL_FORBIDDEN,
                             "another site's page sent this; sign in at /curate");
    if (!look_up(request, text, store_check_token, &token, err))
        return false;
    if (token.id == NULL)
        return count_refusal(request, answer);
    /* Counted once: where a file was looked into, that was on the loop's thread already. */
    bool counted = request->apart && store_is_file(auth_of(request)->db);
    if (!counted && !check_rate(request, token.id, answer))
        return false;
    if (answer_apart(request, answer))
        return true;
    time_t expires = request->now + SESSION_SECONDS;
    if (token.expires != 0 && token.expires < expires)
        expires = token.expires;
    if (!open_session(request, &token, expires, secret, err))
        return false;
    set_cookie(request, arena_strdup(request->arena, secret), (long)(expires - request->now),
               answer);
    token_uses_note(auth_of(request)->uses, token.id, request->now);
    *in = true;
    return true;
}

bool auth_sign_out(const struct request *request, struct answer *answer, struct error *err)
{
    const char *session = request_cookie(request, cookie_name(request));
    bool open = session != NULL && request->credential != NULL;
    if (open && answer_apart(request, answer))
        return true;
    set_cookie(request, "", 0, answer);
    if (!open)
        return true;
    struct store *store = open_to_write(request, err);
    bool good = store != NULL && store_close_session(store, session, err);
    store_close(store);
    return good;
}
