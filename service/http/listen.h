/* Sockets that share one address. */
#ifndef TOUCHSTONE_SERVICE_HTTP_LISTEN_H
#define TOUCHSTONE_SERVICE_HTTP_LISTEN_H

#include <stddef.h>

#include "evidence/base/error.h"

enum { LISTEN_URL_SIZE = 128 };

struct listening {
    int *fds; /* `count` of them, listening, non-blocking; the caller's array */
    size_t count;
    bool secure; /* the caller's: the URL says https */
    int port;
    char url[LISTEN_URL_SIZE]; /* "http://[::1]:8080", "unix:/run/touchstone.sock" */
};

/*
 * Opens `out->count` listening sockets on one address, "127.0.0.1:8080" or "[::1]:0" or
 * "localhost:8080", so that the kernel spreads connections over them. With port 0 the first socket
 * chooses and the others follow. "unix:/path" is a unix socket, for its owner and group, in place
 * of one that was left behind; "systemd" the one socket that systemd listens at and hands over. Of
 * these all descriptors are one socket, and the port is 0.
 *
 * ERROR_INVALID for what is no address; ERROR_IO, with what to do, for a port in use (also by
 * another server that shares ports: the kernel would allow it, and half of the requests would go
 * astray), one that needs privileges, or an address that is not of this machine. On failure no
 * socket stays open.
 */
MUST_USE bool listen_open(const char *address, struct listening *out, struct error *err);

#endif
