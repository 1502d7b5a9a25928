/*
 * The store's door for what was: every edition of the base, and the base as it stood in one.
 *
 * Whenever the base changes, an edition is added and what the changed records held before is kept.
 * A store that an older program made begins with the edition of its present state (its actor is
 * "migration"): what stood there before was not kept.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_HISTORY_H
#define TOUCHSTONE_EVIDENCE_STORE_HISTORY_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

/* The base as it stood after a change. Several changes in one transaction are several editions of
 * one time, of which only the last was ever seen. */
struct edition {
    int64_t key; /* 1, 2, 3 … */
    time_t at;
    const char *actor;
    int64_t audit_id; /* the last row of the audit log then */
    char base_hash[HASH_SIZE];
    const char *version; /* of the dataset; NULL: it told none */
};

/* Editions, the newest first: those before the key `beyond` (0: from the newest on), at most
 * `limit` (0: all). */
MUST_USE bool store_editions(struct store *store, int64_t beyond, size_t limit, struct arena *arena,
                             struct edition **out, size_t *count, struct error *err);

/*
 * The edition that `as_of` means; its strings live in `arena`:
 *
 *     2026-11-22                the last of that day, UTC
 *     2026-11-22T10:00:00Z      the last then (RFC 3339)
 *     4f0c9a3e…                 the one with this hash of the base, or 8 and more digits of it
 *     2026.11                   the one with this version of the dataset
 *
 * ERROR_NOT_FOUND where there was none: a time before the first (the message names the earliest), a
 * hash or version of no edition. ERROR_INVALID for what is none of these, and for a beginning or a
 * version that several have (the message tells them).
 */
MUST_USE bool store_find_edition(struct store *store, const char *as_of, struct arena *arena,
                                 struct edition *out, struct error *err);

/* Reads the base as it stood in an edition, in the order of its lists then; strings live in
 * `arena`. ERROR_STORE where it does not come to the hash that the edition names. */
MUST_USE bool store_load_base_as_of(struct store *store, const struct edition *edition,
                                    struct arena *arena, struct base *out, struct error *err);

#endif
