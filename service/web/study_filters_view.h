/* The filters of a list of studies, all of them links. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_FILTERS_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_FILTERS_VIEW_H

#include "service/web/study_list_view.h"

/* Those that are on, to be taken off; then what else could be asked for, with how many studies that
 * leaves. */
void study_filters_put(const struct page *page, const struct study_list *list);

#endif
