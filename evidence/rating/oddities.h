/*
 * Figures that look wrong: not impossible enough for the check to refuse them, but worth a second
 * look at the paper. Every finding says what was seen beside what was expected; none changes a
 * rating. Thresholds are ours, those of P6 come from the ruleset.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_ODDITIES_H
#define TOUCHSTONE_EVIDENCE_RATING_ODDITIES_H

#include "evidence/rating/catalog.h"

enum oddity_kind {
    ODDITY_SD_IMPOSSIBLE,  /* more spread than a scale of these ends allows around this mean */
    ODDITY_SD_SMALL,       /* under a third of the median of the question: perhaps an SE (P6) */
    ODDITY_SD_LARGE,       /* over three times that median */
    ODDITY_INTERVAL,       /* not around its estimate, rounding allowed for */
    ODDITY_TEN_TIMES,      /* an effect ten times the median of the others of its question */
    ODDITY_HUGE,           /* |g| above the ruleset's, 2.5 (P6) */
    ODDITY_DISAGREE,       /* two figures of one study for one question, people and time */
    ODDITY_TIME,           /* one time of a study, as its source words it, in two windows */
    ODDITY_SECOND_READING, /* the second reader did not agree */
    ODDITY_IMPUTED         /* an answer hangs on an error that was imputed or assumed (E2, E3) */
};
enum { ODDITY_KIND_COUNT = 10 };
extern const char *const oddity_names[]; /* "sd-impossible", "sd-small" … */

enum { ODDITY_WHOLE_STUDY = -1 };

struct oddity {
    enum oddity_kind kind;
    const struct study *study;
    int result;           /* its place in the study, or ODDITY_WHOLE_STUDY */
    const char *question; /* NULL for a whole study */
    const char *detail;
};

/* All findings by kind, then question, study and result, in `arena`; gives how many. Results that
 * are ignored or of retracted studies are not looked at. */
size_t oddities_find(const struct catalog *catalog, struct arena *arena, struct oddity **out);

#endif
