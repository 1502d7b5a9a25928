/* What handlers share besides the catalog: the store's file, and connections to it for searches. */
#ifndef TOUCHSTONE_SERVICE_API_APPLICATION_H
#define TOUCHSTONE_SERVICE_API_APPLICATION_H

#include "evidence/store/store.h"

struct application;

/* `db` is borrowed. Never NULL; the caller frees it after the server. */
struct application *application_new(const char *db);
void application_free(struct application *application);

/* A connection to the store for this call alone; NULL on failure. Give it back with _return. */
MUST_USE struct store *application_borrow_store(struct application *application, struct error *err);
void application_return_store(struct application *application, struct store *store);

#endif
