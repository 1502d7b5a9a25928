/* A body while it is built: for body.c and the files of its steps, trial_choice.c, body_scale.c. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_BUILDING_H
#define TOUCHSTONE_EVIDENCE_RATING_BUILDING_H

#include "evidence/rating/body.h"
#include "evidence/rating/trial_effect.h"

/* What is being built, with what it is built from. */
struct building {
    const struct rating_context *context;
    const struct question *question;
    struct trace *trace;
    struct arena *arena;
    struct arena *scratch;        /* gone when the rating is made */
    struct scale target;          /* where the outcome's MID is defined; ends NAN without one */
    struct trial_effect *effects; /* one a member, usable or not */
    struct body body;
};

/* Q1, Q2: one effect for one trial; its `result` is NULL if there is none to count. */
struct trial_effect trial_choice(struct building *build, const struct member *member);

/* E1: settles the scale of the body and puts each of its trials on it, or out. */
void building_settle_scale(struct building *build);

/* Leaves the study at this place out, by this rule, with the reason. */
void building_leave_out(struct building *build, size_t at, const char *rule, const char *why);

#endif
