/* What studies found that set two treatments against each other. */
#ifndef TOUCHSTONE_SERVICE_WEB_COMPARE_DIRECT_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_COMPARE_DIRECT_VIEW_H

#include "service/api/comparison.h"
#include "service/web/layout.h"

/* Pair by pair; where there is none, that nobody knows which is better. Nothing for fewer than two
 * treatments. */
void compare_direct_put(const struct page *page, const struct comparison *comparison);

#endif
