/* The canonical content of a record and its hash: what tells whether a record has changed. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_CONTENT_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_CONTENT_H

#include "evidence/base/hash.h"
#include "evidence/model/base.h"

/* In the order in which records can be added: each names only kinds before it (and its own). */
enum content_kind {
    CONTENT_OUTCOME,
    CONTENT_INTERVENTION,
    CONTENT_CONDITION,
    CONTENT_STUDY,
    CONTENT_DOCUMENT,
    CONTENT_KIND_COUNT
};

/* "outcome", "intervention", … */
extern const char *const content_kind_names[];

/* The kind of that name; false if there is none. */
bool content_kind_named(const char *name, enum content_kind *out);

size_t content_count(const struct base *base, enum content_kind kind);

/* The id (a document's name) of a record, borrowed. */
const char *content_id(const struct base *base, enum content_kind kind, size_t index);

/* The record as JSON on one line, keys in the order of evidence/data/README.md, unknown left out; a
 * document as it stands. Its place in a list is not part of it. Added to `out`. */
void content_write(const struct base *base, enum content_kind kind, size_t index,
                   struct buffer *out);

/* Reads such a content back: a base that holds this record alone, in `arena`. ERROR_STORE if the
 * text is none. `id` names it in the message, and a document in the base. */
MUST_USE bool content_read(enum content_kind kind, const char *id, const char *text, size_t length,
                           struct arena *arena, struct base *out, struct error *err);

/* The hash of that; `scratch` is overwritten. */
void content_hash(const struct base *base, enum content_kind kind, size_t index,
                  struct buffer *scratch, char out[HASH_SIZE]);

/* One record of a base, for sorting. */
struct content {
    const char *id;
    size_t index; /* in the base */
    char hash[HASH_SIZE];
};

/* Compares two of them by id, for qsort and bsearch. */
int content_by_id(const void *left, const void *right);

/* All records of a kind, hashed and sorted by id, in `arena`. */
struct content *contents_sorted(const struct base *base, enum content_kind kind,
                                struct arena *arena);

/* The hash of a whole base, whatever the order of its lists: over kind, id and hash of every
 * record, kind after kind and each sorted by id. */
void contents_hash(struct content *const records[CONTENT_KIND_COUNT],
                   const size_t counts[CONTENT_KIND_COUNT], char out[HASH_SIZE]);

#endif
