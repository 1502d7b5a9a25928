#include "service/http/limiter.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 1024, WAYS = 4, SECOND_US = 1000000 };

/* The generic cell rate algorithm (ITU-T I.371, annex A): one time says all about a key, that at
 * which it would have done what it did had it kept to its rate. */
struct place {
    uint64_t key;
    int64_t due_us;
};

/* A rate as that algorithm has it. */
struct cells {
    int64_t each_us; /* 0: nothing is limited */
    int64_t burst_us;
};

struct limiter {
    pthread_mutex_t lock;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* so that nobody can choose their place */
    struct cells each;
    struct cells together;
    struct place all;
    struct place places[SETS][WAYS];
};

static struct cells cells_of(struct rate rate)
{
    if (rate.many == 0)
        return (struct cells){0};
    int64_t each_us = (int64_t)rate.seconds * SECOND_US / rate.many;
    return (struct cells){.each_us = each_us, .burst_us = each_us * rate.at_once};
}

struct limiter *limiter_new(struct rate each, struct rate together)
{
    struct limiter *limiter = memory_alloc(sizeof *limiter);
    memset(limiter, 0, sizeof *limiter);
    pthread_mutex_init(&limiter->lock, NULL);
    randombytes_buf(limiter->secret, sizeof limiter->secret);
    limiter->each = cells_of(each);
    limiter->together = cells_of(together);
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

/* Brings a place to now: when it would have kept to its rate, if it takes none. No later than what
 * at_once may make it: beyond that, the clock was set back. */
static void settle(struct place *place, struct cells rate, int64_t now_us)
{
    int64_t most_us = now_us + rate.burst_us;
    if (place->due_us < now_us)
        place->due_us = now_us;
    if (place->due_us > most_us)
        place->due_us = most_us;
}

/* Until it may take one more. */
static int64_t wait_of(const struct place *place, struct cells rate, int64_t now_us)
{
    return place->due_us + rate.each_us - now_us - rate.burst_us;
}

unsigned limiter_take(struct limiter *limiter, const char *key, int64_t now_ms)
{
    int64_t now_us = now_ms * 1000;
    uint64_t hash = hash_of(limiter, key);
    pthread_mutex_lock(&limiter->lock);
    struct place *place = place_of(limiter, hash);
    settle(place, limiter->each, now_us);
    settle(&limiter->all, limiter->together, now_us);
    int64_t wait_us = wait_of(place, limiter->each, now_us);
    int64_t together_us = wait_of(&limiter->all, limiter->together, now_us);
    if (together_us > wait_us)
        wait_us = together_us;
    if (wait_us <= 0) {
        place->due_us += limiter->each.each_us;
        limiter->all.due_us += limiter->together.each_us;
    }
    pthread_mutex_unlock(&limiter->lock);
    return wait_us <= 0 ? 0 : (unsigned)((wait_us + SECOND_US - 1) / SECOND_US);
}

bool limiter_spares(const char *remote)
{
    return remote == NULL || strncmp(remote, "127.", 4) == 0 || strcmp(remote, "::1") == 0 ||
           strncmp(remote, "::ffff:127.", 11) == 0;
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
