/* The pieces that the pages of curators are made of: choices out of the base, fields whose names
 * are JSON pointers of what is sent, and what says how it went. */
#ifndef TOUCHSTONE_SERVICE_WEB_DESK_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_DESK_VIEW_H

#include "service/web/curate_view.h"

/* Options of a select, with the id of the entry as value; the first says that none is chosen. */
void desk_put_interventions(const struct page *page);
void desk_put_conditions(const struct page *page);
void desk_put_outcomes(const struct page *page);

/* Options whose words are their values; `names` ends with NULL. */
void desk_put_words(const struct page *page, const char *const *names);

/* The heading, the first sentence, what is said without JavaScript where `scripted`, and the place
 * where a script says what was done. */
void desk_put_head(const struct page *page, const char *title, const char *lead, bool scripted);

#endif
