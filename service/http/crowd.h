/*
 * How many connections each address has open at once, over all workers. What is remembered is
 * bounded by the connections that there are; addresses are told apart by a keyed hash, so it holds
 * none. Nobody is counted who has no address of their own to be counted by: who comes by a unix
 * socket, from this machine, or through a trusted proxy, which stands for many.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_CROWD_H
#define TOUCHSTONE_SERVICE_HTTP_CROWD_H

#include <sys/socket.h>

#include "service/http/forwarded.h"

struct crowd;

/* `most` (at least 1) is how many connections of one address are served at once. `proxies` is
 * borrowed; NULL: none is trusted. Never NULL. */
struct crowd *crowd_new(unsigned most, const struct proxies *proxies);
void crowd_free(struct crowd *crowd); /* NULL is allowed; all have left before */

enum crowd_room {
    CROWD_ROOM, /* it is served */
    CROWD_FULL, /* it is told why not */
    CROWD_SHUT  /* as many are being told already: it is closed without a word */
};

struct caller; /* an address that has connections */

/* What a connection is in the crowd; zero-initialised: not counted. */
struct crowd_place {
    struct caller *caller; /* NULL: not counted */
    enum crowd_room room;
};

/* From any thread: somebody has connected from `peer`. Of what comes back, crowd_leave has to be
 * told once, unless the room is CROWD_SHUT. */
struct crowd_place crowd_enter(struct crowd *crowd, const struct sockaddr *peer, socklen_t length);
void crowd_leave(struct crowd *crowd, struct crowd_place place);

/* What to tell those for whom there is no room. Lives as long as the crowd. */
const char *crowd_words(const struct crowd *crowd);

#endif
