#include <string.h>

#include "evidence/store/sqlite/audit.h"
#include "evidence/store/sqlite/content.h"
#include "evidence/store/sqlite/verify.h"

static bool check_integrity(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, CHECK_INTEGRITY, NULL, err);
    if (cursor_step(&cursor)) {
        const char *said = take_borrowed(&cursor);
        if (said == NULL || strcmp(said, "ok") != 0)
            cursor_damaged(&cursor, "%s", said == NULL ? "?" : said);
    }
    return cursor_end(&cursor);
}

static bool check_foreign_keys(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, CHECK_FOREIGN_KEYS, NULL, err);
    if (cursor_step(&cursor)) {
        const char *table = take_borrowed(&cursor);
        (void)take_integer(&cursor); /* its rowid: most tables have none */
        const char *parent = take_borrowed(&cursor);
        cursor_damaged(&cursor, "a row of %s names something that %s does not hold",
                       table == NULL ? "?" : table, parent == NULL ? "?" : parent);
    }
    return cursor_end(&cursor);
}

/* The index can be asked only as if it were written to. */
static bool check_search(struct store *store, struct error *err)
{
    return store->mode == STORE_READ || (statement_run(store, CHECK_STUDY_SEARCH, err) &&
                                         statement_run(store, CHECK_STUDY_WORDS, err));
}

static bool compare_hashes(struct store *store, const struct base *base, enum content_kind kind,
                           enum statement statement, struct content *records, struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, NULL, err);
    size_t count = content_count(base, kind);
    for (size_t i = 0; i < count && cursor_step(&cursor); i++) {
        const char *id = take_borrowed(&cursor);
        const char *hash = take_borrowed(&cursor);
        if (id == NULL || hash == NULL || strcmp(id, records[i].id) != 0 ||
            strcmp(hash, records[i].hash) != 0)
            cursor_damaged(&cursor, "%s %s is not as it was saved", content_kind_names[kind],
                           records[i].id);
    }
    return cursor_end(&cursor);
}

static bool check_hashes(struct store *store, const struct base *base, struct arena *arena,
                         struct error *err)
{
    static const enum statement statements[CONTENT_KIND_COUNT] = {
        [CONTENT_OUTCOME] = HASHES_OF_OUTCOMES,
        [CONTENT_INTERVENTION] = HASHES_OF_INTERVENTIONS,
        [CONTENT_CONDITION] = HASHES_OF_CONDITIONS,
        [CONTENT_STUDY] = HASHES_OF_STUDIES,
        [CONTENT_DOCUMENT] = HASHES_OF_DOCUMENTS,
    };
    struct content *records[CONTENT_KIND_COUNT];
    size_t counts[CONTENT_KIND_COUNT];
    for (int i = 0; i < CONTENT_KIND_COUNT; i++) {
        enum content_kind kind = (enum content_kind)i;
        records[i] = contents_sorted(base, kind, arena);
        counts[i] = content_count(base, kind);
        if (!compare_hashes(store, base, kind, statements[i], records[i], err))
            return false;
    }
    char hash[HASH_SIZE];
    struct store_stamp stamp;
    contents_hash(records, counts, hash);
    if (!store_stamp(store, &stamp, err))
        return false;
    return strcmp(hash, stamp.hash) == 0 ||
           error_set(err, ERROR_STORE,
                     "%s: the base is not as it was saved: something was added or "
                     "taken out; restore a backup, or build it anew",
                     store->path);
}

bool verify_base(struct store *store, const struct base *base, struct error *err)
{
    struct arena *arena = arena_new();
    bool good = check_hashes(store, base, arena, err);
    arena_free(arena);
    return good;
}

static bool check_records(struct store *store, struct error *err)
{
    struct arena *arena = arena_new();
    struct base base;
    struct error empty = {0};
    struct store_stamp stamp;
    bool done = true;
    if (store_stamp(store, &stamp, &empty))
        done = store_load_base(store, arena, &base, err) && verify_base(store, &base, err);
    else if (empty.kind != ERROR_NOT_FOUND) /* a store that nothing was saved in is in order */
        done = error_set(err, empty.kind, "%s", empty.message);
    arena_free(arena);
    return done;
}

bool store_verify(struct store *store, struct error *err)
{
    return check_integrity(store, err) && check_foreign_keys(store, err) &&
           check_search(store, err) && audit_verify(store, err) && check_records(store, err) &&
           verify_history(store, err) && verify_told(store, err) && verify_intake(store, err);
}
