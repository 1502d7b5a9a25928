/*
 * Lists a page at a time. The cursor is the id of the last item given, so it means the same after
 * the base has changed; nobody but us need know that.
 */
#ifndef TOUCHSTONE_SERVICE_API_PAGE_H
#define TOUCHSTONE_SERVICE_API_PAGE_H

#include "service/http/answer.h"

/* Items of a list by position: the id, and its JSON. */
struct page_source {
    size_t count;
    const char *(*id)(const void *list, size_t index);
    void (*write)(const void *list, size_t index, struct json_writer *json);
    const void *list;
};

/* Writes {"items", "next"} with the Link header, from the query's `limit` and `cursor`. A cursor
 * that is not in the list is a 400. */
MUST_USE bool page_write(const struct request *request, struct answer *answer,
                         const struct page_source *source, struct error *err);

/* Sets Link: rel="next" to this address with another cursor. */
void page_link_next(const struct request *request, struct answer *answer, const char *cursor);

#endif
