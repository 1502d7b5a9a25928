/*
 * The claims of the curated base as JSON. Nothing here knows a request.
 *
 * `site` is where the service is reached from outside ("https://example.org"; request->origin).
 */
#ifndef TOUCHSTONE_SERVICE_API_CURATED_CLAIM_SHAPE_H
#define TOUCHSTONE_SERVICE_API_CURATED_CLAIM_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/judgement/claim/curated_claim.h"

/* One line of a list: {"id", "intervention", "text", "verdict", "badge", "summary", "atoms":
 * [{"text", "type", "stance", "verdict"}], "links"}. Verdict and what follows from it are null
 * where the base has no words of claims. */
void shape_curated_claim_short(struct json_writer *json, const struct curated_claim *claim,
                               struct arena *arena);

/* "key": [lines]: the claims made for one intervention. */
void shape_curated_claims_about(struct json_writer *json, const char *key,
                                const struct catalog *catalog,
                                const struct intervention *intervention, struct arena *arena);

/* A claim whole, as shape_claim has it, with "id", "badge", "links" and "claim_review". `vetted` is
 * what curated_claim_vet gave. */
void shape_curated_claim(struct json_writer *json, const struct catalog *catalog,
                         const struct curated_claim *claim, const struct claim *vetted,
                         const char *site, struct arena *arena);

/* "key": as curated_claims_saying has them, the claims with the words of a text: [{"id",
 * "intervention", "links"}].
 */
void shape_curated_claims_saying(struct json_writer *json, const char *key,
                                 const struct catalog *catalog, const char *text, size_t length,
                                 const struct text_words *words, struct arena *arena);

/*
 * schema.org's ClaimReview in JSON-LD; null where nothing of the claim could be judged.
 *
 * `ratingValue` is the verdict's place in METHOD's order of verdicts, the worst 1 (misleading) and
 * the best 6 (supported), for readers that want a number; `alternateName` says it in words.
 * `datePublished` is the day up to which the base was read, never the clock's.
 *
 * Source: schema.org/ClaimReview; developers.google.com/search/docs/appearance/structured-data/
 * factcheck (claimReviewed, reviewRating.alternateName and url are required; one to a page).
 */
void shape_claim_review(struct json_writer *json, const struct catalog *catalog,
                        const struct curated_claim *claim, const char *site, struct arena *arena);

/* "TENS: blocks pain signals": the claim so that it can be understood by itself; what stands in
 * brackets in the treatment's name is left out. */
const char *curated_claim_statement(const struct curated_claim *claim, struct arena *arena);

#endif
