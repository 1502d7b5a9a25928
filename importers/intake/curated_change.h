/*
 * A curator changes the base, as one transaction with all that follows from it: the study meets the
 * publications that are there, notices that wait for it are laid over it, and the verdicts that
 * move are written into the feed.
 *
 * Every function takes part in the caller's transaction (store_begin), so that an answer to be
 * remembered can be stored with what it tells of, and makes one of its own where none is open.
 * Within the caller's, a failure leaves it to him to roll back.
 *
 *     store_begin(store, err) && curated_put_study(store, &study, hash, &stamp, known, &change,
 * err)
 *         && store_remember(store, …) && store_commit(store, err)
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_CURATED_CHANGE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_CURATED_CHANGE_H

#include "evidence/rating/revision.h"
#include "evidence/store/curation.h"

/* What it came to; release after use, also after a failure. */
struct curated_change {
    struct curation record;
    struct verdict_change *verdicts; /* `verdict_count` of them, until the release */
    size_t verdict_count;
    /* The base as it is from then on; NULL where it was not worked out on the way (something was
     * taken out, a document changed, notices came over it) or nothing changed. It goes on using
     * what it shares with the catalog before; see catalog_with_study. Not to be served before the
     * commit.
     */
    struct catalog *after;
    struct revision revision;
};
void curated_change_release(struct curated_change *change);

/* store_put_study and store_remove_study. `known` is a catalog of the base as it is stored, where
 * the caller has one: then only what the study can move is rated again. NULL, or one of another
 * base: all is rated, before and after. */
MUST_USE bool curated_put_study(struct store *store, const struct study *study,
                                const char *expected_hash, const struct curation_stamp *stamp,
                                struct catalog *known, struct curated_change *out,
                                struct error *err);
MUST_USE bool curated_remove_study(struct store *store, const char *id, const char *expected_hash,
                                   const struct curation_stamp *stamp, struct catalog *known,
                                   struct curated_change *out, struct error *err);

/* store_put_document and store_remove_document. */
MUST_USE bool curated_put_document(struct store *store, const struct document *document,
                                   const char *expected_hash, const struct curation_stamp *stamp,
                                   struct catalog *known, struct curated_change *out,
                                   struct error *err);
MUST_USE bool curated_remove_document(struct store *store, const char *name,
                                      const char *expected_hash, const struct curation_stamp *stamp,
                                      struct catalog *known, struct curated_change *out,
                                      struct error *err);

/* store_undo: of studies, other records of the base, screenings and merges; its strings live in
 * `arena`. */
MUST_USE bool curated_undo(struct store *store, int64_t audit_id,
                           const struct curation_stamp *stamp, struct catalog *known,
                           struct arena *arena, struct undone *undone, struct curated_change *out,
                           struct error *err);

#endif
