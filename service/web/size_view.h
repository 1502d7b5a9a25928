/* How big: the row of an answer that tells the effect against a pretend treatment and against doing
 * without, what size matters, and a picture of it. */
#ifndef TOUCHSTONE_SERVICE_WEB_SIZE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_SIZE_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/web/layout.h"

/* Both comparisons of a headline that stands on a rating; nothing for one that does not. */
void size_put(const struct page *page, const struct headline *headline);

/* What a headline stands on: against a pretend treatment, against doing without, and its own rating
 * where that is neither; gives how many. */
enum { SIZE_RATINGS = 3 };
size_t size_ratings(const struct headline *headline, const struct rating *out[SIZE_RATINGS]);

#endif
