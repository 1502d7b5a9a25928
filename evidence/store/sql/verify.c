#include <string.h>

#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/content.h"
#include "evidence/store/sql/verify.h"

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
    return store->engine->check(store, err) && audit_verify(store, err) &&
           check_records(store, err) && verify_history(store, err) && verify_told(store, err) &&
           verify_intake(store, err);
}
