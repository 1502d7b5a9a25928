/* One work of OpenAlex as a record. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_OPENALEX_RECORD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_OPENALEX_RECORD_H

#include "importers/sources/page.h"

/* page_mapper. Its id is the work's: "W2117847125". A work that did not change since the query's
 * day is not asked for. What a model of OpenAlex assigned (topics, keywords) is left out. */
const char *openalex_record(const json_t *item, const struct page *page, struct arena *arena,
                            struct record *out);

#endif
