/* What changed in a verdict since it was first rated here, from the feed of changes. */
#ifndef TOUCHSTONE_SERVICE_WEB_HISTORY_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_HISTORY_VIEW_H

#include "evidence/rating/catalog.h"
#include "evidence/store/changes.h"
#include "service/http/request.h"
#include "service/web/layout.h"

/* The changes of all questions of a headline's treatment and the complaint whose evidence it is;
 * none where the feed cannot be read, and for NULL. */
struct changes_of history_of(const struct request *request, const struct headline *headline);

/* The section "What changed". */
void history_put(const struct page *page, const struct headline *headline,
                 const struct changes_of *changes);

#endif
