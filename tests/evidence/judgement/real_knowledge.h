/* The curated base, ready to answer. Run from the project's root. */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_REAL_KNOWLEDGE_H
#define TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_REAL_KNOWLEDGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/judgement/knowledge.h"

static int open_knowledge(void **state)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct catalog_stamp stamp = {.hash = "0"};
    struct error err = {0};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    if (problems.count > 0)
        return -1;
    *state = knowledge_of(arena, &base, &stamp, &err);
    return *state == NULL ? -1 : 0;
}

static int close_knowledge(void **state)
{
    catalog_release(*state);
    return 0;
}

#endif
