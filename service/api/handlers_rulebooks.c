/* /v1/stop-rules, /v1/red-flags, /v1/drug-links, /v1/regulatory-actions. */
#include <string.h>

#include "evidence/judgement/language/lexicon.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/api/rulebook_shapes.h"
#include "service/http/query.h"

/* The rows of one book that were asked for, and the base that has the names in them. */
struct chosen {
    const struct base *base;
    const void **rows;
    size_t count;
};

static struct chosen choose_none(const struct request *request, size_t most)
{
    return (struct chosen){.base = catalog_base(request->catalog),
                           .rows = arena_array(request->arena, most, sizeof(const void *))};
}

static void choose(struct chosen *chosen, const void *row)
{
    chosen->rows[chosen->count++] = row;
}

/* The id is the first member of every row. */
static const char *row_id_of(const void *list, size_t index)
{
    return *(const char *const *)((const struct chosen *)list)->rows[index];
}

/* The id of an entry asked for, NULL for none; false after telling that there is no such entry. */
static bool read_intervention(const struct request *request, const char **out, struct error *err)
{
    *out = query_filled(request, "intervention");
    return *out == NULL || base_intervention(catalog_base(request->catalog), *out) != NULL ||
           unknown_parameter(request, "intervention", MEANING_INTERVENTION, *out, err);
}

static bool read_condition(const struct request *request, const char **out, struct error *err)
{
    *out = query_filled(request, "condition");
    return *out == NULL || base_condition(catalog_base(request->catalog), *out) != NULL ||
           unknown_parameter(request, "condition", MEANING_CONDITION, *out, err);
}

/* ---- stop rules ---- */

static void write_stop_rule(const void *list, size_t index, struct json_writer *json)
{
    const struct chosen *chosen = list;
    shape_stop_rule(json, chosen->base, chosen->rows[index]);
}

static bool list_stop_rules(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"intervention", "condition", "kind",
                                        "limit",        "cursor",    NULL};
    const char *intervention;
    const char *condition;
    int kind;
    if (!query_only(request, known, err) || !read_intervention(request, &intervention, err) ||
        !read_condition(request, &condition, err) ||
        !query_choice(request, "kind", stop_kind_names, &kind, err))
        return false;
    const struct stop_rules *book = &base_rulebooks(catalog_base(request->catalog))->stop_rules;
    struct chosen chosen = choose_none(request, book->count);
    for (size_t i = 0; i < book->count; i++) {
        const struct stop_rule *rule = &book->items[i];
        if ((kind < 0 || (int)rule->kind == kind) &&
            (intervention == NULL || stop_rule_is_for(rule, intervention)) &&
            (condition == NULL || stop_rule_is_about(rule, chosen.base, condition)))
            choose(&chosen, rule);
    }
    struct page_source source = {chosen.count, row_id_of, write_stop_rule, &chosen};
    return page_write(request, answer, &source, err);
}

/* ---- red flags ---- */

static void write_red_flag(const void *list, size_t index, struct json_writer *json)
{
    const struct chosen *chosen = list;
    shape_red_flag(json, chosen->base, chosen->rows[index]);
}

static bool list_red_flags(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"urgency", "limit", "cursor", NULL};
    int urgency;
    if (!query_only(request, known, err) ||
        !query_choice(request, "urgency", urgency_names, &urgency, err))
        return false;
    const struct red_flags *book = &base_rulebooks(catalog_base(request->catalog))->red_flags;
    struct chosen chosen = choose_none(request, book->count);
    for (size_t i = 0; i < book->count; i++)
        if (urgency < 0 || (int)book->items[i].urgency == urgency)
            choose(&chosen, &book->items[i]);
    struct page_source source = {chosen.count, row_id_of, write_red_flag, &chosen};
    return page_write(request, answer, &source, err);
}

/* ---- medicines and regulators ---- */

static const char *const by_intervention[] = {"intervention", "limit", "cursor", NULL};

static void write_drug_link(const void *list, size_t index, struct json_writer *json)
{
    const struct chosen *chosen = list;
    shape_drug_link(json, chosen->base, chosen->rows[index]);
}

static bool list_drug_links(const struct request *request, struct answer *answer, struct error *err)
{
    const char *intervention;
    if (!query_only(request, by_intervention, err) ||
        !read_intervention(request, &intervention, err))
        return false;
    const struct drug_links *book = &base_rulebooks(catalog_base(request->catalog))->drug_links;
    struct chosen chosen = choose_none(request, book->count);
    for (size_t i = 0; i < book->count; i++)
        if (intervention == NULL || drug_link_is_of(&book->items[i], intervention))
            choose(&chosen, &book->items[i]);
    struct page_source source = {chosen.count, row_id_of, write_drug_link, &chosen};
    return page_write(request, answer, &source, err);
}

static void write_regulatory_action(const void *list, size_t index, struct json_writer *json)
{
    const struct chosen *chosen = list;
    shape_regulatory_action(json, chosen->base, chosen->rows[index]);
}

static bool list_regulatory_actions(const struct request *request, struct answer *answer,
                                    struct error *err)
{
    const char *intervention;
    if (!query_only(request, by_intervention, err) ||
        !read_intervention(request, &intervention, err))
        return false;
    const struct regulatory_actions *book =
        &base_rulebooks(catalog_base(request->catalog))->regulatory_actions;
    struct chosen chosen = choose_none(request, book->count);
    for (size_t i = 0; i < book->count; i++)
        if (intervention == NULL || strcmp(book->items[i].intervention, intervention) == 0)
            choose(&chosen, &book->items[i]);
    struct page_source source = {chosen.count, row_id_of, write_regulatory_action, &chosen};
    return page_write(request, answer, &source, err);
}

/* ---- kept with the catalog ---- */

bool get_stop_rules(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_STOP_RULES, list_stop_rules);
}

bool get_red_flags(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_RED_FLAGS, list_red_flags);
}

bool get_drug_links(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_DRUG_LINKS, list_drug_links);
}

bool get_regulatory_actions(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_REGULATORY_ACTIONS, list_regulatory_actions);
}
