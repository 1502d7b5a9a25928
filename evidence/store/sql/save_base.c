#include <stdlib.h>
#include <string.h>

#include "evidence/store/curation.h"
#include "evidence/store/sql/history.h"
#include "evidence/store/sql/overlay.h"
#include "evidence/store/sql/save.h"
#include "evidence/store/sql/transaction.h"

/* One save: both sides of every kind, sorted by id, and what was done so far. */
struct saving {
    struct store *store;
    const struct base *base;
    struct arena *arena;
    struct error *err;
    const char *actor;
    const char *detail; /* of its audit rows; NULL: none */
    bool from_files;    /* a build: what curators changed is in question */
    int64_t now;
    struct audit_end log;
    int64_t next_study; /* the key of a study that is added */
    struct store_changes changes;
    bool reordered[CONTENT_KIND_COUNT];
    struct content *wanted[CONTENT_KIND_COUNT];
    size_t wanted_count[CONTENT_KIND_COUNT];
    struct held *held[CONTENT_KIND_COUNT];
    size_t held_count[CONTENT_KIND_COUNT];
    struct base former; /* what is stored, read where something of it changes */
    bool former_read;
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

static bool collect_held(struct saving *saving)
{
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (!records_held(saving->store, (enum content_kind)kind, saving->arena,
                          &saving->held[kind], &saving->held_count[kind], saving->err))
            return false;
    return true;
}

/* ---- what curators changed ---- */

enum { NAMED_MOST = 8 };

static const char *hash_in(const struct content *records, size_t count, const char *id)
{
    const struct content key = {.id = id};
    const struct content *found = bsearch(&key, records, count, sizeof key, content_by_id);
    return found == NULL ? NULL : found->hash;
}

/* True if the base says of a record what is stored, by its hash or its absence. */
static bool says_the_same(struct saving *saving, enum content_kind kind, const char *id, bool *out)
{
    struct held held;
    if (!record_find(saving->store, kind, id, saving->arena, &held, saving->err))
        return false;
    const char *wanted = hash_in(saving->wanted[kind], saving->wanted_count[kind], id);
    *out =
        wanted == NULL || held.hash == NULL ? wanted == held.hash : strcmp(wanted, held.hash) == 0;
    return true;
}

static bool list_differing(struct saving *saving, const struct curated_record *records,
                           size_t count, struct buffer *names, size_t *differing)
{
    for (size_t i = 0; i < count; i++) {
        enum content_kind kind = CONTENT_STUDY;
        bool same = false;
        if (!content_kind_named(records[i].kind, &kind) ||
            !says_the_same(saving, kind, records[i].record, &same))
            return false;
        if (!same && (*differing)++ < NAMED_MOST)
            buffer_printf(names, "%s%s %s (by %s)", names->length == 0 ? "" : ", ", records[i].kind,
                          records[i].record, records[i].actor);
    }
    return true;
}

/* Where the base says what curators entered, files and store are one again. */
static bool check_curated(struct saving *saving)
{
    struct curated_record *records = NULL;
    size_t count = 0;
    size_t differing = 0;
    struct buffer names = {0};
    if (!saving->from_files)
        return true;
    bool good =
        store_curated_records(saving->store, saving->arena, &records, &count, saving->err) &&
        list_differing(saving, records, count, &names, &differing);
    if (good && differing > 0)
        good = error_set(saving->err, ERROR_CONFLICT,
                         "curators changed %zu record%s here that the files say otherwise: %s%s; "
                         "write them into the files with touchstone export data DIR, look at the "
                         "difference and build from there, or build with --replace-curated to put "
                         "the files in their place",
                         differing, differing == 1 ? "" : "s", buffer_string(&names),
                         differing > NAMED_MOST ? " …" : "");
    buffer_release(&names);
    return good && (count == 0 || store_forget_curated(saving->store, saving->err));
}

/* ---- what stood there before ---- */

/* The wanted record with the id of `old`, NULL if there is none; `*at` only grows. */
static const struct content *wanted_for(const struct saving *saving, enum content_kind kind,
                                        const struct held *old, size_t *at)
{
    const struct content *records = saving->wanted[kind];
    size_t count = saving->wanted_count[kind];
    while (*at < count && strcmp(records[*at].id, old->id) < 0)
        ++*at;
    return *at < count && strcmp(records[*at].id, old->id) == 0 ? &records[*at] : NULL;
}

static bool read_former(struct saving *saving)
{
    saving->former_read = true;
    return store_load_base(saving->store, saving->arena, &saving->former, saving->err);
}

/* Most lists are read in the order of ids too, so that the record stands at `near` as a rule. */
static bool keep_content(struct saving *saving, enum content_kind kind, const struct held *old,
                         size_t near, struct buffer *scratch)
{
    if (!saving->former_read && !read_former(saving))
        return false;
    size_t count = content_count(&saving->former, kind);
    for (size_t step = 0; step < count; step++) {
        size_t i = (near + step) % count;
        if (strcmp(content_id(&saving->former, kind, i), old->id) == 0)
            return history_keep_record(saving->store, &saving->former, kind, i, old->hash, scratch,
                                       saving->err);
    }
    return error_set(saving->err, ERROR_STORE, "%s %s is there and cannot be read",
                     content_kind_names[kind], old->id);
}

static bool keep_former_of(struct saving *saving, enum content_kind kind, struct buffer *scratch)
{
    size_t at = 0;
    for (size_t i = 0; i < saving->held_count[kind]; i++) {
        const struct held *old = &saving->held[kind][i];
        const struct content *wanted = wanted_for(saving, kind, old, &at);
        if (wanted != NULL && strcmp(wanted->hash, old->hash) == 0)
            continue;
        if (!keep_content(saving, kind, old, i, scratch))
            return false;
    }
    return true;
}

/* Before the first record is changed, since all of the base is read for it. */
static bool keep_former(struct saving *saving)
{
    struct buffer scratch = {0};
    bool good = true;
    for (int kind = 0; good && kind < CONTENT_KIND_COUNT; kind++)
        good = keep_former_of(saving, (enum content_kind)kind, &scratch);
    buffer_release(&scratch);
    return good;
}

/* ---- the difference ---- */

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
        .detail = saving->detail,
    };
    return audit_append(saving->store, &saving->log, &entry, saving->err);
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
    int64_t place = kind == CONTENT_STUDY ? saving->next_study : (int64_t)record->index;
    if (!record_put(saving->store, saving->base, kind, record->index, place, old, record->hash,
                    saving->err)) {
        error_while(saving->err, "saving %s %s", content_kind_names[kind], record->id);
        return false;
    }
    if (old == NULL)
        saving->changes.added++;
    else
        saving->changes.changed++;
    if (old == NULL && kind == CONTENT_STUDY)
        saving->next_study++;
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
        if (wanted_for(saving, kind, old, &at) != NULL)
            continue;
        if (!record_remove(saving->store, kind, old, saving->err)) {
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
    return bind_run(&binder, saving->err) &&
           history_add_edition(saving->store, (time_t)saving->now, saving->actor, &saving->log,
                               hash, saving->err);
}

