/* A store in a folder of each test's own, and what tests of stores ask of it. */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_STORE_PLACE_H
#define TOUCHSTONE_TESTS_EVIDENCE_STORE_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/store/sql/content.h"
#include "evidence/store/sqlite/engine.h"
#include "tests/evidence/random_base.h"

/* A folder of each test's own, and an arena. */
struct place {
    struct arena *arena;
    char folder[64];
    const char *path; /* of a store that may be made in it */
};

static inline int make_place(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-store-XXXXXX"};
    if (mkdtemp(place->folder) == NULL)
        return -1;
    place->path = arena_printf(place->arena, "%s/test.db", place->folder);
    *state = place;
    return 0;
}

static inline int remove_place(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t count = 0;
    const char *const *names = folder_list(place->folder, "", place->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(place->arena, "%s/%s", place->folder, names[i]));
    rmdir(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static inline void must(bool done, const struct error *err)
{
    if (!done)
        fail_msg("%s", err->message);
}

static inline struct store *opened(const char *path, enum store_mode mode)
{
    struct error err = {0};
    struct store *store = store_open(path, mode, &err);
    must(store != NULL, &err);
    return store;
}

static inline struct store_changes saved(struct store *store, const struct base *base, time_t now)
{
    struct error err = {0};
    struct store_changes changes = {0};
    must(store_save_base(store, base, now, &changes, &err), &err);
    return changes;
}

static inline struct base loaded(struct store *store, struct arena *arena)
{
    struct error err = {0};
    struct base base;
    must(store_load_base(store, arena, &base, &err), &err);
    return base;
}

static inline struct store_stamp stamped(struct store *store)
{
    struct error err = {0};
    struct store_stamp stamp;
    must(store_stamp(store, &stamp, &err), &err);
    return stamp;
}

static inline void verified(struct store *store)
{
    struct error err = {0};
    must(store_verify(store, &err), &err);
}

/* Every record in its order, a line each. */
static inline const char *dump(const struct base *base, struct arena *arena)
{
    struct buffer out = {0};
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++)
        for (size_t i = 0; i < content_count(base, (enum content_kind)kind); i++) {
            content_write(base, (enum content_kind)kind, i, &out);
            buffer_byte(&out, '\n');
        }
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static inline void assert_same_base(const struct base *left, const struct base *right,
                                    struct arena *arena)
{
    assert_string_equal(dump(left, arena), dump(right, arena));
}

/* SQL from outside the door, as a curious or careless person might run it. */
static inline void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s: %s", sql, said);
    sqlite3_close(db);
}

static inline int64_t ask_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

#endif
