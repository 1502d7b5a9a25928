#include "evidence/model/shelf.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/model/fold.h"

/* A study on a shelf, or on several that hold the same one. */
struct folded {
    _Atomic(const struct study *) whole; /* NULL until somebody asks for it */
    unsigned char bytes[];               /* none where it stood unfolded from the start */
};

/* Another id of a study, by its hash. Two may share one: the study itself tells. */
struct other_id {
    uint32_t hash;
    uint32_t place;
};

/* Where studies are unfolded: one for a shelf and those made from it. */
struct unfolded {
    pthread_mutex_t lock;
    struct arena *arena;
    const char *const *names;
};

struct shelf {
    struct arena *arena;
    struct folded **items; /* sorted by id once closed */
    size_t count;
    size_t capacity;
    struct other_id *others; /* sorted by hash, then by place */
    size_t other_count;
    size_t other_capacity;
    struct unfolded *unfolded; /* NULL where all stood unfolded */
    struct fold_names names;   /* while studies are put on it */
    struct buffer bytes;
};

/* ---- other ids ---- */

static uint32_t hash_of(const char *kind, const char *id)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *kind != '\0'; kind++)
        hash = (hash ^ (unsigned char)*kind) * 16777619u;
    for (; *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * 16777619u;
    return hash;
}

static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 64 : *capacity * 2;
    return memory_resize(items, *capacity * size);
}

static void add_other(struct shelf *shelf, const char *kind, const char *id, size_t place)
{
    if (id == NULL)
        return;
    shelf->others =
        grown(shelf->others, shelf->other_count, &shelf->other_capacity, sizeof *shelf->others);
    shelf->others[shelf->other_count++] = (struct other_id){hash_of(kind, id), (uint32_t)place};
}

/* As study_is_also tells. */
static void add_others(struct shelf *shelf, const struct study *study, size_t place)
{
    for (const char *const *alias = study->aliases; alias != NULL && *alias != NULL; alias++)
        add_other(shelf, "", *alias, place);
    add_other(shelf, "doi:", study->doi, place);
    add_other(shelf, "pmcid:", study->pmcid, place);
}

static int by_hash(const void *left, const void *right)
{
    const struct other_id *a = left;
    const struct other_id *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* ---- putting on ---- */

/* What was left of a shelf that never was closed, and what was unfolded. */
static void release(void *thing)
{
    struct shelf *shelf = thing;
    if (shelf->capacity > 0) {
        free(shelf->items);
        free(shelf->others);
        free(shelf->names.items);
        free(shelf->names.slots);
        buffer_release(&shelf->bytes);
    }
    pthread_mutex_destroy(&shelf->unfolded->lock);
    arena_free(shelf->unfolded->arena);
}

struct shelf *shelf_new(struct arena *arena)
{
    struct shelf *shelf = arena_alloc(arena, sizeof *shelf);
    shelf->arena = arena;
    shelf->names.arena = arena;
    shelf->unfolded = arena_alloc(arena, sizeof *shelf->unfolded);
    shelf->unfolded->arena = arena_new();
    pthread_mutex_init(&shelf->unfolded->lock, NULL);
    arena_on_free(arena, release, shelf);
    return shelf;
}

void shelf_put(struct shelf *shelf, const struct study *study)
{
    buffer_clear(&shelf->bytes);
    study_fold(study, &shelf->names, &shelf->bytes);
    struct folded *item = arena_alloc(shelf->arena, sizeof *item + shelf->bytes.length);
    atomic_init(&item->whole, NULL);
    memcpy(item->bytes, shelf->bytes.bytes, shelf->bytes.length);
    shelf->items = grown(shelf->items, shelf->count, &shelf->capacity, sizeof(struct folded *));
    add_others(shelf, study, shelf->count);
    shelf->items[shelf->count++] = item;
}

/* ---- closing ---- */

static const char *id_of(const struct folded *item)
{
    const struct study *whole = atomic_load_explicit(&item->whole, memory_order_acquire);
    return whole != NULL ? whole->id : study_folded_id(item->bytes);
}

/* An item, and where it was put. */
struct sorted {
    const char *id;
    struct folded *item;
    size_t was;
};

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct sorted *)left)->id, ((const struct sorted *)right)->id);
}

/* Into the arena, no longer than needed. */
static void *kept(struct shelf *shelf, void *items, size_t count, size_t size)
{
    void *copy = arena_array(shelf->arena, count, size);
    if (count > 0)
        memcpy(copy, items, count * size);
    free(items);
    return copy;
}

static void sort_items(struct shelf *shelf)
{
    struct sorted *sorted = memory_alloc((shelf->count + 1) * sizeof *sorted);
    uint32_t *place = memory_alloc((shelf->count + 1) * sizeof *place);
    for (size_t i = 0; i < shelf->count; i++)
        sorted[i] = (struct sorted){id_of(shelf->items[i]), shelf->items[i], i};
    qsort(sorted, shelf->count, sizeof *sorted, by_id);
    for (size_t i = 0; i < shelf->count; i++) {
        shelf->items[i] = sorted[i].item;
        place[sorted[i].was] = (uint32_t)i;
    }
    for (size_t i = 0; i < shelf->other_count; i++)
        shelf->others[i].place = place[shelf->others[i].place];
    free(place);
    free(sorted);
}

static void sort_others(struct shelf *shelf)
{
    if (shelf->other_count > 0)
        qsort(shelf->others, shelf->other_count, sizeof *shelf->others, by_hash);
}

