/* The form of the diary page, made into what POST /v1/stop takes, so that both are read the same.
 */
#ifndef TOUCHSTONE_SERVICE_WEB_STOP_FORM_H
#define TOUCHSTONE_SERVICE_WEB_STOP_FORM_H

#include "evidence/judgement/stop/stop.h"
#include "service/web/form.h"

/* The scores of the form: 0 to this. */
enum { STOP_FORM_WORST = 10 };

/*
 * The diary as JSON, a new reference that the caller decrefs. Of the form's fields
 *
 *     intervention, condition       names as people type them
 *     started, before               the day of the first session, and how bad it was then
 *     today, now                    how bad it is now; `today` (a date) unless the form tells a day
 *     day, score                    further days, in pairs, an empty pair passed over
 *     session                       days of sessions
 *     sign                          ids of red flags that were ticked, told in the book's own words
 *     symptoms, adverse_events, medicines
 *
 * empty ones are left out. A day without its score, or a score without its day, stays as null and
 * is told of by diary_read.
 */
json_t *stop_form_json(const struct form *form, const struct catalog *catalog, const char *today);

/* What is told of symptoms in that JSON, ticked signs included, one text; "" for nothing. */
const char *stop_form_symptoms(const json_t *diary, struct arena *arena);

#endif
