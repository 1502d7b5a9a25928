/* The risk of bias of one study (METHOD section 4, B). */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RISK_H
#define TOUCHSTONE_EVIDENCE_RATING_RISK_H

#include "evidence/model/study.h"
#include "evidence/rating/ruleset.h"

/*
 * From the study's appraisals, and in `by` (may be NULL) by what it was judged. RoB 2, RoB 1 and
 * ROBINS-I by their overall word, else by what their items give (model/appraisal.h); PEDro by its
 * total. Of several raters with one instrument the worst.
 */
enum risk risk_of(const struct study *study, const struct ruleset *ruleset, struct arena *arena,
                  const char **by);

#endif
