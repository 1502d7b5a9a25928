/* Plots as SVG: forest, funnel and cumulative of a question, and the evidence map. */
#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/query.h"
#include "service/views/forest_svg.h"
#include "service/views/funnel_svg.h"
#include "service/views/map_svg.h"

/* Opened on its own, a picture may use its own style and nothing else. */
static const char content_security[] = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

static void start_picture(const struct request *request, struct answer *answer)
{
    answer->content_type = "image/svg+xml";
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer_header(answer, "Content-Security-Policy", content_security);
}

static bool read_width(const struct request *request, int *width, struct error *err)
{
    return query_count(request, "width", SVG_LEAST_WIDTH, SVG_MOST_WIDTH, SVG_WIDTH, width, err);
}

/* Where a picture comes from, when it is passed on alone. */
static const char *as_of(const struct request *request, const char *address)
{
    const struct dataset *dataset = catalog_dataset(request->catalog);
    const struct ruleset *ruleset = catalog_ruleset(request->catalog);
    return arena_printf(request->arena, "Touchstone, base %s, rules %s %s. %s", dataset->version,
                        ruleset->id, ruleset->version, address);
}

/* What the three plots of a question start with; NULL after refusing or filling `err`. */
static const struct rating *plotted(const struct request *request, struct answer *answer,
                                    int *width, const char **foot, struct error *err)
{
    static const char *const known[] = {"width", "ruleset", "as_of", NULL};
    if (!query_only(request, known, err) || !read_width(request, width, err))
        return NULL;
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return NULL;
    *foot = as_of(request, arena_printf(request->arena, "/v1/ratings/%s", rating->question.id));
    start_picture(request, answer);
    return rating;
}

static bool draw_forest(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    struct forest forest = forest_of(rating, request->arena);
    forest_svg(&forest, width, foot, request->arena, &answer->body);
    return true;
}

static bool draw_years(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    struct forest forest =
        forest_by_year(rating, catalog_ruleset(request->catalog), request->arena);
    forest_svg(&forest, width, foot, request->arena, &answer->body);
    return true;
}

static bool draw_funnel(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    funnel_svg(rating, width, foot, request->arena, &answer->body);
    return true;
}

/* ---- the map ---- */

static bool read_filter(const struct request *request, struct map_filter *out, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    const char *intervention = query_filled(request, "intervention");
    const char *condition = query_filled(request, "condition");
    *out = (struct map_filter){.kind = -1};
    if (intervention != NULL)
        out->intervention = base_intervention(base, intervention);
    if (condition != NULL)
        out->condition = base_condition(base, condition);
    if (intervention != NULL && out->intervention == NULL)
        return unknown_parameter(request, "intervention", MEANING_INTERVENTION, intervention, err);
    if (condition != NULL && out->condition == NULL)
        return unknown_parameter(request, "condition", MEANING_CONDITION, condition, err);
    return query_choice(request, "kind", kind_names, &out->kind, err);
}

static void put_cell(struct json_writer *json, const struct headline *headline)
{
    json_begin_object(json);
    json_field_text(json, "intervention", headline->intervention->id);
    json_field_text(json, "condition", headline->condition->id);
    json_field_text(json, "verdict", headline->verdict);
    json_field_text(json, "badge", verdict_badge(headline->verdict));
    json_field_text(json, "certainty", certainty_names[headline->certainty]);
    json_field_text(json, "sentence", headline->sentence);
    json_field_count(json, "participants", map_people(headline));
    json_field_count(json, "studies", headline->studies);
    json_field_text(json, "question",
                    headline->rating == NULL ? NULL : headline->rating->question.id);
    json_field_truth(json, "borrowed", headline->borrowed);
    json_field_text(json, "evidence_from", headline->home->id);
    json_end_object(json);
}

static void put_map(struct json_writer *json, const struct request *request,
                    const struct evidence_map *map)
{
    json_begin_object(json);
    json_field_array(json, "interventions");
    for (size_t i = 0; i < map->intervention_count; i++) {
        json_begin_object(json);
        json_field_text(json, "id", map->interventions[i]->id);
        json_field_text(json, "name", map->interventions[i]->name);
        json_field_text(json, "kind", kind_names[map->interventions[i]->kind]);
        json_end_object(json);
    }
    json_end_array(json);
    json_field_array(json, "conditions");
    for (size_t j = 0; j < map->condition_count; j++)
        shape_name(json, map->conditions[j]->id, map->conditions[j]->name);
    json_end_array(json);
    json_field_array(json, "cells");
    for (size_t j = 0; j < map->condition_count; j++)
        for (const struct headline **next = map->ranked[j]; *next != NULL; next++)
            put_cell(json, *next);
    json_end_array(json);
    json_put_key(json, "as_of");
    shape_as_of(json, request->catalog);
    json_end_object(json);
}

static bool tell_map(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"intervention", "condition", "kind",
                                        "ruleset",      "as_of",     NULL};
    struct map_filter filter;
    struct json_writer json;
    if (!query_only(request, known, err) || !read_filter(request, &filter, err))
        return false;
    struct evidence_map map = evidence_map_of(request->catalog, &filter, request->arena);
    reading_json(request, answer, &json);
    put_map(&json, request, &map);
    return true;
}

static bool draw_map(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"intervention", "condition", "kind", "width",
                                        "ruleset",      "as_of",     NULL};
    struct map_filter filter;
    int width;
    if (!query_only(request, known, err) || !read_filter(request, &filter, err) ||
        !read_width(request, &width, err))
        return false;
    struct evidence_map map = evidence_map_of(request->catalog, &filter, request->arena);
    start_picture(request, answer);
    map_svg(&map, width, as_of(request, "/v1/map"), request->arena, &answer->body);
    return true;
}

/* ---- under the ruleset that is asked for ---- */

static bool forest_under_edition(const struct request *request, struct answer *answer,
                                 struct error *err)
{
    return reading_under_edition(request, answer, err, draw_forest);
}

static bool years_under_edition(const struct request *request, struct answer *answer,
                                struct error *err)
{
    return reading_under_edition(request, answer, err, draw_years);
}

static bool funnel_under_edition(const struct request *request, struct answer *answer,
                                 struct error *err)
{
    return reading_under_edition(request, answer, err, draw_funnel);
}

bool get_forest(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_address(request, answer, err, forest_under_edition);
}

bool get_cumulative(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_address(request, answer, err, years_under_edition);
}

bool get_funnel(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_address(request, answer, err, funnel_under_edition);
}

static bool tell_edition(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, tell_map);
}

static bool draw_edition(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, draw_map);
}

/* ---- kept with the catalog ---- */

bool get_map(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_MAP, tell_edition);
}

bool get_map_picture(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_MAP_PICTURE, draw_edition);
}
