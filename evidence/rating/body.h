/*
 * The body of evidence of one question: one effect a trial (Q1, Q2), who is left out and why (Q3),
 * and the scale on which all of them are told (E1).
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_BODY_H
#define TOUCHSTONE_EVIDENCE_RATING_BODY_H

#include "evidence/rating/rating.h"
#include "evidence/rating/trial_effect.h"

/* Builds the body; every member of the question is in it, used or with the reason why not. */
struct body body_of(const struct rating_context *context, const struct gathered *gathered,
                    struct trace *trace);

/* True if the trial says that this review pooled it, by any name of the review. */
bool body_study_is_pooled_in(const struct study *trial, const struct study *review);

/* The risk of bias of one study from its appraisals, and in `by` (may be NULL) by what it was
 * judged. RoB 2, RoB 1 and ROBINS-I by their overall word, else by the worst of their (key)
 * domains; PEDro by its total (METHOD section 4, B). Of several raters with one instrument the
 * worst. */
enum risk risk_of(const struct study *study, const struct ruleset *ruleset, struct arena *arena,
                  const char **by);

#endif
