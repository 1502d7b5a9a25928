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

#endif
