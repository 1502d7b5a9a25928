#include "service/http/limiter.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 1024, WAYS = 4, MINUTE_MS = 60000 };

/* The generic cell rate algorithm (ITU-T I.371, annex A): one time says all about a key, that at
 * which it would have done what it did had it kept to its rate. */
struct place {
    uint64_t key;
    int64_t due_us;
};

struct limiter {
    pthread_mutex_t lock;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* so that nobody can choose their place */
    int64_t each_us;
    int64_t burst_us;
    struct place places[SETS][WAYS];
};

struct limiter *limiter_new(unsigned at_once, unsigned a_minute)
{
    struct limiter *limiter = memory_alloc(sizeof *limiter);
    memset(limiter, 0, sizeof *limiter);
    pthread_mutex_init(&limiter->lock, NULL);
    randombytes_buf(limiter->secret, sizeof limiter->secret);
    limiter->each_us = (int64_t)MINUTE_MS * 1000 / a_minute;
    limiter->burst_us = limiter->each_us * at_once;
    return limiter;
}

void limiter_free(struct limiter *limiter)
{
    if (limiter == NULL)
        return;
    pthread_mutex_destroy(&limiter->lock);
    free(limiter);
}

static uint64_t hash_of(const struct limiter *limiter, const char *key)
{
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash;
    crypto_shorthash(bytes, (const unsigned char *)key, strlen(key), limiter->secret);
    memcpy(&hash, bytes, sizeof hash);
    return hash;
}

/* The key's place, or the one it may take over. */
static struct place *place_of(struct limiter *limiter, uint64_t hash)
{
    struct place *set = limiter->places[hash % SETS];
    struct place *least = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == hash)
            return &set[i];
        if (set[i].due_us < least->due_us)
            least = &set[i];
    }
    *least = (struct place){.key = hash};
    return least;
}

unsigned limiter_take(struct limiter *limiter, const char *key, int64_t now_ms)
{
    int64_t now_us = now_ms * 1000;
    uint64_t hash = hash_of(limiter, key);
    pthread_mutex_lock(&limiter->lock);
    struct place *place = place_of(limiter, hash);
    int64_t due = place->due_us > now_us ? place->due_us : now_us;
    if (due > now_us + limiter->burst_us) /* the clock was set back */
        due = now_us + limiter->burst_us;
    int64_t wait_us = due + limiter->each_us - now_us - limiter->burst_us;
    if (wait_us <= 0)
        place->due_us = due + limiter->each_us;
    pthread_mutex_unlock(&limiter->lock);
    return wait_us <= 0 ? 0 : (unsigned)((wait_us + 999999) / 1000000);
}

const char *limiter_address(const char *remote, struct arena *arena)
{
    struct in6_addr v6;
    char text[INET6_ADDRSTRLEN];
    if (remote == NULL)
        return "";
    const char *plain = arena_strndup(arena, remote, strcspn(remote, "%")); /* without its scope */
    if (inet_pton(AF_INET6, plain, &v6) != 1)
        return plain;
    if (IN6_IS_ADDR_V4MAPPED(&v6))
        inet_ntop(AF_INET, v6.s6_addr + 12, text, sizeof text);
    else {
        memset(v6.s6_addr + 8, 0, 8);
        inet_ntop(AF_INET6, &v6, text, sizeof text);
    }
    return arena_strdup(arena, text);
}
