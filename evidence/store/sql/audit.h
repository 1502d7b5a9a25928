/* The audit log: a row for every change, each sealed with the hash of the row before. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_AUDIT_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_AUDIT_H

#include "evidence/base/hash.h"
#include "evidence/store/sql/statement.h"

/* The last row, to which the next is chained. */
struct audit_end {
    int64_t id; /* 0: no row yet */
    char hash[HASH_SIZE];
};

/* What a row says; texts are borrowed. */
struct audit_entry {
    int64_t at; /* seconds since 1970 UTC */
    const char *actor;
    const char *action; /* one of those in evidence/store/audit.h */
    const char *kind;
    const char *record;
    const char *before_hash; /* NULL: it was not there */
    const char *after_hash;  /* NULL: it is gone */
    const char *detail;      /* JSON; NULL: nothing more is known of it */
    int64_t undoes;          /* the row that it takes back; 0: none */
};

/* Finds the end of the log. */
MUST_USE bool audit_find_end(struct store *store, struct audit_end *out, struct error *err);

/* Adds a row after `end` and moves `end` to it. Part of the caller's transaction. */
MUST_USE bool audit_add(struct store *store, struct audit_end *end, const struct audit_entry *entry,
                        struct error *err);

/* The same in two steps, for many rows: each is added, and what is written down of the end (once
 * for all of them) moves there. */
MUST_USE bool audit_append(struct store *store, struct audit_end *end,
                           const struct audit_entry *entry, struct error *err);
MUST_USE bool audit_put_end(struct store *store, const struct audit_end *end, struct error *err);

/* Walks the whole log. ERROR_STORE names the first row that does not follow from the one before. */
MUST_USE bool audit_verify(struct store *store, struct error *err);

#endif
