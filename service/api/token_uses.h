/*
 * When tokens were last used, kept without a write for every request: at most one a minute and
 * token, on a thread of its own, so that no request ever waits for it. What was not written yet
 * when the process dies is lost.
 */
#ifndef TOUCHSTONE_SERVICE_API_TOKEN_USES_H
#define TOUCHSTONE_SERVICE_API_TOKEN_USES_H

#include <time.h>

struct token_uses;

/* `db` is borrowed. The thread starts with the first use. Never NULL. */
struct token_uses *token_uses_new(const char *db);

/* Writes what was not written yet, and frees. NULL is allowed. */
void token_uses_free(struct token_uses *uses);

/* From any thread. */
void token_uses_note(struct token_uses *uses, const char *token_id, time_t now);

#endif
