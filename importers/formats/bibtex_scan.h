/*
 * The entries of a BibTeX file, one after the other, as they stand: where each begins and ends is
 * all that is looked at. Comments and preambles are passed over.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_SCAN_H
#define TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_SCAN_H

#include "importers/formats/text_stream.h"

enum { BIBTEX_TYPE_SIZE = 32 };

/* Zero-initialise with the stream and the counts set; release at the end. */
struct bibtex_scan {
    struct text_stream *stream;
    struct format_counts *counts; /* of entries that are refused here */
    char type[BIBTEX_TYPE_SIZE];  /* of the entry, in lower case: "article", "string" */
    struct buffer body;           /* what stands between its braces */
    size_t line;                  /* that it begins on */
};

enum bibtex_scanned { BIBTEX_ENTRY, BIBTEX_END, BIBTEX_FAILED };

/*
 * Finds the next entry. One whose braces are still open where another begins ("@article{key," at
 * the start of a line) is refused with a warning, and reading goes on with the other. BIBTEX_FAILED
 * with ERROR_INVALID if the file ends within an entry, ERROR_LIMIT for one over FORMAT_RECORD_MOST,
 * or the input's error.
 */
enum bibtex_scanned bibtex_scan_next(struct bibtex_scan *scan, struct error *err);

void bibtex_scan_release(struct bibtex_scan *scan);

#endif