void shelf_close(struct shelf *shelf)
{
    sort_items(shelf);
    sort_others(shelf);
    shelf->items = kept(shelf, shelf->items, shelf->count, sizeof(struct folded *));
    shelf->others = kept(shelf, shelf->others, shelf->other_count, sizeof *shelf->others);
    shelf->capacity = shelf->other_capacity = 0;
    fold_names_close(&shelf->names);
    buffer_release(&shelf->bytes);
    shelf->unfolded->names = shelf->names.items;
}

/* ---- taking off ---- */

size_t shelf_count(const struct shelf *shelf)
{
    return shelf->count;
}

const char *shelf_id(const struct shelf *shelf, size_t place)
{
    return id_of(shelf->items[place]);
}

/* Under the lock. */
static const struct study *unfold(struct unfolded *unfolded, struct folded *item)
{
    const struct study *whole = atomic_load_explicit(&item->whole, memory_order_relaxed);
    if (whole == NULL) {
        whole = study_unfold(item->bytes, unfolded->names, unfolded->arena);
        atomic_store_explicit(&item->whole, whole, memory_order_release);
    }
    return whole;
}

const struct study *shelf_study(const struct shelf *shelf, size_t place)
{
    struct folded *item = shelf->items[place];
    const struct study *whole = atomic_load_explicit(&item->whole, memory_order_acquire);
    if (whole != NULL)
        return whole;
    pthread_mutex_lock(&shelf->unfolded->lock);
    whole = unfold(shelf->unfolded, item);
    pthread_mutex_unlock(&shelf->unfolded->lock);
    return whole;
}

const struct study *shelf_read(const struct shelf *shelf, size_t place, struct arena *arena)
{
    const struct folded *item = shelf->items[place];
    const struct study *whole = atomic_load_explicit(&item->whole, memory_order_acquire);
    return whole != NULL ? whole : study_unfold(item->bytes, shelf->unfolded->names, arena);
}

/* ---- finding ---- */

/* The first place whose id is not before `id`. */
static size_t lower_bound(const struct shelf *shelf, const char *id)
{
    size_t low = 0;
    size_t high = shelf->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(id_of(shelf->items[middle]), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool stands_at(const struct shelf *shelf, size_t place, const char *id)
{
    return place < shelf->count && strcmp(id_of(shelf->items[place]), id) == 0;
}

/* The first of its other ids with that hash. */
static size_t first_other(const struct shelf *shelf, uint32_t hash)
{
    size_t low = 0;
    size_t high = shelf->other_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shelf->others[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t find_other(const struct shelf *shelf, const char *id)
{
    uint32_t hash = hash_of("", id);
    size_t found = shelf->count;
    struct arena *arena = NULL;
    for (size_t i = first_other(shelf, hash);
         i < shelf->other_count && shelf->others[i].hash == hash && found == shelf->count; i++) {
        if (arena == NULL)
            arena = arena_new();
        if (study_is_also(shelf_read(shelf, shelf->others[i].place, arena), id))
            found = shelf->others[i].place;
    }
    arena_free(arena);
    return found;
}

size_t shelf_find(const struct shelf *shelf, const char *id)
{
    size_t place = lower_bound(shelf, id);
    return stands_at(shelf, place, id) ? place : find_other(shelf, id);
}

/* ---- shelves of the same studies ---- */

static struct folded *standing(const struct study *study, struct arena *arena)
{
    struct folded *item = arena_alloc(arena, sizeof *item);
    atomic_init(&item->whole, study);
    return item;
}

static struct shelf *shelf_for(size_t count, struct unfolded *unfolded, struct arena *arena)
{
    struct shelf *shelf = arena_alloc(arena, sizeof *shelf);
    *shelf = (struct shelf){.arena = arena,
                            .items = arena_array(arena, count, sizeof(struct folded *)),
                            .count = count,
                            .unfolded = unfolded};
    return shelf;
}

static void keep_others(struct shelf *shelf)
{
    sort_others(shelf);
    shelf->others = kept(shelf, shelf->others, shelf->other_count, sizeof *shelf->others);
    shelf->other_capacity = 0;
}

struct shelf *shelf_of(const struct study *studies, size_t count, struct arena *arena)
{
    struct shelf *shelf = shelf_for(count, NULL, arena);
    for (size_t i = 0; i < count; i++) {
        shelf->items[i] = standing(&studies[i], arena);
        add_others(shelf, &studies[i], i);
    }
    keep_others(shelf);
    return shelf;
}

/* Those of the studies that stay; what stood at `place` told its own where it was replaced. */
static void take_others(struct shelf *shelf, const struct shelf *before, size_t place,
                        bool replaces)
{
    for (size_t i = 0; i < before->other_count; i++) {
        struct other_id other = before->others[i];
        if (replaces && other.place == place)
            continue;
        other.place += !replaces && other.place >= place;
        shelf->others =
            grown(shelf->others, shelf->other_count, &shelf->other_capacity, sizeof *shelf->others);
        shelf->others[shelf->other_count++] = other;
    }
}

struct shelf *shelf_with(const struct shelf *before, const struct study *study, struct arena *arena)
{
    size_t place = lower_bound(before, study->id);
    bool replaces = stands_at(before, place, study->id);
    size_t after = before->count - place - replaces; /* that stand behind it */
    struct shelf *shelf = shelf_for(before->count + !replaces, before->unfolded, arena);
    if (place > 0)
        memcpy(shelf->items, before->items, place * sizeof(struct folded *));
    shelf->items[place] = standing(study, arena);
    if (after > 0)
        memcpy(shelf->items + place + 1, before->items + place + replaces,
               after * sizeof(struct folded *));
    take_others(shelf, before, place, replaces);
    add_others(shelf, study, place);
    keep_others(shelf);
    return shelf;
}
