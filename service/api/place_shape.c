#include "service/api/place_shape.h"

#include <math.h>

#include "service/api/rulebook_shapes.h"
#include "service/api/shapes.h"

/* ---- what a place is ---- */

static void put_shapes(struct json_writer *json, const struct places *places,
                       const struct place *place)
{
    json_field_array(json, "shapes");
    for (size_t i = 0; i < place->shape_count; i++) {
        json_begin_object(json);
        json_field_text(json, "view", body_view_names[place->shapes[i].view]);
        json_field_count(json, "width", places->width);
        json_field_count(json, "height", places->height);
        json_field_text(json, "path", place->shapes[i].path);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_names(struct json_writer *json, const struct places *places,
                      const struct place *place)
{
    json_field_text(json, "id", place->id);
    json_field_text(json, "name", place->name);
    json_field_text(json, "plain", place->plain);
    shape_texts(json, "also", place->also);
    json_field_truth(json, "everywhere", place->everywhere);
    put_shapes(json, places, place);
}

void shape_place_short(struct json_writer *json, const struct places *places,
                       const struct place *place)
{
    json_begin_object(json);
    put_names(json, places, place);
    json_end_object(json);
}

/* ---- dangers ---- */

static void put_flag(struct json_writer *json, const struct base *base,
                     const struct place_flag *flag)
{
    json_begin_object(json);
    json_field_text(json, "words", flag->words);
    json_put_key(json, "red_flag");
    shape_red_flag(json, base, flag->flag);
    json_end_object(json);
}

static void put_flags(struct json_writer *json, const struct base *base,
                      const struct place_answer *answer)
{
    json_field_array(json, "red_flags");
    for (size_t i = 0; i < answer->place->flag_count; i++)
        put_flag(json, base, &answer->place->flags[i]);
    json_end_array(json);
    json_field_array(json, "general_red_flags");
    for (size_t i = 0; i < answer->general_count; i++)
        put_flag(json, base, answer->general[i]);
    json_end_array(json);
    json_field_text(json, "not_covered", answer->not_covered);
}

/* ---- complaints ---- */

static void put_headlines(struct json_writer *json, const char *key,
                          const struct headline *const *headlines, size_t count)
{
    json_field_array(json, key);
    for (size_t i = 0; i < count; i++)
        shape_headline_short(json, headlines[i]);
    json_end_array(json);
}

static void put_rated(struct json_writer *json, const char *key, const struct place_rated *rated)
{
    json_field_object(json, key);
    json_put_key(json, "condition");
    shape_name(json, rated->condition->id, rated->condition->name);
    put_headlines(json, "helping", rated->helping, rated->helping_named);
    put_headlines(json, "failing", rated->failing, rated->failing_named);
    json_field_object(json, "counts");
    json_field_count(json, "helping", (long long)rated->helping_count);
    json_field_count(json, "unknown", (long long)rated->unknown_count);
    json_field_count(json, "failing", (long long)rated->failing_count);
    json_field_count(json, "compared", (long long)rated->compared_count);
    json_end_object(json);
    json_end_object(json);
}

static void put_halves(struct json_writer *json, const struct place_complaint *complaint)
{
    if (complaint->splits) {
        put_rated(json, "recent", &complaint->recent);
        put_rated(json, "lasting", &complaint->lasting);
    } else {
        json_field_text(json, "recent", NULL);
        json_field_text(json, "lasting", NULL);
    }
}

static void put_complaints(struct json_writer *json, const struct place_answer *answer)
{
    json_field_array(json, "complaints");
    for (size_t i = 0; i < answer->complaint_count; i++) {
        json_begin_object(json);
        json_field_text(json, "why", answer->complaints[i].entry->why);
        put_rated(json, "rated", &answer->complaints[i].rated);
        put_halves(json, &answer->complaints[i]);
        json_end_object(json);
    }
    json_end_array(json);
    json_field_text(json, "none", answer->place->none);
    json_field_real(json, "lasting_from_days", answer->lasting_from_days);
    json_field_array(json, "anywhere");
    for (const struct condition *const *one = answer->anywhere; *one != NULL; one++)
        shape_name(json, (*one)->id, (*one)->name);
    json_end_array(json);
}

/* ---- muscles ---- */

static void put_muscles(struct json_writer *json, const struct place_answer *answer)
{
    json_field_text(json, "maps", answer->maps);
    json_field_array(json, "muscles");
    for (size_t i = 0; i < answer->muscle_count; i++) {
        const struct muscle *muscle = answer->muscles[i].muscle;
        json_begin_object(json);
        json_field_text(json, "id", muscle->id);
        json_field_text(json, "name", muscle->name);
        shape_texts(json, "felt_here", answer->muscles[i].areas);
        shape_texts(json, "pain_felt", muscle->pain_felt);
        shape_texts(json, "may_be_mistaken_for", muscle->may_be_mistaken_for);
        json_field_text(json, "note", muscle->note);
        shape_backing(json, &muscle->backing);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_place(struct json_writer *json, const struct catalog *catalog,
                 const struct place_answer *answer)
{
    json_begin_object(json);
    put_names(json, &base_rulebooks(catalog_base(catalog))->places, answer->place);
    put_flags(json, catalog_base(catalog), answer);
    put_complaints(json, answer);
    put_muscles(json, answer);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
    json_end_object(json);
}
