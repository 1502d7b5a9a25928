/* The canonical content of a record and its hash: what tells whether a record has changed. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_RECORD_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_RECORD_H

#include "evidence/base/hash.h"
#include "evidence/model/base.h"

/* In the order in which records can be added: each names only kinds before it (and its own). */
enum record_kind {
    RECORD_OUTCOME,
    RECORD_INTERVENTION,
    RECORD_CONDITION,
    RECORD_STUDY,
    RECORD_DOCUMENT,
    RECORD_KIND_COUNT
};

/* "outcome", "intervention", … */
extern const char *const record_kind_names[];

size_t record_count(const struct base *base, enum record_kind kind);

/* The id (a document's name) of a record, borrowed. */
const char *record_id(const struct base *base, enum record_kind kind, size_t index);

/* The record as JSON on one line, keys in the order of evidence/data/README.md, unknown left out; a
 * document as it stands. Its place in a list is not part of it. Added to `out`. */
void record_write(const struct base *base, enum record_kind kind, size_t index, struct buffer *out);

/* The hash of that; `scratch` is overwritten. */
void record_hash(const struct base *base, enum record_kind kind, size_t index,
                 struct buffer *scratch, char out[HASH_SIZE]);

/* One record of a base, for sorting. */
struct record {
    const char *id;
    size_t index; /* in the base */
    char hash[HASH_SIZE];
};

/* All records of a kind, hashed and sorted by id, in `arena`. */
struct record *records_sorted(const struct base *base, enum record_kind kind, struct arena *arena);

/* The hash of a whole base, whatever the order of its lists: over kind, id and hash of every
 * record, kind after kind and each sorted by id. */
void records_hash(struct record *const records[RECORD_KIND_COUNT],
                  const size_t counts[RECORD_KIND_COUNT], char out[HASH_SIZE]);

#endif
