#include <inttypes.h>
#include <string.h>

#include "evidence/store/sqlite/audit.h"
#include "evidence/store/sqlite/content.h"
#include "evidence/store/sqlite/overlay.h"
#include "evidence/store/sqlite/save.h"
#include "evidence/store/sqlite/transaction.h"

/* A record as the store holds it. `mark` is a study's key, a condition's or outcome's position. */
struct held {
    const char *id;
    const char *hash;
    int64_t mark;
};

/* One save: both sides of every kind, sorted by id, and what was done so far. */
struct saving {
    struct store *store;
    const struct base *base;
    struct arena *arena;
    struct error *err;
    const char *actor;
    int64_t now;
    struct audit_end log;
    struct store_changes changes;
    bool reordered[CONTENT_KIND_COUNT];
    struct content *wanted[CONTENT_KIND_COUNT];
    size_t wanted_count[CONTENT_KIND_COUNT];
    struct held *held[CONTENT_KIND_COUNT];
    size_t held_count[CONTENT_KIND_COUNT];
};

static bool refuse_twice(struct saving *saving, enum content_kind kind)
{
    const struct content *records = saving->wanted[kind];
    for (size_t i = 1; i < saving->wanted_count[kind]; i++)
        if (strcmp(records[i].id, records[i - 1].id) == 0)
            return error_set(saving->err, ERROR_INVALID,
                             "the base holds %s %s twice; merge the two and save again",
                             content_kind_names[kind], records[i].id);
    return true;
}

static bool collect_wanted(struct saving *saving)
{
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++) {
        saving->wanted[kind] =
            contents_sorted(saving->base, (enum content_kind)kind, saving->arena);
        saving->wanted_count[kind] = content_count(saving->base, (enum content_kind)kind);
        if (!refuse_twice(saving, (enum content_kind)kind))
            return false;
    }
    return true;
}

static bool collect_held_of(struct saving *saving, enum content_kind kind)
{
    static const enum statement statements[CONTENT_KIND_COUNT] = {
        [CONTENT_OUTCOME] = HASHES_OF_OUTCOMES,
        [CONTENT_INTERVENTION] = HASHES_OF_INTERVENTIONS,
        [CONTENT_CONDITION] = HASHES_OF_CONDITIONS,
        [CONTENT_STUDY] = HASHES_OF_STUDIES,
        [CONTENT_DOCUMENT] = HASHES_OF_DOCUMENTS,
    };
    struct cursor cursor =
        cursor_begin(saving->store, statements[kind], saving->arena, saving->err);
    size_t capacity = 0;
    struct held *all = NULL;
    size_t count = 0;
    while (cursor_step(&cursor)) {
        if (count == capacity) {
            capacity = capacity == 0 ? 256 : capacity * 2;
            struct held *larger = arena_array(saving->arena, capacity, sizeof *larger);
            if (count > 0)
                memcpy(larger, all, count * sizeof *larger);
            all = larger;
        }
        struct held *held = &all[count++];
        held->id = take_text(&cursor);
        held->hash = take_text(&cursor);
        held->mark = take_integer(&cursor);
    }
    saving->held[kind] = all;
    saving->held_count[kind] = count;
    return cursor_end(&cursor);
}

static bool collect_held(struct saving *saving)
{
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (!collect_held_of(saving, (enum content_kind)kind))
            return false;
    return true;
}

static bool note(struct saving *saving, const char *action, enum content_kind kind,
                 const char *record, const char *before, const char *after)
{
    const struct audit_entry entry = {
        .at = saving->now,
        .actor = saving->actor,
        .action = action,
        .kind = content_kind_names[kind],
        .record = record,
        .before_hash = before,
        .after_hash = after,
    };
    return audit_add(saving->store, &saving->log, &entry, saving->err);
}

