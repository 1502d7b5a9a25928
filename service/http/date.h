/* Dates as HTTP writes them (RFC 9110, section 5.6.7), whatever the locale. */
#ifndef TOUCHSTONE_SERVICE_HTTP_DATE_H
#define TOUCHSTONE_SERVICE_HTTP_DATE_H

#include <stdbool.h>
#include <time.h>

#include "evidence/base/error.h"

enum { HTTP_DATE_SIZE = 30 };

/* "Sun, 06 Nov 1994 08:49:37 GMT". Years 1 to 9999; others give "". */
void http_date_write(time_t at, char out[HTTP_DATE_SIZE]);

enum { TIMESTAMP_SIZE = 21 };

/* "1994-11-06T08:49:37Z" (RFC 3339). The same years. */
void timestamp_write(time_t at, char out[TIMESTAMP_SIZE]);

/* Reads any of the three forms (the two old ones, too). False if it is none. `now` tells the
 * century of a two-digit year. */
MUST_USE bool http_date_read(const char *text, time_t now, time_t *out);

#endif
