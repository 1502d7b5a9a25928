/* What is on record of each treatment's harms, with the words of each harm: worked out once for a
 * catalog, kept with it and shared by threads. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_KNOWN_HARMS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_KNOWN_HARMS_H

#include "evidence/base/text.h"
#include "evidence/rating/catalog.h"
#include "evidence/rating/safety.h"

struct known_harms {
    struct safety safety;
    const struct text_words *events; /* of each of its harms */
};

/* Those of an intervention of the catalog's base; never NULL, and lives as long as the catalog. */
const struct known_harms *known_harms_of(const struct catalog *catalog,
                                         const struct intervention *intervention);

#endif
