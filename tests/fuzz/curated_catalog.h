/* The curated base, rated: made once, and kept as long as the program runs. Programs run from the
 * root of the repository. */
#ifndef TOUCHSTONE_TESTS_FUZZ_CURATED_CATALOG_H
#define TOUCHSTONE_TESTS_FUZZ_CURATED_CATALOG_H

#include <stdio.h>
#include <stdlib.h>

#include "evidence/judgement/knowledge.h"

static inline struct catalog *curated_catalog_load(void)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct catalog_stamp stamp = {.hash = "fuzz"};
    struct base base;
    struct error err = {0};
    base_read_folder("evidence/data", &base, &problems);
    struct catalog *catalog = knowledge_of(arena, &base, &stamp, &err);
    if (catalog == NULL) {
        fprintf(stderr, "%s; run this from the root of the repository\n", err.message);
        abort();
    }
    return catalog;
}

static inline struct catalog *curated_catalog(void)
{
    static struct catalog *catalog;
    if (catalog == NULL)
        catalog = curated_catalog_load();
    return catalog;
}

#endif
