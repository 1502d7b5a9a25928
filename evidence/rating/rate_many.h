/* Many questions rated side by side: the same ratings as one after the other, sooner. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RATE_MANY_H
#define TOUCHSTONE_EVIDENCE_RATING_RATE_MANY_H

#include "evidence/rating/rating.h"

/*
 * The ratings of `questions`, in their order, in `arena`, their addresses in `out`. Takes as many
 * threads as the machine has processors once there are enough questions to be worth starting them;
 * the answer does not depend on how many there were.
 */
void rate_many(const struct rating_context *context, const struct open_question *questions,
               size_t count, struct arena *arena, struct rating **out);

#endif
