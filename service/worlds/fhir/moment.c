#include "service/worlds/fhir/moment.h"

#include <ctype.h>
#include <string.h>

/* Reads `digits` digits in [least, most] and moves on. */
static bool read_part(const char **at, int digits, int least, int most, int *out)
{
    *out = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
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
    (*at)++;
    return true;
}

static time_t seconds_of(int year, int month, int day)
{
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return timegm(&parts);
}

static bool read_offset(const char **at, int *seconds)
{
    int hours;
    int minutes;
    *seconds = 0;
    if (**at == '\0' || skip(at, 'Z'))
        return true;
    int sign = **at == '-' ? -1 : 1;
    if (!skip(at, '+') && !skip(at, '-') && !skip(at, ' ')) /* a plus that was not encoded */
        return false;
    if (!read_part(at, 2, 0, 14, &hours) || !skip(at, ':') || !read_part(at, 2, 0, 59, &minutes))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool read_time(const char **at, struct fhir_moment *day)
{
    int hours;
    int minutes;
    int seconds = 0;
    int offset;
    if (!read_part(at, 2, 0, 23, &hours) || !skip(at, ':') || !read_part(at, 2, 0, 59, &minutes))
        return false;
    bool fine = skip(at, ':');
    if (fine && !read_part(at, 2, 0, 60, &seconds))
        return false;
    if (fine && skip(at, '.'))
        *at += strspn(*at, "0123456789");
    if (!read_offset(at, &offset))
        return false;
    day->from += hours * 3600 + minutes * 60 + seconds - offset;
    day->to = day->from + (fine ? 1 : 60);
    return true;
}

static bool is_day(int year, int month, int day)
{
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    timegm(&parts);
    return parts.tm_mon == month - 1;
}

bool fhir_moment_read(const char *text, struct fhir_moment *out)
{
    int year;
    int month;
    int day;
    if (!read_part(&text, 4, 1, 9999, &year))
        return false;
    *out = (struct fhir_moment){seconds_of(year, 1, 1), seconds_of(year + 1, 1, 1)};
    if (*text == '\0')
        return true;
    if (!skip(&text, '-') || !read_part(&text, 2, 1, 12, &month))
        return false;
    *out = (struct fhir_moment){seconds_of(year, month, 1), seconds_of(year, month + 1, 1)};
    if (*text == '\0')
        return true;
    if (!skip(&text, '-') || !read_part(&text, 2, 1, 31, &day) || !is_day(year, month, day))
        return false;
    *out = (struct fhir_moment){seconds_of(year, month, day), seconds_of(year, month, day + 1)};
    if (skip(&text, 'T') && !read_time(&text, out))
        return false;
    return *text == '\0';
}

bool fhir_comparison_read(const char *text, enum fhir_comparison *by, struct fhir_moment *out)
{
    static const char *const prefixes[] = {"eq", "ne", "gt", "lt", "ge", "le", "sa", "eb"};
    *by = FHIR_EQ;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(text, prefixes[i], 2) == 0) {
            *by = (enum fhir_comparison)i;
            return fhir_moment_read(text + 2, out);
        }
    return fhir_moment_read(text, out);
}

bool fhir_moment_fits(struct fhir_moment value, enum fhir_comparison by, struct fhir_moment wanted)
{
    bool within = value.from >= wanted.from && value.to <= wanted.to;
    switch (by) {
    case FHIR_EQ:
        return within;
    case FHIR_NE:
        return !within;
    case FHIR_GT:
        return value.to > wanted.to;
    case FHIR_LT:
        return value.from < wanted.from;
    case FHIR_GE:
        return within || value.to > wanted.to;
    case FHIR_LE:
        return within || value.from < wanted.from;
    case FHIR_SA:
        return value.from >= wanted.to;
    case FHIR_EB:
        return value.to <= wanted.from;
    }
    return false;
}
