/* The store's door for the feed of changes: what changed in which verdict, when and why. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_CHANGES_H
#define TOUCHSTONE_EVIDENCE_STORE_CHANGES_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

/* Why: the first that holds. */
enum change_cause {
    CHANGE_STUDY_RETRACTED,
    CHANGE_STUDY_REINSTATED,
    CHANGE_STUDY_ADDED,
    CHANGE_STUDY_CHANGED,
    CHANGE_STUDY_REMOVED,
    CHANGE_RULES,   /* a ruleset or another document */
    CHANGE_ENTRIES, /* an intervention, condition or outcome */
    CHANGE_CAUSE_COUNT
};
extern const char *const change_cause_names[];

/* A verdict that is another than before. Verdict and certainty both NULL: there was, or is, no such
 * question; a verdict alone NULL: it has none (a harm). */
struct verdict_change {
    int64_t key; /* its place in the feed */
    time_t at;
    const char *question;
    const char *before_verdict;
    const char *before_certainty;
    const char *after_verdict;
    const char *after_certainty;
    enum change_cause cause;
    const char *const *studies; /* that moved it; ended by NULL */
    const char *actor;
    const char *base_hash; /* of the base from then on */
};

/* Adds them to the end of the feed; key, at, actor and base_hash are set here. */
MUST_USE bool store_add_changes(struct store *store, struct verdict_change *changes, size_t count,
                                const char *actor, time_t now, struct error *err);

/* The changes after the place `after` (0: from the beginning) and not before the time `since`, in
 * order, at most `limit`; strings live in `arena`. What was once in the feed stays where it is. */
MUST_USE bool store_changes_since(struct store *store, int64_t after, time_t since, size_t limit,
                                  struct arena *arena, struct verdict_change **out, size_t *count,
                                  struct error *err);

/* The newest changes, newest first, at most `limit`. */
MUST_USE bool store_newest_changes(struct store *store, size_t limit, struct arena *arena,
                                   struct verdict_change **out, size_t *count, struct error *err);

/* What changed in the questions of one treatment and complaint. */
struct changes_of {
    struct verdict_change *items; /* newest first, without those by which a question began */
    size_t count;
    time_t since; /* when the first of them came into the feed; 0: none ever did */
};

/* The newest of them, at most `limit`, in `arena`. */
MUST_USE bool store_changes_of(struct store *store, const char *intervention, const char *condition,
                               size_t limit, struct arena *arena, struct changes_of *out,
                               struct error *err);

/* The last change of every question that the feed tells of, sorted by question; `studies` are not
 * read (NULL). What is followed from zero ends here. */
MUST_USE bool store_last_changes(struct store *store, struct arena *arena,
                                 struct verdict_change **out, size_t *count, struct error *err);

#endif
