/* A handful of studies for tests of what stands across studies. */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_MODEL_SOME_STUDIES_H
#define TOUCHSTONE_TESTS_EVIDENCE_MODEL_SOME_STUDIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/base.h"

enum { SOME_MOST = 10 };

/* Studies written as JSON with single quotes; `more` are fields with a comma before each. */
struct some {
    struct arena *arena;
    struct study studies[SOME_MOST];
    struct base base;
};

static inline int make_some(void **state)
{
    struct some *some = memory_alloc(sizeof *some);
    *some = (struct some){.arena = arena_new()};
    some->base.studies = some->studies;
    *state = some;
    return 0;
}

static inline int free_some(void **state)
{
    struct some *some = *state;
    arena_free(some->arena);
    free(some);
    return 0;
}

/* In the order of their ids. */
static inline void add(struct some *some, const char *id, const char *title, const char *more)
{
    struct problems problems = {.arena = some->arena};
    char *text = arena_printf(some->arena,
                              "{'id':'%s','title':'%s','design':'rct','condition':'neck-pain'%s}",
                              id, title, more);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_parse(text, strlen(text), "some", &problems);
    struct json_reader at = json_root(value, "some", &problems);
    assert_true(some->base.study_count < SOME_MOST);
    study_read(&at, &some->studies[some->base.study_count++]);
    json_decref(value);
    if (problems.count > 0)
        fail_msg("%s %s", problems.items[0]->pointer, problems.items[0]->detail);
}

#endif
