/* Everything known, ready to answer: the catalog with its lexicon, read from a store or a folder.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_KNOWLEDGE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_KNOWLEDGE_H

#include "evidence/rating/catalog.h"
#include "evidence/store/store.h"

/* A catalog of what the store holds now; the caller releases it. NULL on failure. */
MUST_USE struct catalog *knowledge_load(struct store *store, struct error *err);

/* The same of what the store held at some time: a day, a time, a hash or a version, as
 * store_find_edition takes them, which tells the errors too. The catalog's stamp is that edition's:
 * the answers are those that this program would have given then. */
MUST_USE struct catalog *knowledge_load_as_of(struct store *store, const char *as_of,
                                              struct error *err);

/* The same from a base at hand, for checks before anything is stored. `arena` holds the base; on
 * success the catalog owns it. */
MUST_USE struct catalog *knowledge_of(struct arena *arena, const struct base *base,
                                      const struct catalog_stamp *stamp, struct error *err);

/* Makes what nearly every question needs and the catalog would otherwise make for the first of
 * them. From any thread; whoever asks meanwhile waits for no more than it needs. */
void knowledge_warm(const struct catalog *catalog);

#endif
