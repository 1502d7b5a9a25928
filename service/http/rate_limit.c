#include "service/http/rate_limit.h"

#include <arpa/inet.h>
#include <math.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"

/* Clients that are remembered: SETS times WAYS. One that is not among those of its set takes the
 * place of the fullest there, who has waited longest and loses least. */
enum { SETS = 512, WAYS = 8, PREFIX_V6_BYTES = 8, V4_BYTES = 4, MAPPED_BYTES = 12 };

struct bucket {
    uint64_t client; /* 0: free */
    double level;    /* how many it may take at `at` */
    time_t at;
};

struct rate_limit {
    struct rate client;
    struct rate all;
    pthread_mutex_t lock;
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct bucket buckets[SETS][WAYS];
    struct bucket together;
};

struct rate_limit *rate_limit_new(struct rate client, struct rate all)
{
    struct rate_limit *limit = memory_alloc(sizeof *limit);
    *limit = (struct rate_limit){.client = client, .all = all, .together = {.level = all.burst}};
    pthread_mutex_init(&limit->lock, NULL);
    randombytes_buf(limit->key, sizeof limit->key);
    return limit;
}

void rate_limit_free(struct rate_limit *limit)
{
    if (limit == NULL)
        return;
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

/* The bytes that tell one client from another. */
static size_t client_bytes(const char *address, unsigned char out[sizeof(struct in6_addr)])
{
    struct in6_addr v6;
    if (address == NULL)
        return 0;
    if (inet_pton(AF_INET, address, out) == 1)
        return V4_BYTES;
    if (inet_pton(AF_INET6, address, &v6) != 1)
        return 0;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        memcpy(out, v6.s6_addr + MAPPED_BYTES, V4_BYTES);
        return V4_BYTES;
    }
    memcpy(out, v6.s6_addr, PREFIX_V6_BYTES);
    return PREFIX_V6_BYTES;
}

static uint64_t client_of(const struct rate_limit *limit, const char *address)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t client;
    size_t length = client_bytes(address, bytes);
    crypto_shorthash(hash, bytes, length, limit->key);
    memcpy(&client, hash, sizeof client);
    return client == 0 ? 1 : client;
}

static double level_at(const struct bucket *bucket, struct rate rate, time_t now)
{
    double gained = (double)(now - bucket->at) / rate.seconds_a_one;
    return fmin(rate.burst, bucket->level + fmax(0, gained));
}

/* The client's bucket, or the one that it takes over. */
static struct bucket *bucket_of(struct rate_limit *limit, uint64_t client, time_t now)
{
    struct bucket *set = limit->buckets[client % SETS];
    struct bucket *fullest = set;
    for (struct bucket *at = set; at < set + WAYS; at++) {
        if (at->client == client)
            return at;
        if (at->client == 0 || (fullest->client != 0 && level_at(at, limit->client, now) >
                                                            level_at(fullest, limit->client, now)))
            fullest = at;
    }
    *fullest = (struct bucket){.client = client, .level = limit->client.burst, .at = now};
    return fullest;
}

/* Seconds until there is one to take; 0: now. */
static int wait_of(const struct bucket *bucket, struct rate rate, time_t now)
{
    double missing = 1 - level_at(bucket, rate, now);
    return missing <= 0 ? 0 : (int)ceil(missing * rate.seconds_a_one);
}

static void take(struct bucket *bucket, struct rate rate, time_t now)
{
    bucket->level = level_at(bucket, rate, now) - 1;
    bucket->at = now;
}

int rate_limit_take(struct rate_limit *limit, const char *address, time_t now)
{
    uint64_t client = client_of(limit, address);
    pthread_mutex_lock(&limit->lock);
    struct bucket *own = bucket_of(limit, client, now);
    int wait = wait_of(own, limit->client, now);
    int together = wait_of(&limit->together, limit->all, now);
    if (wait == 0 && together == 0) {
        take(own, limit->client, now);
        take(&limit->together, limit->all, now);
    }
    pthread_mutex_unlock(&limit->lock);
    return wait > together ? wait : together;
}
