/* A published synthesis: which trials it holds, and whether it can be trusted. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_REVIEW_H
#define TOUCHSTONE_EVIDENCE_RATING_REVIEW_H

#include "evidence/model/study.h"

/* True if the trial says that this review pooled it, by any name of the review, or has a row from
 * its data. */
bool review_pooled(const struct study *review, const struct study *trial);

/* True if somebody gave the review itself an overall judgement by AMSTAR 2 or ROBIS, or items that
 * give one. */
bool review_is_rated(const struct study *review);

/* True if the review itself is critically low by AMSTAR 2 (S1). */
bool review_is_critically_low(const struct study *review);

/* True if it is that, or at high risk of bias by ROBIS: others are adopted before it (P4). */
bool review_is_distrusted(const struct study *review);

#endif
