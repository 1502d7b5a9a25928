#include "evidence/base/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 32 };

static void write_secret(const unsigned char bytes[SECRET_BYTES], char out[SECRET_SIZE])
{
    sodium_bin2base64(out, SECRET_SIZE, bytes, SECRET_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_new(char out[SECRET_SIZE])
{
    unsigned char bytes[SECRET_BYTES];
    if (sodium_init() < 0)
        abort(); /* the system has no random numbers to give: nothing made here could be secret */
    randombytes_buf(bytes, sizeof bytes);
    write_secret(bytes, out);
    sodium_memzero(bytes, sizeof bytes);
}

bool secret_is_form(const char *text)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return strlen(text) == SECRET_SIZE - 1 && strspn(text, letters) == SECRET_SIZE - 1;
}

void secret_hash(const char *secret, char out[HASH_SIZE])
{
    unsigned char digest[crypto_generichash_BYTES];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)secret, strlen(secret), NULL,
                       0);
    sodium_bin2hex(out, HASH_SIZE, digest, sizeof digest);
}

bool secret_same(const char *one, const char *other)
{
    size_t length = strlen(one); /* which is no secret: it is the same for all */
    return length > 0 && strlen(other) == length && sodium_memcmp(one, other, length) == 0;
}

void secret_derive(const char *secret, const char *purpose, char out[SECRET_SIZE])
{
    unsigned char bytes[SECRET_BYTES];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)purpose, strlen(purpose),
                       (const unsigned char *)secret, strlen(secret));
    write_secret(bytes, out);
    sodium_memzero(bytes, sizeof bytes);
}
