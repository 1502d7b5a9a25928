/* When to stop: how long a fair try of a treatment is, the goal, and the rules of the book. */
#ifndef TOUCHSTONE_SERVICE_WEB_ENDING_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_ENDING_VIEW_H

#include "service/web/layout.h"

/* What is tried, for what, and the outcome by which it is judged. */
struct tried {
    const struct intervention *intervention;
    const struct condition *condition;
    const struct outcome *outcome;
};

/* The rule in a sentence or two, with the way to the diary, filled in as far as it can be; nothing
 * in a base without the book. */
void ending_put_first(const struct page *page, const struct tried *tried);

/* The section: where that comes from, and what else the book says, with sources. */
void ending_put(const struct page *page, const struct tried *tried);

#endif
