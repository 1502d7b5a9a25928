#include "evidence/base/hash.h"

#include <sodium.h>
#include <string.h>

void hash_bytes(const void *bytes, size_t length, char out[HASH_SIZE])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    /* Cannot fail, and needs no sodium_init: neither randomness nor chosen code is involved. */
    crypto_hash_sha256(digest, length == 0 ? (const unsigned char *)"" : bytes, length);
    sodium_bin2hex(out, HASH_SIZE, digest, sizeof digest);
}

void hash_text(const char *text, char out[HASH_SIZE])
{
    hash_bytes(text, strlen(text), out);
}
