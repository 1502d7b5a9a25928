/* GET /v1/compare: treatments for one condition, side by side. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/comparison.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/query.h"

/* ---- what is asked for ---- */

static bool read_condition(const struct request *request, struct comparison *out, struct error *err)
{
    const char *id = query_filled(request, "condition");
    if (id == NULL)
        return query_problem(request, "condition", err,
                             "is needed: the id of a condition, as GET /v1/conditions lists them");
    out->condition = base_condition(catalog_base(request->catalog), id);
    return out->condition != NULL ||
           unknown_parameter(request, "condition", MEANING_CONDITION, id, err);
}

static bool add_named(const struct request *request, const char *id, struct comparison *out,
                      struct error *err)
{
    const struct intervention *intervention = base_intervention(catalog_base(request->catalog), id);
    if (intervention == NULL)
        return unknown_parameter(request, "interventions", MEANING_INTERVENTION, id, err);
    if (comparison_has(out, intervention))
        return query_problem(request, "interventions", err, "\"%s\" is named twice", id);
    if (out->count == COMPARISON_MOST)
        return query_problem(request, "interventions", err,
                             "names more than %d; leave it out for all that are rated",
                             COMPARISON_MOST);
    comparison_add(out, request->catalog, intervention, request->arena);
    return true;
}

/* Ids with commas between them, in the order asked for. */
static bool read_named(const struct request *request, const char *names, struct comparison *out,
                       struct error *err)
{
    out->items = arena_array(request->arena, COMPARISON_MOST, sizeof *out->items);
    for (const char *at = names; *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (!add_named(request, arena_strndup(request->arena, at, length), out, err))
            return false;
        at += length + (at[length] == ',');
    }
    return true;
}

static bool read_comparison(const struct request *request, struct comparison *out,
                            struct error *err)
{
    const char *names = query_filled(request, "interventions");
    *out = (struct comparison){.condition = NULL};
    if (!read_condition(request, out, err))
        return false;
    if (names != NULL)
        return read_named(request, names, out, err);
    out->count = catalog_ranked(request->catalog, out->condition, request->arena, &out->items);
    return true;
}

/* ---- what is answered ---- */

static void put_row(struct json_writer *json, const char *key, const struct rating *rating)
{
    json_put_key(json, key);
    if (rating == NULL)
        json_put_nothing(json);
    else
        shape_rating_short(json, rating);
}

static void put_item(struct json_writer *json, const struct request *request,
                     const struct headline *headline)
{
    json_begin_object(json);
    json_put_key(json, "headline");
    shape_headline_short(json, headline);
    put_row(json, "rating", headline->rating);
    json_field_object(json, "against");
    put_row(json, "sham", headline->sham);
    put_row(json, "nothing", headline->nothing);
    json_end_object(json);
    json_put_key(json, "evidence_from");
    shape_name(json, headline->home->id, headline->home->name);
    json_field_count(json, "studies", headline->studies);
    json_put_key(json, "safety");
    shape_safety(json, request->catalog, headline->intervention, request->arena);
    json_end_object(json);
}

static void put_direct(struct json_writer *json, const struct request *request,
                       const struct comparison *comparison)
{
    const struct rating **direct;
    size_t count = comparison_direct(comparison, request->catalog, request->arena, &direct);
    json_field_array(json, "direct");
    for (size_t i = 0; i < count; i++)
        shape_rating_short(json, direct[i]);
    json_end_array(json);
}

static bool compare(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"condition", "interventions", "ruleset", "as_of", NULL};
    struct comparison comparison;
    struct json_writer json;
    if (!query_only(request, known, err) || !read_comparison(request, &comparison, err))
        return false;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_put_key(&json, "condition");
    shape_name(&json, comparison.condition->id, comparison.condition->name);
    json_field_array(&json, "items");
    for (size_t i = 0; i < comparison.count; i++)
        put_item(&json, request, comparison.items[i]);
    json_end_array(&json);
    put_direct(&json, request, &comparison);
    json_put_key(&json, "as_of");
    shape_as_of(&json, request->catalog);
    json_end_object(&json);
    return true;
}

bool get_compare(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, compare);
}
