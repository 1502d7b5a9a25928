/* What the files of the intake share behind the door; see evidence/store/intake.h. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_INTAKE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_INTAKE_H

#include "evidence/model/record_json.h"
#include "evidence/store/intake.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/transaction.h"

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

/* Logs that records join `into`: all of `from`, or the one record. Gives the merge's key. */
MUST_USE bool log_merge(struct store *store, int64_t into, int64_t from, int64_t record_key,
                        const struct joining *joining, const struct intake_stamp *stamp,
                        int64_t *merge, struct error *err);

MUST_USE bool set_screening(struct store *store, int64_t publication, enum screening screening,
                            struct error *err);

/* A decision with the key by which its topics and its row in the audit log are found. */
struct keyed_decision {
    int64_t key;
    struct screening_decision decision;
};

/* store_screenings with keys. */
MUST_USE bool list_decisions(struct store *store, int64_t publication, struct arena *arena,
                             struct keyed_decision **out, size_t *count, struct error *err);

/* A row of the audit log about a publication. */
struct intake_note {
    const char *action; /* screen, merge, split; undo where it takes a row back */
    const char *record; /* id of the publication */
    const char *who;
    time_t at;
    const char *reason; /* NULL: none was given */
    const char *source;
    int64_t undoes;
    const char *about; /* what `key` is of, "decision" or "merge" … */
    int64_t key;
    const char *hash; /* … and the hash of what stands there; NULL: none */
};
MUST_USE bool note_intake(struct store *store, const struct intake_note *note, struct error *err);

/* The hashes of a decision and of a merge of two publications as they stand, by which the audit log
 * knows them. */
MUST_USE bool decision_hash(struct store *store, int64_t decision, char out[HASH_SIZE],
                            struct error *err);
MUST_USE bool merge_hash(struct store *store, int64_t merge, char out[HASH_SIZE],
                         struct error *err);

#endif
