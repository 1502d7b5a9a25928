/* An appraisal as a curator sends it: answers to an instrument's questions, judgements of its
 * items, or an overall judgement as printed; made into the appraisal of a study's file. */
#ifndef TOUCHSTONE_SERVICE_CURATION_APPRAISING_H
#define TOUCHSTONE_SERVICE_CURATION_APPRAISING_H

#include <jansson.h>

#include "evidence/model/rulebooks.h"

/* Who judged, in an appraisal's rated_by: "curator:anna". In `arena`. */
const char *appraiser_named(const char *actor, struct arena *arena);

/*
 * Reads {"answers", "items", "overall", "score", "out_of", "scope", "share_low", "share_high",
 * "applies_to", "as_reported"}, a new reference. Answers are judged by the instrument's own
 * algorithm, and kept beside what they give. Who judges an item otherwise has to say why
 * (`reasoned`). What is wrong goes into `problems`; NULL then.
 */
json_t *appraisal_of_body(const json_t *body, const struct instruments *book,
                          const char *instrument, const char *rated_by, bool reasoned,
                          struct problems *problems);

/* The place of the appraisal in a study's document that `made` takes: one by the same appraiser
 * with the same instrument on the same matter; the number there are where it is new. */
size_t appraisal_place(const json_t *document, const json_t *made);

#endif
