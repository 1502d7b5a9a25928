/* Transactions that fit into one another: whoever opens one ends it, and all others take part. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_TRANSACTION_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_TRANSACTION_H

#include "evidence/store/sql/statement.h"

/* Part of a transaction, perhaps all of it. */
struct unit {
    struct store *store;
    bool own;
};

/* Refuses a store that was opened for reading, else begins a transaction where none is open. */
MUST_USE bool unit_begin(struct store *store, struct unit *out, struct error *err);

/* Ends what unit_begin began: a commit if `good`, else a rollback. Returns whether all is well. */
MUST_USE bool unit_end(const struct unit *unit, bool good, struct error *err);

/* Reads see one state of the store from here to view_end; within a transaction nothing happens. */
MUST_USE bool view_begin(struct store *store, struct unit *out, struct error *err);
MUST_USE bool view_end(const struct unit *view, bool good, struct error *err);

#endif
