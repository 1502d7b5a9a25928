/* What a person types, as the statements that search take it. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_SEARCH_QUERY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_SEARCH_QUERY_H

#include "evidence/store/sql/statement.h"

/* Nothing but spaces: asks for all. */
bool search_query_is_blank(const char *text);

/* Binds both forms, one after the other. */
void search_query_bind(struct binder *binder, const struct search_query *query);

/* The same by whole words alone; what it points to is the query's. */
struct search_query search_query_whole(const struct search_query *query);

void search_query_release(struct search_query *query);

#endif
