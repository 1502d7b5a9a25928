/* GET /v1/rules and /v1/rules/{rule}: what each rule that an answer names does, with the numbers it
 * goes by and where it comes from. */
#include <string.h>

#include "evidence/rating/rules.h"
#include "service/api/api.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/http/query.h"
#include "service/views/rule_numbers.h"

/* ---- shape ---- */

static void put_chapter(struct json_writer *json, const struct rule_chapter *chapter)
{
    json_put_key(json, "chapter");
    if (chapter == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "id", chapter->id);
    json_field_text(json, "title", chapter->title);
    json_field_count(json, "step", chapter->step);
    json_end_object(json);
}

static void put_thresholds(struct json_writer *json, const struct catalog *catalog,
                           const struct rule *rule)
{
    struct rule_number numbers[RULESET_THRESHOLDS];
    size_t count = rule_numbers(catalog, rule->id, numbers);
    json_field_array(json, "thresholds");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json);
        json_field_text(json, "key", numbers[i].key);
        json_field_real(json, "value", numbers[i].value);
        json_field_text(json, "words", numbers[i].words);
        json_field_text(json, "unit", numbers[i].unit);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_rule(struct json_writer *json, const struct catalog *catalog,
                     const struct rule *rule)
{
    const struct rules *rules = catalog_rules(catalog);
    json_begin_object(json);
    json_field_text(json, "id", rule->id);
    put_chapter(json, rule->chapter == NULL ? NULL : rules_chapter(rules, rule->chapter));
    json_field_text(json, "title", rule->title);
    json_field_text(json, "plain", rule->plain);
    json_field_text(json, "text", rule->text);
    put_thresholds(json, catalog, rule);
    json_field_text(json, "source", rule->source);
    json_end_object(json);
}

/* ---- the list ---- */

struct chosen {
    const struct catalog *catalog;
    const struct rule **rules;
    size_t count;
};

static const char *rule_id_of(const void *list, size_t index)
{
    return ((const struct chosen *)list)->rules[index]->id;
}

static void write_rule(const void *list, size_t index, struct json_writer *json)
{
    const struct chosen *chosen = list;
    put_rule(json, chosen->catalog, chosen->rules[index]);
}

/* The chapter asked for, NULL for all; false after telling that there is no such chapter. */
static bool read_chapter(const struct request *request, const char **out, struct error *err)
{
    const struct rules *rules = catalog_rules(request->catalog);
    struct buffer known = {0};
    *out = query_filled(request, "chapter");
    if (*out == NULL || rules_chapter(rules, *out) != NULL)
        return true;
    for (size_t i = 0; i < rules->chapter_count; i++)
        buffer_printf(&known, "%s%s", i == 0 ? "" : ", ", rules->chapters[i].id);
    query_problem(request, "chapter", err, "no chapter \"%s\"; there are %s", *out,
                  buffer_string(&known));
    buffer_release(&known);
    return false;
}

static bool list_rules(const struct request *request, struct answer *answer, struct error *err)
{
    const char *chapter;
    const struct rules *rules = catalog_rules(request->catalog);
    struct chosen chosen = {.catalog = request->catalog};
    if (!read_chapter(request, &chapter, err))
        return false;
    chosen.rules = arena_array(request->arena, rules->count, sizeof(const struct rule *));
    for (size_t i = 0; i < rules->count; i++) {
        const char *own = rules->items[i].chapter;
        if (chapter == NULL || (own != NULL && strcmp(own, chapter) == 0))
            chosen.rules[chosen.count++] = &rules->items[i];
    }
    struct page_source source = {chosen.count, rule_id_of, write_rule, &chosen};
    return page_write(request, answer, &source, err);
}

bool get_rules(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"chapter", "limit", "cursor", "ruleset", "as_of", NULL};
    return query_only(request, known, err) &&
           reading_under_edition(request, answer, err, list_rules);
}

/* ---- one ---- */

static bool tell_rule(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    const char *id = request_part(request, "rule");
    const struct rule *rule = rules_find(catalog_rules(request->catalog), id);
    (void)err;
    if (rule == NULL)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "there is no rule \"%s\"; GET /v1/rules lists them", id);
    reading_json(request, answer, &json);
    put_rule(&json, request->catalog, rule);
    return true;
}

bool get_rule(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"ruleset", "as_of", NULL};
    return query_only(request, known, err) &&
           reading_under_edition(request, answer, err, tell_rule);
}
