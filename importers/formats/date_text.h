/*
 * Dates as people and programs write them: "2016/09//", "2010 Jun 1", "25 Aug 2004", "2011
 * Nov-Dec", "9/27/2023 0:00". Only what is certain is taken: of a span, or of a day and month in
 * doubtful order, the year alone.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_DATE_TEXT_H
#define TOUCHSTONE_IMPORTERS_FORMATS_DATE_TEXT_H

#include <stdbool.h>

#include "evidence/base/arena.h"

/* Parts that are not known are 0. */
struct date {
    int year;
    int month;
    int day;
};

/* Which of two numbers before a year is the month, where both could be. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_MONTH_FIRST };

/* What the text tells of a date; a text may hold a month and day without a year ("JUN 8"). */
struct date date_read(const char *text, enum date_order order);

/* The month of "Aug", "August", "08" or "8"; 0 for anything else. */
int date_month(const char *text);

/* YYYY, YYYY-MM or YYYY-MM-DD, as exact as it is known; NULL without a year. */
const char *date_write(struct date date, struct arena *arena);

#endif
