/* What a person types, as FTS5 takes it. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_SEARCH_QUERY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_SEARCH_QUERY_H

#include "evidence/base/buffer.h"
#include "evidence/store/sqlite/statement.h"

/*
 * Words are cut by the index's own tokenizer, so that they hold nothing but letters and digits and
 * agree with the index about what a word is. Zero-initialise; release after use.
 */
struct search_query {
    struct buffer whole; /* "neck" AND "knots" */
    struct buffer begun; /* "neck" AND "knots"* */
    size_t words;        /* 0: nothing can be found */
};

MUST_USE bool search_query_cut(struct store *store, const char *text, struct search_query *query,
                               struct error *err);
void search_query_release(struct search_query *query);

/* Nothing but spaces: asks for all. */
bool search_query_is_blank(const char *text);

/* Binds both forms, one after the other. */
void search_query_bind(struct binder *binder, const struct search_query *query);

#endif
