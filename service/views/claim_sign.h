/* What stands for the verdict of a claim: colour, shape and words, as sign.h has them for ratings.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_CLAIM_SIGN_H
#define TOUCHSTONE_SERVICE_VIEWS_CLAIM_SIGN_H

#include "evidence/judgement/claim/claim.h"
#include "service/views/sign.h"

/* "Not supported": the verdict as people read it. */
const char *claim_badge(enum claim_verdict verdict);

struct sign claim_sign(enum claim_verdict verdict);

#endif
