/* The form of the diary page, filled with what was sent. */
#ifndef TOUCHSTONE_SERVICE_WEB_STOP_FORM_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STOP_FORM_VIEW_H

#include "service/web/form.h"
#include "service/web/layout.h"

/* Danger signs first, then what, for what, since when, how bad, further days, and what else there
 * is to tell. `form` is what stands in it, {0} for nothing; `today` a date. */
void stop_form_put(const struct page *page, const struct form *form, const char *today);

#endif
