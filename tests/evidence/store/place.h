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
#include "tests/evidence/random_base.h"
#include "tests/evidence/store/engine_place.h"

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
    place->path = store_place(place->folder, place->arena);
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
    store_place_remove(place->path, place->arena);
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

#endif
