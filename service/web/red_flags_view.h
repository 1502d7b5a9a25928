/* See someone first if …: the dangers that can pass for a complaint. */
#ifndef TOUCHSTONE_SERVICE_WEB_RED_FLAGS_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_RED_FLAGS_VIEW_H

#include "service/web/layout.h"

/* True where a danger of the book has its place there. */
bool red_flags_are_there(const struct page *page, const struct condition *condition);

/* The three most urgent, as people put them, and the way to all. */
void red_flags_put_first(const struct page *page, const struct condition *condition);

/* The section with all of them: how they look, what they can be, what to do. */
void red_flags_put(const struct page *page, const struct condition *condition);

#endif
