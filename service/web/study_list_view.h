/* The studies as a list to search: filters as links, results, pages. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_LIST_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_LIST_VIEW_H

#include "service/api/study_search.h"
#include "service/web/layout.h"

enum { STUDIES_A_PAGE = 20 };

/* What is shown. `matched` are those that have the words; `found` those of them that the filter
 * takes too, in the order in which they are shown. */
struct study_list {
    struct study_filter filter;
    const char *const *unknown; /* values of filters that name nothing here, ended by NULL */
    const struct study *const *matched;
    size_t matched_count;
    const struct study *const *found;
    size_t found_count;
    size_t number; /* of the page, from 0 */
};
void study_list_put(const struct page *page, const struct study_list *list);

/* What importers brought in, by what was decided about it. */
struct imported_list {
    const char *text;
    enum screening screening;
    const struct publication *found; /* of this page alone */
    size_t count;
    size_t total;
    size_t number;
};
void imported_list_put(const struct page *page, const struct imported_list *list);

/* "/studies?q=…&design=…&page=…", what is not asked for left out; `number` from 0. */
const char *study_list_address(const struct study_filter *filter, size_t number,
                               struct arena *arena);

/* "/studies?status=unscreened&q=…&page=…": that of what importers brought in. */
const char *imported_list_address(const char *text, const char *status, size_t number,
                                  struct arena *arena);

#endif
