/* Publications joined, and taken apart again. */
#include <stdio.h>

#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/intake.h"

/* ---- the log ---- */

static bool add_merge(struct store *store, int64_t into, int64_t from,
                      const struct joining *joining, const struct intake_stamp *stamp, int64_t *out,
                      struct error *err)
{
    struct binder binder = bind_begin(store, ADD_MERGE);
    bind_integer(&binder, (int64_t)stamp->now);
    bind_text(&binder, stamp->who);
    bind_integer(&binder, into);
    bind_text(&binder, joining->reason);
    bind_real(&binder, joining->score);
    bind_key(&binder, from);
    return bind_insert(&binder, out, err);
}

bool log_merge(struct store *store, int64_t into, int64_t from, int64_t record_key,
               const struct joining *joining, const struct intake_stamp *stamp, int64_t *merge,
               struct error *err)
{
    if (!add_merge(store, into, from, joining, stamp, merge, err))
        return false;
    struct binder binder = bind_begin(store, from == 0 ? ADD_MERGE_RECORD : ADD_ALL_MERGE_RECORDS);
    bind_integer(&binder, *merge);
    bind_integer(&binder, from == 0 ? record_key : from);
    return bind_run(&binder, err);
}

/* The note of a merge, or of one that is undone, about the publication that stays. */
static bool note_merge(struct store *store, const char *action, int64_t merge, int64_t into,
                       const struct intake_stamp *stamp, int64_t undoes, struct error *err)
{
    struct arena *arena = arena_new();
    struct publication stays;
    char hash[HASH_SIZE];
    bool good =
        store_publication(store, into, arena, &stays, err) && merge_hash(store, merge, hash, err);
    if (good) {
        const struct intake_note note = {.action = action,
                                         .record = stays.id,
                                         .who = stamp->who,
                                         .at = stamp->now,
                                         .reason = stamp->reason,
                                         .source = stamp->source,
                                         .undoes = undoes,
                                         .about = "merge",
                                         .key = merge,
                                         .hash = hash};
        good = note_intake(store, &note, err);
    }
    arena_free(arena);
    return good;
}

/* ---- merging ---- */

static bool run_on_two(struct store *store, enum statement statement, int64_t one, int64_t other,
                       struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, one);
    bind_integer(&binder, other);
    return bind_run(&binder, err);
}

static bool run_on_key(struct store *store, enum statement statement, int64_t key,
                       struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    return bind_run(&binder, err);
}

static bool check_studies(struct store *store, int64_t into, int64_t from, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_MERGE_CONFLICT);
    bind_integer(&binder, into);
    bind_integer(&binder, from);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    int64_t both = 0;
    if (!read_key(&cursor, &both))
        return false;
    if (both == 0 && into != from)
        return true;
    return error_set(err, ERROR_INVALID,
                     "publications %lld and %lld are two studies of the base and stay two",
                     (long long)into, (long long)from);
}

static bool merge(struct store *store, int64_t into, int64_t from, const struct joining *joining,
                  const struct intake_stamp *stamp, struct error *err)
{
    int64_t key = 0;
    return check_studies(store, into, from, err) && forget_words(store, into, err) &&
           forget_words(store, from, err) &&
           log_merge(store, into, from, 0, joining, stamp, &key, err) &&
           note_merge(store, "merge", key, into, stamp, stamp->undoes, err) &&
           run_on_two(store, TAKE_OVER_SCREENING, into, from, err) &&
           run_on_two(store, MOVE_ALL_SOURCE_RECORDS, from, into, err) &&
           run_on_key(store, RETIRE_PUBLICATION_ID, from, err) &&
           run_on_key(store, REMOVE_PUBLICATION, from, err);
}

bool store_merge(struct store *store, int64_t into, int64_t from, const struct joining *joining,
                 const struct intake_stamp *stamp, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, merge(store, into, from, joining, stamp, err), err);
}

/* ---- undoing ---- */

