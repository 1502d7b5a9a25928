/* What a decision says to the person whose diary it is. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_WORDS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_WORDS_H

#include "evidence/judgement/stop/stop.h"

/* The decision and its reason in a few plain sentences, numbers on the diary's own scale; with the
 * course that would be expected with no treatment wherever scores are spoken of. In `arena`. */
const char *stop_sentence(const struct diary *diary, const struct stopping *stopping,
                          struct arena *arena);

/* A goal as it is told: tenths, or on a long scale whole numbers, rounded towards the better, so
 * that a score that is told to reach it does. */
const char *stop_goal_told(const struct diary *diary, double level, struct arena *arena);

/* What the scores are of: "pain", "days per week". */
const char *stop_scored(const struct diary *diary);

/* The decision in a few words, to stand above the sentence: "Go on". Of a medicine never "Stop". */
const char *stop_headline(const struct diary *diary, const struct stopping *stopping);

/* What was taken for granted about the plan (defaults, a missing start, changes on the way) and
 * what to ask about first; ended by NULL, in `arena`. */
const char *const *stop_warnings(const struct diary *diary, const struct stop_signs *signs,
                                 const struct stopping *stopping, struct arena *arena);

#endif
