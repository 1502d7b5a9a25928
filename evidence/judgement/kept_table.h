/*
 * Things by key that threads share and that stay as long as the catalog they were worked out from:
 * a hash table that is filled and never emptied, so that reading it takes no lock.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_KEPT_TABLE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_KEPT_TABLE_H

#include <stddef.h>

#include "evidence/base/arena.h"

struct kept_table;

/* For at most `most` things in `arena`, which nobody else may use from here on. Keys are
 * `key_bytes` bytes long and compared as bytes: structs without gaps. */
struct kept_table *kept_table_new(struct arena *arena, size_t most, size_t key_bytes);

/* The thing with that key, or NULL. */
const void *kept_table_find(struct kept_table *table, const void *key);

/* Makes a copy in `arena` that holds nothing which goes before it. */
typedef const void *kept_copier(const void *thing, struct arena *arena);

/* Keeps a copy of the thing, unless another thread was faster, and gives what is kept; NULL where
 * there is no room. */
const void *kept_table_add(struct kept_table *table, const void *key, const void *thing,
                           kept_copier *copy);

#endif
