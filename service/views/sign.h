/* What stands for a verdict, a certainty and a risk of bias, in pages and pictures alike. Colour,
 * shape and words always come together; any one of them is enough to understand. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_SIGN_H
#define TOUCHSTONE_SERVICE_VIEWS_SIGN_H

#include "evidence/base/buffer.h"
#include "evidence/rating/rating.h"

/* A picture of signs.svg ("helps": its symbol is sign-helps) and a colour of style.css. */
struct sign {
    const char *symbol;
    const char *tone;
};

/* The symbols themselves, once in every page's body and in every picture that uses them. */
void sign_put_symbols(struct buffer *out);

/* The sign of a verdict; NULL and names that are none have the question mark. */
struct sign sign_of(const char *verdict);

/* "very low": the level as it is said. */
const char *sign_certainty_words(enum certainty_level level);

/* The three-step letter of a study's risk of bias, and what it means. */
const char *sign_risk_letter(enum risk risk); /* L, S, H, – */
const char *sign_risk_words(enum risk risk);  /* low, some concerns, high, not judged */

#endif