static bool put_record(struct saving *saving, enum content_kind kind, const struct content *record,
                       const struct held *old)
{
    const struct base *base = saving->base;
    size_t i = record->index;
    switch (kind) {
    case CONTENT_OUTCOME:
        return save_outcome(saving->store, &base->outcomes[i], i, record->hash, saving->err);
    case CONTENT_INTERVENTION:
        return save_intervention(saving->store, &base->interventions[i], record->hash, saving->err);
    case CONTENT_CONDITION:
        return save_condition(saving->store, &base->conditions[i], i, record->hash, saving->err);
    case CONTENT_STUDY:
        return save_study(saving->store, &base->studies[i], old == NULL ? 0 : old->mark,
                          record->hash, saving->err);
    case CONTENT_DOCUMENT:
        return save_document(saving->store, &base->documents[i], record->hash, saving->err);
    case CONTENT_KIND_COUNT:
        break;
    }
    return false;
}

static bool remove_by_id(struct saving *saving, enum statement statement, const char *id)
{
    struct binder binder = bind_begin(saving->store, statement);
    bind_text(&binder, id);
    return bind_run(&binder, saving->err);
}

static bool remove_record(struct saving *saving, enum content_kind kind, const struct held *old)
{
    switch (kind) {
    case CONTENT_OUTCOME:
        return remove_by_id(saving, REMOVE_OUTCOME, old->id);
    case CONTENT_INTERVENTION:
        return remove_by_id(saving, REMOVE_INTERVENTION, old->id);
    case CONTENT_CONDITION:
        return remove_by_id(saving, REMOVE_CONDITION, old->id);
    case CONTENT_STUDY:
        return remove_study(saving->store, old->mark, saving->err);
    case CONTENT_DOCUMENT:
        return remove_by_id(saving, REMOVE_DOCUMENT, old->id);
    case CONTENT_KIND_COUNT:
        break;
    }
    return false;
}

/* A record that stays as it is may still have moved in its list. */
static bool keep_record(struct saving *saving, enum content_kind kind, const struct content *record,
                        const struct held *old)
{
    saving->changes.unchanged++;
    if (kind != CONTENT_CONDITION && kind != CONTENT_OUTCOME)
        return true;
    if (old->mark == (int64_t)record->index)
        return true;
    saving->reordered[kind] = true;
    struct binder binder =
        bind_begin(saving->store, kind == CONTENT_CONDITION ? MOVE_CONDITION : MOVE_OUTCOME);
    bind_integer(&binder, (int64_t)record->index);
    bind_text(&binder, record->id);
    return bind_run(&binder, saving->err);
}

/* Adds `record`, or changes `old` (NULL: there is none) into it. */
static bool settle_record(struct saving *saving, enum content_kind kind,
                          const struct content *record, const struct held *old)
{
    if (old != NULL && strcmp(old->hash, record->hash) == 0)
        return keep_record(saving, kind, record, old);
    if (!put_record(saving, kind, record, old)) {
        error_while(saving->err, "saving %s %s", content_kind_names[kind], record->id);
        return false;
    }
    if (old == NULL)
        saving->changes.added++;
    else
        saving->changes.changed++;
    return note(saving, old == NULL ? "add" : "change", kind, record->id,
                old == NULL ? NULL : old->hash, record->hash);
}

/* Both sides are sorted by id (by bytes, as SQLite compares), so that one walk pairs them. */
static bool put_kind(struct saving *saving, enum content_kind kind)
{
    size_t at = 0;
    for (size_t i = 0; i < saving->wanted_count[kind]; i++) {
        const struct content *record = &saving->wanted[kind][i];
        int order = 1;
        while (at < saving->held_count[kind] &&
               (order = strcmp(saving->held[kind][at].id, record->id)) < 0)
            at++;
        bool known = at < saving->held_count[kind] && order == 0;
        if (!settle_record(saving, kind, record, known ? &saving->held[kind][at] : NULL))
            return false;
    }
    return !saving->reordered[kind] || note(saving, "reorder", kind, "", NULL, NULL);
}

