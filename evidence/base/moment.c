#include "evidence/base/moment.h"

#include <ctype.h>
#include <string.h>

enum { SECONDS_A_DAY = 24 * 60 * 60 };

/* Reads exactly `digits` digits that come to [least, most], and moves on. */
static bool read_part(const char **at, int digits, int least, int most, int *out)
{
    *out = 0;
    for (int i = 0; i < digits; i++, ++*at) {
        if (!isdigit((unsigned char)**at))
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return *out >= least && *out <= most;
}

static bool skip(const char **at, char expected)
{
    if (**at != expected)
        return false;
    ++*at;
    return true;
}

static bool read_day(const char **at, time_t *out)
{
    struct tm day = {0};
    if (!read_part(at, 4, 1, 9999, &day.tm_year) || !skip(at, '-') ||
        !read_part(at, 2, 1, 12, &day.tm_mon) || !skip(at, '-') ||
        !read_part(at, 2, 1, 31, &day.tm_mday))
        return false;
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    int month = day.tm_mon;
    *out = timegm(&day); /* moves 30 February into March */
    return day.tm_mon == month;
}

static bool read_offset(const char **at, int *seconds)
{
    int hours = 0;
    int minutes = 0;
    *seconds = 0;
    if (skip(at, 'Z') || skip(at, 'z'))
        return true;
    int sign = **at == '-' ? -1 : 1;
    if ((!skip(at, '+') && !skip(at, '-')) || !read_part(at, 2, 0, 23, &hours) || !skip(at, ':') ||
        !read_part(at, 2, 0, 59, &minutes))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool read_fraction(const char **at)
{
    if (!skip(at, '.'))
        return true;
    size_t digits = strspn(*at, "0123456789");
    *at += digits;
    return digits > 0;
}

static bool read_clock(const char **at, int *out)
{
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    int offset = 0;
    if (!read_part(at, 2, 0, 23, &hours) || !skip(at, ':') || !read_part(at, 2, 0, 59, &minutes) ||
        !skip(at, ':') || !read_part(at, 2, 0, 60, &seconds) || !read_fraction(at) ||
        !read_offset(at, &offset))
        return false;
    *out = hours * 3600 + minutes * 60 + seconds - offset;
    return true;
}

bool moment_read(const char *text, struct moment *out)
{
    time_t day = 0;
    int seconds = 0;
    if (!read_day(&text, &day))
        return false;
    if (*text == '\0') {
        *out = (struct moment){day, day + SECONDS_A_DAY};
        return true;
    }
    if ((!skip(&text, 'T') && !skip(&text, 't')) || !read_clock(&text, &seconds) || *text != '\0')
        return false;
    *out = (struct moment){day + seconds, day + seconds + 1};
    return true;
}

void moment_write(time_t at, char out[MOMENT_SIZE])
{
    struct tm parts;
    if (gmtime_r(&at, &parts) == NULL ||
        strftime(out, MOMENT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        out[0] = '\0';
}
