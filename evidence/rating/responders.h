/*
 * Of 100 people, how many would find their pain a third less: a mean difference told as people
 * (METHOD P5). It is modelled, never counted, and is marked so wherever it is told.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RESPONDERS_H
#define TOUCHSTONE_EVIDENCE_RATING_RESPONDERS_H

#include "evidence/rating/rating.h"

/* The fall in pain that counts a person as a responder: 30 % of where they began (Farrar 2001,
 * pubmed 11690728). */
extern const double RESPONDER_SHARE;

/* The median course over the control groups (pretend treatment or none, first 12 weeks) of the base
 * whose results tell it, one a study, on the scale of the outcome's MID: begun for `most` studies,
 * which are added one by one; the end frees it. */
struct control_groups;
struct control_groups *control_groups_new(size_t most);
void control_groups_add(struct control_groups *groups, const struct base *base,
                        const struct study *study);
struct control_course control_groups_end(struct control_groups *groups);

/* The same over the control groups of a rating's own trials, in its own window. `groups` 0 where
 * fewer than half of the trials tell all three of baseline, fall and its spread (the half is ours),
 * or where a published pool answers, of which the base holds too little. */
struct control_course control_course_of_trials(const struct rating *rating);

/*
 * Phi((c + d - 0.3 b)/s) against Phi((c - 0.3 b)/s): b baseline, c the controls' fall, s the SD of
 * falls, d the benefit in points. The course is that of the rating's own trials where they tell it,
 * else `course`, that of the base, whose controls had a pretend treatment or none: it says nothing
 * of people who had another treatment. `known` false where the outcome has no MID in points, there
 * is no figure, or the course is not known.
 */
struct responders responders_of(const struct rating *rating, const struct control_course *course);

#endif