static bool remove_gone(struct saving *saving, enum content_kind kind)
{
    size_t at = 0;
    for (size_t i = 0; i < saving->held_count[kind]; i++) {
        const struct held *old = &saving->held[kind][i];
        while (at < saving->wanted_count[kind] && strcmp(saving->wanted[kind][at].id, old->id) < 0)
            at++;
        if (at < saving->wanted_count[kind] && strcmp(saving->wanted[kind][at].id, old->id) == 0)
            continue;
        if (!remove_record(saving, kind, old)) {
            error_while(saving->err, "removing %s %s, which something still names",
                        content_kind_names[kind], old->id);
            return false;
        }
        saving->changes.removed++;
        if (!note(saving, "remove", kind, old->id, old->hash, NULL))
            return false;
    }
    return true;
}

static bool has_row(struct store *store, enum statement statement, bool *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, NULL, err);
    *out = cursor_step(&cursor);
    return cursor_end(&cursor);
}

/* The stamp moves only when something did, and is there after the first save of even nothing. */
static bool put_meta(struct saving *saving)
{
    bool saved_before = false;
    if (!has_row(saving->store, LOAD_META, &saved_before, saving->err))
        return false;
    const struct store_changes *changes = &saving->changes;
    bool moved = saving->reordered[CONTENT_CONDITION] || saving->reordered[CONTENT_OUTCOME];
    if (saved_before && !moved && changes->added + changes->changed + changes->removed == 0)
        return true;
    char hash[HASH_SIZE];
    contents_hash(saving->wanted, saving->wanted_count, hash);
    struct binder binder = bind_begin(saving->store, PUT_META);
    bind_integer(&binder, saving->now);
    bind_text(&binder, hash);
    return bind_run(&binder, saving->err);
}

/* What is named comes before what names it, and goes after it. */
static bool apply(struct saving *saving)
{
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (!put_kind(saving, (enum content_kind)kind))
            return false;
    for (int kind = CONTENT_KIND_COUNT - 1; kind >= 0; kind--)
        if (!remove_gone(saving, (enum content_kind)kind))
            return false;
    return put_meta(saving);
}

/* The references that wait for the commit are those among outcomes and among conditions. Within a
 * transaction of the caller's they wait for his. */
static bool end_saving(struct saving *saving, const struct unit *unit, bool good)
{
    if (unit_end(unit, good, saving->err))
        return true;
    if (good && saving->err != NULL && saving->err->kind == ERROR_INVALID)
        error_while(saving->err, "an outcome stands in for one, or a condition has a parent, that "
                                 "has no entry");
    return false;
}

static bool save_in_transaction(struct saving *saving, struct base *noted)
{
    struct overlay overlay = {0};
    struct unit unit;
    if (!unit_begin(saving->store, &unit, saving->err))
        return false;
    bool good = overlay_notices(saving->store, noted, saving->arena, &overlay, saving->err) &&
                collect_wanted(saving) && collect_held(saving) &&
                audit_find_end(saving->store, &saving->log, saving->err) && apply(saving) &&
                overlay_keep(saving->store, &overlay, saving->err);
    return end_saving(saving, &unit, good);
}

bool save_base(struct store *store, const struct base *base, const char *actor, time_t now,
               struct store_changes *changes, struct error *err)
{
    struct base noted = *base;
    struct saving saving = {.store = store,
                            .base = &noted,
                            .arena = arena_new(),
                            .err = err,
                            .actor = actor,
                            .now = (int64_t)now};
    bool done = save_in_transaction(&saving, &noted);
    if (done)
        *changes = saving.changes;
    arena_free(saving.arena);
    return done;
}

bool store_save_base(struct store *store, const struct base *base, time_t now,
                     struct store_changes *changes, struct error *err)
{
    return save_base(store, base, "build", now, changes, err);
}
