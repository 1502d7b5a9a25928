/*
 * The store's door for curators: one record changed at a time, each change with its audit row, its
 * former content, its edition and the base's hash, whole or not at all.
 *
 * What the change does beyond the store (the feed of verdicts, the publications that the study
 * meets) is importers/intake/curated_change.h's, which calls this. All functions take part in the
 * caller's transaction (store_begin) and make one of their own where none is open.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_CURATION_H
#define TOUCHSTONE_EVIDENCE_STORE_CURATION_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

/* Who changes something, when and why. */
struct curation_stamp {
    const char *actor;  /* whose credential it is */
    const char *reason; /* own words; NULL: none was given */
    const char *source; /* page, api, import, command */
    time_t now;
    int64_t undoes; /* the audit row that it takes back; 0: none */
};

/* What a change did. */
struct curation {
    int64_t audit_id; /* its row; 0: the record was so already, and nothing was written */
    char before_hash[HASH_SIZE]; /* of the record's content; "": it was not there */
    char after_hash[HASH_SIZE];  /* "": it is gone */
    char base_hash[HASH_SIZE];   /* of the whole base from then on */
};

/* A record that curators changed here since the files of a build last said the same. */
struct curated_record {
    const char *kind;
    const char *record;
    int64_t audit_id; /* the last change */
    time_t at;
    const char *actor;
};

/* All of them, by kind and id, in `arena`: what `touchstone export data` has that the files may
 * lack.
 */
MUST_USE bool store_curated_records(struct store *store, struct arena *arena,
                                    struct curated_record **out, size_t *count, struct error *err);

/* Lets the next store_save_base replace them. */
MUST_USE bool store_forget_curated(struct store *store, struct error *err);

/* The hash of a study's or a document's content, the one by which a change says what it expects. */
void study_content_hash(const struct study *study, char out[HASH_SIZE]);
void document_content_hash(const struct document *document, char out[HASH_SIZE]);

/* The hash of the record as it is stored. `kind` is study, intervention, condition, outcome or
 * document. ERROR_NOT_FOUND if there is none. */
MUST_USE bool store_record_hash(struct store *store, const char *kind, const char *id,
                                char out[HASH_SIZE], struct error *err);

/* Reads one study as it is stored, without reading the rest; by its own id alone. ERROR_NOT_FOUND
 * if there is none. */
MUST_USE bool store_study(struct store *store, const char *id, struct arena *arena,
                          struct study *out, struct error *err);

/*
 * Adds a study (`expected_hash` NULL: there must be none of its id) or puts it in the place of the
 * one whose content has that hash. ERROR_CONFLICT where the stored one is another, is there already
 * or is gone; ERROR_INVALID where it names an entry that is not there. What can be wrong with the
 * study itself is the caller's to check before (study_check, base_check).
 *
 * Notices that importers found stay laid over it (see intake.h): those of the stored study that
 * come back with it are not taken for the curator's own, and leaving them out does not take them
 * off. So what is stored may be more than `study`; its hash is `out->after_hash`.
 */
MUST_USE bool store_put_study(struct store *store, const struct study *study,
                              const char *expected_hash, const struct curation_stamp *stamp,
                              struct curation *out, struct error *err);

/* Takes a study out of the base. ERROR_NOT_FOUND if there is none, ERROR_CONFLICT where it is
 * another than expected. */
MUST_USE bool store_remove_study(struct store *store, const char *id, const char *expected_hash,
                                 const struct curation_stamp *stamp, struct curation *out,
                                 struct error *err);

/* The same for a document ("overrides"), byte for byte. */
MUST_USE bool store_put_document(struct store *store, const struct document *document,
                                 const char *expected_hash, const struct curation_stamp *stamp,
                                 struct curation *out, struct error *err);
MUST_USE bool store_remove_document(struct store *store, const char *name,
                                    const char *expected_hash, const struct curation_stamp *stamp,
                                    struct curation *out, struct error *err);

/* What store_undo did. */
struct undone {
    const char *kind;   /* of what was taken back: study, document, …; publication */
    const char *record; /* its id */
    struct curation change;
    int64_t settle[2]; /* publications to settle (store_settle), where a merge was undone; else 0 */
};

/*
 * Takes back what a row of the audit log did, as a new row that names it: the record is what it was
 * before, a publication is screened as it was, a merge is undone. `stamp->undoes` is set here.
 * Strings of `out` live in `arena`.
 *
 * ERROR_NOT_FOUND if there is no such row; ERROR_CONFLICT where the record is no longer what the
 * row made of it (the message names the row that changed it since), or the row was taken back
 * already; ERROR_INVALID for a row that cannot be taken back (an import, an order, a split) or
 * where something needs the record.
 */
MUST_USE bool store_undo(struct store *store, int64_t audit_id, const struct curation_stamp *stamp,
                         struct arena *arena, struct undone *out, struct error *err);

#endif
