/* A vetted claim as JSON; the shape that the contract calls Claim. */
#ifndef TOUCHSTONE_SERVICE_API_CLAIM_SHAPE_H
#define TOUCHSTONE_SERVICE_API_CLAIM_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/judgement/claim/claim.h"

/* `text` and `length` as they were given to claim_vet; danger that the text tells of its writer
 * comes first. "curated" names the claims of the base that say the same words. */
void shape_claim(struct json_writer *json, const struct catalog *catalog, const char *text,
                 size_t length, const struct claim *claim, struct arena *arena);

/* The same without braces and "curated", for an object with more in it. */
void shape_claim_fields(struct json_writer *json, const struct catalog *catalog, const char *text,
                        size_t length, const struct claim *claim, struct arena *arena);

#endif
