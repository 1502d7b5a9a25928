/*
 * Studies that may be one study: what no rule can decide and a curator should look at. Nothing here
 * changes a study.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_LOOKALIKES_H
#define TOUCHSTONE_EVIDENCE_MODEL_LOOKALIKES_H

#include "evidence/model/base.h"

enum likeness {
    LIKENESS_TITLE,        /* the same title, case and accents aside, or all but the same */
    LIKENESS_REGISTRATION, /* the same number of a register */
    LIKENESS_NUMBERS,      /* two arms with the same people, means and SDs, or events */
    LIKENESS_CONTROL,      /* first author and a control arm: one trial in two, or counted twice */
    LIKENESS_AUTHOR,       /* first author, year give or take one, people or intervention */
    LIKENESS_ID            /* ids or DOIs that differ in one letter */
};
extern const char *const likeness_names[]; /* title, registration … */

/* Two studies; `one` comes first by id. */
struct lookalike {
    const struct study *one;
    const struct study *other;
    enum likeness likeness; /* the strongest of them */
    bool told;              /* one of them names the other in its note */
    const char *detail;     /* what is alike, a few words */
};

/* Every pair, sorted by the two ids, in `arena`; gives how many. Sorting finds the pairs, so that
 * it takes n log n. */
size_t lookalikes_find(const struct base *base, struct arena *arena, struct lookalike **out);

#endif
