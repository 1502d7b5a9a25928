#include "evidence/store/sqlite/content.h"

#include <stdlib.h>
#include <string.h>

const char *const content_kind_names[] = {"outcome", "intervention", "condition",
                                          "study",   "document",     NULL};

size_t content_count(const struct base *base, enum content_kind kind)
{
    const size_t counts[CONTENT_KIND_COUNT] = {
        [CONTENT_OUTCOME] = base->outcome_count,
        [CONTENT_INTERVENTION] = base->intervention_count,
        [CONTENT_CONDITION] = base->condition_count,
        [CONTENT_STUDY] = base->study_count,
        [CONTENT_DOCUMENT] = base->document_count,
    };
    return counts[kind];
}

const char *content_id(const struct base *base, enum content_kind kind, size_t index)
{
    switch (kind) {
    case CONTENT_OUTCOME:
        return base->outcomes[index].id;
    case CONTENT_INTERVENTION:
        return base->interventions[index].id;
    case CONTENT_CONDITION:
        return base->conditions[index].id;
    case CONTENT_STUDY:
        return base->studies[index].id;
    case CONTENT_DOCUMENT:
        return base->documents[index].name;
    case CONTENT_KIND_COUNT:
        break;
    }
    return NULL;
}

void content_write(const struct base *base, enum content_kind kind, size_t index,
                   struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    switch (kind) {
    case CONTENT_OUTCOME:
        outcome_write(&base->outcomes[index], &writer);
        break;
    case CONTENT_INTERVENTION:
        intervention_write(&base->interventions[index], &writer);
        break;
    case CONTENT_CONDITION:
        condition_write(&base->conditions[index], &writer);
        break;
    case CONTENT_STUDY:
        study_write(&base->studies[index], &writer);
        break;
    case CONTENT_DOCUMENT:
        buffer_append(out, base->documents[index].text, base->documents[index].length);
        break;
    case CONTENT_KIND_COUNT:
        break;
    }
}

void content_hash(const struct base *base, enum content_kind kind, size_t index,
                  struct buffer *scratch, char out[HASH_SIZE])
{
    buffer_clear(scratch);
    content_write(base, kind, index, scratch);
    hash_bytes(scratch->bytes, scratch->length, out);
}

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct content *)left)->id, ((const struct content *)right)->id);
}

struct content *contents_sorted(const struct base *base, enum content_kind kind,
                                struct arena *arena)
{
    size_t count = content_count(base, kind);
    struct content *records = arena_array(arena, count, sizeof *records);
    struct buffer scratch = {0};
    for (size_t i = 0; i < count; i++) {
        records[i].id = content_id(base, kind, i);
        records[i].index = i;
        content_hash(base, kind, i, &scratch, records[i].hash);
    }
    buffer_release(&scratch);
    qsort(records, count, sizeof *records, by_id);
    return records;
}

void contents_hash(struct content *const records[CONTENT_KIND_COUNT],
                   const size_t counts[CONTENT_KIND_COUNT], char out[HASH_SIZE])
{
    struct buffer lines = {0};
    struct json_writer writer;
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        for (size_t i = 0; i < counts[kind]; i++) {
            json_writer_init(&writer, &lines, 0);
            json_begin_array(&writer);
            json_put_text(&writer, content_kind_names[kind]);
            json_put_text(&writer, records[kind][i].id);
            json_put_text(&writer, records[kind][i].hash);
            json_end_array(&writer);
            buffer_byte(&lines, '\n');
        }
    hash_bytes(lines.bytes, lines.length, out);
    buffer_release(&lines);
}
