/* One record changed by a person, of whatever kind; within the caller's transaction. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_CURATION_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_CURATION_H

#include "evidence/store/curation.h"
#include "evidence/store/sql/record.h"

/* A record that is to be: the one at `index` of its kind's list in `base`. */
struct wanted_record {
    enum content_kind kind;
    const char *id;
    const struct base *base; /* NULL: it is to be gone */
    size_t index;
};

/* Makes the record so. `expected` is the hash of what stands there now, NULL for nothing; another
 * is ERROR_CONFLICT. `action` is that of the audit row; NULL: add, change or remove, as it is. */
MUST_USE bool curate_record(struct store *store, const struct wanted_record *wanted,
                            const char *expected, const char *action,
                            const struct curation_stamp *stamp, struct curation *out,
                            struct error *err);

/* The detail of an audit row: source and reason, as JSON in `arena`; NULL where
 * there is nothing to tell. */
const char *curation_detail(const struct curation_stamp *stamp, struct arena *arena);

#endif
