/* What would change an answer: the studies it hangs on, trials that would turn it, how many people
 * it would take to be sure. */
#ifndef TOUCHSTONE_SERVICE_WEB_TURN_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_TURN_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/web/layout.h"

/* The section of a headline; nothing where it is not known what it would be tested for. */
void turn_put(const struct page *page, const struct headline *headline);

#endif
