#include "evidence/store/sqlite/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const record_kind_names[] = {"outcome", "intervention", "condition",
                                         "study",   "document",     NULL};

size_t record_count(const struct base *base, enum record_kind kind)
{
    const size_t counts[RECORD_KIND_COUNT] = {
        [RECORD_OUTCOME] = base->outcome_count,
        [RECORD_INTERVENTION] = base->intervention_count,
        [RECORD_CONDITION] = base->condition_count,
        [RECORD_STUDY] = base->study_count,
        [RECORD_DOCUMENT] = base->document_count,
    };
    return counts[kind];
}

const char *record_id(const struct base *base, enum record_kind kind, size_t index)
{
    switch (kind) {
    case RECORD_OUTCOME:
        return base->outcomes[index].id;
    case RECORD_INTERVENTION:
        return base->interventions[index].id;
    case RECORD_CONDITION:
        return base->conditions[index].id;
    case RECORD_STUDY:
        return base->studies[index].id;
    case RECORD_DOCUMENT:
        return base->documents[index].name;
    case RECORD_KIND_COUNT:
        break;
    }
    return NULL;
}

static void put_text(struct json_writer *writer, const char *key, const char *text)
{
    if (text != NULL)
        json_field_text(writer, key, text);
}

static void put_real(struct json_writer *writer, const char *key, double value)
{
    if (!isnan(value))
        json_field_real(writer, key, value);
}

static void put_texts(struct json_writer *writer, const char *key, const char *const *texts)
{
    if (texts == NULL || texts[0] == NULL)
        return;
    json_field_array(writer, key);
    for (; *texts != NULL; texts++)
        json_put_text(writer, *texts);
    json_end_array(writer);
}

static void write_intervention(const struct intervention *intervention, struct json_writer *writer)
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

static void write_condition(const struct condition *condition, struct json_writer *writer)
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

static void write_outcome(const struct outcome *outcome, struct json_writer *writer)
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

void record_write(const struct base *base, enum record_kind kind, size_t index, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    switch (kind) {
    case RECORD_OUTCOME:
        write_outcome(&base->outcomes[index], &writer);
        break;
    case RECORD_INTERVENTION:
        write_intervention(&base->interventions[index], &writer);
        break;
    case RECORD_CONDITION:
        write_condition(&base->conditions[index], &writer);
        break;
    case RECORD_STUDY:
        study_write(&base->studies[index], &writer);
        break;
    case RECORD_DOCUMENT:
        buffer_append(out, base->documents[index].text, base->documents[index].length);
        break;
    case RECORD_KIND_COUNT:
        break;
    }
}

void record_hash(const struct base *base, enum record_kind kind, size_t index,
                 struct buffer *scratch, char out[HASH_SIZE])
{
    buffer_clear(scratch);
    record_write(base, kind, index, scratch);
    hash_bytes(scratch->bytes, scratch->length, out);
}

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct record *)left)->id, ((const struct record *)right)->id);
}

struct record *records_sorted(const struct base *base, enum record_kind kind, struct arena *arena)
{
    size_t count = record_count(base, kind);
    struct record *records = arena_array(arena, count, sizeof *records);
    struct buffer scratch = {0};
    for (size_t i = 0; i < count; i++) {
        records[i].id = record_id(base, kind, i);
        records[i].index = i;
        record_hash(base, kind, i, &scratch, records[i].hash);
    }
    buffer_release(&scratch);
    qsort(records, count, sizeof *records, by_id);
    return records;
}

void records_hash(struct record *const records[RECORD_KIND_COUNT],
                  const size_t counts[RECORD_KIND_COUNT], char out[HASH_SIZE])
{
    struct buffer lines = {0};
    struct json_writer writer;
    for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
        for (size_t i = 0; i < counts[kind]; i++) {
            json_writer_init(&writer, &lines, 0);
            json_begin_array(&writer);
            json_put_text(&writer, record_kind_names[kind]);
            json_put_text(&writer, records[kind][i].id);
            json_put_text(&writer, records[kind][i].hash);
            json_end_array(&writer);
            buffer_byte(&lines, '\n');
        }
    hash_bytes(lines.bytes, lines.length, out);
    buffer_release(&lines);
}
