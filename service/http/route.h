/*
 * The table of what can be asked for. Adding a route is a line there, a handler, a heading in
 * docs/api.md and, under /v1, an operation in service/worlds/openapi.json.
 *
 *     static const struct route routes[] = {
 *         {METHOD_GET, "/v1/interventions/{id}", get_intervention, 0},
 *         {METHOD_GET, "/v1/studies/{id...}", get_study, 0},
 *         {METHOD_PUT, "/v1/studies/{id...}", put_appraisal, ROUTE_CURATE},
 *     };
 *
 * A pattern's segment is literal, {name} (one segment, not empty) or, last, {name...} (the rest,
 * slashes and all, not empty). Paths are split at raw slashes and then decoded, so a
 * percent-encoded slash is part of a segment, and of the rest like any other. Of two patterns that
 * match, the one that is literal earlier wins, then {name}, then {name...}; the table's order
 * decides nothing else.
 *
 * GET answers HEAD too. OPTIONS is answered for every known path. A path that is known under other
 * methods is 405 with Allow, an unknown one 404.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_ROUTE_H
#define TOUCHSTONE_SERVICE_HTTP_ROUTE_H

#include "evidence/model/permission.h"
#include "service/http/answer.h"

enum { ROUTE_SCOPES_SHIFT = 16 };

enum route_flag {
    ROUTE_PAGE = 1,    /* for people: unreadable queries are ignored, refusals may be HTML */
    ROUTE_PRIVATE = 2, /* not for any page to call: no CORS, Cache-Control: no-store */
    ROUTE_APART = 4,   /* the handler waits (for the disk, for a lock): on a thread of its own */

    /* Who asks is found out, if they say so; anybody may. */
    ROUTE_WHO = 8 | ROUTE_PRIVATE,

    /* Only for those who have that permission: all others are refused before the handler runs. */
    ROUTE_IMPORT = MAY_IMPORT << ROUTE_SCOPES_SHIFT | ROUTE_WHO,
    ROUTE_CURATE = MAY_CURATE << ROUTE_SCOPES_SHIFT | ROUTE_WHO,
    ROUTE_AUDIT = MAY_AUDIT << ROUTE_SCOPES_SHIFT | ROUTE_WHO,
};

struct route {
    unsigned methods; /* METHOD_GET | METHOD_POST … */
    const char *pattern;
    handler *handle;
    unsigned flags;
};

/* What a route demands, as bits of enum permission; 0: nothing. */
unsigned route_scopes(const struct route *route);

/* A table made ready for matching. */
struct routes;

/*
 * `table` is borrowed and must outlive the result. ERROR_INTERNAL names a pattern that is not well
 * formed, or two rows with the same pattern (names aside) and method.
 */
MUST_USE struct routes *routes_new(const struct route *table, size_t count, struct error *err);
void routes_free(struct routes *routes);

struct match {
    const struct route *route; /* NULL: no row has both this path and this method */
    unsigned allowed;          /* methods of all rows that have this path; 0: unknown path */
    unsigned open;             /* … of those that are not ROUTE_PRIVATE, for CORS */
    const struct field *parts; /* in the arena, or in the path */
    size_t part_count;
};

/*
 * Looks up a raw path. `method` METHOD_HEAD is looked up as METHOD_GET; `allowed` has METHOD_HEAD
 * where it has METHOD_GET, and METHOD_OPTIONS always. ERROR_INVALID for a path that does not
 * decode.
 */
MUST_USE bool routes_match(const struct routes *routes, enum method method, const char *path,
                           struct arena *arena, struct match *out, struct error *err);

#endif
