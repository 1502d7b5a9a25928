/* /v1/interventions, /v1/conditions, /v1/outcomes. */
#include <string.h>

#include "evidence/judgement/language/names.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/query.h"

/* ---- interventions ---- */

struct intervention_list {
    const struct intervention **items;
    size_t count;
};

static const char *intervention_id(const void *list, size_t index)
{
    return ((const struct intervention_list *)list)->items[index]->id;
}

static void write_intervention(const void *list, size_t index, struct json_writer *json)
{
    shape_intervention_short(json, ((const struct intervention_list *)list)->items[index]);
}

/* The interventions that a text may mean, in the order in which they stand. */
static bool is_suggested(const struct suggestion *found, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].meaning == MEANING_INTERVENTION && strcmp(found[i].id, id) == 0)
            return true;
    return false;
}

static bool list_interventions(const struct request *request, struct answer *answer,
                               struct error *err)
{
    static const char *const known[] = {"kind", "q", "limit", "cursor", NULL};
    int kind;
    if (!query_only(request, known, err) || !query_choice(request, "kind", kind_names, &kind, err))
        return false;
    const struct base *base = catalog_base(request->catalog);
    const char *text = query_filled(request, "q");
    size_t found_count = 0;
    const struct suggestion *found =
        text == NULL ? NULL
                     : names_suggest(catalog_lexicon(request->catalog), text, strlen(text),
                                     SUGGESTIONS_MOST, request->arena, &found_count);
    struct intervention_list list = {
        .items = arena_array(request->arena, base->intervention_count, sizeof *list.items)};
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct intervention *one = &base->interventions[i];
        if (kind >= 0 && (int)one->kind != kind)
            continue;
        if (text == NULL || is_suggested(found, found_count, one->id))
            list.items[list.count++] = one;
    }
    struct page_source source = {list.count, intervention_id, write_intervention, &list};
    return page_write(request, answer, &source, err);
}

bool get_intervention(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const struct intervention *intervention = require_intervention(request, answer);
    if (intervention == NULL)
        return false;
    reading_json(request, answer, &json);
    shape_intervention(&json, request->catalog, intervention, request->arena);
    return true;
}

/* ---- conditions and outcomes ---- */

static const char *condition_id(const void *list, size_t index)
{
    return ((const struct base *)list)->conditions[index].id;
}

static void write_condition(const void *list, size_t index, struct json_writer *json)
{
    shape_condition(json, &((const struct base *)list)->conditions[index]);
}

static const char *outcome_id(const void *list, size_t index)
{
    return ((const struct base *)list)->outcomes[index].id;
}

static void write_outcome(const void *list, size_t index, struct json_writer *json)
{
    shape_outcome(json, &((const struct base *)list)->outcomes[index]);
}

static const char *const paging[] = {"limit", "cursor", NULL};

static bool list_conditions(const struct request *request, struct answer *answer, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    struct page_source source = {base->condition_count, condition_id, write_condition, base};
    return query_only(request, paging, err) && page_write(request, answer, &source, err);
}

static bool list_outcomes(const struct request *request, struct answer *answer, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    struct page_source source = {base->outcome_count, outcome_id, write_outcome, base};
    return query_only(request, paging, err) && page_write(request, answer, &source, err);
}

bool get_condition(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const struct condition *condition = require_condition(request, answer);
    if (condition == NULL)
        return false;
    reading_json(request, answer, &json);
    shape_condition(&json, condition);
    return true;
}

bool get_outcome(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const char *id = request_part(request, "outcome");
    const struct outcome *outcome = base_outcome(catalog_base(request->catalog), id);
    if (outcome == NULL)
        return refuse_unknown(request, answer, MEANING_OUTCOME, "outcome", id);
    reading_json(request, answer, &json);
    shape_outcome(&json, outcome);
    return true;
}

/* ---- kept with the catalog ---- */

bool get_interventions(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_INTERVENTIONS, list_interventions);
}

bool get_conditions(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_CONDITIONS, list_conditions);
}

bool get_outcomes(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_OUTCOMES, list_outcomes);
}
