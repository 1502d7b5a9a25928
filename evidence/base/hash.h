/* A fingerprint of bytes: SHA-256 (FIPS 180-4), written in hexadecimal. */
#ifndef TOUCHSTONE_EVIDENCE_BASE_HASH_H
#define TOUCHSTONE_EVIDENCE_BASE_HASH_H

#include <stddef.h>

#include "evidence/base/error.h"

/* 64 lower-case hex digits and a NUL. */
enum { HASH_SIZE = 65 };

/* Writes the SHA-256 of `length` bytes into `out`. `bytes` may be NULL if `length` is 0. */
void hash_bytes(const void *bytes, size_t length, char out[HASH_SIZE]);

/* The same of a string, without its NUL. */
void hash_text(const char *text, char out[HASH_SIZE]);

/* The same of a whole file, however long. ERROR_NOT_FOUND or ERROR_IO. */
MUST_USE bool hash_file(const char *path, char out[HASH_SIZE], struct error *err);

#endif
