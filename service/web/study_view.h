/* One study as a page. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_VIEW_H

#include "service/api/publication_shape.h"
#include "service/web/layout.h"

/* What befell it first, then what was asked of whom, what came out, how far to trust it, which
 * verdicts it feeds, where it can be read, how to cite it. `site` is where the service is reached.
 */
void study_put(const struct page *page, const struct study *study, const char *site);

/* What importers brought in and is no study of the base: that nobody has looked at it, or what was
 * decided about it; who wrote it and where it can be read. */
void imported_put(const struct page *page, const struct publication_view *imported);

/* What both begin with: what befell it, retraction first; who wrote it (NULL: nobody knows), when
 * and where. */
void study_notices_put(const struct page *page, bool retracted, const struct notice *notices,
                       size_t count);
void study_printed_put(const struct page *page, const char *authors, int year, const char *journal);

/* One sentence for search engines: kind, people, what about. In the arena. */
const char *study_description(const struct page *page, const struct study *study);

#endif
