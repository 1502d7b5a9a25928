/* Treatments for one complaint side by side, for the API and the page. */
#ifndef TOUCHSTONE_SERVICE_API_COMPARISON_H
#define TOUCHSTONE_SERVICE_API_COMPARISON_H

#include "evidence/rating/catalog.h"

/* So many can be named. */
enum { COMPARISON_MOST = 20 };

struct comparison {
    const struct condition *condition;
    const struct headline **items;
    size_t count;
};

bool comparison_has(const struct comparison *comparison, const struct intervention *intervention);

/* Adds one that it has not, below COMPARISON_MOST; `items` has room for so many. */
void comparison_add(struct comparison *comparison, const struct catalog *catalog,
                    const struct intervention *intervention, struct arena *arena);

/* The ratings of one of them against another, for this complaint: trials that set them side by side
 * tell more than two ratings beside each other. In `arena`; gives how many. */
size_t comparison_direct(const struct comparison *comparison, const struct catalog *catalog,
                         struct arena *arena, const struct rating ***out);

#endif
