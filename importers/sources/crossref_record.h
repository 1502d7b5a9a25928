/* One work of Crossref as a record. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CROSSREF_RECORD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CROSSREF_RECORD_H

#include "importers/sources/page.h"

/* page_mapper. Its id is its DOI. Journals, series and parts of works are no publications. */
const char *crossref_record(const json_t *item, const struct page *page, struct arena *arena,
                            struct record *out);

/* The fields that crossref_record reads and that a list can be asked for, by comma. */
extern const char crossref_fields[];

/* "2018-03" of {"date-parts": [[2018, 3]]} at `path`; NULL where it has no year. */
const char *crossref_date(const json_t *at, const char *path, struct arena *arena);

#endif
