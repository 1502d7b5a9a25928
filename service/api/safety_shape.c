/* Harms and what they come to. */
#include "evidence/rating/safety_kept.h"
#include "service/api/shapes.h"

/* A rate as numbers; null where there is none. */
static void put_frequency(struct json_writer *json, const struct frequency *per)
{
    json_put_key(json, "per");
    if (per->unit == HARM_UNIT_UNKNOWN) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_real(json, "events", per->events);
    json_field_real(json, "of", per->of);
    json_field_text(json, "unit", harm_unit_names[per->unit]);
    shape_interval(json, "range", per->low, per->high);
    json_field_real(json, "control", per->control);
    json_end_object(json);
}

void shape_harm_fields(struct json_writer *json, const struct harm *harm)
{
    json_field_text(json, "event", harm->event);
    json_field_text(json, "severity", severity_names[harm->severity]);
    json_field_text(json, "rate", harm->rate);
    put_frequency(json, &harm->per);
    json_field_truth(json, "reports", harm->reports);
    json_field_count(json, "numerator", harm->numerator);
    json_field_count(json, "denominator", harm->denominator);
}

static void put_harm(struct json_writer *json, const struct safety_harm *one, struct arena *arena)
{
    json_begin_object(json);
    shape_harm_fields(json, one->harm);
    json_field_text(json, "condition", one->study->condition);
    json_field_text(json, "study", one->study->id);
    json_field_text(json, "label", study_label(one->study, arena));
    json_field_text(json, "url", study_url(one->study, arena));
    json_end_object(json);
}

void shape_harms(struct json_writer *json, const struct safety *safety, struct arena *arena)
{
    json_begin_array(json);
    for (size_t i = 0; i < safety->count; i++)
        put_harm(json, &safety->harms[i], arena);
    json_end_array(json);
}

void shape_safety(struct json_writer *json, const struct catalog *catalog,
                  const struct intervention *intervention, struct arena *arena)
{
    struct safety safety = *safety_kept(catalog, intervention);
    json_begin_object(json);
    json_field_text(json, "level", safety_names[safety.level]);
    json_field_text(json, "sentence", safety_sentence(&safety, arena));
    json_put_key(json, "harms");
    shape_harms(json, &safety, arena);
    json_end_object(json);
}
