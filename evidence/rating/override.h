/*
 * A curator's word against the computed verdict of a question (METHOD V4). It needs a reason, is
 * told beside the computed verdict and never in its place. They stand in the base's document
 * "overrides" (evidence/data/overrides.json, which may be absent).
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_OVERRIDE_H
#define TOUCHSTONE_EVIDENCE_RATING_OVERRIDE_H

#include "evidence/rating/rating.h"

struct verdict_override {
    const char *question; /* id */
    const char *verdict;  /* one that the question could have */
    const char *reason;
    const char *by;   /* who says so */
    const char *date; /* 2026-11-22 */
};

/* The overrides of a base, sorted by question; none where it has no such document. */
struct overrides {
    const struct verdict_override *items;
    size_t count;
};

/* Reads the document; what is wrong with it goes into `problems`, whose arena holds the strings.
 * Whether a question has an override to be is overrides_check's. */
struct overrides overrides_read(const struct base *base, struct problems *problems);

/* The override of a question; NULL without one. */
const struct verdict_override *override_of(const struct overrides *overrides, const char *question);

/* "May work, says …: …", what people are told of it, in `arena`. */
const char *override_sentence(const struct verdict_override *override, struct arena *arena);

/* Why a question cannot have this verdict or the override lacks something, as a sentence in `arena`
 * without a full stop; NULL where nothing is wrong with it. */
const char *override_fault(const struct verdict_override *override, const struct question *question,
                           struct arena *arena);

/* Refuses overrides of questions that are not among the `count` sorted by id, and those with a
 * fault.
 */
void overrides_check(const struct overrides *overrides, const struct open_question *questions,
                     size_t count, struct problems *problems);

/* The document of these, as the curated file stands. */
void overrides_write(const struct overrides *overrides, struct json_writer *writer);

#endif