/* A row of the log, as far as undoing it needs. */
struct logged {
    int64_t into;
    int64_t from;
    const char *from_id;
    enum screening from_screening;
    time_t from_added;
    enum screening into_screening;
    time_t at;
    bool undone;
    int64_t *records; /* that moved and stand where they went still */
    size_t count;
};

static bool load_merge(struct store *store, int64_t merge, struct arena *arena, struct logged *out,
                       struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_MERGE);
    bind_integer(&binder, merge);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = (struct logged){0};
    if (cursor_step(&cursor)) {
        out->into = take_integer(&cursor);
        out->from = take_integer(&cursor);
        out->from_id = take_text(&cursor);
        out->from_screening =
            (enum screening)take_choice(&cursor, screening_names, SCREENING_UNSCREENED);
        out->from_added = (time_t)take_integer(&cursor);
        out->into_screening =
            (enum screening)take_choice(&cursor, screening_names, SCREENING_UNSCREENED);
        out->at = (time_t)take_integer(&cursor);
        out->undone = take_truth(&cursor);
    }
    return cursor_end(&cursor);
}

static bool list_records(struct store *store, int64_t merge, int64_t publication,
                         struct arena *arena, int64_t **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_MERGE_RECORDS);
    bind_integer(&binder, merge);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_keys(&cursor, out, count);
}

/* There must be something to move, and something to stay. */
static bool check_undoable(struct store *store, int64_t merge, struct arena *arena,
                           struct logged *out, struct error *err)
{
    struct kept_record *all = NULL;
    size_t all_count = 0;
    if (!load_merge(store, merge, arena, out, err))
        return false;
    if (out->into == 0 || out->undone)
        return error_set(err, ERROR_NOT_FOUND, "there is no merge %lld that stands",
                         (long long)merge);
    if (!list_records(store, merge, out->into, arena, &out->records, &out->count, err) ||
        !store_records(store, out->into, arena, &all, &all_count, err))
        return false;
    if (out->count == 0 || out->count == all_count)
        return error_set(err, ERROR_INVALID,
                         "what merge %lld joined has been merged further since; undo the newest "
                         "merge first",
                         (long long)merge);
    return true;
}

static bool has_later_decision(struct store *store, const struct logged *logged, bool *out,
                               struct error *err)
{
    struct binder binder = bind_begin(store, FIND_LATER_DECISION);
    bind_integer(&binder, logged->into);
    bind_integer(&binder, (int64_t)logged->at);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = cursor_step(&cursor);
    return cursor_end(&cursor);
}

bool set_screening(struct store *store, int64_t publication, enum screening screening,
                   struct error *err)
{
    struct binder binder = bind_begin(store, SET_PUBLICATION_SCREENING);
    bind_integer(&binder, publication);
    bind_text(&binder, screening_names[screening]);
    return bind_run(&binder, err);
}

/* The one that stayed is screened as before, unless a person has decided on it since. */
static bool restore_screening(struct store *store, const struct logged *logged, struct error *err)
{
    bool decided = false;
    if (logged->from == 0)
        return true;
    if (!has_later_decision(store, logged, &decided, err))
        return false;
    return decided || set_screening(store, logged->into, logged->into_screening, err);
}

static bool move_records(struct store *store, const struct logged *logged, int64_t publication,
                         struct error *err)
{
    for (size_t i = 0; i < logged->count; i++)
        if (!run_on_two(store, MOVE_SOURCE_RECORD, logged->records[i], publication, err))
            return false;
    return true;
}

static bool keep_apart(struct store *store, int64_t one, int64_t other,
                       const struct intake_stamp *stamp, struct error *err)
{
    struct binder binder = bind_begin(store, PUT_APART_PAIRS);
    bind_integer(&binder, one);
    bind_integer(&binder, other);
    bind_integer(&binder, (int64_t)stamp->now);
    bind_text(&binder, stamp->who);
    return bind_run(&binder, err);
}

