/* What tokens and sessions share: a token as it stands in a row. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_TOKEN_ROW_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_TOKEN_ROW_H

#include "evidence/store/credentials.h"
#include "evidence/store/sql/statement.h"

/* Takes id, name, scopes, created, expires, revoked and last_used from the row, in this order, into
 * a struct token. */
void take_token(struct cursor *cursor, void *item);

/* Neither revoked nor expired. */
bool token_is_good(const struct token *token, time_t now);

#endif
