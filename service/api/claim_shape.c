#include "service/api/claim_shape.h"

#include "evidence/judgement/signs/signs.h"
#include "service/api/curated_claim_shape.h"
#include "service/api/rulebook_shapes.h"
#include "service/api/shapes.h"
#include "service/api/stop_shape.h"

static void put_ratings(struct json_writer *json, const struct claim_atom *atom)
{
    json_field_array(json, "ratings");
    for (size_t i = 0; i < atom->rating_count; i++)
        json_put_text(json, atom->ratings[i]->question.id);
    json_end_array(json);
}

static void put_actions(struct json_writer *json, const struct base *base,
                        const struct claim_atom *atom)
{
    json_field_array(json, "actions");
    for (const struct regulatory_action *const *action = atom->actions; *action != NULL; action++)
        shape_regulatory_action(json, base, *action);
    json_end_array(json);
}

static void put_intervention(struct json_writer *json, const struct intervention *one)
{
    json_put_key(json, "intervention");
    shape_name(json, one == NULL ? NULL : one->id, one == NULL ? NULL : one->name);
}

static void put_condition(struct json_writer *json, const struct condition *one)
{
    json_put_key(json, "condition");
    shape_name(json, one == NULL ? NULL : one->id, one == NULL ? NULL : one->name);
}

static void put_atom(struct json_writer *json, const struct catalog *catalog, const char *text,
                     const struct claim_atom *atom)
{
    json_begin_object(json);
    json_field_count(json, "start", (long long)atom->start);
    json_field_count(json, "end", (long long)atom->end);
    json_put_key(json, "text");
    json_put_text_length(json, text + atom->start_byte, atom->end_byte - atom->start_byte);
    json_field_text(json, "type", atom_type_names[atom->type]);
    json_field_text(json, "stance", stance_names[atom->stance]);
    json_field_text(json, "verdict", claim_verdict_names[atom->verdict]);
    json_field_text(json, "reason", atom->reason);
    json_field_text(json, "kind", atom->entry->id);
    put_intervention(json, atom->intervention);
    put_condition(json, atom->condition);
    put_ratings(json, atom);
    shape_texts(json, "rules", atom->rules);
    put_actions(json, catalog_base(catalog), atom);
    shape_texts(json, "sources", atom->sources);
    json_end_object(json);
}

static void put_red_flags(struct json_writer *json, const struct catalog *catalog, const char *text,
                          size_t length, const struct claim *claim, struct arena *arena)
{
    struct raised_flags flags;
    red_flags_told_in(catalog, text, length, claim->words, arena, &flags);
    json_put_key(json, "red_flags");
    shape_raised_list(json, &flags, text);
    json_field_text(json, "warning", flags.count == 0 ? NULL : flags.sentence);
}

static void put_judgement(struct json_writer *json, const struct catalog *catalog, const char *text,
                          const struct claim *claim)
{
    json_field_text(json, "verdict", claim_verdict_names[claim->verdict]);
    json_field_text(json, "summary", claim->summary);
    json_field_text(json, "supported_wording", claim->supported_wording);
    put_intervention(json, claim->intervention);
    json_field_real(json, "sure", claim->sure);
    put_condition(json, claim->condition);
    json_field_array(json, "atoms");
    for (size_t i = 0; i < claim->atom_count; i++)
        put_atom(json, catalog, text, &claim->atoms[i]);
    json_end_array(json);
    json_field_truth(json, "cut", claim->cut);
    shape_texts(json, "not_checked", claim->not_checked);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
}

void shape_claim_fields(struct json_writer *json, const struct catalog *catalog, const char *text,
                        size_t length, const struct claim *claim, struct arena *arena)
{
    json_put_key(json, "text");
    json_put_text_length(json, text, length);
    put_red_flags(json, catalog, text, length, claim, arena);
    put_judgement(json, catalog, text, claim);
}

void shape_claim(struct json_writer *json, const struct catalog *catalog, const char *text,
                 size_t length, const struct claim *claim, struct arena *arena)
{
    json_begin_object(json);
    shape_claim_fields(json, catalog, text, length, claim, arena);
    shape_curated_claims_saying(json, "curated", catalog, text, length, claim->words, arena);
    json_end_object(json);
}
