/* What somebody may have meant by a name or a question id that is not there. */
#ifndef TOUCHSTONE_SERVICE_API_NEAREST_H
#define TOUCHSTONE_SERVICE_API_NEAREST_H

#include "evidence/judgement/language/lexicon.h"
#include "evidence/rating/catalog.h"

enum { NEAREST_MOST = 5 };

/* The ids of the entries of one kind (the first three of enum meaning) whose names are nearest,
 * best first, ended by NULL, in `arena`. */
const char *const *nearest_entries(const struct catalog *catalog, enum meaning meaning,
                                   const char *id, struct arena *arena);

/* "; nearest: massage, massage-gun", or "" for an empty list. */
const char *nearest_words(const char *const *names, struct arena *arena);

/* The ids of the curated claims nearest to one that is not there: those that begin nearly so, then
 * those of the intervention it names. Ended by NULL, in `arena`. */
const char *const *nearest_claims(const struct catalog *catalog, const char *id,
                                  struct arena *arena);

/* Why no question has this id. */
struct missing_question {
    const char *what; /* "intervention", "condition", or "question" where both are known */
    const char *name; /* of that which is not there */
    const char *const *nearest; /* entries, or questions of the pair; ended by NULL */
};
void nearest_question(const struct catalog *catalog, const char *id, struct arena *arena,
                      struct missing_question *out);

#endif
