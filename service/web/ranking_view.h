/* What is rated for a complaint, best first, with what each takes; narrowed down by links. */
#ifndef TOUCHSTONE_SERVICE_WEB_RANKING_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_RANKING_VIEW_H

#include "evidence/judgement/question/check.h"
#include "service/http/request.h"
#include "service/web/layout.h"

/* What a reader wants to see of it. */
struct narrowed {
    int kind;      /* enum kind; -1: all */
    bool yourself; /* only what the book of safe use says one can do oneself */
};

/* Reads `kind` ("device") and `who` ("yourself"); what is neither narrows nothing. */
struct narrowed narrowed_of(const struct request *request);

/* The complaints within this one ("recent", "long-lasting", a place), as links; the links that
 * narrow; the list of what helps. Nothing where nothing is rated. */
void ranking_put_best(const struct page *page, const struct checked *checked,
                      const struct narrowed *narrowed);

/* The lists after it: what nobody knows, what does not help. */
void ranking_put_others(const struct page *page, const struct checked *checked,
                        const struct narrowed *narrowed);

#endif
