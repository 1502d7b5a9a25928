#include "importers/fetch/backoff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "importers/fetch/libcurl.h"

/* Of a year or of ten: too long either way, and small enough to add to a clock. */
static const double LONGEST_SECONDS = 1e9;

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

double backoff_wait(int failures, double base, double most, uint64_t *seed)
{
    double share = (double)(next_random(seed) >> 11) * 0x1p-53; /* [0, 1) in 53 bits */
    return share * fmin(most, ldexp(base, failures - 1));
}

static bool read_seconds(const char *text, double *seconds)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits] != '\0')
        return false;
    *seconds = fmin(strtod(text, NULL), LONGEST_SECONDS);
    return true;
}

bool backoff_retry_after(const char *text, const char *date, time_t now, double *seconds)
{
    struct error without = {0};
    if (read_seconds(text, seconds))
        return true;
    if (!libcurl_load(&without))
        return false;
    time_t until = libcurl()->getdate(text, NULL);
    if (until == -1)
        return false;
    time_t from = date == NULL ? -1 : libcurl()->getdate(date, NULL);
    *seconds = fmin(fmax(0, difftime(until, from == -1 ? now : from)), LONGEST_SECONDS);
    return true;
}
