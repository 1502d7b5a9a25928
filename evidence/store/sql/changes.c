#include "evidence/store/changes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "evidence/base/json_writer.h"
#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/verify.h"

const char *const change_cause_names[] = {
    "study-retracted", "study-reinstated", "study-added", "study-changed", "study-removed",
    "rules",           "entries",          NULL};

/* The key of the next change, and the base that it is of, in `arena`. */
static bool next_change(struct store *store, struct arena *arena, int64_t *key,
                        const char **base_hash, struct error *err)
{
    struct cursor cursor = cursor_begin(store, NEXT_VERDICT_CHANGE, arena, err);
    if (cursor_step(&cursor)) {
        *key = take_integer(&cursor);
        *base_hash = take_text(&cursor);
    }
    return cursor_end(&cursor);
}

static bool add_change(struct store *store, const struct verdict_change *change,
                       const char *base_hash, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_VERDICT_CHANGE);
    bind_integer(&binder, change->key);
    bind_integer(&binder, (int64_t)change->at);
    bind_text(&binder, change->question);
    bind_text(&binder, change->before_verdict);
    bind_text(&binder, change->before_certainty);
    bind_text(&binder, change->after_verdict);
    bind_text(&binder, change->after_certainty);
    bind_text(&binder, change_cause_names[change->cause]);
    bind_text(&binder, change->actor);
    bind_text(&binder, base_hash);
    return bind_run(&binder, err);
}

