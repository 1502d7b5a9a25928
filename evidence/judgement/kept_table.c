#include "evidence/judgement/kept_table.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

struct entry {
    const void *thing;
    unsigned char key[];
};

struct kept_table {
    pthread_mutex_t lock; /* of what is added, and of the arena */
    struct arena *arena;
    size_t key_bytes;
    size_t most;
    size_t count;
    size_t slot_count; /* twice as many, so that there is always an empty one to stop at */
    _Atomic(const struct entry *) slots[]; /* by hash, then the next free */
};

struct kept_table *kept_table_new(struct arena *arena, size_t most, size_t key_bytes)
{
    size_t slots = 2 * most;
    struct kept_table *table = arena_alloc(arena, sizeof *table + slots * sizeof table->slots[0]);
    pthread_mutex_init(&table->lock, NULL);
    table->arena = arena;
    table->key_bytes = key_bytes;
    table->most = most;
    table->slot_count = slots;
    return table;
}

/* A word at a time; the multiplier is Knuth's, 2^64 over the golden ratio. */
static size_t slot_of(const struct kept_table *table, const unsigned char *key)
{
    uint64_t hash = 0;
    for (size_t at = 0; at < table->key_bytes; at += sizeof hash) {
        uint64_t word = 0;
        size_t left = table->key_bytes - at;
        memcpy(&word, key + at, left < sizeof word ? left : sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (size_t)hash % table->slot_count;
}

/* Where the one for a key is, or would be. */
static size_t find_slot(struct kept_table *table, const void *key, const struct entry **found)
{
    size_t slot = slot_of(table, key);
    while ((*found = atomic_load_explicit(&table->slots[slot], memory_order_acquire)) != NULL &&
           memcmp((*found)->key, key, table->key_bytes) != 0)
        slot = (slot + 1) % table->slot_count;
    return slot;
}

const void *kept_table_find(struct kept_table *table, const void *key)
{
    const struct entry *found;
    find_slot(table, key, &found);
    return found == NULL ? NULL : found->thing;
}

const void *kept_table_add(struct kept_table *table, const void *key, const void *thing,
                           kept_copier *copy)
{
    const struct entry *found;
    pthread_mutex_lock(&table->lock);
    size_t slot = find_slot(table, key, &found);
    if (found == NULL && table->count < table->most) {
        struct entry *made = arena_alloc(table->arena, sizeof *made + table->key_bytes);
        memcpy(made->key, key, table->key_bytes);
        made->thing = copy(thing, table->arena);
        table->count++;
        atomic_store_explicit(&table->slots[slot], made, memory_order_release);
        found = made;
    }
    pthread_mutex_unlock(&table->lock);
    return found == NULL ? NULL : found->thing;
}
