#include "evidence/model/stop_rule.h"

#include <string.h>

#include "evidence/base/text.h"
#include "evidence/model/row.h"

const char *const stop_kind_names[] = {"no-benefit",       "trial-length", "harm", "monitoring",
                                       "contraindication", "red-flag",     NULL};
const char *const stop_basis_names[] = {"guideline",   "label",  "trial", "consensus",
                                        "case-report", "survey", NULL};

static void read_row(const struct json_reader *at, const struct base *base, struct stop_rule *out)
{
    json_fields(at, (const char *const[]){"id", "interventions", "conditions", "rule", "kind",
                                          "trial_sessions", "trial_days", "threshold", "basis",
                                          "strength", "superseded_by", "come_off_slowly", "note",
                                          BACKING_FIELDS, NULL});
    *out = (struct stop_rule){
        .id = row_id(at, "id"),
        .interventions = row_interventions(at, "interventions", base),
        .conditions = row_conditions(at, "conditions", base),
        .rule = json_get_text(at, "rule", REQUIRED),
        .kind = (enum stop_kind)row_choice(at, "kind", stop_kind_names),
        .trial_sessions = row_count(at, "trial_sessions"),
        .trial_days = row_count(at, "trial_days"),
        .threshold = json_get_text(at, "threshold", OPTIONAL),
        .basis = (enum stop_basis)row_choice(at, "basis", stop_basis_names),
        .strength = json_get_text(at, "strength", REQUIRED),
        .superseded_by = json_get_text(at, "superseded_by", OPTIONAL),
        .come_off_slowly = json_get_truth(at, "come_off_slowly"),
        .note = json_get_text(at, "note", OPTIONAL),
    };
    if (out->come_off_slowly && out->interventions[0] == NULL)
        json_problem(at, "come_off_slowly", "name the medicines that it is about");
    backing_read(at, &out->backing);
}

void stop_rules_read(const struct json_reader *at, const struct base *base, struct stop_rules *out)
{
    json_fields(at, (const char *const[]){"stop_rules", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "stop_rules", struct stop_rule, READ_ROW, out->items, out->count);
#undef READ_ROW
}

static bool names(const char *const *list, const char *id)
{
    for (; *list != NULL; list++)
        if (text_is(*list, id))
            return true;
    return false;
}

const struct stop_rule *stop_rules_slow(const struct stop_rules *rules, const char *intervention)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].come_off_slowly && names(rules->items[i].interventions, intervention))
            return &rules->items[i];
    return NULL;
}

bool stop_rule_is_for(const struct stop_rule *rule, const char *intervention)
{
    return rule->interventions[0] == NULL || names(rule->interventions, intervention);
}

bool stop_rule_is_about(const struct stop_rule *rule, const struct base *base,
                        const char *condition)
{
    if (rule->conditions[0] == NULL)
        return true;
    for (const char *const *id = rule->conditions; *id != NULL; id++)
        if (base_condition_descends(base, condition, *id) ||
            base_condition_descends(base, *id, condition))
            return true;
    return false;
}
