/* The forms of the page at /curate/study. Their fields are called by JSON pointers of what the API
 * takes; curate-study.js fills and sends them. */
#ifndef TOUCHSTONE_SERVICE_WEB_CURATE_STUDY_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_CURATE_STUDY_VIEW_H

#include "service/web/desk_view.h"

/* All parts of one study or publication. `audits`: who is signed in may read the log. */
void curate_study_put(const struct page *page, const char *id, bool audits);

/* The form to find one, and a place for what is found. `text` as typed; "". */
void curate_study_put_search(const struct page *page, const char *text);

#endif
