/* The pictures of a comparison: the forest of its studies, and its pool year by year. */
#ifndef TOUCHSTONE_SERVICE_WEB_FOREST_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_FOREST_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/web/layout.h"

/* The forest plot as a figure; nothing where there is nothing to draw. The page's module makes its
 * rows speak. */
void forest_put(const struct page *page, const struct rating *rating);

/* "How it came about, year by year", closed at first; nothing where no trials are pooled. */
void forest_put_years(const struct page *page, const struct rating *rating);

#endif
