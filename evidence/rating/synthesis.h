/*
 * From a body to numbers: the pool of its trials (P1), or a published synthesis where the base
 * holds too few of that one's trials (P4). And from numbers to what a person is told of them.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_SYNTHESIS_H
#define TOUCHSTONE_EVIDENCE_RATING_SYNTHESIS_H

#include "evidence/rating/rating.h"

/* Pools or adopts; sets the weights of the body's used studies and tells in the trace what was
 * done. A body nobody can pool comes back with basis BASIS_DIRECTION or BASIS_NONE. */
struct synthesis synthesis_of(const struct rating_context *context, const struct gathered *gathered,
                              struct body *body, struct trace *trace);

/* The estimate in the unit that the verdict weighs. */
struct weighed weigh(const struct synthesis *synthesis, const struct pooled *pooled,
                     const struct outcome *outcome, const struct ruleset *ruleset);

/* One study's or a pool's point estimate in that unit, for counting who lies where. */
double weigh_one(const struct synthesis *synthesis, double yi);

/* All that is said of the size. */
struct effect_told effect_told_of(const struct synthesis *synthesis, const struct outcome *outcome,
                                  const struct ruleset *ruleset, struct arena *arena);

/* Comparisons of weighed figures, the last digits of a double passed over: at or above, above, and
 * an interval strictly between -bound and bound. */
bool size_reaches(double value, double threshold);
bool size_exceeds(double value, double threshold);
bool size_is_within(const struct weighed *weighed, double bound);

/* METHOD section 5: the class of an estimate from itself, its interval and the MID. CLASS_NONE
 * without a MID. */
enum effect_class classify(const struct weighed *weighed);

#endif
