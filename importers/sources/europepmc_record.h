/* One result of Europe PMC's search (resultType core; of lite what there is) as a record. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_EUROPEPMC_RECORD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_EUROPEPMC_RECORD_H

#include "importers/sources/page.h"

/* page_mapper. Its id is the source's and the number in it: "MED/9500320". */
const char *europepmc_record(const json_t *item, const struct page *page, struct arena *arena,
                             struct record *out);

#endif
