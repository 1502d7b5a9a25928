/*
 * Studies that may be one study, and names that lead nowhere: what no rule can decide and a curator
 * should look at. Nothing here changes a study.
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

/* A review that studies name, as one that pooled them or as the source of a row, and that the base
 * does not hold. */
struct missing_review {
    const char *id;              /* as the trials have it */
    const struct study *trial;   /* the first of them … */
    size_t trials;               /* … and how many they are */
    const struct study *perhaps; /* a study of the base that may be meant, NULL */
};

/* Sorted by id, in `arena`; gives how many. */
size_t missing_reviews_find(const struct base *base, struct arena *arena,
                            struct missing_review **out);

#endif
