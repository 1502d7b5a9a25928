/*
 * What the base was: contents that records had, kept by their hash, and the editions, one for each
 * change of the base. Both are written within the transaction of the change itself.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_HISTORY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_HISTORY_H

#include "evidence/store/history.h"
#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/record.h"

/* Keeps a content by its hash, compressed where that saves at least a quarter of it. */
MUST_USE bool history_keep(struct store *store, const char *hash, const char *content,
                           size_t length, struct error *err);

/* Keeps what the record at `index` of its list holds; `scratch` is overwritten. */
MUST_USE bool history_keep_record(struct store *store, const struct base *base,
                                  enum content_kind kind, size_t index, const char *hash,
                                  struct buffer *scratch, struct error *err);

/* A kept content, NUL-terminated, in `arena`. ERROR_STORE if it is not there or is not what its
 * hash says. */
MUST_USE bool history_content(struct store *store, const char *hash, struct arena *arena,
                              const char **out, size_t *length, struct error *err);

/* Adds an edition: the base as it is stored now, whose hash is `base_hash`. `log` is the end of the
 * audit log. */
MUST_USE bool history_add_edition(struct store *store, time_t at, const char *actor,
                                  const struct audit_end *log, const char *base_hash,
                                  struct error *err);

/* The first edition of a store that was brought up from a schema without any; nothing where nothing
 * was saved yet. Within the transaction of the migration. */
MUST_USE bool history_begin(struct store *store, struct error *err);

/* The hash of the order in which conditions and outcomes stand now. */
MUST_USE bool history_order_hash(struct store *store, char out[HASH_SIZE], struct error *err);

/* What the document "dataset" says its version is, in `arena`; NULL where it says none. */
const char *dataset_version(const char *text, size_t length, struct arena *arena);

/* The hash that seals an edition; `log_hash` is that of the row `audit_id` of the audit log. */
void edition_seal(const struct edition *edition, const char *order_hash, const char *log_hash,
                  char out[HASH_SIZE]);

#endif
