/* One record of the base, of whatever kind, into the store and out of it, within the caller's
 * transaction. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_RECORD_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_RECORD_H

#include "evidence/store/sql/content.h"
#include "evidence/store/sql/statement.h"

/* A record as the store holds it. `mark` is a study's key, a condition's or outcome's position. */
struct held {
    const char *id;
    const char *hash;
    int64_t mark;
};

/* The record of this kind and id, in `arena`; `out->hash` is NULL if there is none. */
MUST_USE bool record_find(struct store *store, enum content_kind kind, const char *id,
                          struct arena *arena, struct held *out, struct error *err);

/* Reads one record into a base that may hold others of its kind besides; `*index` is its place in
 * the list. */
MUST_USE bool record_load(struct store *store, enum content_kind kind, const struct held *held,
                          struct arena *arena, struct base *out, size_t *index, struct error *err);

/* Adds the record at `index` of the base's list of its kind, or puts it in the place of `held`
 * (NULL: there is none). `place` is that in the list of conditions or outcomes, or the key of a
 * study that is new. */
MUST_USE bool record_put(struct store *store, const struct base *base, enum content_kind kind,
                         size_t index, int64_t place, const struct held *held, const char *hash,
                         struct error *err);

/* Takes it out. ERROR_INVALID where something still names it. */
MUST_USE bool record_remove(struct store *store, enum content_kind kind, const struct held *held,
                            struct error *err);

/* The place after the last condition or outcome, the key of a study that is added next; 0 for other
 * kinds. */
MUST_USE bool record_next_place(struct store *store, enum content_kind kind, int64_t *out,
                                struct error *err);

/* Hashes of all records of a kind by id, in `arena`. */
MUST_USE bool records_held(struct store *store, enum content_kind kind, struct arena *arena,
                           struct held **out, size_t *count, struct error *err);

/* The hash of the base that is stored now, from the hashes of its records. */
MUST_USE bool records_hash(struct store *store, char out[HASH_SIZE], struct error *err);

#endif
