/* What a catalog is inside: for catalog.c and headline.c alone. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_CATALOG_PRIVATE_H
#define TOUCHSTONE_EVIDENCE_RATING_CATALOG_PRIVATE_H

#include <stdatomic.h>

#include "evidence/rating/catalog.h"

struct catalog {
    atomic_size_t references;
    struct arena *arena; /* holds the catalog itself and all it points to */
    struct base base;
    struct dataset dataset;
    struct ruleset ruleset;
    struct catalog_stamp stamp;
    struct rating_context context;
    struct gathered *questions; /* sorted by id, `count` of them … */
    struct rating **ratings;    /* … and their ratings, in the same order */
    size_t count;
};

#endif
