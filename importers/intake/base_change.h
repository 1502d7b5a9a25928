/*
 * The curated base changes, as one transaction with all that follows from it: its studies meet the
 * publications that are there, notices that wait for them are laid over them, and the verdicts that
 * move are written into the feed.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_BASE_CHANGE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_BASE_CHANGE_H

#include "evidence/rating/revision.h"
#include "evidence/store/store.h"

/* What it came to; release after use, also after a failure. */
struct base_change {
    struct store_changes records;
    struct verdict_change *verdicts; /* `verdict_count` of them, until the release */
    size_t verdict_count;
    struct revision revision;
};
void base_change_release(struct base_change *change);

/* Makes the store hold exactly this base (store_save_base), in the name of "build". ERROR_CONFLICT
 * where that would undo what curators entered here; base_change_replace lets it. */
MUST_USE bool base_change_save(struct store *store, const struct base *base, time_t now,
                               struct base_change *out, struct error *err);
MUST_USE bool base_change_replace(struct store *store, const struct base *base, time_t now,
                                  struct base_change *out, struct error *err);

/* Matches the base that is stored with the publications, where that has not been done: before an
 * import, for a store that was built without. */
MUST_USE bool base_change_match(struct store *store, time_t now, struct error *err);

#endif
