#include "evidence/judgement/stop/diary_day.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_A_DAY = 86400 };
/* A number at least this large was meant as something else. */
static const double LARGEST_DAY = 100000;

/* Days since 1970-01-01 of a date that stands in the calendar; NAN otherwise. */
static double days_of(const char *text)
{
    struct tm date = {0};
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &date.tm_year, &date.tm_mon, &date.tm_mday, &used) != 3 ||
        text[used] != '\0' || strlen(text) != strlen("2026-11-22"))
        return NAN;
    struct tm sought = date;
    sought.tm_year -= 1900;
    sought.tm_mon -= 1;
    time_t seconds = timegm(&sought); /* puts what is in no calendar right: then it differs */
    if (sought.tm_mday != date.tm_mday || sought.tm_mon != date.tm_mon - 1)
        return NAN;
    time_t days = seconds / SECONDS_A_DAY; /* without rest: of midnight */
    return (double)days;
}

static double read_date(const struct json_reader *at, const char *key, const char *text)
{
    double day = days_of(text);
    if (isnan(day))
        json_problem(at, key, "\"%.40s\" is no day; write a number or a date such as 2026-11-22",
                     text);
    return day;
}

static double read_number(const struct json_reader *at, const char *key, const json_t *value)
{
    double day = json_number_value(value);
    if (!json_is_number(value))
        json_problem(at, key, "write a number or a date such as 2026-11-22");
    else if (fabs(day) >= LARGEST_DAY)
        json_problem(at, key, "is too far from the others to be a day of a treatment");
    else
        return day;
    return NAN;
}

double diary_read_day(const struct json_reader *at, const char *key, enum need need,
                      enum day_kind *kind)
{
    const json_t *value = key == NULL                 ? at->value
                          : json_is_object(at->value) ? json_object_get(at->value, key)
                                                      : NULL;
    return diary_day_told(at, key, value, need, kind);
}

double diary_day_told(const struct json_reader *at, const char *key, const json_t *value,
                      enum need need, enum day_kind *kind)
{
    if (value == NULL || json_is_null(value)) {
        if (need == REQUIRED)
            json_problem(at, key, "required");
        return NAN;
    }
    enum day_kind found = json_is_string(value) ? DAYS_DATES : DAYS_NUMBERS;
    if (*kind == DAYS_UNKNOWN)
        *kind = found;
    if (*kind != found) {
        json_problem(at, key, "days are dates in one place and numbers in another");
        return NAN;
    }
    return found == DAYS_DATES ? read_date(at, key, json_string_value(value))
                               : read_number(at, key, value);
}

const char *diary_date(double day, struct arena *arena)
{
    time_t seconds = (time_t)(floor(day) * SECONDS_A_DAY);
    struct tm date;
    gmtime_r(&seconds, &date);
    return arena_printf(arena, "%04d-%02d-%02d", date.tm_year + 1900, date.tm_mon + 1,
                        date.tm_mday);
}
