/*
 * Screening decisions that review tools write into the notes of a reference:
 *
 *     RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong
 * drug ASReview_relevant
 *
 * Reasons are Rayyan's for the reference as a whole, so that they stand with each who excluded it.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_SCREENING_LABEL_H
#define TOUCHSTONE_IMPORTERS_FORMATS_SCREENING_LABEL_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

typedef void screening_label_taken(void *context, const struct record_label *label);

/* Gives every decision found in `notes` (NULL: none); strings live in the arena. A tool's word that
 * is no decision, such as ASReview_not_seen, gives none. */
void screening_labels_read(const char *notes, struct arena *arena, screening_label_taken *take,
                           void *context);

/* The decision in a column of ASReview: 1, 0 (or 1.0, 0.0); NULL for anything else. */
const char *screening_decision_of_number(const char *value);

#endif
