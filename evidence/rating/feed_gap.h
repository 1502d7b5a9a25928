/*
 * What the feed of changes lacks: whoever follows it from its beginning must come to the verdicts
 * that stand. It lacks lines before the first build has written any, in a store of a program that
 * wrote none for it, and where another version of this program rates the same base otherwise.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_FEED_GAP_H
#define TOUCHSTONE_EVIDENCE_RATING_FEED_GAP_H

#include "evidence/rating/catalog.h"
#include "evidence/store/changes.h"

/*
 * Adds a line for every question of `catalog` of which the feed says nothing or something else, and
 * for every one that it still tells of and that is not there; sorted by question. `catalog` is the
 * base as it is stored now. A question without a line begins with all its studies as the cause
 * (CHANGE_STUDY_ADDED); what is told otherwise is rated otherwise (CHANGE_RULES).
 *
 * added   how many lines
 */
MUST_USE bool feed_gap_fill(struct store *store, const struct catalog *catalog, const char *actor,
                            time_t now, size_t *added, struct error *err);

/* A rating as the feed tells it; NULL for one that is not there, and for a verdict of none. */
const char *feed_verdict(const struct rating *rating);
const char *feed_certainty(const struct rating *rating);

/* Texts of the feed, each of which may be NULL. */
bool feed_same_text(const char *one, const char *other);

#endif
