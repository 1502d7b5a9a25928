/* The diary page: what it says at first, what is wrong with what was sent, and the answer. */
#ifndef TOUCHSTONE_SERVICE_WEB_STOP_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STOP_VIEW_H

#include "evidence/judgement/stop/stop.h"
#include "service/web/form.h"
#include "service/web/layout.h"

/* Danger first, where `flags` (NULL: none looked for) has any; then what is wrong, where `problems`
 * (NULL: nothing) has any; then the form. `today` is a date. */
void stop_put_start(const struct page *page, const struct form *form,
                    const struct raised_flags *flags, const struct problems *problems,
                    const char *today);

/* The decision in a sentence, the chart, when to look again, what would be expected without
 * treatment, what is rated better, what was taken for granted; last the form. An alarm stands
 * alone.
 */
void stop_put(const struct page *page, const struct form *form, const struct diary *diary,
              const struct stop_signs *signs, const struct stopping *stopping, const char *today);

#endif
