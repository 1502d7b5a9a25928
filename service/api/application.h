/* What handlers share besides the catalog: the store's file, and connections to it for searches. */
#ifndef TOUCHSTONE_SERVICE_API_APPLICATION_H
#define TOUCHSTONE_SERVICE_API_APPLICATION_H

#include "evidence/store/reports.h"
#include "service/api/auth.h"
#include "service/api/importer.h"
#include "service/api/past_catalogs.h"
#include "service/api/public_file.h"
#include "service/http/freshness.h"
#include "service/http/limiter.h"

struct application;

/* `db` is borrowed. Never NULL; the caller frees it after the server. */
struct application *application_new(const char *db);
void application_free(struct application *application);

/* Imports over HTTP: who runs them. Borrowed, set before the server starts; NULL, as at first: they
 * are refused. */
void application_set_importer(struct application *application, struct importer *importer);
struct importer *application_importer(const struct application *application);

/* Who changes the store while it is served. Borrowed, set before the server starts; NULL, as at
 * first: nobody. */
struct editor;
void application_set_editor(struct application *application, struct editor *editor);
struct editor *application_editor(const struct application *application);

/* Who may write. */
struct auth *application_auth(const struct application *application);

/* The base as it stood before. */
struct past_catalogs *application_past_catalogs(struct application *application);

/* The exports. */
struct public_files *application_public_files(struct application *application);

/* The store's file, for who writes to it. */
const char *application_store_path(const struct application *application);

/* How often reports of that kind are taken. */
struct limiter *application_report_limit(const struct application *application,
                                         enum report_kind kind);

/* A connection lent for one call; give it back whole. */
struct lent_store {
    struct store *store;
    unsigned edition;
};

/* False on failure, always with ERROR_STORE: to someone who asks, a store that cannot be opened is
 * our trouble, wherever it went. */
MUST_USE bool application_borrow_store(struct application *application, struct lent_store *out,
                                       struct error *err);

/* The same for who answers that request. A store on another machine is not waited for on an event
 * loop's thread: there it is false, and the request is answered apart (request_wait). */
MUST_USE bool application_borrow_for(const struct request *request, struct lent_store *out,
                                     struct error *err);

/* Whether the store answers. Borrowed, set before the server starts; NULL, as at first: it does. */
void application_set_freshness(struct application *application, struct freshness *freshness);

/* False with ERROR_STORE while it is not known that the store answers: one on another machine is
 * then asked by nobody who would have to wait for that. A file costs no waiting. */
MUST_USE bool application_may_ask(const struct application *application, struct error *err);
void application_return_store(struct application *application, const struct lent_store *lent);

/* The file may be another one now: exports of the old one are forgotten, connections to the old one
 * are closed, lent ones when they come back. */
void application_forget_stores(struct application *application);

#endif