/* The row of the log that told of a merge; 0: it was made before there were any. */
static bool find_merge_row(struct store *store, int64_t merge, int64_t *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_MERGE_AUDIT);
    bind_integer(&binder, merge);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    return read_key(&cursor, out);
}

static bool mark_undone(struct store *store, int64_t merge, int64_t into,
                        const struct intake_stamp *stamp, struct error *err)
{
    int64_t told = 0;
    struct binder binder = bind_begin(store, MARK_MERGE_UNDONE);
    bind_integer(&binder, merge);
    bind_integer(&binder, (int64_t)stamp->now);
    bind_text(&binder, stamp->who);
    return bind_run(&binder, err) && find_merge_row(store, merge, &told, err) &&
           note_merge(store, "split", merge, into, stamp, told, err);
}

static bool undo(struct store *store, int64_t merge, const struct intake_stamp *stamp,
                 struct arena *arena, int64_t *stayed, int64_t *restored, struct error *err)
{
    struct logged logged;
    if (!check_undoable(store, merge, arena, &logged, err))
        return false;
    time_t added = logged.from == 0 ? stamp->now : logged.from_added;
    *stayed = logged.into;
    return forget_words(store, logged.into, err) &&
           add_publication(store, logged.from, logged.from_id, logged.from_screening, added,
                           restored, err) &&
           move_records(store, &logged, *restored, err) && restore_screening(store, &logged, err) &&
           keep_apart(store, logged.into, *restored, stamp, err) &&
           mark_undone(store, merge, logged.into, stamp, err);
}

bool store_undo_merge(struct store *store, int64_t merge, const struct intake_stamp *stamp,
                      int64_t *stayed, int64_t *restored, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct arena *arena = arena_new();
    bool good = undo(store, merge, stamp, arena, stayed, restored, err);
    arena_free(arena);
    return unit_end(&unit, good, err);
}

/* ---- looking at it ---- */

static void take_merge(struct cursor *cursor, void *item)
{
    struct merge *out = item;
    out->key = take_integer(cursor);
    out->at = (time_t)take_integer(cursor);
    out->who = take_text(cursor);
    out->into = take_integer(cursor);
    out->reason = take_text(cursor);
    out->score = take_real(cursor);
    out->from = take_integer(cursor);
    out->from_id = take_text(cursor);
    out->undone = (time_t)take_integer(cursor);
}

bool store_merges(struct store *store, int64_t publication, struct arena *arena, struct merge **out,
                  size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_MERGES);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_merge, count);
    bool good = cursor_end(&cursor);
    for (size_t i = 0; good && i < *count; i++) {
        int64_t *records = NULL;
        good = list_records(store, (*out)[i].key, 0, arena, &records, &(*out)[i].record_count, err);
        (*out)[i].records = records;
    }
    return good;
}

/* ---- pairs ---- */

bool store_put_pair(struct store *store, int64_t one, int64_t other, enum pair_verdict verdict,
                    const struct joining *joining, const struct intake_stamp *stamp,
                    struct error *err)
{
    static const char *const names[] = {[PAIR_POSSIBLE] = "possible", [PAIR_APART] = "apart"};
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, PUT_RECORD_PAIR);
    bind_integer(&binder, one < other ? one : other);
    bind_integer(&binder, one < other ? other : one);
    bind_text(&binder, names[verdict]);
    bind_text(&binder, joining->reason);
    bind_real(&binder, joining->score);
    bind_integer(&binder, (int64_t)stamp->now);
    bind_text(&binder, stamp->who);
    return unit_end(&unit, bind_run(&binder, err), err);
}

bool store_are_apart(struct store *store, int64_t publication, int64_t other, bool *out,
                     struct error *err)
{
    struct binder binder = bind_begin(store, FIND_APART);
    bind_integer(&binder, publication);
    bind_integer(&binder, other);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = cursor_step(&cursor);
    return cursor_end(&cursor);
}

bool store_possible_duplicates(struct store *store, int64_t publication, struct arena *arena,
                               const char *const **ids, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_POSSIBLE_DUPLICATES);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_texts(&cursor, ids);
}
