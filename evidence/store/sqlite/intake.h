/* What the files of the intake share behind the door; see evidence/store/intake.h. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_INTAKE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_INTAKE_H

#include "evidence/model/record_json.h"
#include "evidence/store/intake.h"
#include "evidence/store/sqlite/load.h"
#include "evidence/store/sqlite/transaction.h"

/* The record's JSON as the store keeps it, in `arena`. */
const char *record_fields(const struct record *record, struct arena *arena, size_t *length);

/* Takes what such a column holds; a record that cannot be read is a failure of the cursor. */
void take_record(struct cursor *cursor, struct record *out);

/* A whole number or NULL for 0. */
void bind_key(struct binder *binder, int64_t key);

/* The first column of the only row, 0 if there is none. */
MUST_USE bool read_key(struct cursor *cursor, int64_t *out);

/* Numbers of the first column, in the cursor's arena. */
MUST_USE bool read_keys(struct cursor *cursor, int64_t **out, size_t *count);

/* Texts of the first column, ended by NULL, in the cursor's arena. */
MUST_USE bool read_texts(struct cursor *cursor, const char *const **out);

/* A new publication, with a provisional id; `key` 0 for a new one. */
MUST_USE bool add_publication(struct store *store, int64_t key, const char *id,
                              enum screening screening, time_t now, int64_t *out,
                              struct error *err);

/* Takes a publication's words out of the indexes before its records change; store_settle puts the
 * new ones in. */
MUST_USE bool forget_words(struct store *store, int64_t publication, struct error *err);

/* Writes down what a record says befell whom, and marks the publications of others that it names;
 * forget_notices is the same for what it no longer says. */
MUST_USE bool put_notices(struct store *store, int64_t record_key, const struct record *record,
                          struct error *err);
MUST_USE bool forget_notices(struct store *store, int64_t record_key, struct error *err);

/* Asks again whether a publication is retracted, after its notices may have changed. */
MUST_USE bool weigh_notices(struct store *store, int64_t publication, bool *retracted,
                            struct error *err);

/* Logs that records join `into`: all of `from`, or the one record. */
MUST_USE bool log_merge(struct store *store, int64_t into, int64_t from, int64_t record_key,
                        const struct joining *joining, const struct intake_stamp *stamp,
                        struct error *err);

MUST_USE bool set_screening(struct store *store, int64_t publication, enum screening screening,
                            struct error *err);

/* Adds a row to the audit log, with no hashes of content. */
MUST_USE bool audit_note(struct store *store, const char *who, time_t at, const char *kind,
                         const char *record, struct error *err);

#endif
