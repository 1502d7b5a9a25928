#include "importers/sources/day.h"

#include <stdlib.h>
#include <string.h>

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

const char *day_write(int year, int month, int day, struct arena *arena)
{
    if (year < DAY_YEAR_LEAST || year > DAY_YEAR_MOST)
        return NULL;
    if (month < 1 || month > 12)
        return arena_printf(arena, "%04d", year);
    if (day < 1 || day > days_in(year, month))
        return arena_printf(arena, "%04d-%02d", year, month);
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

/* The number of exactly `digits` digits at *at, which moves past it; -1 and stays without. */
static int number_of(const char **at, size_t digits)
{
    char text[8] = {0};
    if (strspn(*at, "0123456789") != digits)
        return -1;
    memcpy(text, *at, digits);
    *at += digits;
    return atoi(text);
}

static int number_behind_hyphen(const char **at)
{
    if (**at != '-')
        return -1;
    ++*at;
    return number_of(at, 2);
}

bool day_is_whole(const char *text)
{
    const char *at = text;
    int year = number_of(&at, 4);
    int month = year < 0 ? -1 : number_behind_hyphen(&at);
    int day = month < 0 ? -1 : number_behind_hyphen(&at);
    return *at == '\0' && year >= DAY_YEAR_LEAST && year <= DAY_YEAR_MOST && month >= 1 &&
           month <= 12 && day >= 1 && day <= days_in(year, month);
}
