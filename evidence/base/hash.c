#include "evidence/base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { DIGEST_SIZE = 32 };

static void spell(const unsigned char digest[DIGEST_SIZE], char out[HASH_SIZE])
{
    sodium_bin2hex(out, HASH_SIZE, digest, DIGEST_SIZE);
}

/* OpenSSL's has the processor's own instructions, a fifth of the time, but needs memory for which
 * it may be refused; libsodium's cannot fail. */
void hash_bytes(const void *bytes, size_t length, char out[HASH_SIZE])
{
    unsigned char digest[DIGEST_SIZE];
    const void *some = length == 0 ? "" : bytes;
    if (EVP_Digest(some, length, digest, NULL, EVP_sha256(), NULL) != 1)
        crypto_hash_sha256(digest, some, length);
    spell(digest, out);
}

void hash_text(const char *text, char out[HASH_SIZE])
{
    hash_bytes(text, strlen(text), out);
}

static bool hash_stream(FILE *file, unsigned char digest[DIGEST_SIZE])
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
    unsigned char digest[DIGEST_SIZE];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "%s: %s", path,
                         strerror(errno));
    bool good = hash_stream(file, digest);
    if (!good)
        error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    fclose(file);
    spell(digest, out);
    return good;
}
