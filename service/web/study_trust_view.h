/* How far to trust one study: how its figures were read here, and how others judged it, instrument
 * by instrument and item by item, in words. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_TRUST_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_TRUST_VIEW_H

#include "service/web/layout.h"

void study_trust_put(const struct page *page, const struct study *study);

#endif
