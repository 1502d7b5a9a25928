#include <math.h>

#include "evidence/rating/safety_kept.h"
#include "service/api/curated_claim_shape.h"
#include "service/api/rulebook_shapes.h"
#include "service/api/shapes.h"

void shape_intervention_short(struct json_writer *json, const struct intervention *intervention)
{
    json_begin_object(json);
    json_field_text(json, "id", intervention->id);
    json_field_text(json, "name", intervention->name);
    json_field_text(json, "kind", kind_names[intervention->kind]);
    shape_texts(json, "aliases", intervention->aliases);
    json_field_text(json, "summary", intervention->summary);
    json_end_object(json);
}

/* The headlines of an intervention: one a condition that is not untested. */
static void put_ratings(struct json_writer *json, const struct catalog *catalog,
                        const struct intervention *intervention, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    json_field_array(json, "ratings");
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct headline *headline =
            catalog_headline(catalog, intervention, &base->conditions[i], NULL, arena);
        if (headline->studies > 0 || headline->rating != NULL)
            shape_headline_short(json, headline);
    }
    json_end_array(json);
}

static void put_harms(struct json_writer *json, const struct catalog *catalog,
                      const struct intervention *intervention, struct arena *arena)
{
    struct safety safety = *safety_kept(catalog, intervention);
    json_put_key(json, "safety");
    shape_safety(json, catalog, intervention, arena);
    json_put_key(json, "harms");
    shape_harms(json, &safety, arena);
}

void shape_intervention(struct json_writer *json, const struct catalog *catalog,
                        const struct intervention *intervention, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "id", intervention->id);
    json_field_text(json, "name", intervention->name);
    json_field_text(json, "plain", intervention->plain);
    json_field_text(json, "kind", kind_names[intervention->kind]);
    shape_texts(json, "aliases", intervention->aliases);
    json_field_text(json, "summary", intervention->summary);
    shape_curated_claims_about(json, "claims", catalog, intervention, arena);
    put_harms(json, catalog, intervention, arena);
    shape_rulebooks_of(json, catalog_base(catalog), intervention);
    put_ratings(json, catalog, intervention, arena);
    json_end_object(json);
}

void shape_condition(struct json_writer *json, const struct condition *condition)
{
    json_begin_object(json);
    json_field_text(json, "id", condition->id);
    json_field_text(json, "name", condition->name);
    json_field_text(json, "plain", condition->plain);
    shape_texts(json, "aliases", condition->aliases);
    shape_texts(json, "parents", condition->parents);
    shape_texts(json, "primary_outcomes", condition->primary_outcomes);
    json_field_text(json, "primary_window", window_names[condition->primary_window]);
    json_end_object(json);
}

static void put_mid(struct json_writer *json, const struct mid *mid)
{
    json_put_key(json, "mid");
    if (isnan(mid->value)) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_real(json, "value", mid->value);
    json_field_object(json, "scale");
    json_field_text(json, "name", mid->scale_name);
    json_field_real(json, "low", mid->scale_low);
    json_field_real(json, "high", mid->scale_high);
    json_end_object(json);
    json_field_object(json, "source");
    json_field_text(json, "url", mid->source_url);
    json_field_text(json, "where", mid->source_where);
    json_end_object(json);
    json_field_text(json, "note", mid->note);
    json_end_object(json);
}

void shape_outcome(struct json_writer *json, const struct outcome *outcome)
{
    json_begin_object(json);
    json_field_text(json, "id", outcome->id);
    json_field_text(json, "name", outcome->name);
    json_field_text(json, "plain", outcome->plain);
    shape_texts(json, "aliases", outcome->aliases);
    json_field_text(json, "kind", outcome_kind_names[outcome->kind]);
    json_field_text(json, "stand_in_for", outcome->stand_in_for);
    put_mid(json, &outcome->mid);
    json_end_object(json);
}
