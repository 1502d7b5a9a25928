#include "service/api/past_catalogs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/store/history.h"

/* Each may hold as much memory as the present one. */
enum { MOST_KEPT = 2 };

struct past_catalogs {
    pthread_mutex_t lock;            /* guards all below; held while one is read */
    struct catalog *kept[MOST_KEPT]; /* the one asked for last first */
    int64_t editions[MOST_KEPT];
};

struct past_catalogs *past_catalogs_new(void)
{
    struct past_catalogs *past = memory_alloc(sizeof *past);
    *past = (struct past_catalogs){.kept = {NULL}};
    pthread_mutex_init(&past->lock, NULL);
    return past;
}

static void forget(struct past_catalogs *past)
{
    for (size_t i = 0; i < MOST_KEPT; i++) {
        catalog_release(past->kept[i]);
        past->kept[i] = NULL;
    }
}

void past_catalogs_free(struct past_catalogs *past)
{
    if (past == NULL)
        return;
    forget(past);
    pthread_mutex_destroy(&past->lock);
    free(past);
}

void past_catalogs_forget(struct past_catalogs *past)
{
    pthread_mutex_lock(&past->lock);
    forget(past);
    pthread_mutex_unlock(&past->lock);
}

/* The place where it stands, or of the one that has to go for it. */
static size_t place_of(const struct past_catalogs *past, int64_t edition)
{
    size_t place = 0;
    while (place + 1 < MOST_KEPT && (past->kept[place] == NULL || past->editions[place] != edition))
        place++;
    return place;
}

static void put_first(struct past_catalogs *past, size_t place, struct catalog *catalog,
                      int64_t edition)
{
    memmove(past->kept + 1, past->kept, place * sizeof *past->kept);
    memmove(past->editions + 1, past->editions, place * sizeof *past->editions);
    past->kept[0] = catalog;
    past->editions[0] = edition;
}

static struct catalog *find(struct past_catalogs *past, struct store *store, const char *as_of,
                            int64_t edition, struct error *err)
{
    size_t place = place_of(past, edition);
    struct catalog *catalog = past->kept[place];
    if (catalog == NULL || past->editions[place] != edition) {
        struct catalog *read = knowledge_load_as_of(store, as_of, err);
        if (read == NULL)
            return NULL;
        catalog_release(catalog);
        catalog = read;
    }
    put_first(past, place, catalog, edition);
    return catalog_retain(catalog);
}

struct catalog *past_catalog(struct past_catalogs *past, struct store *store, const char *as_of,
                             struct error *err)
{
    struct arena *arena = arena_new();
    struct edition edition;
    struct catalog *catalog = NULL;
    if (store_find_edition(store, as_of, arena, &edition, err)) {
        pthread_mutex_lock(&past->lock);
        catalog = find(past, store, as_of, edition.key, err);
        pthread_mutex_unlock(&past->lock);
    }
    arena_free(arena);
    return catalog;
}
