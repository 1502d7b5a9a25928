#include "evidence/store/sql/state.h"

#include <inttypes.h>
#include <string.h>

#include "evidence/store/sql/load.h"

static bool kind_state(struct store *store, enum content_kind kind, struct state *state,
                       struct error *err)
{
    struct held *held = NULL;
    size_t count = 0;
    if (!records_held(store, kind, state->arena, &held, &count, err))
        return false;
    struct content *records = arena_array(state->arena, count + 1, sizeof *records);
    for (size_t i = 0; i < count; i++) {
        if (held[i].hash == NULL || strlen(held[i].hash) != HASH_SIZE - 1)
            return error_set(err, ERROR_STORE, "%s: %s %s has no hash; restore a backup",
                             store->path, content_kind_names[kind], held[i].id);
        records[i].id = held[i].id;
        memcpy(records[i].hash, held[i].hash, HASH_SIZE);
    }
    state->records[kind] = records;
    state->counts[kind] = count;
    state->capacities[kind] = count + 1;
    return true;
}

bool state_now(struct store *store, struct arena *arena, struct state *out, struct error *err)
{
    *out = (struct state){.audit_id = INT64_MAX, .arena = arena};
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (!kind_state(store, (enum content_kind)kind, out, err))
            return false;
    return true;
}

/* The place of an id, or the one at which it would stand. */
static size_t place_of(const struct state *state, enum content_kind kind, const char *id)
{
    size_t low = 0;
    size_t high = state->counts[kind];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(state->records[kind][middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool stands_at(const struct state *state, enum content_kind kind, size_t at, const char *id)
{
    return at < state->counts[kind] && strcmp(state->records[kind][at].id, id) == 0;
}

const char *state_find(const struct state *state, enum content_kind kind, const char *id)
{
    size_t at = place_of(state, kind, id);
    return stands_at(state, kind, at, id) ? state->records[kind][at].hash : NULL;
}

static void insert(struct state *state, enum content_kind kind, size_t at, const char *id,
                   const char *hash)
{
    size_t count = state->counts[kind];
    if (count == state->capacities[kind]) {
        size_t capacity = count * 2;
        struct content *larger = arena_array(state->arena, capacity, sizeof *larger);
        memcpy(larger, state->records[kind], count * sizeof *larger);
        state->records[kind] = larger;
        state->capacities[kind] = capacity;
    }
    struct content *records = state->records[kind];
    memmove(&records[at + 1], &records[at], (count - at) * sizeof *records);
    records[at] = (struct content){.id = arena_strdup(state->arena, id)};
    memcpy(records[at].hash, hash, HASH_SIZE);
    state->counts[kind]++;
}

static void take_out(struct state *state, enum content_kind kind, size_t at)
{
    struct content *records = state->records[kind];
    size_t after = --state->counts[kind] - at;
    memmove(&records[at], &records[at + 1], after * sizeof *records);
}

static bool same_hash(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool is_hash(const char *text)
{
    return text == NULL || strlen(text) == HASH_SIZE - 1;
}

bool state_take_back(struct store *store, struct state *state, const struct logged_change *change,
                     struct error *err)
{
    enum content_kind kind = CONTENT_STUDY;
    if (!content_kind_named(change->kind, &kind) || !is_hash(change->before_hash))
        return error_set(err, ERROR_STORE, "%s: row %" PRId64 " of the audit log is none",
                         store->path, change->id);
    size_t at = place_of(state, kind, change->record);
    bool there = stands_at(state, kind, at, change->record);
    if (!same_hash(there ? state->records[kind][at].hash : NULL, change->after_hash))
        return error_set(err, ERROR_STORE,
                         "%s: %s %s is not what row %" PRId64
                         " of the audit log, the last that tells of it, made of it; restore a "
                         "backup",
                         store->path, change->kind, change->record, change->id);
    if (there && change->before_hash != NULL)
        memcpy(state->records[kind][at].hash, change->before_hash, HASH_SIZE);
    else if (there)
        take_out(state, kind, at);
    else if (change->before_hash != NULL)
        insert(state, kind, at, change->record, change->before_hash);
    return true;
}

bool state_walk_back(struct store *store, struct state *state, int64_t audit_id, struct error *err)
{
    struct binder binder = bind_begin(store, WALK_AUDIT_BACK);
    bind_integer(&binder, audit_id);
    bind_integer(&binder, state->audit_id);
    state->audit_id = audit_id;
    struct cursor cursor = cursor_of(&binder, NULL, err);
    while (cursor_step(&cursor)) {
        struct logged_change change = {.id = take_integer(&cursor)};
        change.kind = take_borrowed(&cursor);
        change.record = take_borrowed(&cursor);
        change.before_hash = take_borrowed(&cursor);
        change.after_hash = take_borrowed(&cursor);
        if (!state_take_back(store, state, &change, err)) {
            cursor.failed = true;
            break;
        }
    }
    return cursor_end(&cursor);
}

void state_hash(const struct state *state, char out[HASH_SIZE])
{
    contents_hash(state->records, state->counts, out);
}
