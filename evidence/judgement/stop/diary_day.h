/* Days as diaries write them: numbers counted from anywhere, or dates. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_DAY_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_DAY_H

#include "evidence/base/json_reader.h"

/* How the days of one diary are written; the first one read settles it. */
enum day_kind { DAYS_UNKNOWN, DAYS_NUMBERS, DAYS_DATES };

/*
 * The member `key` (NULL: the place itself) as a day: a number, or "2026-11-22" as days since
 * 1970-01-01; NAN if absent. A number beside dates, a date beside numbers, and a day that is in no
 * calendar are problems.
 */
double diary_read_day(const struct json_reader *at, const char *key, enum need need,
                      enum day_kind *kind);

/* The same of a member that was looked up: `value`, NULL if it is absent. */
double diary_day_told(const struct json_reader *at, const char *key, const json_t *value,
                      enum need need, enum day_kind *kind);

/* Days since 1970-01-01 as a date, in `arena`. */
const char *diary_date(double day, struct arena *arena);

#endif
