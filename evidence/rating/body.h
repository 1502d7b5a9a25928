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

#endif
