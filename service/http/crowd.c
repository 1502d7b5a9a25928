#include "service/http/crowd.h"

#include <netdb.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/http/limiter.h"

enum { ROWS = 4096, WORDS_SIZE = 192 };

struct caller {
    struct caller *next;
    uint64_t key;
    unsigned served;
    unsigned refused;
};

struct crowd {
    pthread_mutex_t lock;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* so that nobody can choose their row */
    unsigned most;
    const struct proxies *proxies;
    char words[WORDS_SIZE];
    struct caller *rows[ROWS];
};

struct crowd *crowd_new(unsigned most, const struct proxies *proxies)
{
    struct crowd *crowd = memory_alloc(sizeof *crowd);
    memset(crowd, 0, sizeof *crowd);
    pthread_mutex_init(&crowd->lock, NULL);
    randombytes_buf(crowd->secret, sizeof crowd->secret);
    crowd->most = most;
    crowd->proxies = proxies;
    snprintf(crowd->words, sizeof crowd->words,
             "this address has %u connections open, which is what one may have; close some, or "
             "ask again over one that is open",
             most);
    return crowd;
}

void crowd_free(struct crowd *crowd)
{
    if (crowd == NULL)
        return;
    pthread_mutex_destroy(&crowd->lock);
    free(crowd);
}

const char *crowd_words(const struct crowd *crowd)
{
    return crowd->words;
}

/* What an address is counted by; NULL: it is not. */
static const char *name_of(const struct crowd *crowd, const struct sockaddr *peer, socklen_t length,
                           struct arena *arena)
{
    char text[NI_MAXHOST];
    if (peer->sa_family == AF_UNIX ||
        getnameinfo(peer, length, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0 ||
        limiter_spares(text) || proxies_trust(crowd->proxies, text))
        return NULL;
    return limiter_address(text, arena);
}

static uint64_t key_of(const struct crowd *crowd, const char *name)
{
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t key;
    crypto_shorthash(bytes, (const unsigned char *)name, strlen(name), crowd->secret);
    memcpy(&key, bytes, sizeof key);
    return key;
}

static struct caller *caller_of(struct crowd *crowd, uint64_t key)
{
    struct caller **row = &crowd->rows[key % ROWS];
    for (struct caller *caller = *row; caller != NULL; caller = caller->next)
        if (caller->key == key)
            return caller;
    struct caller *caller = memory_alloc(sizeof *caller);
    *caller = (struct caller){.next = *row, .key = key};
    *row = caller;
    return caller;
}

static struct crowd_place place_of(struct crowd *crowd, uint64_t key)
{
    struct caller *caller = caller_of(crowd, key);
    if (caller->served < crowd->most) {
        caller->served++;
        return (struct crowd_place){caller, CROWD_ROOM};
    }
    if (caller->refused < crowd->most) {
        caller->refused++;
        return (struct crowd_place){caller, CROWD_FULL};
    }
    return (struct crowd_place){NULL, CROWD_SHUT};
}

struct crowd_place crowd_enter(struct crowd *crowd, const struct sockaddr *peer, socklen_t length)
{
    struct crowd_place place = {NULL, CROWD_ROOM};
    struct arena *arena = arena_new();
    const char *name = name_of(crowd, peer, length, arena);
    if (name != NULL) {
        pthread_mutex_lock(&crowd->lock);
        place = place_of(crowd, key_of(crowd, name));
        pthread_mutex_unlock(&crowd->lock);
    }
    arena_free(arena);
    return place;
}

static void forget(struct crowd *crowd, const struct caller *caller)
{
    struct caller **at = &crowd->rows[caller->key % ROWS];
    while (*at != caller)
        at = &(*at)->next;
    struct caller *gone = *at;
    *at = gone->next;
    free(gone);
}

void crowd_leave(struct crowd *crowd, struct crowd_place place)
{
    struct caller *caller = place.caller;
    if (caller == NULL)
        return;
    pthread_mutex_lock(&crowd->lock);
    if (place.room == CROWD_ROOM)
        caller->served--;
    else
        caller->refused--;
    if (caller->served + caller->refused == 0)
        forget(crowd, caller);
    pthread_mutex_unlock(&crowd->lock);
}
