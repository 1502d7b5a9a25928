/* An entry of a BibTeX file as a record: what its fields mean, and how names are written. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_RECORD_H
#define TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_RECORD_H

#include "importers/formats/bibtex_entry.h"
#include "importers/formats/draft.h"

/* Starts the draft and fills it in; whatever it points to is the draft's. */
void bibtex_record(const struct bibtex_entry *entry, struct draft *draft);

#endif
