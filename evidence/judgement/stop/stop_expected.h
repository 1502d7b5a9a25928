/*
 * What is expected of one person's scores before a later one is seen: where they stand, how far
 * they fall by themselves, what the treatment adds, how fast, how far a score can be off. All of it
 * from the base and from the scores before the first session.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_EXPECTED_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_EXPECTED_H

#include "evidence/judgement/stop/stop_plan.h"

/* True if what is known of how pain goes on, and of how far treatments relieve it, holds for the
 * outcome. */
bool stop_has_course(const struct base *base, const struct outcome *outcome);

/* Fills in `plan`, in which start, trial and error stand: the prior and where it comes from. */
void stop_expect(const struct catalog *catalog, const struct diary *diary,
                 const struct outcome *outcome, struct arena *arena, struct stop_plan *plan);

#endif
