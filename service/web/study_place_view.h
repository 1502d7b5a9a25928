/* Which verdicts one study feeds, with what weight, and where it stands among the other studies. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_PLACE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_PLACE_VIEW_H

#include "service/web/layout.h"

void study_place_put(const struct page *page, const struct study *study);

/* The treatments and complaints that it feeds the verdicts of, each once, as links with the verdict
 * of their answer: `most` at most, then how many more. Nothing where it feeds none. */
void study_feeds_put(const struct page *page, const struct study *study, size_t most);

#endif
