#include "evidence/base/hash.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
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

static bool hash_stream(FILE *file, unsigned char digest[crypto_hash_sha256_BYTES])
{
    unsigned char bytes[1 << 16];
    crypto_hash_sha256_state state;
    size_t got = 0;
    crypto_hash_sha256_init(&state);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        crypto_hash_sha256_update(&state, bytes, got);
    crypto_hash_sha256_final(&state, digest);
    return !ferror(file);
}

bool hash_file(const char *path, char out[HASH_SIZE], struct error *err)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "%s: %s", path,
                         strerror(errno));
    bool good = hash_stream(file, digest);
    if (!good)
        error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    fclose(file);
    sodium_bin2hex(out, HASH_SIZE, digest, sizeof digest);
    return good;
}
