#include "service/http/date.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char *const day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

static char *put_two(char *out, int number)
{
    out[0] = (char)('0' + number / 10);
    out[1] = (char)('0' + number % 10);
    return out + 2;
}

static char *put_year(char *out, int year)
{
    return put_two(put_two(out, year / 100), year % 100);
}

static char *put_text(char *out, const char *text, size_t length)
{
    memcpy(out, text, length);
    return out + length;
}

/* The day of the era and the year it lies in, counted in years that begin with March, as after that
 * their days are the same in all (Hinnant, "chrono-compatible low-level date algorithms",
 * civil_from_days). */
static void split_day(int day, struct tm *when)
{
    enum { DAYS_OF_ERA = 146097, TO_YEAR_0 = 719468, YEARS_OF_ERA = 400 };
    int era = (day + TO_YEAR_0) / DAYS_OF_ERA;
    int of_era = day + TO_YEAR_0 - era * DAYS_OF_ERA;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153; /* 0 is March */
    when->tm_mday = of_year - (153 * month + 2) / 5 + 1;
    when->tm_mon = month < 10 ? month + 2 : month - 10;
    when->tm_year = era * YEARS_OF_ERA + year + (month >= 10) - 1900;
    when->tm_wday = (day + TO_YEAR_0 + 3) % 7; /* 1 March of year 0 was a Wednesday */
}

/* As gmtime_r does, which took a tenth of the time of a kept answer: it looks for a time zone
 * first. False for years before 1 and after 9999. */
static bool split(time_t at, struct tm *when)
{
    enum { DAY_S = 24 * 60 * 60 };
    static const int64_t first = -62135596800; /* 0001-01-01T00:00:00Z */
    static const int64_t last = 253402300799;  /* 9999-12-31T23:59:59Z */
    if (at < first || at > last)
        return false;
    int64_t since = (int64_t)at - first; /* so that nothing is negative */
    int of_day = (int)(since % DAY_S);
    split_day((int)(since / DAY_S + first / DAY_S), when);
    when->tm_hour = of_day / 3600;
    when->tm_min = of_day / 60 % 60;
    when->tm_sec = of_day % 60;
    return true;
}

/* Written digit by digit: printf took a twelfth of the time of a kept answer. */
void http_date_write(time_t at, char out[HTTP_DATE_SIZE])
{
    struct tm when;
    out[0] = '\0';
    if (!split(at, &when))
        return;
    char *next = put_text(out, day_names[when.tm_wday], 3);
    next = put_two(put_text(next, ", ", 2), when.tm_mday);
    next = put_text(put_text(next, " ", 1), month_names + (ptrdiff_t)3 * when.tm_mon, 3);
    next = put_year(put_text(next, " ", 1), when.tm_year + 1900);
    next = put_two(put_text(next, " ", 1), when.tm_hour);
    next = put_two(put_text(next, ":", 1), when.tm_min);
    next = put_two(put_text(next, ":", 1), when.tm_sec);
    put_text(next, " GMT", 4);
    out[HTTP_DATE_SIZE - 1] = '\0';
}

void timestamp_write(time_t at, char out[TIMESTAMP_SIZE])
{
    struct tm when;
    out[0] = '\0';
    if (!split(at, &when))
        return;
    char *next = put_year(out, when.tm_year + 1900);
    next = put_two(put_text(next, "-", 1), when.tm_mon + 1);
    next = put_two(put_text(next, "-", 1), when.tm_mday);
    next = put_two(put_text(next, "T", 1), when.tm_hour);
    next = put_two(put_text(next, ":", 1), when.tm_min);
    next = put_two(put_text(next, ":", 1), when.tm_sec);
    put_text(next, "Z", 1);
    out[TIMESTAMP_SIZE - 1] = '\0';
}

static int month_of(const char *name)
{
    const char *found = strlen(name) == 3 ? strstr(month_names, name) : NULL;
    return found == NULL || (found - month_names) % 3 != 0 ? -1 : (int)(found - month_names) / 3;
}

/* A two-digit year that would lie more than 50 years ahead is of the century before. */
static int whole_year(int year, time_t now)
{
    struct tm today;
    if (gmtime_r(&now, &today) == NULL)
        return year;
    int this_year = today.tm_year + 1900;
    year += this_year / 100 * 100;
    return year > this_year + 50 ? year - 100 : year;
}

/* The parts where they stand in the three forms; false if `text` is none of them. */
static bool read_parts(const char *text, time_t now, struct tm *when, char month[4])
{
    int end = 0;
    int year = 0;
    if (sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &when->tm_mday, month,
               &year, &when->tm_hour, &when->tm_min, &when->tm_sec, &end) == 6 &&
        end > 0 && text[end] == '\0') {
        when->tm_year = year - 1900;
        return true;
    }
    if (sscanf(text, "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &when->tm_mday, month,
               &year, &when->tm_hour, &when->tm_min, &when->tm_sec, &end) == 6 &&
        end > 0 && text[end] == '\0') {
        when->tm_year = whole_year(year, now) - 1900;
        return true;
    }
    if (sscanf(text, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", month, &when->tm_mday,
               &when->tm_hour, &when->tm_min, &when->tm_sec, &year, &end) == 6 &&
        end > 0 && text[end] == '\0') {
        when->tm_year = year - 1900;
        return true;
    }
    return false;
}

static bool is_possible(const struct tm *when)
{
    return when->tm_mon >= 0 && when->tm_mday >= 1 && when->tm_mday <= 31 && when->tm_hour >= 0 &&
           when->tm_hour <= 23 && when->tm_min >= 0 && when->tm_min <= 59 && when->tm_sec >= 0 &&
           when->tm_sec <= 60;
}

bool http_date_read(const char *text, time_t now, time_t *out)
{
    struct tm when = {0};
    char month[4] = "";
    if (text == NULL || !read_parts(text, now, &when, month))
        return false;
    when.tm_mon = month_of(month);
    if (!is_possible(&when))
        return false;
    *out = timegm(&when);
    return true;
}
