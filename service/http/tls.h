/*
 * TLS 1.2 and 1.3 with OpenSSL: a certificate and its key from PEM files, which can be read again
 * while connections go on with the old ones. HTTP/1.1 is what ALPN agrees on, or nothing.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_TLS_H
#define TOUCHSTONE_SERVICE_HTTP_TLS_H

#include <openssl/ssl.h>

#include "evidence/base/error.h"

struct tls;

/*
 * `certificate` is a PEM file with the certificate and those that lead to a root, `key` one with
 * its key; both names are borrowed. NULL and ERROR_INVALID, naming the file and what to do, where
 * one cannot be read, is no PEM, is encrypted, or the two do not belong together.
 */
MUST_USE struct tls *tls_open(const char *certificate, const char *key, struct error *err);
void tls_close(struct tls *tls); /* NULL is allowed */

/* From any thread: reads both files again, for connections from now on. On failure, as of tls_open,
 * the old ones stay. */
MUST_USE bool tls_reload(struct tls *tls, struct error *err);

/* From any thread: a new connection's side of the talk, the caller's to free; NULL where there is
 * no memory. */
SSL *tls_session(struct tls *tls);

#endif
