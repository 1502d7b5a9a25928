#include "evidence/store/sql/record.h"

#include <string.h>

#include "evidence/store/sql/load.h"
#include "evidence/store/sql/save.h"

/* ---- finding ---- */

bool record_find(struct store *store, enum content_kind kind, const char *id, struct arena *arena,
                 struct held *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_HELD);
    bind_text(&binder, content_kind_names[kind]);
    bind_text(&binder, id);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = (struct held){.id = id};
    if (cursor_step(&cursor)) {
        out->hash = take_text(&cursor);
        out->mark = take_integer(&cursor);
    }
    return cursor_end(&cursor);
}

bool record_load(struct store *store, enum content_kind kind, const struct held *held,
                 struct arena *arena, struct base *out, size_t *index, struct error *err)
{
    const struct span span = {held->mark, held->mark};
    *out = (struct base){0};
    bool good = kind == CONTENT_STUDY ? load_studies(store, &span, arena, out, err)
                                      : load_topics(store, arena, out, err);
    if (!good)
        return false;
    for (*index = 0; *index < content_count(out, kind); ++*index)
        if (strcmp(content_id(out, kind, *index), held->id) == 0)
            return true;
    return error_set(err, ERROR_INTERNAL, "%s %s is there and cannot be read",
                     content_kind_names[kind], held->id);
}

bool record_next_place(struct store *store, enum content_kind kind, int64_t *out, struct error *err)
{
    struct binder binder =
        bind_begin(store, kind == CONTENT_STUDY ? NEXT_STUDY_KEY : NEXT_POSITION);
    if (kind != CONTENT_STUDY)
        bind_text(&binder, content_kind_names[kind]);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = cursor_step(&cursor) ? take_integer(&cursor) : 0;
    return cursor_end(&cursor);
}

/* ---- all of them ---- */

bool records_held(struct store *store, enum content_kind kind, struct arena *arena,
                  struct held **out, size_t *count, struct error *err)
{
    static const enum statement statements[CONTENT_KIND_COUNT] = {
        [CONTENT_OUTCOME] = HASHES_OF_OUTCOMES,
        [CONTENT_INTERVENTION] = HASHES_OF_INTERVENTIONS,
        [CONTENT_CONDITION] = HASHES_OF_CONDITIONS,
        [CONTENT_STUDY] = HASHES_OF_STUDIES,
        [CONTENT_DOCUMENT] = HASHES_OF_DOCUMENTS,
    };
    struct cursor cursor = cursor_begin(store, statements[kind], arena, err);
    struct rows rows = {.size = sizeof(struct held)};
    while (cursor_step(&cursor)) {
        struct held *held = rows_add(&rows);
        held->id = take_text(&cursor);
        held->hash = take_text(&cursor);
        held->mark = take_integer(&cursor);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

static bool held_contents(struct store *store, enum content_kind kind, struct arena *arena,
                          struct content **out, size_t *count, struct error *err)
{
    struct held *held = NULL;
    if (!records_held(store, kind, arena, &held, count, err))
        return false;
    *out = arena_array(arena, *count, sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        (*out)[i].id = held[i].id;
        if (held[i].hash == NULL || strlen(held[i].hash) != HASH_SIZE - 1)
            return error_set(err, ERROR_STORE, "%s %s has no hash; restore a backup",
                             content_kind_names[kind], held[i].id);
        memcpy((*out)[i].hash, held[i].hash, HASH_SIZE);
    }
    return true;
}

bool records_hash(struct store *store, char out[HASH_SIZE], struct error *err)
{
    struct arena *arena = arena_new();
    struct content *records[CONTENT_KIND_COUNT];
    size_t counts[CONTENT_KIND_COUNT];
    bool good = true;
    for (int kind = 0; good && kind < CONTENT_KIND_COUNT; kind++)
        good = held_contents(store, (enum content_kind)kind, arena, &records[kind], &counts[kind],
                             err);
    if (good)
        contents_hash(records, counts, out);
    arena_free(arena);
    return good;
}

/* ---- writing ---- */

bool record_put(struct store *store, const struct base *base, enum content_kind kind, size_t index,
                int64_t place, const struct held *held, const char *hash, struct error *err)
{
    switch (kind) {
    case CONTENT_OUTCOME:
        return save_outcome(store, &base->outcomes[index], place, hash, err);
    case CONTENT_INTERVENTION:
        return save_intervention(store, &base->interventions[index], hash, err);
    case CONTENT_CONDITION:
        return save_condition(store, &base->conditions[index], place, hash, err);
    case CONTENT_STUDY:
        return save_study(store, base_study_at(base, index), held == NULL ? place : held->mark,
                          held != NULL, hash, err);
    case CONTENT_DOCUMENT:
        return save_document(store, &base->documents[index], hash, err);
    case CONTENT_KIND_COUNT:
        break;
    }
    return false;
}

static bool remove_by_id(struct store *store, enum statement statement, const char *id,
                         struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_text(&binder, id);
    return bind_run(&binder, err);
}

bool record_remove(struct store *store, enum content_kind kind, const struct held *held,
                   struct error *err)
{
    switch (kind) {
    case CONTENT_OUTCOME:
        return remove_by_id(store, REMOVE_OUTCOME, held->id, err);
    case CONTENT_INTERVENTION:
        return remove_by_id(store, REMOVE_INTERVENTION, held->id, err);
    case CONTENT_CONDITION:
        return remove_by_id(store, REMOVE_CONDITION, held->id, err);
    case CONTENT_STUDY:
        return remove_study(store, held->mark, err);
    case CONTENT_DOCUMENT:
        return remove_by_id(store, REMOVE_DOCUMENT, held->id, err);
    case CONTENT_KIND_COUNT:
        break;
    }
    return false;
}
