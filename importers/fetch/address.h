/* Where a request goes: an http or https address taken apart by libcurl's own parser, so that what
 * is checked here is what is asked there. */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_ADDRESS_H
#define TOUCHSTONE_IMPORTERS_FETCH_ADDRESS_H

#include "evidence/base/error.h"

enum { ADDRESS_HOST_SIZE = 256 };

struct address {
    char *url; /* normal form, owned; address_release gives it back */
    char host[ADDRESS_HOST_SIZE];
    long port;
    bool tls;
    bool loopback; /* this machine: localhost, 127.0.0.0/8, ::1 */
};

/*
 * Takes `url` apart. ERROR_INVALID for what is no address, another scheme, a user name in it, or
 * http:// to another machine unless `plain_http`. Messages never hold the query, where keys stand.
 * Nothing to release on failure.
 */
MUST_USE bool address_read(struct address *address, const char *url, bool plain_http,
                           struct error *err);
void address_release(struct address *address);

/* True if an answer of `from` may send us to `to`: the same host, and the same scheme and port or
 * http raised to https. */
bool address_same_site(const struct address *from, const struct address *to);

#endif
