/*
 * How often one client may do what costs something: a few times at once, then now and then (a token
 * bucket for each address, and one for all of them together). Memory is bounded, and holds no
 * address: a client is known by a hash with a key of this process (for IPv6 of the first 64 bits,
 * which one household has to itself), and is forgotten when its bucket is needed for another.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_RATE_LIMIT_H
#define TOUCHSTONE_SERVICE_HTTP_RATE_LIMIT_H

#include <time.h>

struct rate {
    int burst;         /* so many at once */
    int seconds_a_one; /* then one more after so many seconds */
};

struct rate_limit;

/* Never NULL; the caller frees it. */
struct rate_limit *rate_limit_new(struct rate client, struct rate all);

/* NULL is allowed. */
void rate_limit_free(struct rate_limit *limit);

/* Takes one for the client at this address (as text; NULL: unknown, which is one client). 0 where
 * it may, else in how many seconds it may again. Safe from any thread. */
int rate_limit_take(struct rate_limit *limit, const char *address, time_t now);

#endif
