/* Where it hurts, in a page: the choice of a place, and what is told of one. */
#ifndef TOUCHSTONE_SERVICE_WEB_WHERE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_WHERE_VIEW_H

#include "evidence/judgement/place/place_answer.h"
#include "service/web/layout.h"

/* The figure and the list. */
void where_put_choice(const struct page *page, const struct places *places);

/* Dangers first, then what is rated, then muscles, then the way to another place. */
void where_put_place(const struct page *page, const struct places *places,
                     const struct place_answer *answer);

#endif
