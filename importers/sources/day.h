/* Days in numbers, as services give and take them. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_DAY_H
#define TOUCHSTONE_IMPORTERS_SOURCES_DAY_H

#include <stdbool.h>

#include "evidence/base/arena.h"

/* Years that a publication can have. */
enum { DAY_YEAR_LEAST = 1000, DAY_YEAR_MOST = 2999 };

/* YYYY, YYYY-MM or YYYY-MM-DD: what is not a month of the year or a day of the month, 0 and
 * COUNT_UNKNOWN among them, is left out with what follows it. NULL without a year. */
const char *day_write(int year, int month, int day, struct arena *arena);

/* True for YYYY-MM-DD and nothing else, a day that exists. */
bool day_is_whole(const char *text);

#endif
