/* A vetted claim at a terminal: the whole, then each part with its words, its verdict and why. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_CLAIM_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_CLAIM_TEXT_H

#include "evidence/judgement/claim/claim.h"
#include "service/views/terminal.h"

/* `text` as it was given to claim_vet. */
void print_claim(const struct terminal *terminal, const char *text, const struct claim *claim,
                 struct arena *arena);

#endif
