/*
 * The book of red flags: dangers that can pass for a sore muscle, how people put them, and what to
 * do. Fields as in evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_RED_FLAG_H
#define TOUCHSTONE_EVIDENCE_MODEL_RED_FLAG_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

/* Most urgent first, so that less is more urgent. */
enum urgency { URGENCY_EMERGENCY, URGENCY_SAME_DAY, URGENCY_SOON };
extern const char *const urgency_names[];

/* A further finding that makes the same danger more urgent. */
struct escalation {
    const char *when; /* "any loss, blurring or doubling of sight" */
    enum urgency urgency;
    const char *const *phrases; /* how people put it */
};

struct red_flag {
    const char *id;
    const char *presentation;
    const char *may_mimic;         /* what it is taken for */
    const char *const *conditions; /* ids: whose place the row names; empty: no place of its own */
    const char *const *suspect;
    const char *means; /* the same said to the person: "This can be a sign of a heart attack." */
    enum urgency urgency;
    const char *action;
    const char *evidence;
    const char *const *phrases; /* our own words, a start for recognition */
    const struct escalation *escalations;
    size_t escalation_count;
    const char *const *less_likely; /* may calm a sentence, never withdraws a warning */
    struct backing backing;
};

/* How the lists of the book are to be read. */
struct red_flags_about {
    const char *phrases;
    const char *escalate;
    const char *less_likely;
    const char *urgency;
    const char *not_covered;
};

struct red_flags {
    struct red_flags_about about;
    const struct red_flag *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of conditions must stand in `base`. */
void red_flags_read(const struct json_reader *at, const struct base *base, struct red_flags *out);

/* Those to look out for with a complaint: rows that name it, an ancestor or a child of it, the most
 * urgent first and then in the order of the book. An array of `*count` in `arena`. */
const struct red_flag *const *red_flags_about(const struct red_flags *flags,
                                              const struct base *base, const char *condition,
                                              struct arena *arena, size_t *count);

#endif
