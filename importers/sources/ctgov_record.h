/* One study of ClinicalTrials.gov (API version 2) as a record. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_RECORD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_RECORD_H

#include "importers/sources/page.h"

/* page_mapper. Its id is its NCT number; what it says is a registration's, with its results as
 * proposals where it has posted any. */
const char *ctgov_record(const json_t *item, const struct page *page, struct arena *arena,
                         struct record *out);

#endif
