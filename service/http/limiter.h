/*
 * How often somebody may do something: so many at once, and so many a minute in the long run. What
 * it remembers is bounded: places for some thousands of keys, told apart by a keyed hash; where all
 * places of a hash are taken, the key that owes least is forgotten.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_LIMITER_H
#define TOUCHSTONE_SERVICE_HTTP_LIMITER_H

#include <stdint.h>

#include "evidence/base/arena.h"

struct limiter;

/* Both at least 1. Never NULL. */
struct limiter *limiter_new(unsigned at_once, unsigned a_minute);
void limiter_free(struct limiter *limiter); /* NULL is allowed */

/*
 * From any thread: counts one for `key`, at `now_ms`. A clock that was set back costs nobody more
 * than the minutes that at_once takes. 0 if it may; else nothing is counted and it is how many
 * seconds, rounded up, to wait before it may.
 */
unsigned limiter_take(struct limiter *limiter, const char *key, int64_t now_ms);

/* What an address is limited by, in the arena: an IPv4 address whole, of an IPv6 address the first
 * 64 bits, which is what one household has. An unknown address (NULL) is one key too. */
const char *limiter_address(const char *remote, struct arena *arena);

#endif
