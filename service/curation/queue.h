/*
 * What waits to be screened, in the order of how much it could move a verdict. The order is a help
 * for people with little time; it decides nothing.
 */
#ifndef TOUCHSTONE_SERVICE_CURATION_QUEUE_H
#define TOUCHSTONE_SERVICE_CURATION_QUEUE_H

#include "evidence/rating/catalog.h"
#include "evidence/store/intake.h"

/*
 * A publication and what it seems to be about, by its title. `weight`, 0 to 1, is ours: the product
 * of how much designs of its kind can say (1 for randomised trials and systematic reviews), of the
 * share of people it would bring to those behind the verdict (40 where nobody read how many), and
 * of how open that verdict is (1 where nobody knows, less the surer it is).
 */
struct queued {
    const struct publication *publication;
    const struct intervention *intervention; /* NULL: none of ours was recognised */
    const struct condition *condition;       /* NULL likewise */
    const struct headline *headline;         /* of the two; NULL without both */
    double weight;
    const char *why; /* a sentence */
};

/* Weighs `count` publications; the heaviest first if `sorted`, equals as they came. In `arena`. */
struct queued *queue_order(const struct catalog *catalog, const struct publication *publications,
                           size_t count, struct arena *arena, bool sorted);

#endif
