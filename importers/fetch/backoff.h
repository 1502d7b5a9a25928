/* How long to wait before asking again: pure functions of what is known. */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_BACKOFF_H
#define TOUCHSTONE_IMPORTERS_FETCH_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/*
 * Seconds to wait after the `failures`-th failure in a row (1 is the first): anything from 0 to
 * base * 2^(failures - 1), at most `most`, each as likely ("full jitter"), so that many who failed
 * together do not come back together. `seed` moves on with each call; the same seed gives the same
 * waits.
 *
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. The random
 * numbers are SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
 */
double backoff_wait(int failures, double base, double most, uint64_t *seed);

/*
 * Reads a Retry-After (RFC 9110, section 10.2.3): seconds, or a date. A date counts from `date`,
 * the answer's own Date, so that a clock that is wrong here does no harm; from `now` where `date`
 * is NULL or no date. Seconds in `seconds`, 0 for a moment that is past; false if it is neither.
 */
bool backoff_retry_after(const char *text, const char *date, time_t now, double *seconds);

#endif
