/*
 * A record comes in: is it there already, which publication is it, does it bring two together? The
 * store keeps what is decided here; match.h says how, merge.h what several records come to.
 *
 * Nothing here opens or ends a transaction of its own where one is open: a page of records, the
 * state of its import and what the page does to the base are stored together by the caller (run.h).
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_INTAKE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_INTAKE_H

#include "evidence/store/curation.h"
#include "evidence/store/intake.h"

enum intake_outcome {
    INTAKE_ADDED,    /* a publication that was not there */
    INTAKE_MERGED,   /* a new record of a publication that was */
    INTAKE_UPDATED,  /* a record that was there and says something else now */
    INTAKE_UNCHANGED /* … and says the same */
};

struct intake_took {
    enum intake_outcome outcome;
    int64_t publication;
    const char *source_id;
    char hash[HASH_SIZE]; /* of the record's fields */
    size_t joined;        /* publications that it showed to be one */
    size_t possible;      /* others that it may be, left for a person */
};

/*
 * Takes one record. What a machine can read from it is read here, where its reader has not. `arena`
 * may be cleared after. ERROR_STORE where the store fails; no record is refused.
 */
MUST_USE bool intake_take(struct store *store, const struct record *record,
                          const struct intake_stamp *stamp, struct arena *arena,
                          struct intake_took *out, struct error *err);

/* Merges the records of a publication anew and settles it; after an undone merge. */
MUST_USE bool intake_settle(struct store *store, int64_t publication,
                            const struct intake_stamp *stamp, struct error *err);

/* Undoes a merge (store_undo_merge) and settles both sides. */
MUST_USE bool intake_undo_merge(struct store *store, int64_t merge,
                                const struct intake_stamp *stamp, struct error *err);

/*
 * Gives every curated study of the base a record among the others, so that what importers bring in
 * meets it: new studies join the publications that are there, changed ones are changed, those that
 * left the base leave. Does nothing where the base is the one that was matched last. Apply waiting
 * notices after it.
 */
MUST_USE bool intake_match_base(struct store *store, const struct intake_stamp *stamp,
                                struct error *err);

/* The same after one study alone was added, changed or taken out: `before_hash` is that of the base
 * until then. Matches all where that base was never matched. */
MUST_USE bool intake_match_study(struct store *store, const char *id, const char *before_hash,
                                 const struct intake_stamp *stamp, struct error *err);

#endif
