/*
 * Whether what is served is known to be what the store holds. Whoever looks says when it was so; it
 * is no longer known when a look failed, or when none has come to an end for too long: a store that
 * is silent keeps whoever asks it waiting, and nobody else.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_FRESHNESS_H
#define TOUCHSTONE_SERVICE_HTTP_FRESHNESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

/* Zero-initialised: nobody looks, and all is taken to be fresh. From any thread. */
struct freshness {
    atomic_llong seen; /* seconds since the epoch; 0: nobody looks */
    atomic_bool lost;
    int most_seconds; /* from one look to the next; set before anybody asks */
};

/* What is served is what the store held just now. */
void freshness_saw(struct freshness *freshness, time_t now);

/* A look failed; freshness_saw ends that. */
void freshness_lose(struct freshness *freshness);

/* The last time at which what is served was known to be what the store holds, where it is not known
 * now; else 0. NULL is always fresh. */
static inline time_t freshness_stale_since(struct freshness *freshness, time_t now)
{
    if (freshness == NULL)
        return 0;
    time_t seen = (time_t)atomic_load_explicit(&freshness->seen, memory_order_relaxed);
    bool fresh = seen == 0 || (now - seen <= freshness->most_seconds &&
                               !atomic_load_explicit(&freshness->lost, memory_order_relaxed));
    return fresh ? 0 : seen;
}

#endif
