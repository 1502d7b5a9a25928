#include <inttypes.h>
#include <string.h>

#include "evidence/store/sql/history.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/state.h"
#include "evidence/store/sql/verify.h"

/* ---- former contents ---- */

static bool check_contents(struct store *store, struct error *err)
{
    struct arena *arena = arena_new();
    struct arena *scratch = arena_new();
    struct cursor cursor = cursor_begin(store, LIST_FORMER_CONTENTS, arena, err);
    while (cursor_step(&cursor)) {
        const char *text = NULL;
        size_t length = 0;
        arena_clear(scratch);
        if (!history_content(store, take_text(&cursor), scratch, &text, &length, err)) {
            cursor.failed = true;
            break;
        }
    }
    arena_free(scratch);
    arena_free(arena);
    return cursor_end(&cursor);
}

/* ---- editions ---- */

/* A row of the table, with the hash of the audit log's row that it names. */
struct sealed {
    struct edition edition;
    const char *order_hash;
    const char *hash;
    const char *log_hash; /* NULL: no such row */
};

static void take_sealed(struct cursor *cursor, struct sealed *out)
{
    struct edition *edition = &out->edition;
    edition->key = take_integer(cursor);
    edition->at = (time_t)take_integer(cursor);
    edition->actor = take_text(cursor);
    edition->audit_id = take_integer(cursor);
    const char *base_hash = take_borrowed(cursor);
    if (base_hash != NULL && strlen(base_hash) == HASH_SIZE - 1)
        memcpy(edition->base_hash, base_hash, HASH_SIZE);
    edition->version = take_text(cursor);
    out->order_hash = take_text(cursor);
    out->hash = take_text(cursor);
    out->log_hash = take_text(cursor);
}

