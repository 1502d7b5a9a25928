/* Dates as people write them into a table: whether day or month comes first is told by the column
 * as a whole, never by a guess. */
#ifndef TOUCHSTONE_SERVICE_COMMAND_DIARY_DATE_H
#define TOUCHSTONE_SERVICE_COMMAND_DIARY_DATE_H

#include <stdbool.h>

#include "evidence/base/arena.h"

struct written_date {
    int year;
    int first;     /* the month, where the date is in no doubt; else what stands first … */
    int second;    /* the day; … and second */
    bool in_doubt; /* "03.04.2026": either may be the month */
};

/*
 * Reads "2026-11-22", "2026/11/22" and "2026.11.22", "22 Nov 2026", "22-Nov-26", "November 22,
 * 2026" (English, German, French, Spanish and Dutch names, three letters at least), and, in doubt,
 * "22.11.2026", "11/22/26"; a time of day after it is passed over. Two digits of a year are of this
 * century. False for anything else; that such a day stands in the calendar is not looked at.
 */
bool date_written(const char *text, struct written_date *out);

/* "2026-11-22"; of a date in doubt with its day first, or its month. In `arena`. */
const char *date_told(const struct written_date *date, bool day_first, struct arena *arena);

#endif
