/*
 * A change of the stored base and what it does to the verdicts, as one: rated before, rated after,
 * and the difference written into the feed within the same transaction, so that no verdict ever
 * changes without its line.
 *
 *     store_begin(store, err) && revision_begin(&revision, store, "import", now, err) &&
 *         ... change the base ... &&
 *         revision_end(&revision, &changes, &count, err) && store_commit(store, err)
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_REVISION_H
#define TOUCHSTONE_EVIDENCE_RATING_REVISION_H

#include "evidence/rating/catalog.h"
#include "evidence/store/changes.h"

/* Zero-initialise; release with revision_release, also after a failure. */
struct revision {
    struct store *store;
    const char *actor; /* in whose name */
    time_t now;
    struct catalog *before; /* NULL: nothing was stored */
    struct arena *arena;    /* of what revision_end gives */
    size_t begun;           /* lines that the feed lacked of what stood, or of the first base */
};

/* Rates the base as it is stored now, and adds what the feed lacks of it (feed_gap.h). One that
 * this program cannot rate counts as none. `actor` is borrowed. */
MUST_USE bool revision_begin(struct revision *revision, struct store *store, const char *actor,
                             time_t now, struct error *err);

/* The same with a catalog of the base as it is stored, which need not be rated then; it is held
 * until the release. One of another base, or NULL, is passed over and the store is rated. */
MUST_USE bool revision_begin_with(struct revision *revision, struct store *store,
                                  struct catalog *before, const char *actor, time_t now,
                                  struct error *err);

/*
 * Rates it again and adds what changed to the feed: verdicts and certainties, sorted by question.
 * The first base that is stored changes nothing: each of its questions gets a line in the feed, so
 * that who follows it from zero comes to what stands, and is counted in `begun`. The changes live
 * until the release.
 */
MUST_USE bool revision_end(struct revision *revision, struct verdict_change **changes,
                           size_t *count, struct error *err);

/* The same with a catalog of the base as it is stored now; NULL: the store is rated. */
MUST_USE bool revision_end_with(struct revision *revision, const struct catalog *after,
                                struct verdict_change **changes, size_t *count, struct error *err);

void revision_release(struct revision *revision);

/* What changed from one catalog to another, in `arena`; the feed's own fields are left unset. */
struct verdict_change *revision_compare(const struct catalog *before, const struct catalog *after,
                                        struct arena *arena, size_t *count);

#endif
