/* What all pages of curators but the first do before they write: they let in who may. */
#ifndef TOUCHSTONE_SERVICE_WEB_CURATE_DESK_H
#define TOUCHSTONE_SERVICE_WEB_CURATE_DESK_H

#include "service/web/curate_view.h"

/* A page of curators: its address, what it is called and what its script is. */
struct desk {
    const char *here;
    const char *title;
    const char *module;
    unsigned scope; /* of enum permission: who may read it */
};

/* Whether who asks may see the page, for what is read only then. */
bool desk_admits(const struct request *request, const struct desk *desk);

/*
 * Opens the page for who may see it; false after answering others with the form to sign in, which
 * leads back here, or with what their token lacks. `head` is filled in, for layout_close.
 */
MUST_USE bool desk_open(const struct request *request, struct answer *answer,
                        const struct desk *desk, struct page *page, struct page_head *head);

/* Closes what desk_open opened. Always true. */
bool desk_close(const struct page *page, const struct page_head *head);

#endif
