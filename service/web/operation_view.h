/* An operation of openapi.json in a page: what it takes, what it answers, and a call that works. */
#ifndef TOUCHSTONE_SERVICE_WEB_OPERATION_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_OPERATION_VIEW_H

#include "service/web/schema_view.h"

struct operation {
    const char *path;   /* "/v1/claims/{claim}" */
    const char *method; /* "get" */
    const json_t *value;
};

/* Stands for where the service is reached, in what is written here: no text put into a page has
 * this byte. operation_put_origin puts the real one in. */
enum { ORIGIN_MARK = 1 };

/* The operation of that id; false if there is none. */
bool operation_find(const struct reference *reference, const char *id, struct operation *out);

/* A call with curl, from the document's first example. */
void operation_put_call(const struct reference *reference, const struct operation *operation);

/* The whole, folded, under "#op-ID". */
void operation_put(const struct reference *reference, const struct operation *operation);

/* Appends `text`, escaped already, with `origin` in place of each mark. */
void operation_put_origin(struct buffer *out, const char *text, size_t length, const char *origin);

#endif
