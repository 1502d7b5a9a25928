#include <inttypes.h>
#include <string.h>

#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/verify.h"

bool is_published(struct store *store, bool *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LOAD_AUDIT_HEAD, NULL, err);
    *out = false;
    if (cursor_step(&cursor)) {
        (void)take_integer(&cursor);
        (void)take_borrowed(&cursor);
        *out = take_truth(&cursor);
    }
    return cursor_end(&cursor);
}

/* A row of the log that names something else by key, with the hash it had. */
struct telling {
    int64_t id;
    int64_t one;
    int64_t other;
    const char *hash;
};

static void take_telling(struct cursor *cursor, struct telling *out)
{
    out->id = take_integer(cursor);
    out->one = take_integer(cursor);
    out->other = take_integer(cursor);
    out->hash = take_text(cursor);
}

static bool list_tellings(struct store *store, enum statement statement, struct arena *arena,
                          struct telling **out, size_t *count, struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, arena, err);
    struct rows rows = {.size = sizeof(struct telling)};
    while (cursor_step(&cursor))
        take_telling(&cursor, rows_add(&rows));
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

static bool check_told(struct store *store, const struct telling *telling, const char *hash,
                       const char *what, int64_t key, struct error *err)
{
    return (telling->hash != NULL && strcmp(telling->hash, hash) == 0) ||
           error_set(err, ERROR_STORE,
                     "%s: %s %" PRId64 " is not what row %" PRId64 " of the audit log says it was; "
                     "restore a backup",
                     store->path, what, key, telling->id);
}

/* ---- decisions and merges ---- */

static bool check_intake_row(struct store *store, const struct telling *telling, struct error *err)
{
    char hash[HASH_SIZE];
    if (telling->one != 0)
        return decision_hash(store, telling->one, hash, err) &&
               check_told(store, telling, hash, "screening decision", telling->one, err);
    return telling->other == 0 || (merge_hash(store, telling->other, hash, err) &&
                                   check_told(store, telling, hash, "merge", telling->other, err));
}

static bool check_intake_rows(struct store *store, struct arena *arena, struct error *err)
{
    struct telling *tellings = NULL;
    size_t count = 0;
    if (!list_tellings(store, LIST_NOTED_INTAKE, arena, &tellings, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!check_intake_row(store, &tellings[i], err))
            return false;
    return verify_none(store, CHECK_DECISIONS,
                       "screening decisions more or fewer than the audit log tells of", err) &&
           verify_none(store, CHECK_SCREENINGS,
                       "publications that are screened otherwise than the last decision says",
                       err) &&
           verify_none(store, CHECK_MERGE_ROWS,
                       "merges that the audit log tells otherwise, or not at all", err);
}

static bool check_intake(struct store *store, struct arena *arena, struct error *err)
{
    bool published = false;
    if (!is_published(store, &published, err))
        return false;
    if (published)
        return verify_none(store, CHECK_PUBLISHED, "rows that a public copy must not hold", err);
    return check_intake_rows(store, arena, err);
}

/* ---- the feed ---- */

static bool check_feed(struct store *store, struct arena *arena, struct error *err)
{
    struct telling *tellings = NULL;
    size_t count = 0;
    if (!list_tellings(store, LIST_TOLD_CHANGES, arena, &tellings, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        char hash[HASH_SIZE];
        if (!changes_hash(store, tellings[i].one, tellings[i].other, hash, err) ||
            !check_told(store, &tellings[i], hash, "the feed of changes from line", tellings[i].one,
                        err))
            return false;
    }
    return verify_none(store, CHECK_TOLD_CHANGES,
                       "lines of the feed of changes more or fewer than the audit log tells of",
                       err);
}

bool verify_told(struct store *store, struct error *err)
{
    struct arena *arena = arena_new();
    bool good = check_intake(store, arena, err) && check_feed(store, arena, err);
    arena_free(arena);
    return good;
}
