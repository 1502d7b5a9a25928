#include "service/api/application.h"

#include <pthread.h>
#include <stdlib.h>

#include "evidence/base/arena.h"

/* More idle connections than this are closed when they come back. */
enum { MOST_IDLE = 16 };

struct application {
    const char *db;
    pthread_mutex_t lock;
    struct store *idle[MOST_IDLE];
    size_t idle_count;
};

struct application *application_new(const char *db)
{
    struct application *application = memory_alloc(sizeof *application);
    *application = (struct application){.db = db};
    pthread_mutex_init(&application->lock, NULL);
    return application;
}

void application_free(struct application *application)
{
    if (application == NULL)
        return;
    for (size_t i = 0; i < application->idle_count; i++)
        store_close(application->idle[i]);
    pthread_mutex_destroy(&application->lock);
    free(application);
}

struct store *application_borrow_store(struct application *application, struct error *err)
{
    struct store *store = NULL;
    pthread_mutex_lock(&application->lock);
    if (application->idle_count > 0)
        store = application->idle[--application->idle_count];
    pthread_mutex_unlock(&application->lock);
    return store != NULL ? store : store_open(application->db, STORE_READ, err);
}

void application_return_store(struct application *application, struct store *store)
{
    pthread_mutex_lock(&application->lock);
    bool kept = application->idle_count < MOST_IDLE;
    if (kept)
        application->idle[application->idle_count++] = store;
    pthread_mutex_unlock(&application->lock);
    if (!kept)
        store_close(store);
}
