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
    struct freshness *freshness;
    unsigned edition; /* of the file, raised when it may have been exchanged */
    struct importer *importer;
    struct editor *editor;
    struct auth *auth;
    struct past_catalogs *past_catalogs;
    struct public_files *public_files;
    struct limiter *report_limits[REPORT_CDS_FEEDBACK + 1];
};

/* A person has a handful to say and then reads on, an EHR tells of every card that its users close.
 * Behind a proxy all have its address, and share what one may. */
static const struct rate reader_rate = {.at_once = 10, .many = 1, .seconds = 60};
static const struct rate readers_rate = {.at_once = 60, .many = 6, .seconds = 60};
static const struct rate feedback_rate = {.at_once = 60, .many = 30, .seconds = 60};
static const struct rate feedbacks_rate = {.at_once = 300, .many = 60, .seconds = 60};

struct application *application_new(const char *db)
{
    struct application *application = memory_alloc(sizeof *application);
    *application = (struct application){.db = db,
                                        .public_files = public_files_new(db),
                                        .past_catalogs = past_catalogs_new(),
                                        .auth = auth_new(db)};
    application->report_limits[REPORT_OF_READER] = limiter_new(reader_rate, readers_rate);
    application->report_limits[REPORT_CDS_FEEDBACK] = limiter_new(feedback_rate, feedbacks_rate);
    pthread_mutex_init(&application->lock, NULL);
    return application;
}

static void close_idle(struct application *application)
{
    for (size_t i = 0; i < application->idle_count; i++)
        store_close(application->idle[i]);
    application->idle_count = 0;
}

void application_free(struct application *application)
{
    if (application == NULL)
        return;
    auth_free(application->auth);
    past_catalogs_free(application->past_catalogs);
    public_files_free(application->public_files);
    close_idle(application);
    for (size_t i = 0; i <= REPORT_CDS_FEEDBACK; i++)
        limiter_free(application->report_limits[i]);
    pthread_mutex_destroy(&application->lock);
    free(application);
}

void application_set_importer(struct application *application, struct importer *importer)
{
    application->importer = importer;
}

struct importer *application_importer(const struct application *application)
{
    return application->importer;
}

void application_set_editor(struct application *application, struct editor *editor)
{
    application->editor = editor;
}

struct editor *application_editor(const struct application *application)
{
    return application->editor;
}

struct auth *application_auth(const struct application *application)
{
    return application->auth;
}

struct past_catalogs *application_past_catalogs(struct application *application)
{
    return application->past_catalogs;
}

struct public_files *application_public_files(struct application *application)
{
    return application->public_files;
}

const char *application_store_path(const struct application *application)
{
    return application->db;
}

struct limiter *application_report_limit(const struct application *application,
                                         enum report_kind kind)
{
    return application->report_limits[kind];
}

void application_set_freshness(struct application *application, struct freshness *freshness)
{
    application->freshness = freshness;
}

bool application_may_ask(const struct application *application, struct error *err)
{
    return store_is_file(application->db) ||
           !freshness_is_silent(application->freshness, time(NULL)) ||
           error_set(err, ERROR_STORE, "the database does not answer, and was not asked");
}

bool application_borrow_for(const struct request *request, struct lent_store *out,
                            struct error *err)
{
    struct application *application = request->context;
    *out = (struct lent_store){0};
    if (!application_may_ask(application, err))
        return false;
    if (!store_is_file(application->db) && request_wait(request))
        return error_set(err, ERROR_STORE, "the database is asked on another thread");
    return application_borrow_store(application, out, err);
}

bool application_borrow_store(struct application *application, struct lent_store *out,
                              struct error *err)
{
    *out = (struct lent_store){0};
    if (!application_may_ask(application, err))
        return false;
    pthread_mutex_lock(&application->lock);
    out->edition = application->edition;
    if (application->idle_count > 0)
        out->store = application->idle[--application->idle_count];
    pthread_mutex_unlock(&application->lock);
    if (out->store == NULL)
        out->store = store_open(application->db, STORE_READ, err);
    if (out->store == NULL)
        err->kind = ERROR_STORE;
    return out->store != NULL;
}

void application_return_store(struct application *application, const struct lent_store *lent)
{
    pthread_mutex_lock(&application->lock);
    bool kept = application->idle_count < MOST_IDLE && lent->edition == application->edition;
    if (kept)
        application->idle[application->idle_count++] = lent->store;
    pthread_mutex_unlock(&application->lock);
    if (!kept)
        store_close(lent->store);
}

void application_forget_stores(struct application *application)
{
    public_files_forget(application->public_files);
    past_catalogs_forget(application->past_catalogs);
    pthread_mutex_lock(&application->lock);
    application->edition++;
    close_idle(application);
    pthread_mutex_unlock(&application->lock);
}
