#include "evidence/model/topics.h"

#include "evidence/model/known_fields.h"

void intervention_write(const struct intervention *intervention, struct json_writer *writer)
{
    json_begin_object(writer);
    put_text(writer, "id", intervention->id);
    put_text(writer, "name", intervention->name);
    put_text(writer, "plain", intervention->plain);
    put_text(writer, "kind", kind_names[intervention->kind]);
    put_texts(writer, "aliases", intervention->aliases);
    put_text(writer, "summary", intervention->summary);
    put_text(writer, "sham", intervention->sham);
    put_texts(writer, "claims", intervention->claims);
    json_end_object(writer);
}

void condition_write(const struct condition *condition, struct json_writer *writer)
{
    json_begin_object(writer);
    put_text(writer, "id", condition->id);
    put_text(writer, "name", condition->name);
    put_text(writer, "plain", condition->plain);
    put_texts(writer, "aliases", condition->aliases);
    put_texts(writer, "parents", condition->parents);
    put_texts(writer, "primary_outcomes", condition->primary_outcomes);
    put_text(writer, "primary_window", window_names[condition->primary_window]);
    json_end_object(writer);
}

static void write_mid(const struct mid *mid, struct json_writer *writer)
{
    json_field_object(writer, "mid");
    put_real(writer, "value", mid->value);
    json_field_object(writer, "scale");
    put_text(writer, "name", mid->scale_name);
    put_real(writer, "low", mid->scale_low);
    put_real(writer, "high", mid->scale_high);
    json_end_object(writer);
    json_field_object(writer, "source");
    put_text(writer, "url", mid->source_url);
    put_text(writer, "where", mid->source_where);
    json_end_object(writer);
    put_text(writer, "note", mid->note);
    json_end_object(writer);
}

void outcome_write(const struct outcome *outcome, struct json_writer *writer)
{
    json_begin_object(writer);
    put_text(writer, "id", outcome->id);
    put_text(writer, "name", outcome->name);
    put_text(writer, "plain", outcome->plain);
    put_texts(writer, "aliases", outcome->aliases);
    put_text(writer, "kind", outcome_kind_names[outcome->kind]);
    put_text(writer, "stand_in_for", outcome->stand_in_for);
    if (!isnan(outcome->mid.value))
        write_mid(&outcome->mid, writer);
    json_end_object(writer);
}
