/* Which records the base held at some time, by id and hash: from the present backwards along the
 * audit log. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_STATE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_STATE_H

#include "evidence/store/sql/record.h"

/* Sorted by id; `held` of the present has marks, what the log tells has none. */
struct state {
    struct content *records[CONTENT_KIND_COUNT];
    size_t counts[CONTENT_KIND_COUNT];
    size_t capacities[CONTENT_KIND_COUNT];
    int64_t audit_id; /* the row of the log up to which all was taken back */
    struct arena *arena;
};

/* What is stored now; lives in `arena`. */
MUST_USE bool state_now(struct store *store, struct arena *arena, struct state *out,
                        struct error *err);

/* Takes back every change after the row `audit_id` of the log. ERROR_STORE where the log tells of a
 * change to something that is not what it made of it. */
MUST_USE bool state_walk_back(struct store *store, struct state *state, int64_t audit_id,
                              struct error *err);

/* One change taken back, given by its row. */
struct logged_change {
    int64_t id;
    const char *kind;
    const char *record;
    const char *before_hash; /* NULL: it was not there */
    const char *after_hash;
};
MUST_USE bool state_take_back(struct store *store, struct state *state,
                              const struct logged_change *change, struct error *err);

/* The hash of the whole base in this state. */
void state_hash(const struct state *state, char out[HASH_SIZE]);

/* The hash of a record, NULL if it is not there. */
const char *state_find(const struct state *state, enum content_kind kind, const char *id);

#endif
