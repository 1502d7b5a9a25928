/*
 * What Crossref knows of a work's fate: `updated-by` on the work, `update-to` on the notice, from
 * publishers and from Retraction Watch.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CROSSREF_NOTICE_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CROSSREF_NOTICE_H

#include "importers/sources/page.h"

/*
 * Sets notices, updates and `retracted`; `out->doi` is known.
 *
 * - One event that publisher and Retraction Watch both tell is one notice with both sources.
 * - A work that names itself in `update-to` was changed in its place: that is its own notice.
 * - An `updated-by` that names what the work itself updates is that link read from the wrong end:
 *   left out with a warning.
 * - A work that retracts another is a notice and not itself retracted.
 */
void crossref_notices(const json_t *item, const struct page *page, struct arena *arena,
                      struct record *out);

#endif
