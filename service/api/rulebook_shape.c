#include "service/api/rulebook_shapes.h"

#include <string.h>

#include "service/api/shapes.h"

/* ---- what a row rests on ---- */

static void put_checked(struct json_writer *json, const struct second_reading *checked)
{
    json_put_key(json, "checked");
    if (!checked->done) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "by", checked->by);
    json_field_text(json, "on", checked->on);
    json_field_truth(json, "agrees", checked->agrees);
    json_field_text(json, "note", checked->note);
    json_end_object(json);
}

void shape_backing(struct json_writer *json, const struct backing *backing)
{
    json_field_truth(json, "derived", backing->derived);
    json_field_text(json, "doubtful", backing->doubtful);
    put_checked(json, &backing->checked);
    json_field_array(json, "sources");
    for (size_t i = 0; i < backing->citation_count; i++) {
        const struct citation *citation = &backing->citations[i];
        json_begin_object(json);
        json_field_text(json, "url", citation->url);
        json_field_text(json, "where", citation->where);
        json_field_text(json, "read_at", citation->read_at);
        json_field_text(json, "kind", source_kind_names[citation->kind]);
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- names ---- */

static void put_intervention(struct json_writer *json, const struct base *base, const char *id)
{
    shape_name(json, id, base_intervention(base, id)->name);
}

static void put_interventions(struct json_writer *json, const struct base *base,
                              const char *const *ids)
{
    json_field_array(json, "interventions");
    for (; *ids != NULL; ids++)
        put_intervention(json, base, *ids);
    json_end_array(json);
}

static void put_conditions(struct json_writer *json, const struct base *base,
                           const char *const *ids)
{
    json_field_array(json, "conditions");
    for (; *ids != NULL; ids++)
        shape_name(json, *ids, base_condition(base, *ids)->name);
    json_end_array(json);
}

/* ---- rows ---- */

static void put_escalations(struct json_writer *json, const struct red_flag *flag)
{
    json_field_array(json, "escalate");
    for (size_t i = 0; i < flag->escalation_count; i++) {
        json_begin_object(json);
        json_field_text(json, "if", flag->escalations[i].when);
        json_field_text(json, "urgency", urgency_names[flag->escalations[i].urgency]);
        shape_texts(json, "phrases", flag->escalations[i].phrases);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_red_flag(struct json_writer *json, const struct base *base, const struct red_flag *flag)
{
    json_begin_object(json);
    json_field_text(json, "id", flag->id);
    json_field_text(json, "urgency", urgency_names[flag->urgency]);
    shape_texts(json, "suspect", flag->suspect);
    json_field_text(json, "means", flag->means);
    json_field_text(json, "presentation", flag->presentation);
    json_field_text(json, "may_mimic", flag->may_mimic);
    put_conditions(json, base, flag->conditions);
    json_field_text(json, "action", flag->action);
    json_field_text(json, "evidence", flag->evidence);
    shape_texts(json, "phrases", flag->phrases);
    put_escalations(json, flag);
    shape_texts(json, "less_likely", flag->less_likely);
    shape_backing(json, &flag->backing);
    json_end_object(json);
}

void shape_stop_rule(struct json_writer *json, const struct base *base,
                     const struct stop_rule *rule)
{
    json_begin_object(json);
    json_field_text(json, "id", rule->id);
    put_interventions(json, base, rule->interventions);
    put_conditions(json, base, rule->conditions);
    json_field_text(json, "rule", rule->rule);
    json_field_text(json, "kind", stop_kind_names[rule->kind]);
    json_field_count(json, "trial_sessions", rule->trial_sessions);
    json_field_count(json, "trial_days", rule->trial_days);
    json_field_text(json, "threshold", rule->threshold);
    json_field_text(json, "basis", stop_basis_names[rule->basis]);
    json_field_text(json, "strength", rule->strength);
    json_field_text(json, "superseded_by", rule->superseded_by);
    json_field_truth(json, "come_off_slowly", rule->come_off_slowly);
    json_field_text(json, "note", rule->note);
    shape_backing(json, &rule->backing);
    json_end_object(json);
}

void shape_drug_link(struct json_writer *json, const struct base *base,
                     const struct drug_link *link)
{
    json_begin_object(json);
    json_field_text(json, "id", link->id);
    json_field_text(json, "drug_class", link->drug_class);
    shape_texts(json, "examples", link->examples);
    put_interventions(json, base, link->interventions);
    json_field_text(json, "effect", link->effect);
    json_field_text(json, "frequency", link->frequency);
    json_field_text(json, "certainty", link_certainty_names[link->certainty]);
    json_field_text(json, "what_to_do", link->what_to_do);
    shape_texts(json, "pmids", link->pmids);
    shape_backing(json, &link->backing);
    json_end_object(json);
}

void shape_regulatory_action(struct json_writer *json, const struct base *base,
                             const struct regulatory_action *action)
{
    json_begin_object(json);
    json_field_text(json, "id", action->id);
    json_put_key(json, "intervention");
    put_intervention(json, base, action->intervention);
    json_field_text(json, "body", action->body);
    json_field_count(json, "year", action->year);
    json_field_text(json, "what", action->what);
    shape_backing(json, &action->backing);
    json_end_object(json);
}

/* ---- safe use ---- */

static void put_basis(struct json_writer *json, const struct statement *statement,
                      const struct safe_use *use)
{
    json_field_array(json, "resting_on");
    for (int kind = 0; kind < SOURCE_KIND_COUNT; kind++)
        if (statement_rests_on(statement, use, (enum source_kind)kind))
            json_put_text(json, source_kind_names[kind]);
    json_end_array(json);
    json_field_array(json, "sources");
    for (size_t i = 0; i < statement->source_count; i++)
        json_put_count(json, (long long)statement->sources[i]);
    json_end_array(json);
}

static void put_statement(struct json_writer *json, const struct statement *statement,
                          const struct safe_use *use)
{
    if (statement->text == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "text", statement->text);
    put_basis(json, statement, use);
    json_end_object(json);
}

static void put_dose(struct json_writer *json, const struct dose *dose, const struct safe_use *use)
{
    json_begin_object(json);
    json_field_text(json, "what", dose->what.text);
    json_field_object(json, "parameters");
    for (int i = 0; i < DOSE_PART_COUNT; i++)
        if (dose->parts[i] != NULL)
            json_field_text(json, dose_part_names[i], dose->parts[i]);
    json_end_object(json);
    json_field_text(json, "from", dose->from);
    json_field_text(json, "note", dose->note);
    put_basis(json, &dose->what, use);
    json_end_object(json);
}

static void put_advice(struct json_writer *json, const struct safe_use *use)
{
    for (int i = 0; i < ADVICE_COUNT; i++) {
        json_field_array(json, advice_names[i]);
        for (size_t j = 0; j < use->advice[i].count; j++)
            put_statement(json, &use->advice[i].items[j], use);
        json_end_array(json);
    }
}

void shape_safe_use(struct json_writer *json, const struct safe_use *use)
{
    if (use == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "setting", setting_names[use->setting]);
    json_field_array(json, "dose");
    for (size_t i = 0; i < use->dose_count; i++)
        put_dose(json, &use->doses[i], use);
    json_end_array(json);
    put_advice(json, use);
    json_put_key(json, "who");
    put_statement(json, &use->who, use);
    json_field_text(json, "note", use->note);
    shape_backing(json, &use->backing);
    json_end_object(json);
}

/* ---- of one intervention ---- */

/* Those that name it first, then those for whatever is tried. A base without the book does not
 * know, which is not the same as "there is none". */
static void put_stop_rules(struct json_writer *json, const struct base *base, const char *id)
{
    const struct stop_rules *rules = &base_rulebooks(base)->stop_rules;
    if (rules->count == 0) {
        json_field_text(json, "stop_rules", NULL);
        return;
    }
    json_field_array(json, "stop_rules");
    for (int general = 0; general < 2; general++)
        for (size_t i = 0; i < rules->count; i++)
            if ((rules->items[i].interventions[0] == NULL) == (general == 1) &&
                stop_rule_is_for(&rules->items[i], id))
                shape_stop_rule(json, base, &rules->items[i]);
    json_end_array(json);
}

static void put_regulatory_actions(struct json_writer *json, const struct base *base,
                                   const char *id)
{
    const struct regulatory_actions *actions = &base_rulebooks(base)->regulatory_actions;
    if (actions->count == 0) {
        json_field_text(json, "regulatory_actions", NULL);
        return;
    }
    json_field_array(json, "regulatory_actions");
    for (size_t i = 0; i < actions->count; i++)
        if (strcmp(actions->items[i].intervention, id) == 0)
            shape_regulatory_action(json, base, &actions->items[i]);
    json_end_array(json);
}

void shape_rulebooks_of(struct json_writer *json, const struct base *base,
                        const struct intervention *intervention)
{
    json_put_key(json, "safe_use");
    shape_safe_use(json, rulebooks_safe_use(base_rulebooks(base), intervention->id));
    put_regulatory_actions(json, base, intervention->id);
    put_stop_rules(json, base, intervention->id);
}
