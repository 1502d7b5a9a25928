/* One answer's records on their way to the sink, counted, within the query's limit. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PAGE_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PAGE_H

#include <jansson.h>

#include "importers/sources/paging.h"
#include "importers/sources/remote.h"

/* Initialise all; `at` grows with the records. */
struct page {
    const char *title; /* of the service, in warnings */
    const struct remote_query *query;
    const struct record_sink *sink;
    const struct format_warnings *warnings; /* or NULL */
    struct remote_page *out;
    struct paging at;
};

/*
 * Fills a record that was initialised from one item; all of it in `arena`, which is emptied after
 * the sink had it. Returns NULL, or why the item is no record: that is warned of, unless it is
 * page_not_asked_for, which is left out in silence.
 */
typedef const char *page_mapper(const json_t *item, const struct page *page, struct arena *arena,
                                struct record *out);
extern const char *const page_not_asked_for;

/* Hands on every item of a list until the limit is reached. False with the sink's error. */
MUST_USE bool page_take(struct page *page, const json_t *items, page_mapper *map,
                        struct error *err);

/* The same for an answer that is one item by itself. */
MUST_USE bool page_take_one(struct page *page, json_t *item, page_mapper *map, struct error *err);

/* How many the service says there are in all; a number that cannot be meant is passed over. */
void page_tell_total(struct page *page, double total);

/* True if the query's limit is reached. */
bool page_is_full(const struct page *page);

/* The state of the next page, unless the limit is reached or `token` is NULL. ERROR_NETWORK for a
 * token that is none. */
MUST_USE bool page_go_on(struct page *page, const char *token, struct arena *arena,
                         struct error *err);

/* What a service's answer is, once it is JSON; `root` is borrowed. */
typedef bool page_reader(json_t *root, const struct remote_options *options, struct page *page,
                         struct arena *arena, struct error *err);

/* remote.h's read for services that answer in JSON: puts `page`, of which the title, query, sink,
 * warnings and `out` are set, where `state` says, and has the answer read. */
MUST_USE bool page_read(struct page *page, const struct remote_options *options, const char *state,
                        const struct remote_answer *answer, page_reader *read, struct arena *arena,
                        struct error *err);

/* A line for whoever runs the import; the title stands before it. */
void page_warn(const struct page *page, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
