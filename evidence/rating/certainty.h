/* How sure: GRADE by rule (METHOD section 4). */
#ifndef TOUCHSTONE_EVIDENCE_RATING_CERTAINTY_H
#define TOUCHSTONE_EVIDENCE_RATING_CERTAINTY_H

#include "evidence/rating/rating.h"

/* Judges a rating whose body, synthesis, effect and class are set. `indirect` is how many levels of
 * indirectness the asker adds. Tells each domain in the rating's trace. */
struct certainty certainty_of(const struct rating_context *context, const struct gathered *gathered,
                              struct rating *rating, int indirect);

#endif
