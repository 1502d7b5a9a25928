/*
 * The results that a registration has posted, as proposals: each row of an outcome's table with its
 * groups, each analysis with its estimate. Values stand there as texts; what is no number ("NA",
 * "<0.1") is none here, and what no field of ours means (a geometric mean, a percentage) goes into
 * the note in its own words.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_RESULT_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_RESULT_H

#include "importers/sources/page.h"

/* Sets the results of `out`, whose id is known, from a whole study. */
void ctgov_results(const json_t *study, const struct page *page, struct arena *arena,
                   struct record *out);

#endif
