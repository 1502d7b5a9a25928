/* The first screen under the verdict: how big, what it takes, how safe, when to stop, whom to see
 * first, what is rated better. A line each, with the way to the rest. */
#ifndef TOUCHSTONE_SERVICE_WEB_GLANCE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_GLANCE_VIEW_H

#include "evidence/judgement/question/check.h"
#include "service/web/ending_view.h"

/* Of a treatment, with a verdict or without; of a complaint alone whom to see first. */
void glance_put(const struct page *page, const struct checked *checked);

/* What is tried, and the outcome that it is judged by; false where no treatment or no complaint is
 * known. */
bool glance_tried(const struct page *page, const struct checked *checked, struct tried *out);

#endif