/* What is named comes before what names it, and goes after it. */
static bool apply(struct saving *saving)
{
    int64_t end_before = saving->log.id;
    if (!record_next_place(saving->store, CONTENT_STUDY, &saving->next_study, saving->err))
        return false;
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (!put_kind(saving, (enum content_kind)kind))
            return false;
    for (int kind = CONTENT_KIND_COUNT - 1; kind >= 0; kind--)
        if (!remove_gone(saving, (enum content_kind)kind))
            return false;
    if (saving->log.id > end_before && !audit_put_end(saving->store, &saving->log, saving->err))
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
                collect_wanted(saving) && collect_held(saving) && check_curated(saving) &&
                keep_former(saving) && audit_find_end(saving->store, &saving->log, saving->err) &&
                apply(saving) && overlay_keep(saving->store, &overlay, saving->err);
    return end_saving(saving, &unit, good);
}

static bool save(struct saving *saving, const struct base *base, struct store_changes *changes)
{
    struct base noted = *base;
    saving->base = &noted;
    saving->arena = arena_new();
    bool done = save_in_transaction(saving, &noted);
    if (done)
        *changes = saving->changes;
    arena_free(saving->arena);
    return done;
}

bool save_noted_base(struct store *store, const struct base *base, const char *actor, time_t now,
                     struct store_changes *changes, struct error *err)
{
    struct saving saving = {.store = store,
                            .err = err,
                            .actor = actor,
                            .detail = "{\"reason\":\"notices that importers found\"}",
                            .now = (int64_t)now};
    return save(&saving, base, changes);
}

bool store_save_base(struct store *store, const struct base *base, time_t now,
                     struct store_changes *changes, struct error *err)
{
    struct saving saving = {
        .store = store, .err = err, .actor = "build", .from_files = true, .now = (int64_t)now};
    return save(&saving, base, changes);
}
