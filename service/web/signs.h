/* Verdict and certainty in a page: shape, colour and words together. */
#ifndef TOUCHSTONE_SERVICE_WEB_SIGNS_H
#define TOUCHSTONE_SERVICE_WEB_SIGNS_H

#include "evidence/base/buffer.h"
#include "service/views/claim_sign.h"
#include "service/views/sign.h"

/* The shape and the words of a verdict; NULL is "No verdict". */
void sign_put_verdict(struct buffer *out, const char *verdict);

/* The same of a claim. */
void sign_put_claim(struct buffer *out, enum claim_verdict verdict);

/* Four circles with a plus for each level, and the level in words: "low certainty". */
void sign_put_certainty(struct buffer *out, enum certainty_level level);

#endif
