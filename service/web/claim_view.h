/* A claim of the curated base as a page, and the claims made for a treatment as a list. */
#ifndef TOUCHSTONE_SERVICE_WEB_CLAIM_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_CLAIM_VIEW_H

#include "evidence/judgement/claim/curated_claim.h"
#include "service/web/layout.h"

/*
 * The article: the verdict in words, the claim with each part marked, what each part comes to and
 * why, what the studies would support, what could not be checked, how safe, where to go on, how to
 * cite it. `vetted` is what curated_claim_vet gave, `site` where the service is reached from
 * outside (request->origin).
 */
void claim_put(const struct page *page, const struct curated_claim *claim,
               const struct claim *vetted, const char *site);

/* "What is said of it, judged": each claim made for the treatment with its verdict; nothing where
 * there is none, or none could be vetted. `but` is left out; NULL: none is. */
void claims_put_about(const struct page *page, const struct intervention *intervention,
                      const struct curated_claim *but);

/* "/claim/tens.blocks-pain-signals", in the arena. */
const char *claim_address(const struct curated_claim *claim, struct arena *arena);

#endif
