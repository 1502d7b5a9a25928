/* What is recorded of harms, gathered once for a catalog and shared: every study is looked at for
 * it, and each answer about a treatment tells it. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_SAFETY_KEPT_H
#define TOUCHSTONE_EVIDENCE_RATING_SAFETY_KEPT_H

#include "evidence/rating/catalog.h"
#include "evidence/rating/safety.h"

/* safety_of an intervention, by its id; it lives as long as the catalog. Safe from any thread;
 * never NULL. */
const struct safety *safety_kept(const struct catalog *catalog,
                                 const struct intervention *intervention);

#endif
