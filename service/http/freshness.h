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
    atomic_llong seen;  /* seconds since the epoch; 0: nobody looks */
    atomic_llong asked; /* when the store was asked that has not answered yet; 0: it was not */
    atomic_bool lost;
    int most_seconds;     /* from one look to the next; both set before anybody asks */
    int patience_seconds; /* for an answer of the store */
};

/* The store is asked, and has answered; the look goes on, which may mean to read all of it. */
void freshness_ask(struct freshness *freshness, time_t now);
void freshness_hear(struct freshness *freshness);

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

/* The store does not answer: the last look failed, or has been waiting for too long. */
bool freshness_is_silent(struct freshness *freshness, time_t now);

#endif
