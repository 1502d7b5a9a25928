/* The verdict (METHOD section 5) and the sentence that tells it. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_VERDICT_H
#define TOUCHSTONE_EVIDENCE_RATING_VERDICT_H

#include "evidence/base/buffer.h"
#include "evidence/rating/rating.h"

/* The verdict's word for a class and a certainty; against another treatment the words are better,
 * no-different, worse. NULL for CLASS_NONE. */
const char *verdict_word(enum effect_class class, enum certainty_level level,
                         enum comparator_class comparator);

/* "Works", "May help a little", "We don't know yet": the words on a badge. NULL gives "No verdict".
 */
const char *verdict_badge(const char *verdict);

/* All verdicts there are, ended by NULL. */
extern const char *const verdict_names[];

/* Best first: how good an answer it is to a person in pain, 0 for the best. Verdicts against
 * another treatment come last. */
int verdict_rank(const char *verdict);

/* The sentence of a rating whose verdict is set, in `arena`: what it does, for whom, against what,
 * when, how big, from how many. */
const char *sentence_of(const struct rating *rating, struct arena *arena);

/* Pieces of it, for sentences that join two ratings. */
void sentence_put_size(const struct rating *rating, struct buffer *out);
void sentence_put_comparator(const struct rating *rating, struct buffer *out);

/* "a pretend needle": what its pretended form is called. */
const char *sentence_sham(const struct intervention *intervention);

void sentence_put_directions(const struct directions *directions, struct buffer *out);

/* "1 trial with 60 people", "a published review of 8 trials (Gross 2024)" without a full stop. What
 * is made on the way is in `arena`, never in the rating's own: a catalog's ratings are shared. */
void sentence_put_basis(const struct rating *rating, struct arena *arena, struct buffer *out);

/* True if the name takes a verb without an s: "magnets lower", but "wearing magnets lowers". */
bool sentence_is_plural(const char *plain);

/* "people with knots in the neck", "people without pain". */
void sentence_put_people_with(const struct condition *condition, struct buffer *out);

/* "Of 3 trials, 2 found it better and 1 found no difference (120 people)", without a full stop.
 * `against` stands behind "trials" and begins with a space, or is "". At least one trial. */
void sentence_put_trials_found(const struct directions *directions, const char *against,
                               struct buffer *out);

/* "in the first 12 weeks". */
const char *window_words(enum window window);

/* What a certainty level means, in one plain clause. */
const char *certainty_meaning(enum certainty_level level);

#endif
