/*
 * Bytes that are written once and sent often. They lie in memory that is a file of no name too
 * (memfd_create), so that the kernel can send them from where they lie (sendfile) without copying
 * them for each who asks.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_SENDABLE_H
#define TOUCHSTONE_SERVICE_HTTP_SENDABLE_H

#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "evidence/base/arena.h"

struct sendable;

/* Fewer bytes are copied sooner than they are sent from a file. */
enum { SENDABLE_FROM_BYTES = 8 * 1024 };

/* Room for `most` bytes in all, which takes memory only as far as it is filled, given back with
 * `arena`. NULL where there is none to be had: then bytes are kept elsewhere. */
struct sendable *sendable_new(size_t most, struct arena *arena);

/* A copy of the bytes in there, where they stay; NULL where there is no room for them, or fewer
 * than SENDABLE_FROM_BYTES, or no `sendable`. Safe from any thread. */
const char *sendable_add(struct sendable *sendable, const char *bytes, size_t length);

/* Sends `head`, and behind it what lies in there, to a socket that does not block. Gives how many
 * bytes of both the socket took; -1 with errno where it took none. */
ssize_t sendable_send(const struct sendable *sendable, int socket, const struct iovec *head,
                      const struct iovec *body);

#endif
