/* What would change an answer, worked out once for a catalog and shared: it takes up to some tens
 * of milliseconds for a hundred trials, and a page tells it to every reader. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_STABILITY_KEPT_H
#define TOUCHSTONE_EVIDENCE_RATING_STABILITY_KEPT_H

#include "evidence/rating/catalog.h"
#include "evidence/rating/stability.h"

/* catalog_stability of one of the catalog's own ratings, which lives as long as the catalog. Safe
 * from any thread; never NULL. */
const struct stability *stability_kept(const struct catalog *catalog, const struct rating *rating);

#endif
