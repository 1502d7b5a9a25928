/*
 * Follows the store while it is served: what others change there (another node, a build, an import)
 * is served here too, and that the store does not answer is known before anybody asks.
 *
 * A thread of its own looks every so often whether the base has another hash than the one that is
 * served; between two looks it waits for the store to tell of a change (store_await), which makes
 * it sooner and nothing else. A store that cannot be read is tried again, first at once, then less
 * and less often.
 */
#ifndef TOUCHSTONE_SERVICE_CURATION_FOLLOWER_H
#define TOUCHSTONE_SERVICE_CURATION_FOLLOWER_H

#include "service/curation/editor.h"
#include "service/http/freshness.h"

struct follower;

/* All is borrowed and outlives the follower, whose thread makes the calls. */
struct follower_options {
    const char *db;
    unsigned poll_seconds; /* between two looks, above 0 */
    struct editor *editor;
    /* What is served is another base now. */
    void (*caught_up)(void *context);
    struct freshness *freshness; /* told of every look */
    /* The store cannot be read, or not what it holds. Called again where the reason has changed. */
    void (*lost)(void *context, const struct error *why);
    /* What is served is what the store holds, for the first time since `lost`. */
    void (*found)(void *context);
    void *context;
};

/* What is served has been read from the store just now. NULL with ERROR_INTERNAL where no thread
 * can be had. */
MUST_USE struct follower *follower_start(const struct follower_options *options, struct error *err);

/* Waits for a look under way. NULL is allowed. */
void follower_stop(struct follower *follower);

#endif
