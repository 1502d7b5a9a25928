/* A store of each test's own (engine_place.h says where), and small steps with it. */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_INTAKE_OPENED_H
#define TOUCHSTONE_TESTS_IMPORTERS_INTAKE_OPENED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/store/intake.h"
#include "tests/evidence/store/engine_place.h"

struct opened {
    struct arena *arena;
    char folder[64];
    const char *path; /* of the store */
    struct store *store;
    struct error err;
};

static inline void must(struct opened *opened, bool good)
{
    if (!good)
        fail_msg("%s", opened->err.message);
}

static inline int open_one(void **state)
{
    struct opened *opened = memory_alloc(sizeof *opened);
    *opened = (struct opened){.arena = arena_new(), .folder = "/tmp/touchstone-import-XXXXXX"};
    if (mkdtemp(opened->folder) == NULL)
        return -1;
    opened->path = store_place(opened->folder, opened->arena);
    opened->store = store_open(opened->path, STORE_WRITE, &opened->err);
    *state = opened;
    return opened->store == NULL ? -1 : 0;
}

static inline int close_one(void **state)
{
    struct opened *opened = *state;
    struct error err = {0};
    size_t count = 0;
    store_close(opened->store);
    const char *const *names = folder_list(opened->folder, "", opened->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(opened->arena, "%s/%s", opened->folder, names[i]));
    rmdir(opened->folder);
    store_place_remove(opened->path, opened->arena);
    arena_free(opened->arena);
    free(opened);
    return 0;
}

#define OPENED(name) cmocka_unit_test_setup_teardown(name, open_one, close_one)

static inline struct publication by_id(struct opened *opened, const char *id)
{
    struct publication out;
    must(opened, store_find_publication(opened->store, id, opened->arena, &out, &opened->err));
    return out;
}

static inline size_t record_count(struct opened *opened, int64_t publication)
{
    struct kept_record *records = NULL;
    size_t count = 0;
    must(opened,
         store_records(opened->store, publication, opened->arena, &records, &count, &opened->err));
    return count;
}

static inline size_t listed(struct opened *opened, const char *query)
{
    struct publication *out = NULL;
    size_t count = 0;
    size_t total = 0;
    must(opened, store_search_publications(opened->store, query, SCREENING_UNSCREENED, 0, 500,
                                           opened->arena, &out, &count, &total, &opened->err));
    return total;
}

static inline void verified(struct opened *opened)
{
    must(opened, store_verify(opened->store, &opened->err));
}

#endif
