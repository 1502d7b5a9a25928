/*
 * What all writes have in common: a JSON body with a reason, the version that it expects
 * (If-Match), a preview that changes nothing, and a key under which the same request may come again
 * (Idempotency-Key) and is answered without being done twice.
 *
 *     struct writing writing;
 *     if (!writing_read(request, answer, &writing, err)) return false;
 *     … if (writing.preview) … else …
 *     if (!writing_begin(&writing, &again, err) || again) …
 *     bool good = change(writing.edit.store, …);
 *     good = writing_end(&writing, good, after, err);
 *     writing_release(&writing);
 */
#ifndef TOUCHSTONE_SERVICE_CURATION_WRITING_H
#define TOUCHSTONE_SERVICE_CURATION_WRITING_H

#include <jansson.h>

#include "evidence/store/curation.h"
#include "evidence/store/remembered.h"
#include "service/curation/editor.h"
#include "service/http/answer.h"

struct writing {
    const struct request *request;
    struct answer *answer;
    json_t *body;         /* an object without "reason"; NULL for a DELETE */
    bool preview;         /* ?preview=true: say what would follow, and write nothing */
    const char *expected; /* the version in If-Match; NULL: none was sent */
    struct curation_stamp stamp;
    bool keyed;
    struct remembered_request key;
    struct edit edit; /* from writing_begin to writing_end */
};

/* Reads what a write brings; false after refusing or filling `err`. Release it, also then. */
MUST_USE bool writing_read(const struct request *request, struct answer *answer,
                           struct writing *out, struct error *err);
void writing_release(struct writing *writing);

/* 428 where a version has to be sent and was not. Always false. */
bool writing_needs_version(const struct writing *writing, const char *what);

/* Waits for its turn. `*again` is true where this very request was answered before: then the answer
 * stands and nothing is to be done or ended. False after refusing or filling `err`. */
MUST_USE bool writing_begin(struct writing *writing, bool *again, struct error *err);

/* editor_end, with the answer kept under the request's key. The answer has to be whole before. Of a
 * preview nothing is written: the answer stands, and what was changed is rolled back. */
MUST_USE bool writing_end(struct writing *writing, bool good, struct catalog *after,
                          struct error *err);

/* ETag and the like of a record in an answer, from the hash of its content. */
void writing_tell_version(struct writing *writing, const char *version);

#endif