static bool add_studies(struct store *store, int64_t key, const char *const *studies,
                        struct error *err)
{
    for (int64_t i = 0; studies != NULL && studies[i] != NULL; i++) {
        struct binder binder = bind_begin(store, ADD_VERDICT_CHANGE_STUDY);
        bind_integer(&binder, key);
        bind_integer(&binder, i);
        bind_text(&binder, studies[i]);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

/* Adds the lines of the feed between two keys to a hash's text. */
static bool write_lines(struct store *store, int64_t first, int64_t last, struct buffer *out,
                        struct error *err)
{
    enum { COLUMNS = 11 };
    struct binder binder = bind_begin(store, LIST_CHANGES_BETWEEN);
    bind_integer(&binder, first);
    bind_integer(&binder, last);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    while (cursor_step(&cursor)) {
        struct json_writer writer;
        json_writer_init(&writer, out, 0);
        json_begin_array(&writer);
        for (int i = 0; i < COLUMNS; i++)
            json_put_text(&writer, take_borrowed(&cursor));
        json_end_array(&writer);
        buffer_byte(out, '\n');
    }
    return cursor_end(&cursor);
}

bool changes_hash(struct store *store, int64_t first, int64_t last, char out[HASH_SIZE],
                  struct error *err)
{
    struct buffer lines = {0};
    bool good = write_lines(store, first, last, &lines, err);
    hash_bytes(lines.bytes, lines.length, out);
    buffer_release(&lines);
    return good;
}

/* One row of the audit log for all of them. */
static bool audit_changes(struct store *store, const struct verdict_change *changes, size_t count,
                          const char *actor, time_t now, struct error *err)
{
    int64_t first = changes[0].key;
    int64_t last = changes[count - 1].key;
    char hash[HASH_SIZE];
    char detail[64];
    struct audit_end end;
    snprintf(detail, sizeof detail, "{\"first\":%" PRId64 ",\"last\":%" PRId64 "}", first, last);
    const struct audit_entry entry = {.at = (int64_t)now,
                                      .actor = actor,
                                      .action = "add",
                                      .kind = "changes",
                                      .record = "",
                                      .after_hash = hash,
                                      .detail = detail};
    return changes_hash(store, first, last, hash, err) && audit_find_end(store, &end, err) &&
           audit_add(store, &end, &entry, err);
}

static bool add_changes(struct store *store, struct verdict_change *changes, size_t count,
                        const char *actor, time_t now, struct error *err)
{
    int64_t key = 0;
    const char *base_hash = NULL;
    struct arena *arena = arena_new();
    bool good = next_change(store, arena, &key, &base_hash, err);
    for (size_t i = 0; good && i < count; i++) {
        changes[i].key = key++;
        changes[i].at = now;
        changes[i].actor = actor;
        good = add_change(store, &changes[i], base_hash, err) &&
               add_studies(store, changes[i].key, changes[i].studies, err);
    }
    arena_free(arena);
    return good;
}

bool store_add_changes(struct store *store, struct verdict_change *changes, size_t count,
                       const char *actor, time_t now, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    store_gather(store);
    bool good = add_changes(store, changes, count, actor, now, err) && store_gather_end(store, err);
    good = good && (count == 0 || audit_changes(store, changes, count, actor, now, err));
    return unit_end(&unit, good, err);
}

static void take_change(struct cursor *cursor, void *item)
{
    struct verdict_change *out = item;
    out->key = take_integer(cursor);
    out->at = (time_t)take_integer(cursor);
    out->question = take_text(cursor);
    out->before_verdict = take_text(cursor);
    out->before_certainty = take_text(cursor);
    out->after_verdict = take_text(cursor);
    out->after_certainty = take_text(cursor);
    out->cause = (enum change_cause)take_choice(cursor, change_cause_names, CHANGE_ENTRIES);
    out->actor = take_text(cursor);
    out->base_hash = take_text(cursor);
}

/* The rows of a statement whose parameters were bound. */
static bool list_changes(struct binder *binder, struct arena *arena, struct verdict_change **out,
                         size_t *count, struct error *err)
{
    struct cursor cursor = cursor_of(binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_change, count);
    return cursor_end(&cursor);
}

static bool list_studies(struct store *store, struct arena *arena, struct verdict_change *changes,
                         size_t count, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        struct binder binder = bind_begin(store, LIST_VERDICT_CHANGE_STUDIES);
        bind_integer(&binder, changes[i].key);
        struct cursor cursor = cursor_of(&binder, arena, err);
        good = read_texts(&cursor, &changes[i].studies);
    }
    return good;
}

bool store_changes_since(struct store *store, int64_t after, time_t since, size_t limit,
                         struct arena *arena, struct verdict_change **out, size_t *count,
                         struct error *err)
{
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    struct binder binder = bind_begin(store, LIST_VERDICT_CHANGES);
    bind_integer(&binder, after);
    bind_integer(&binder, (int64_t)since);
    bind_limit(&binder, limit);
    bool good = list_changes(&binder, arena, out, count, err) &&
                list_studies(store, arena, *out, *count, err);
    return view_end(&view, good, err);
}

bool store_newest_changes(struct store *store, size_t limit, struct arena *arena,
                          struct verdict_change **out, size_t *count, struct error *err)
{
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    struct binder binder = bind_begin(store, LIST_NEWEST_VERDICT_CHANGES);
    bind_limit(&binder, limit);
    bool good = list_changes(&binder, arena, out, count, err) &&
                list_studies(store, arena, *out, *count, err);
    return view_end(&view, good, err);
}

bool store_last_changes(struct store *store, struct arena *arena, struct verdict_change **out,
                        size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_LAST_VERDICT_CHANGES);
    return list_changes(&binder, arena, out, count, err);
}

static bool list_changes_of(struct store *store, const char *beginning, size_t limit,
                            struct arena *arena, struct verdict_change **out, size_t *count,
                            struct error *err)
{
    struct binder binder = bind_begin(store, LIST_VERDICT_CHANGES_OF);
    bind_text(&binder, beginning);
    bind_limit(&binder, limit);
    return list_changes(&binder, arena, out, count, err) &&
           list_studies(store, arena, *out, *count, err);
}

static bool read_first_change(struct store *store, const char *beginning, struct arena *arena,
                              time_t *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIRST_VERDICT_CHANGE_OF);
    bind_text(&binder, beginning);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_step(&cursor) ? (time_t)take_integer(&cursor) : 0;
    return cursor_end(&cursor);
}

bool store_changes_of(struct store *store, const char *intervention, const char *condition,
                      size_t limit, struct arena *arena, struct changes_of *out, struct error *err)
{
    struct unit view;
    const char *beginning = arena_printf(arena, "%s.%s", intervention, condition);
    *out = (struct changes_of){0};
    if (!view_begin(store, &view, err))
        return false;
    bool good = list_changes_of(store, beginning, limit, arena, &out->items, &out->count, err) &&
                read_first_change(store, beginning, arena, &out->since, err);
    return view_end(&view, good, err);
}
