/* Reviews that are named and not there: ids that lead nowhere, for a curator to look at. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_MISSING_REVIEW_H
#define TOUCHSTONE_EVIDENCE_MODEL_MISSING_REVIEW_H

#include "evidence/model/base.h"

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
