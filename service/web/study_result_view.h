/* What one study found, result by result: of what, in whom, against what, when, how big, and whom
 * it favours. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_RESULT_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_RESULT_VIEW_H

#include "service/web/layout.h"

/* All results as a table; says so where there is none. */
void study_results_put(const struct page *page, const struct study *study);

/* "Dry needling, against doing without it (added to stretching)" for each pair that is compared, as
 * a list. Nothing where there is no result. */
void study_compared_put(const struct page *page, const struct study *study);

#endif
