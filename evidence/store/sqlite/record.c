#include "evidence/store/sqlite/record.h"

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

void record_write(const struct base *base, enum record_kind kind, size_t index, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    switch (kind) {
    case RECORD_OUTCOME:
        outcome_write(&base->outcomes[index], &writer);
        break;
    case RECORD_INTERVENTION:
        intervention_write(&base->interventions[index], &writer);
        break;
    case RECORD_CONDITION:
        condition_write(&base->conditions[index], &writer);
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
