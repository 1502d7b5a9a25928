/*
 * The store's door for who may write: tokens, and the sessions that are opened with them.
 *
 * A token is the text ts_<id>_<secret>. Its id is public and tells tokens apart in lists and in the
 * audit log; of its secret only a hash is kept, so a token that was lost cannot be had again.
 * Neither tokens nor sessions are part of the public copy (store_publish); a backup has both.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_CREDENTIALS_H
#define TOUCHSTONE_EVIDENCE_STORE_CREDENTIALS_H

#include "evidence/base/secret.h"
#include "evidence/model/permission.h"
#include "evidence/store/store.h"

enum {
    TOKEN_ID_SIZE = 13,                                        /* 12 hex digits and a NUL */
    TOKEN_TEXT_SIZE = 3 + TOKEN_ID_SIZE - 1 + SECRET_SIZE + 1, /* with "ts_", '_' and a NUL */
    TOKEN_NAME_MOST = 80,                                      /* bytes of a name */
    SESSIONS_MOST = 20 /* of one token; the oldest is ended */
};

struct token {
    const char *id;   /* NULL: there is none */
    const char *name; /* whose it is: the actor in the audit log */
    unsigned scopes;  /* bits of enum permission */
    time_t created;
    time_t expires;   /* lets nobody in from then on; 0: never expires */
    time_t revoked;   /* 0: it is not */
    time_t last_used; /* about: a crash may lose the last minutes; 0: never seen */
};

/*
 * Makes a token of wanted->name, scopes and expires, and gives its text, which is nowhere else from
 * then on, and its id. One row in the audit log, by `actor`.
 *
 * ERROR_INVALID for a name that is empty, longer than TOKEN_NAME_MOST, not plain text, one that the
 * audit log uses for the program itself ("build", "import", "command"), or that a token has which
 * is not revoked; for no scope; for an `expires` that is not after `now`.
 */
MUST_USE bool store_add_token(struct store *store, const struct token *wanted, const char *actor,
                              time_t now, char text[TOKEN_TEXT_SIZE], char id[TOKEN_ID_SIZE],
                              struct error *err);

/* All there ever were, the oldest first; strings live in `arena`. */
MUST_USE bool store_tokens(struct store *store, struct arena *arena, struct token **out,
                           size_t *count, struct error *err);

/* Ends the token and its sessions, with a row in the audit log. ERROR_NOT_FOUND if there is no such
 * id; one that is revoked already stays as it is, and is no error. */
MUST_USE bool store_revoke_token(struct store *store, const char *id, const char *actor, time_t now,
                                 struct error *err);

/*
 * The token whose text this is, if it lets somebody in `now`. Else out->id is NULL: `text` has not
 * the form, its id is unknown, its secret wrong, it has expired or is revoked; which of these is
 * told nowhere, and an unknown id takes the same work as a wrong secret.
 */
MUST_USE bool store_check_token(struct store *store, const char *text, time_t now,
                                struct arena *arena, struct token *out, struct error *err);

/* Keeps that tokens were used at `last_used`, unless a later use is known. No audit row: it changes
 * nothing of what a token may do. */
MUST_USE bool store_note_uses(struct store *store, const struct token *uses, size_t count,
                              struct error *err);

/*
 * Opens a session with the token of that id until `expires`, and gives its secret, of which a hash
 * is kept. Sessions that have expired go, and so does the token's oldest beyond SESSIONS_MOST.
 * ERROR_NOT_FOUND if there is no such token.
 */
MUST_USE bool store_open_session(struct store *store, const char *token, time_t now, time_t expires,
                                 char secret[SECRET_SIZE], struct error *err);

/* The token with which a session was opened, if both still let somebody in; else out->id is NULL,
 * as in store_check_token. */
MUST_USE bool store_check_session(struct store *store, const char *secret, time_t now,
                                  struct arena *arena, struct token *out, struct error *err);

/* Ends the session; one that is not there is no error. */
MUST_USE bool store_close_session(struct store *store, const char *secret, struct error *err);

#endif
