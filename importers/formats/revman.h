/*
 * Files of Review Manager 5 (.rm5): one review with everything its authors entered.
 *
 * Records, once the file has been read: the review itself, with its pooled figures; then every
 * study, included, excluded, awaiting and ongoing, as the publication that the authors call its
 * primary one (else the first), with its figures (rows of the analyses) and the risk-of-bias
 * judgements; then each further report of a study as a record of its own. What the authors decided
 * stands in `labels`.
 *
 * Figures: group 1 is the intervention, group 2 the comparator. Standard errors of ratios are those
 * of the logarithm. No estimate is taken where RevMan says that there is none, where events were
 * swapped with non-events, where the measure is none of ours (its figures then stand in `note`), or
 * where it does not agree with its own interval; no interval where it is not 95%. A zero for a
 * group size or an SD is an empty cell.
 *
 * Sources: files of RevMan 5.0 to 5.4; the RevMan 5 user guide on log-scale data and swapped
 * events; the reader of the R package meta on EFFECT_MEASURE, LOG_DATA and SWAP_EVENTS.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_REVMAN_H
#define TOUCHSTONE_IMPORTERS_FORMATS_REVMAN_H

#include "importers/formats/format.h"

extern const struct format format_revman;

#endif
