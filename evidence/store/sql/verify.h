/* The parts of store_verify. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_VERIFY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_VERIFY_H

#include "evidence/base/hash.h"
#include "evidence/model/base.h"
#include "evidence/store/sql/statement.h"

/* That the base as it was read still gives the hashes stored with it, record by record, and these
 * the stamp. */
MUST_USE bool verify_base(struct store *store, const struct base *base, struct error *err);

/* That every record of a source is as it was stored, belongs to a publication and is found by what
 * stands in it; that every publication has records and, where it should be, words. */
MUST_USE bool verify_intake(struct store *store, struct error *err);

/* That what was is still kept as it was: former contents, editions, the base of each of them along
 * the audit log, and where today's records come from. */
MUST_USE bool verify_history(struct store *store, struct error *err);

/* That decisions, merges and the feed of changes are what the audit log says they were. */
MUST_USE bool verify_told(struct store *store, struct error *err);

/* The hash of the feed's lines between two keys, by which the audit log knows them. */
MUST_USE bool changes_hash(struct store *store, int64_t first, int64_t last, char out[HASH_SIZE],
                           struct error *err);

/* Whether it is a public copy, which holds no intake. */
MUST_USE bool is_published(struct store *store, bool *out, struct error *err);

/* A statement that gives a number for what should not be there at all, and what that is. */
MUST_USE bool verify_none(struct store *store, enum statement statement, const char *what,
                          struct error *err);

#endif
