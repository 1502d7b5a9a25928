/*
 * What proxies tell of who asks and how they were asked: Forwarded (RFC 7239) or X-Forwarded-For,
 * -Proto and -Host. Only from addresses that the operator trusts, since anybody can send these.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_FORWARDED_H
#define TOUCHSTONE_SERVICE_HTTP_FORWARDED_H

#include "evidence/base/arena.h"
#include "evidence/base/error.h"
#include "service/http/request.h"

struct proxies;

/*
 * `list` names proxies, "127.0.0.1,::1"; "unix" among them stands for who connects to a unix
 * socket. ERROR_INVALID for what is none of these. The caller frees it.
 */
MUST_USE struct proxies *proxies_new(const char *list, struct error *err);
void proxies_free(struct proxies *proxies); /* NULL is allowed */

/* True where `remote`, who is connected (NULL: by a unix socket), is one of them; `proxies` NULL is
 * none. */
bool proxies_trust(const struct proxies *proxies, const char *remote);

struct forwarded {
    const char *remote; /* the client, as far as trusted proxies tell; else who is connected */
    const char *scheme; /* "http" or "https"; NULL: nobody tells */
    const char *host;   /* NULL: nobody tells */
};

/*
 * `remote` is who is connected; NULL: by a unix socket. Of a chain the last address that is no
 * trusted proxy is the client's. Where both kinds of headers are there neither is believed: a proxy
 * writes one and passes the other on as the client made it up. Strings are in the request's arena.
 */
struct forwarded forwarded_read(const struct proxies *proxies, const struct request *request,
                                const char *remote);

#endif
