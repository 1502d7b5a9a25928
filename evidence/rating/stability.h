/*
 * What would change an answer (METHOD V5): which single study it hangs on, how many trials without
 * effect would turn it, how many people it would take to be sure, and since when it has stood.
 * Every one of these rates the question again, so it is worked out when somebody asks.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_STABILITY_H
#define TOUCHSTONE_EVIDENCE_RATING_STABILITY_H

#include "evidence/rating/rating.h"

/* More trials without effect than this are not tried. */
enum { STABILITY_NULL_TRIALS = 50 };

/* A study without which the verdict would be another one. */
struct flip {
    const struct study *study;
    const char *verdict; /* that other one */
    enum certainty_level certainty;
};

struct stability {
    const struct flip *flips;
    size_t flip_count;
    int imputed;               /* trials whose error was imputed or assumed (E2) … */
    bool imputed_decide;       /* … and without which the class would be another, or none */
    int null_trials;           /* so many turn it; 0: none of them needed or possible, see … */
    bool null_trials_do_not;   /* … STABILITY_NULL_TRIALS of them do not turn it */
    int people_needed;         /* COUNT_UNKNOWN without a MID, or where a pool was adopted */
    bool more_people_will_not; /* in as many trials, however large: they differ too much */
    int since;                 /* the year from which on the verdict was this; COUNT_UNKNOWN */
};

/* Works it out for a rating with figures; zeroes and unknowns otherwise. */
struct stability stability_of(const struct rating_context *context, const struct gathered *gathered,
                              const struct rating *rating, struct arena *arena);

#endif
