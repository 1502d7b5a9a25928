/*
 * The store's door for answers to requests that may come twice (Idempotency-Key): the answer is
 * kept in the transaction of what it tells of, so that a request that comes again is answered and
 * not done again. Kept for REMEMBERED_SECONDS.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_REMEMBERED_H
#define TOUCHSTONE_EVIDENCE_STORE_REMEMBERED_H

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

enum { REMEMBERED_SECONDS = 24 * 60 * 60 };

/* The request: whose, under which key, and the hash of all that was asked. */
struct remembered_request {
    const char *actor;
    const char *key;
    char hash[HASH_SIZE];
};

/* What was answered. */
struct remembered_answer {
    int status;
    const char *headers; /* what is needed of them, as the caller writes them; "" for none */
    const char *body;
    size_t length;
    time_t at;
};

/* What was answered to this request, in `arena`; `*found` is false where it did not come before (or
 * that is forgotten by now). ERROR_CONFLICT where another request came under the same key. */
MUST_USE bool store_remembered(struct store *store, const struct remembered_request *request,
                               time_t now, struct arena *arena, struct remembered_answer *out,
                               bool *found, struct error *err);

/* Keeps an answer, and forgets those that are kept no longer. Takes part in the caller's
 * transaction. ERROR_CONFLICT where there is one under the key already: another came first. */
MUST_USE bool store_remember(struct store *store, const struct remembered_request *request,
                             const struct remembered_answer *answer, time_t now, struct error *err);

#endif
