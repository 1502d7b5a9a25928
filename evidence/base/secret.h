/*
 * Random texts that let somebody in, and what is kept of them instead. A secret holds 256 random
 * bits, so a fast hash keeps it as safely as a slow one would: there is nothing to guess.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_SECRET_H
#define TOUCHSTONE_EVIDENCE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/hash.h"

/* 43 letters, digits, '-' and '_' (base64url, RFC 4648), and a NUL. */
enum { SECRET_SIZE = 44 };

/* From the system's random numbers. */
void secret_new(char out[SECRET_SIZE]);

/* True if `text` has the length and the letters of a secret. */
bool secret_is_form(const char *text);

/* What is kept of a secret: BLAKE2b with 256 bits (RFC 7693), in hexadecimal. */
void secret_hash(const char *secret, char out[HASH_SIZE]);

/* Whether two secrets, or two such hashes, are the same, in a time that does not tell where they
 * differ. */
bool secret_same(const char *one, const char *other);

/* Another secret that follows from this one and tells nothing of it: keyed BLAKE2b of `purpose`. */
void secret_derive(const char *secret, const char *purpose, char out[SECRET_SIZE]);

#endif
