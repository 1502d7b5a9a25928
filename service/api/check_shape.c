#include "service/api/check_shape.h"
#include "service/api/shapes.h"
#include "service/api/stop_shape.h"

static void put_span(struct json_writer *json, const struct checked *checked, struct span span)
{
    json_put_text_length(json, checked->query + span.start, span.end - span.start);
}

static void put_understood(struct json_writer *json, const struct checked *checked)
{
    const struct intervention *intervention = checked->intervention;
    const struct condition *condition = checked->condition;
    const struct outcome *outcome = checked->outcome;
    json_field_object(json, "understood");
    json_put_key(json, "intervention");
    shape_name(json, intervention == NULL ? NULL : intervention->id,
               intervention == NULL ? NULL : intervention->name);
    json_put_key(json, "condition");
    shape_name(json, condition == NULL ? NULL : condition->id,
               condition == NULL ? NULL : condition->name);
    json_put_key(json, "outcome");
    shape_name(json, outcome == NULL ? NULL : outcome->id, outcome == NULL ? NULL : outcome->name);
    json_field_truth(json, "condition_chosen", checked->condition_chosen);
    json_field_truth(json, "outcome_answered", checked->outcome_answered);
    json_field_array(json, "compared_with");
    for (size_t i = 1; i < checked->understood.intervention_count; i++) {
        const struct intervention *other = checked->understood.interventions[i].entry;
        shape_name(json, other->id, other->name);
    }
    json_end_array(json);
    json_end_object(json);
}

static void put_not_understood(struct json_writer *json, const struct checked *checked)
{
    const struct understood *understood = &checked->understood;
    json_field_array(json, "not_understood");
    for (size_t i = 0; i < understood->not_understood_count; i++)
        put_span(json, checked, understood->not_understood[i]);
    json_end_array(json);
}

/* A treatment that is not here, with the names that are nearest. */
static void put_unknown(struct json_writer *json, const struct checked *checked)
{
    const struct unknown_treatment *unknown = &checked->understood.unknown;
    json_put_key(json, "unknown_treatment");
    if (unknown->phrase == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "phrase", unknown->phrase);
    json_field_array(json, "nearest");
    for (size_t i = 0; i < unknown->nearest_count; i++)
        shape_name(json, unknown->nearest[i].id, unknown->nearest[i].name);
    json_end_array(json);
    json_end_object(json);
}

static void put_headlines(struct json_writer *json, const char *key,
                          const struct headline *const *headlines, size_t count)
{
    json_field_array(json, key);
    for (size_t i = 0; i < count; i++)
        shape_headline_short(json, headlines[i]);
    json_end_array(json);
}

/* Above all that is said besides. */
static void put_warning(struct json_writer *json, const struct checked *checked)
{
    json_field_text(json, "warning", checked->flags.count == 0 ? NULL : checked->flags.sentence);
    json_put_key(json, "red_flags");
    shape_raised_list(json, &checked->flags, checked->query);
}

void shape_check(struct json_writer *json, const struct catalog *catalog,
                 const struct checked *checked, struct arena *arena)
{
    json_begin_object(json);
    json_put_key(json, "query");
    json_put_text_length(json, checked->query, checked->length);
    put_warning(json, checked);
    put_understood(json, checked);
    put_not_understood(json, checked);
    json_field_truth(json, "cut", checked->understood.looked_at < checked->length);
    put_unknown(json, checked);
    json_field_text(json, "sentence", checked->sentence);
    json_put_key(json, "answer");
    if (checked->answer == NULL)
        json_put_nothing(json);
    else
        shape_headline_rating(json, catalog, checked->answer, arena);
    put_headlines(json, "ranked", checked->ranked, checked->ranked_count);
    json_field_text(json, "ask", checked->ask);
    put_headlines(json, "alternatives", checked->alternatives, checked->alternative_count);
    json_put_key(json, "safety");
    if (checked->intervention == NULL)
        json_put_nothing(json);
    else
        shape_safety(json, catalog, checked->intervention, arena);
    json_end_object(json);
}
