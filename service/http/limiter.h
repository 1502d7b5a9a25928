/*
 * How often somebody may do something: so many at once, and at a rate in the long run; perhaps with
 * a rate for all of them together. What it remembers is bounded: places for some thousands of keys,
 * told apart by a keyed hash (so it holds no address); where all places of a hash are taken, the
 * key that owes least is forgotten.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_LIMITER_H
#define TOUCHSTONE_SERVICE_HTTP_LIMITER_H

#include <stdint.h>

#include "evidence/base/arena.h"

/* So many at once, then `many` more in `seconds`. All three at least 1. */
struct rate {
    unsigned at_once;
    unsigned many;
    unsigned seconds;
};

/* For those together whose number nothing limits. */
#define RATE_NONE ((struct rate){0})

struct limiter;

/* `together` is for all keys as one. Never NULL. */
struct limiter *limiter_new(struct rate each, struct rate together);
void limiter_free(struct limiter *limiter); /* NULL is allowed */

/*
 * From any thread: counts one for `key`, at `now_ms`. A clock that was set back costs nobody more
 * than the time that at_once takes. 0 if it may; else nothing is counted, for the key or for all,
 * and it is how many seconds, rounded up, to wait before it may.
 */
unsigned limiter_take(struct limiter *limiter, const char *key, int64_t now_ms);

/* True of who is not limited by address: a client on this machine, by a socket of its own (NULL) or
 * of a proxy that is not trusted, is nobody to keep out. */
bool limiter_spares(const char *remote);

/* What an address is limited by, in the arena: an IPv4 address whole, of an IPv6 address the first
 * 64 bits, which is what one household has. An unknown address (NULL) is one key too. */
const char *limiter_address(const char *remote, struct arena *arena);

#endif
