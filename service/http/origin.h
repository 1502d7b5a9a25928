/*
 * How this service is reached from outside, for answers that hold whole addresses of it (feeds,
 * other worlds' formats, links that travel).
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_ORIGIN_H
#define TOUCHSTONE_SERVICE_HTTP_ORIGIN_H

#include "evidence/base/arena.h"

/* True for "https://host", "http://host:8080/path/": a scheme, a host and perhaps a path. */
bool origin_is_base(const char *url);

/*
 * `base_url`, if there is one; else `scheme` ("http") and the Host header, if that is a host and
 * no more; else localhost with it. Never with a slash at its end. In the arena.
 */
const char *origin_of(const char *base_url, const char *scheme, const char *host,
                      struct arena *arena);

#endif
