/* A published pool in place of our own (P4). */
#ifndef TOUCHSTONE_EVIDENCE_RATING_PUBLISHED_H
#define TOUCHSTONE_EVIDENCE_RATING_PUBLISHED_H

#include "evidence/rating/synthesis.h"

/* A review's figure that could stand for the question. */
struct published {
    const struct study *review;
    const struct result *result;
    struct synthesis synthesis;
    bool distrusted; /* critically low by AMSTAR 2, or at high risk by ROBIS */
};

/* The review whose figure stands before those of the others; false where none gives one. */
bool published_find(const struct rating_context *context, const struct gathered *gathered,
                    struct published *best);

/* P4: enough of its people and enough of its trials, as far as either is told. People alone would
 * let two large trials speak for ten, from which nobody can tell how far trials differ. Which
 * trials a review holds is seldom told in full, and newer ones speak as well as they: all are
 * counted. */
bool published_is_held(const struct ruleset *ruleset, const struct body *body,
                       const struct published *published, struct trace *trace);

/* Its figure as the answer; the trials of the body stay in sight, unused. */
struct synthesis published_adopt(const struct rating_context *context,
                                 const struct published *published, struct body *body,
                                 struct trace *trace);

/* A pool with every number unknown. */
extern const struct pooled not_pooled;

#endif
