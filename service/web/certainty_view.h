/* How sure, and why: the row of an answer that tells what was doubted, in plain words. */
#ifndef TOUCHSTONE_SERVICE_WEB_CERTAINTY_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_CERTAINTY_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/web/layout.h"

/* Nothing for a headline without a rating: there is no figure to be sure of. */
void certainty_put(const struct page *page, const struct headline *headline);

#endif
