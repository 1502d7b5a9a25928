/* What a row of the rule books rests on, under the row. */
#ifndef TOUCHSTONE_SERVICE_WEB_BACKING_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_BACKING_VIEW_H

#include "evidence/model/backing.h"
#include "service/web/layout.h"

/* Why to be careful with it, where there is a reason; and its sources and second reading, to be
 * opened. `of` tells apart what is opened: "heart attack". */
void backing_put(const struct page *page, const struct backing *backing, const char *of);

#endif
