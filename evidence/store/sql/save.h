/* The base and single records of it into the store and out of it, within the caller's transaction;
 * save_noted_base begins one where there is none. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_SAVE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_SAVE_H

#include "evidence/store/sql/statement.h"

/* Saves a base that was read from the store, so that the notices that wait are laid over it, in the
 * name of `actor`. */
MUST_USE bool save_noted_base(struct store *store, const struct base *base, const char *actor,
                              time_t now, struct store_changes *changes, struct error *err);

/* Adds a study with all its lists and its words for the search, under its key; `replaces` says that
 * a study is stored under it, which goes. */
MUST_USE bool save_study(struct store *store, const struct study *study, int64_t key, bool replaces,
                         const char *hash, struct error *err);
MUST_USE bool remove_study(struct store *store, int64_t key, struct error *err);

/* Adds or replaces an entry; `position` is its place in its list. */
MUST_USE bool save_intervention(struct store *store, const struct intervention *intervention,
                                const char *hash, struct error *err);
MUST_USE bool save_condition(struct store *store, const struct condition *condition,
                             int64_t position, const char *hash, struct error *err);
MUST_USE bool save_outcome(struct store *store, const struct outcome *outcome, int64_t position,
                           const char *hash, struct error *err);
MUST_USE bool save_document(struct store *store, const struct document *document, const char *hash,
                            struct error *err);

#endif
