/* The service of small_service.h over the curated base, without a store. */
#ifndef TOUCHSTONE_TESTS_SERVICE_API_REAL_SERVICE_H
#define TOUCHSTONE_TESTS_SERVICE_API_REAL_SERVICE_H

#include "tests/service/api/small_service.h"

static inline int real_start(void **state)
{
    static struct small_service small;
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct catalog_stamp stamp = {.hash = "0", .changed = SMALL_CHANGED};
    struct error err = {0};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    if (!problems_none(&problems, &err))
        fail_msg("%s; these tests run from the root of the repository", err.message);
    small.arena = arena_new();
    small.catalog = knowledge_of(arena, &base, &stamp, &err);
    small.application = application_new("no.db");
    small.routes = routes_new(service_routes, service_route_count, &err);
    if (small.catalog == NULL || small.routes == NULL)
        fail_msg("%s", err.message);
    *state = &small;
    return 0;
}

static inline int real_stop(void **state)
{
    struct small_service *small = *state;
    routes_free(small->routes);
    application_free(small->application);
    catalog_release(small->catalog);
    arena_free(small->arena);
    return 0;
}

#endif