static bool list_sealed(struct store *store, struct arena *arena, struct sealed **out,
                        size_t *count, struct error *err)
{
    struct cursor cursor = cursor_begin(store, WALK_EDITIONS, arena, err);
    struct rows rows = {.size = sizeof(struct sealed)};
    while (cursor_step(&cursor))
        take_sealed(&cursor, rows_add(&rows));
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

/* What is being walked back through. */
struct walk {
    struct store *store;
    struct arena *arena;
    struct error *err;
    struct state state;
    const char *dataset_hash; /* of the dataset's document, and the version it told */
    const char *version;
};

static bool damaged(struct walk *walk, const struct edition *edition, const char *what)
{
    return error_set(walk->err, ERROR_STORE,
                     "%s: edition %" PRId64 " %s; editions were changed or taken out; restore a "
                     "backup",
                     walk->store->path, edition->key, what);
}

static bool check_seal(struct walk *walk, const struct sealed *sealed, int64_t expected_key)
{
    static const char no_row[] = "0000000000000000000000000000000000000000000000000000000000000000";
    const struct edition *edition = &sealed->edition;
    const char *log_hash = edition->audit_id == 0 ? no_row : sealed->log_hash;
    char hash[HASH_SIZE];
    if (edition->key != expected_key)
        return damaged(walk, edition, "does not follow the one before");
    if (log_hash == NULL)
        return damaged(walk, edition, "names a row that the audit log does not have");
    edition_seal(edition, sealed->order_hash, log_hash, hash);
    return strcmp(hash, sealed->hash) == 0 || damaged(walk, edition, "is not as it was written");
}

static bool present_document(struct walk *walk, const char *name, const char **text, size_t *length)
{
    struct binder binder = bind_begin(walk->store, FIND_DOCUMENT);
    bind_text(&binder, name);
    struct cursor cursor = cursor_of(&binder, walk->arena, walk->err);
    *text = cursor_step(&cursor) ? take_bytes(&cursor, length) : NULL;
    return cursor_end(&cursor);
}

/* The version that the dataset's document told in this state. */
static bool find_version(struct walk *walk)
{
    const char *hash = state_find(&walk->state, CONTENT_DOCUMENT, "dataset");
    const char *text = NULL;
    size_t length = 0;
    char present[HASH_SIZE] = "";
    if (hash == NULL) {
        walk->dataset_hash = walk->version = NULL;
        return true;
    }
    if (walk->dataset_hash != NULL && strcmp(walk->dataset_hash, hash) == 0)
        return true;
    if (!present_document(walk, "dataset", &text, &length))
        return false;
    if (text != NULL)
        hash_bytes(text, length, present);
    if (strcmp(present, hash) != 0 &&
        !history_content(walk->store, hash, walk->arena, &text, &length, walk->err))
        return false;
    walk->dataset_hash = arena_strdup(walk->arena, hash);
    walk->version = dataset_version(text, length, walk->arena);
    return true;
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool check_edition(struct walk *walk, const struct sealed *sealed, int64_t expected_key)
{
    const struct edition *edition = &sealed->edition;
    char hash[HASH_SIZE];
    if (!check_seal(walk, sealed, expected_key) ||
        !state_walk_back(walk->store, &walk->state, edition->audit_id, walk->err))
        return false;
    state_hash(&walk->state, hash);
    if (strcmp(hash, edition->base_hash) != 0)
        return damaged(walk, edition, "is of another base than the audit log comes to");
    return find_version(walk) && (same_text(walk->version, edition->version) ||
                                  damaged(walk, edition, "tells another version of the dataset"));
}

/* ---- the present ---- */

static bool check_newest(struct walk *walk, const struct sealed *newest)
{
    struct store_stamp stamp;
    char order_hash[HASH_SIZE];
    if (!store_stamp(walk->store, &stamp, walk->err) ||
        !history_order_hash(walk->store, order_hash, walk->err))
        return false;
    if (strcmp(order_hash, newest->order_hash) != 0)
        return damaged(walk, &newest->edition, "has the conditions or outcomes in another order");
    return (strcmp(stamp.hash, newest->edition.base_hash) == 0 &&
            stamp.changed == newest->edition.at) ||
           damaged(walk, &newest->edition, "is not of the base that is here, or of another time");
}

/* Changes after the newest edition would belong to one that was taken away. */
static bool check_nothing_after(struct walk *walk, int64_t audit_id)
{
    struct binder binder = bind_begin(walk->store, WALK_AUDIT_BACK);
    bind_integer(&binder, audit_id);
    bind_integer(&binder, INT64_MAX);
    struct cursor cursor = cursor_of(&binder, NULL, walk->err);
    int64_t row = cursor_step(&cursor) ? take_integer(&cursor) : 0;
    if (!cursor_end(&cursor))
        return false;
    return row == 0 || error_set(walk->err, ERROR_STORE,
                                 "%s: row %" PRId64 " of the audit log tells of a change after the "
                                 "last edition; editions were taken out; restore a backup",
                                 walk->store->path, row);
}

/* What a row changed since history is kept must be there to be had back. */
static bool check_kept(struct walk *walk, int64_t since)
{
    struct binder binder = bind_begin(walk->store, FIND_UNKEPT);
    bind_integer(&binder, since);
    struct cursor cursor = cursor_of(&binder, walk->arena, walk->err);
    int64_t row = 0;
    const char *kind = NULL;
    const char *record = NULL;
    if (cursor_step(&cursor)) {
        row = take_integer(&cursor);
        kind = take_text(&cursor);
        record = take_text(&cursor);
    }
    if (!cursor_end(&cursor))
        return false;
    return row == 0 ||
           error_set(walk->err, ERROR_STORE,
                     "%s: what %s %s held before row %" PRId64 " of the audit log is not kept any "
                     "more: former contents were taken out; restore a backup",
                     walk->store->path, kind, record, row);
}

/* Before its first row the log knows of nothing. */
static bool check_beginning(struct walk *walk)
{
    if (!state_walk_back(walk->store, &walk->state, 0, walk->err))
        return false;
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        if (walk->state.counts[kind] > 0)
            return error_set(walk->err, ERROR_STORE,
                             "%s: the audit log does not tell where %s %s comes from; restore a "
                             "backup",
                             walk->store->path, content_kind_names[kind],
                             walk->state.records[kind][0].id);
    return true;
}

static bool check_editions(struct walk *walk)
{
    struct sealed *editions = NULL;
    size_t count = 0;
    if (!list_sealed(walk->store, walk->arena, &editions, &count, walk->err))
        return false;
    if (count == 0)
        return error_set(walk->err, ERROR_STORE,
                         "%s: there is a base and no edition of it; restore a backup",
                         walk->store->path);
    if (!check_nothing_after(walk, editions[0].edition.audit_id))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!check_edition(walk, &editions[i], (int64_t)(count - i)))
            return false;
    return check_newest(walk, &editions[0]) &&
           check_kept(walk, editions[count - 1].edition.audit_id) && check_beginning(walk);
}

bool verify_history(struct store *store, struct error *err)
{
    struct store_stamp stamp;
    struct error empty = {0};
    if (!check_contents(store, err))
        return false;
    if (!store_stamp(store, &stamp, &empty)) /* nothing was saved yet */
        return empty.kind == ERROR_NOT_FOUND || error_set(err, empty.kind, "%s", empty.message);
    struct walk walk = {.store = store, .arena = arena_new(), .err = err};
    bool good = state_now(store, walk.arena, &walk.state, err) && check_editions(&walk) &&
                verify_none(store, CHECK_CURATED_RECORDS,
                            "marks of curated records that the audit log does not bear out", err);
    arena_free(walk.arena);
    return good;
}
