#include "evidence/store/sql/content.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const char *const content_kind_names[] = {"outcome", "intervention", "condition",
                                          "study",   "document",     NULL};

bool content_kind_named(const char *name, enum content_kind *out)
{
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (strcmp(content_kind_names[kind], name) == 0) {
            *out = (enum content_kind)kind;
            return true;
        }
    return false;
}

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
        return base_study_id(base, index);
    case CONTENT_DOCUMENT:
        return base->documents[index].name;
    case CONTENT_KIND_COUNT:
        break;
    }
    return NULL;
}

/* Without keeping what must be unfolded for it: every start writes all of them, to be hashed. */
static void write_study(const struct base *base, size_t place, struct json_writer *writer)
{
    struct arena *arena = arena_new();
    study_write(base_study_read(base, place, arena), writer);
    arena_free(arena);
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
        write_study(base, index, &writer);
        break;
    case CONTENT_DOCUMENT:
        buffer_append(out, base->documents[index].text, base->documents[index].length);
        break;
    case CONTENT_KIND_COUNT:
        break;
    }
}

static void read_into(enum content_kind kind, const struct json_reader *at, struct arena *arena,
                      struct base *out)
{
    if (kind == CONTENT_OUTCOME) {
        struct outcome *outcome = arena_alloc(arena, sizeof *outcome);
        outcome_read(at, outcome);
        *out = (struct base){.outcomes = outcome, .outcome_count = 1};
    } else if (kind == CONTENT_INTERVENTION) {
        struct intervention *intervention = arena_alloc(arena, sizeof *intervention);
        intervention_read(at, intervention);
        *out = (struct base){.interventions = intervention, .intervention_count = 1};
    } else if (kind == CONTENT_CONDITION) {
        struct condition *condition = arena_alloc(arena, sizeof *condition);
        condition_read(at, condition);
        *out = (struct base){.conditions = condition, .condition_count = 1};
    } else {
        struct study *study = arena_alloc(arena, sizeof *study);
        study_read(at, study);
        *out = (struct base){.studies = study, .study_count = 1};
    }
}

static void read_document(const char *name, const char *text, size_t length, struct arena *arena,
                          struct base *out)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){arena_strdup(arena, name), text, length};
    *out = (struct base){.documents = document, .document_count = 1};
}

bool content_read(enum content_kind kind, const char *id, const char *text, size_t length,
                  struct arena *arena, struct base *out, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct error wrong = {0};
    if (kind == CONTENT_DOCUMENT) {
        read_document(id, text, length, arena, out);
        return true;
    }
    json_t *document = json_parse(text, length, id, &problems);
    if (document != NULL) {
        struct json_reader at = json_root(document, id, &problems);
        read_into(kind, &at, arena, out);
    }
    json_decref(document);
    return problems_none(&problems, &wrong) ||
           error_set(err, ERROR_STORE, "what %s %s held cannot be read by this program: %s",
                     content_kind_names[kind], id, wrong.message);
}

void content_hash(const struct base *base, enum content_kind kind, size_t index,
                  struct buffer *scratch, char out[HASH_SIZE])
{
    buffer_clear(scratch);
    content_write(base, kind, index, scratch);
    hash_bytes(scratch->bytes, scratch->length, out);
}

int content_by_id(const void *left, const void *right)
{
    return strcmp(((const struct content *)left)->id, ((const struct content *)right)->id);
}

/* Some of the records of a kind, to be hashed by one thread. */
struct share {
    const struct base *base;
    enum content_kind kind;
    struct content *records;
    size_t from;
    size_t end;
};

static void *hash_share(void *context)
{
    const struct share *share = context;
    struct buffer scratch = {0};
    for (size_t i = share->from; i < share->end; i++) {
        share->records[i].id = content_id(share->base, share->kind, i);
        share->records[i].index = i;
        content_hash(share->base, share->kind, i, &scratch, share->records[i].hash);
    }
    buffer_release(&scratch);
    return NULL;
}

/* Fewer are hashed sooner than a thread is started. */
enum { WORTH_A_THREAD = 100 };

/* Every start reads a whole base and holds it to its hashes: half of that is done beside. */
static void hash_all(const struct share *all)
{
    pthread_t beside;
    struct share second = *all;
    struct share first = *all;
    second.from = first.end = all->end / 2;
    bool started =
        all->end >= WORTH_A_THREAD && pthread_create(&beside, NULL, hash_share, &second) == 0;
    hash_share(&first);
    if (started)
        pthread_join(beside, NULL);
    else
        hash_share(&second);
}

struct content *contents_sorted(const struct base *base, enum content_kind kind,
                                struct arena *arena)
{
    size_t count = content_count(base, kind);
    struct content *records = arena_array(arena, count, sizeof *records);
    hash_all(&(struct share){.base = base, .kind = kind, .records = records, .end = count});
    qsort(records, count, sizeof *records, content_by_id);
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
