/* One statistical analysis of a posted outcome. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_ANALYSIS_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_ANALYSIS_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/*
 * Sets figure, estimate, interval, standard error and p of `out`, and adds to its note what else
 * the analysis says. `of_means`: the outcome's values are means, so that a plain "Difference" is
 * one of means.
 *
 * An estimate that is none of our figures (a hazard ratio, a difference of medians, a risk
 * difference that may be in percent), and an interval that is not the two-sided one of 95 %, stand
 * in the note in words. Which group comes first in it, the registry does not say.
 */
void ctgov_analysis(const json_t *analysis, bool of_means, struct arena *arena,
                    struct record_result *out);

/* The figure that words mean ("Odds Ratio (OR)", "Difference of LS Mean"); FIGURE_NONE for all
 * that is not for certain one of them. */
enum figure ctgov_figure(const char *words, bool of_means);

/* "a; b", either of them may be NULL. */
const char *ctgov_note(const char *note, const char *more, struct arena *arena);

#endif
