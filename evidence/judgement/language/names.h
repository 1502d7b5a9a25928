/*
 * Entries by names that are unfinished or wrong: completion as one types, and the nearest names for
 * what is not there.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_NAMES_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_NAMES_H

#include "evidence/judgement/language/lexicon.h"

enum { SUGGESTIONS_MOST = 50 };

/* An entry that a text may have meant. */
struct suggestion {
    enum meaning meaning; /* MEANING_INTERVENTION, MEANING_CONDITION or MEANING_OUTCOME */
    const char *id;
    const char *name;
    const char *matched; /* the name or alias that was nearest */
};

/*
 * Interventions and conditions as one types, best first: names that begin so, then names with a
 * word that begins so, then near misses; among equals the shorter name, then the id. Each entry
 * comes once. `most` is cut to SUGGESTIONS_MOST. An empty text gives none.
 *
 * Returns an array of `*count` in `arena`.
 */
const struct suggestion *names_suggest(const struct lexicon *lexicon, const char *text,
                                       size_t length, size_t most, struct arena *arena,
                                       size_t *count);

/*
 * The entries of one kind whose id, name or alias is nearest to an unknown name, best first: for
 * "not found" answers and unknown treatments. Names further than two fifths of the longer one's
 * letters are left out, unless one holds all words of the other.
 */
const struct suggestion *names_nearest(const struct lexicon *lexicon, enum meaning meaning,
                                       const char *text, size_t length, size_t most,
                                       struct arena *arena, size_t *count);

#endif
