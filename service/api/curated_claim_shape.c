#include "service/api/curated_claim_shape.h"

#include <string.h>

#include "service/api/claim_shape.h"
#include "service/api/shapes.h"
#include "service/views/claim_sign.h"

const char *curated_claim_statement(const struct curated_claim *claim, struct arena *arena)
{
    const char *name = claim->intervention->name;
    const char *aside = strstr(name, " (");
    int length = (int)(aside == NULL ? strlen(name) : (size_t)(aside - name));
    return arena_printf(arena, "%.*s: %s", length, name, claim->text);
}

static void put_link(struct json_writer *json, const char *name, const char *folder, const char *id,
                     struct arena *arena)
{
    json_field_text(json, name, arena_printf(arena, "%s%s", folder, id));
}

static void put_links(struct json_writer *json, const struct curated_claim *claim,
                      struct arena *arena)
{
    json_field_object(json, "links");
    put_link(json, "self", "/v1/claims/", claim->id, arena);
    put_link(json, "page", "/claim/", claim->id, arena);
    put_link(json, "intervention", "/v1/interventions/", claim->intervention->id, arena);
    json_end_object(json);
}

static void put_intervention(struct json_writer *json, const struct curated_claim *claim)
{
    json_put_key(json, "intervention");
    shape_name(json, claim->intervention->id, claim->intervention->name);
}

/* ---- in lists ---- */

static void put_parts(struct json_writer *json, const struct curated_claim *claim)
{
    json_field_array(json, "atoms");
    for (size_t i = 0; i < claim->part_count; i++) {
        const struct curated_part *part = &claim->parts[i];
        json_begin_object(json);
        json_put_key(json, "text");
        json_put_text_length(json, claim->text + part->start_byte,
                             part->end_byte - part->start_byte);
        json_field_text(json, "type", atom_type_names[part->type]);
        json_field_text(json, "stance", stance_names[part->stance]);
        json_field_text(json, "verdict", claim_verdict_names[part->verdict]);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_curated_claim_short(struct json_writer *json, const struct curated_claim *claim,
                               struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "id", claim->id);
    put_intervention(json, claim);
    json_field_text(json, "text", claim->text);
    json_field_text(json, "verdict", claim->vetted ? claim_verdict_names[claim->verdict] : NULL);
    json_field_text(json, "badge", claim->vetted ? claim_badge(claim->verdict) : NULL);
    json_field_text(json, "summary", claim->summary);
    put_parts(json, claim);
    put_links(json, claim, arena);
    json_end_object(json);
}

void shape_curated_claims_about(struct json_writer *json, const char *key,
                                const struct catalog *catalog,
                                const struct intervention *intervention, struct arena *arena)
{
    size_t count;
    const struct curated_claim *claims = curated_claims_about(catalog, intervention, &count);
    json_field_array(json, key);
    for (size_t i = 0; i < count; i++)
        shape_curated_claim_short(json, &claims[i], arena);
    json_end_array(json);
}

void shape_curated_claims_saying(struct json_writer *json, const char *key,
                                 const struct catalog *catalog, const char *text, size_t length,
                                 const struct text_words *words, struct arena *arena)
{
    const struct curated_claim *const *claim =
        curated_claims_saying(catalog, text, length, words, arena);
    json_field_array(json, key);
    for (; *claim != NULL; claim++) {
        json_begin_object(json);
        json_field_text(json, "id", (*claim)->id);
        put_intervention(json, *claim);
        put_links(json, *claim, arena);
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- ClaimReview ---- */

/* The place in METHOD's order from the worst verdict up to the best; 0 for those that judge
 * nothing. */
static int place_of(enum claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_MISLEADING:
        return 1;
    case CLAIM_CONTRADICTED:
        return 2;
    case CLAIM_UNSUPPORTED:
        return 3;
    case CLAIM_OVERSTATED:
        return 4;
    case CLAIM_PARTLY_SUPPORTED:
        return 5;
    case CLAIM_SUPPORTED:
        return 6;
    case CLAIM_NOT_CHECKABLE:
    case CLAIM_NONE:
        break;
    }
    return 0;
}

static void put_review_rating(struct json_writer *json, const struct curated_claim *claim)
{
    json_field_object(json, "reviewRating");
    json_field_text(json, "@type", "Rating");
    json_field_count(json, "ratingValue", place_of(claim->verdict));
    json_field_count(json, "bestRating", place_of(CLAIM_SUPPORTED));
    json_field_count(json, "worstRating", place_of(CLAIM_MISLEADING));
    json_field_text(json, "alternateName", claim_badge(claim->verdict));
    json_field_text(json, "ratingExplanation", claim->summary);
    json_end_object(json);
}

static void put_reviewer(struct json_writer *json, const char *site, struct arena *arena)
{
    json_field_object(json, "author");
    json_field_text(json, "@type", "Organization");
    json_field_text(json, "name", "Touchstone");
    put_link(json, "url", site, "/", arena);
    json_end_object(json);
}

static void put_reviewed(struct json_writer *json, const struct curated_claim *claim,
                         const char *statement)
{
    json_field_object(json, "itemReviewed");
    json_field_text(json, "@type", "Claim");
    json_field_text(json, "name", statement);
    json_field_object(json, "about");
    json_field_text(json, "@type", "Thing");
    json_field_text(json, "name", claim->intervention->name);
    json_end_object(json);
    json_end_object(json);
}

void shape_claim_review(struct json_writer *json, const struct catalog *catalog,
                        const struct curated_claim *claim, const char *site, struct arena *arena)
{
    if (place_of(claim->verdict) == 0) {
        json_put_nothing(json);
        return;
    }
    const char *statement = curated_claim_statement(claim, arena);
    json_begin_object(json);
    json_field_text(json, "@context", "https://schema.org");
    json_field_text(json, "@type", "ClaimReview");
    put_link(json, "url", arena_printf(arena, "%s/claim/", site), claim->id, arena);
    json_field_text(json, "claimReviewed", statement);
    json_field_text(json, "datePublished", catalog_dataset(catalog)->collected);
    json_field_text(json, "inLanguage", "en");
    put_reviewer(json, site, arena);
    put_reviewed(json, claim, statement);
    put_review_rating(json, claim);
    json_end_object(json);
}

/* ---- whole ---- */

void shape_curated_claim(struct json_writer *json, const struct catalog *catalog,
                         const struct curated_claim *claim, const struct claim *vetted,
                         const char *site, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "id", claim->id);
    json_field_text(json, "badge", claim_badge(claim->verdict));
    shape_claim_fields(json, catalog, claim->text, strlen(claim->text), vetted, arena);
    put_links(json, claim, arena);
    json_put_key(json, "claim_review");
    shape_claim_review(json, catalog, claim, site, arena);
    json_end_object(json);
}
