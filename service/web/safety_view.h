/* How safe: the row of an answer that lists the harms on record, worst first, with their studies.
 */
#ifndef TOUCHSTONE_SERVICE_WEB_SAFETY_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_SAFETY_VIEW_H

#include "service/web/layout.h"

/* Of one treatment, whatever it was tried for; a harm seen in another condition than `asked` (NULL:
 * none) names it. */
void safety_put(const struct page *page, const struct intervention *intervention,
                const struct condition *asked);

#endif
