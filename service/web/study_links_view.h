/* Where a study can be read: PubMed, its DOI, the free full text, its entry in a register. */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDY_LINKS_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDY_LINKS_VIEW_H

#include "service/web/layout.h"

struct study_links {
    const char *pmid; /* these three NULL where there is none */
    const char *doi;
    const char *pmcid;
    const char *const *registrations; /* ended by NULL */
};

/* Items of a list. */
void study_links_put(const struct page *page, const struct study_links *links);

#endif
