/*
 * Headlines that questions, claims and diaries ask for again and again: worked out for the first
 * who asks and kept with the catalog, which alone decides them. Of who asked nothing is kept.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_KEPT_HEADLINES_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_KEPT_HEADLINES_H

#include "evidence/rating/catalog.h"

/* Some 600 bytes each; those asked for later are worked out each time. */
enum { KEPT_HEADLINES_MOST = 2048 };

/* The same as catalog_headline. It lives as long as the catalog, or as `arena`. Safe from any
 * thread; finding one that is kept takes no lock. */
const struct headline *kept_headline(const struct catalog *catalog,
                                     const struct intervention *intervention,
                                     const struct condition *condition,
                                     const struct outcome *outcome, struct arena *arena);

#endif
