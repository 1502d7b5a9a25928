#include "service/http/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "service/http/query.h"

enum { MAX_SEGMENTS = 16 }; /* of a pattern, and of a path before its rest */
enum { TELLING = 1 };       /* the segment that tells most patterns apart, "/v1/ratings" */
enum { BUCKETS = 32 };

/* In the order in which they are preferred. */
enum segment_kind { SEGMENT_LITERAL, SEGMENT_NAME, SEGMENT_REST };

struct segment {
    enum segment_kind kind;
    const char *text; /* the literal, or the name */
    size_t length;
};

struct pattern {
    const struct route *route;
    size_t position; /* in the table, to keep the order of equals */
    struct segment segments[MAX_SEGMENTS];
    size_t count;
    size_t names; /* segments that are not literal */
};

struct routes {
    struct arena *arena;
    struct pattern *patterns; /* the most literal first */
    size_t count;

    /* Those that a path of so many segments, the last for more, may fit whose telling segment falls
     * into that bucket, in the same order. */
    struct candidates {
        const struct pattern **items;
        size_t count;
    } candidates[MAX_SEGMENTS + 2][BUCKETS];
};

/* A raw path cut at its slashes. */
struct cut {
    const char *start[MAX_SEGMENTS];   /* raw: where the segment, and with it the rest, begins */
    const char *decoded[MAX_SEGMENTS]; /* the segment; where the path is plain it lies in there */
    size_t length[MAX_SEGMENTS];       /* of that */
    size_t count;                      /* all of them, those beyond MAX_SEGMENTS included */
    bool is_plain;                     /* nothing has to be decoded */
};

static bool is_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] < 'a' || text[i] > 'z') && text[i] != '_')
            return false;
    return length > 0;
}

static bool read_segment(const char *text, size_t length, struct arena *arena, struct segment *out)
{
    if (length == 0 || text[0] != '{') {
        *out = (struct segment){SEGMENT_LITERAL, arena_strndup(arena, text, length), length};
        return memchr(text, '}', length) == NULL;
    }
    if (text[length - 1] != '}')
        return false;
    bool rest = length > 5 && memcmp(text + length - 4, "...", 3) == 0;
    size_t name_length = length - (rest ? 5 : 2);
    *out = (struct segment){rest ? SEGMENT_REST : SEGMENT_NAME,
                            arena_strndup(arena, text + 1, name_length), name_length};
    return is_name(text + 1, name_length);
}

static bool read_pattern(const struct route *route, struct arena *arena, struct pattern *out,
                         struct error *err)
{
    const char *at = route->pattern;
    if (*at != '/')
        return error_set(err, ERROR_INTERNAL, "route \"%s\" has to begin with a slash", at);
    while (*at == '/') {
        size_t length = strcspn(at + 1, "/");
        struct segment *segment = &out->segments[out->count];
        if (out->count == MAX_SEGMENTS || !read_segment(at + 1, length, arena, segment))
            return error_set(err, ERROR_INTERNAL, "route \"%s\" is not well formed at \"%s\"",
                             route->pattern, at);
        out->count++;
        out->names += segment->kind != SEGMENT_LITERAL;
        at += length + 1;
        if ((segment->kind == SEGMENT_REST && *at != '\0') || out->names > MAX_PATH_PARAMETERS)
            return error_set(err, ERROR_INTERNAL,
                             "route \"%s\": {name...} stands last, with at most %d names",
                             route->pattern, MAX_PATH_PARAMETERS);
    }
    return true;
}

static int compare_patterns(const void *left, const void *right)
{
    const struct pattern *a = left;
    const struct pattern *b = right;
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (a->segments[i].kind != b->segments[i].kind)
            return a->segments[i].kind < b->segments[i].kind ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

static bool same_paths(const struct pattern *a, const struct pattern *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct segment *left = &a->segments[i];
        const struct segment *right = &b->segments[i];
        if (left->kind != right->kind ||
            (left->kind == SEGMENT_LITERAL && strcmp(left->text, right->text) != 0))
            return false;
    }
    return true;
}

static bool all_differ(const struct routes *routes, struct error *err)
{
    for (size_t i = 0; i < routes->count; i++)
        for (size_t j = 0; j < i; j++)
            if ((routes->patterns[i].route->methods & routes->patterns[j].route->methods) != 0 &&
                same_paths(&routes->patterns[i], &routes->patterns[j]))
                return error_set(err, ERROR_INTERNAL, "routes \"%s\" and \"%s\" are the same",
                                 routes->patterns[j].route->pattern,
                                 routes->patterns[i].route->pattern);
    return true;
}

static bool has_open_end(const struct pattern *pattern)
{
    return pattern->segments[pattern->count - 1].kind == SEGMENT_REST;
}

static size_t bucket_of(const char *text, size_t length)
{
    return length == 0 ? 0 : (length * 8 + (unsigned char)text[0]) % BUCKETS;
}

static bool is_candidate(const struct pattern *pattern, size_t segments, size_t bucket)
{
    const struct segment *telling = &pattern->segments[TELLING];
    if (has_open_end(pattern) ? pattern->count > segments : pattern->count != segments)
        return false;
    return pattern->count <= TELLING || telling->kind != SEGMENT_LITERAL ||
           bucket_of(telling->text, telling->length) == bucket;
}

static void list_candidates(struct routes *routes)
{
    struct arena *scratch = arena_new();
    const struct pattern **found = arena_array(scratch, routes->count, sizeof(struct pattern *));
    for (size_t segments = 0; segments < MAX_SEGMENTS + 2; segments++)
        for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
            struct candidates *candidates = &routes->candidates[segments][bucket];
            for (size_t i = 0; i < routes->count; i++)
                if (is_candidate(&routes->patterns[i], segments, bucket))
                    found[candidates->count++] = &routes->patterns[i];
            candidates->items = arena_array(routes->arena, candidates->count, sizeof *found);
            if (candidates->count > 0)
                memcpy(candidates->items, found, candidates->count * sizeof *found);
        }
    arena_free(scratch);
}

struct routes *routes_new(const struct route *table, size_t count, struct error *err)
{
    struct arena *arena = arena_new();
    struct routes *routes = arena_alloc(arena, sizeof *routes);
    *routes = (struct routes){
        .arena = arena,
        .patterns = arena_array(arena, count, sizeof *routes->patterns),
        .count = count,
    };
    for (size_t i = 0; i < count; i++) {
        routes->patterns[i].route = &table[i];
        routes->patterns[i].position = i;
        if (!read_pattern(&table[i], arena, &routes->patterns[i], err))
            goto fail;
    }
    qsort(routes->patterns, count, sizeof *routes->patterns, compare_patterns);
    list_candidates(routes);
    if (all_differ(routes, err))
        return routes;

fail:
    routes_free(routes);
    return NULL;
}

unsigned route_scopes(const struct route *route)
{
    return route->flags >> ROUTE_SCOPES_SHIFT;
}

void routes_free(struct routes *routes)
{
    if (routes != NULL)
        arena_free(routes->arena);
}

/* Where the path needs it. */
static bool decode_segment(struct cut *cut, size_t index, struct arena *arena, struct error *err)
{
    if (cut->is_plain)
        return true;
    cut->decoded[index] = percent_decode(cut->start[index], cut->length[index], false, arena, err);
    if (cut->decoded[index] == NULL)
        return false;
    cut->length[index] = strlen(cut->decoded[index]);
    return true;
}

static bool cut_path(const char *path, struct arena *arena, struct cut *out, struct error *err)
{
    out->count = 0;
    out->is_plain = percent_is_plain(path, strlen(path), false);
    for (const char *at = path; *at == '/'; out->count++) {
        const char *end = strchrnul(at + 1, '/');
        if (out->count < MAX_SEGMENTS) {
            out->start[out->count] = at + 1;
            out->decoded[out->count] = at + 1;
            out->length[out->count] = (size_t)(end - at - 1);
            if (!decode_segment(out, out->count, arena, err))
                return false;
        }
        at = end;
    }
    return true;
}

static bool segment_fits(const struct segment *segment, const struct cut *cut, size_t index)
{
    switch (segment->kind) {
    case SEGMENT_LITERAL:
        return segment->length == cut->length[index] &&
               memcmp(segment->text, cut->decoded[index], segment->length) == 0;
    case SEGMENT_NAME:
        return cut->length[index] > 0;
    case SEGMENT_REST:
        return cut->start[index][0] != '\0';
    }
    return false;
}

/* For a candidate of that many segments; the one that tells most apart is asked first. */
static bool pattern_fits(const struct pattern *pattern, const struct cut *cut)
{
    assert(cut->count >= pattern->count);
    if (pattern->count > TELLING && !segment_fits(&pattern->segments[TELLING], cut, TELLING))
        return false;
    for (size_t i = 0; i < pattern->count; i++)
        if (!segment_fits(&pattern->segments[i], cut, i))
            return false;
    return true;
}

/* What stands at the end of a plain path is not copied. */
static const char *part_of(const struct segment *segment, const struct cut *cut, size_t index,
                           struct arena *arena, struct error *err)
{
    const char *start = cut->start[index];
    bool rest = segment->kind == SEGMENT_REST;
    if (!cut->is_plain)
        return rest ? percent_decode(start, strlen(start), false, arena, err) : cut->decoded[index];
    return rest || start[cut->length[index]] == '\0'
               ? start
               : arena_strndup(arena, start, cut->length[index]);
}

static bool take_parts(const struct pattern *pattern, const struct cut *cut, struct arena *arena,
                       struct match *out, struct error *err)
{
    struct field *parts = arena_array(arena, pattern->names, sizeof *parts);
    for (size_t i = 0; i < pattern->count; i++) {
        const struct segment *segment = &pattern->segments[i];
        if (segment->kind == SEGMENT_LITERAL)
            continue;
        const char *value = part_of(segment, cut, i, arena, err);
        if (value == NULL)
            return false;
        parts[out->part_count++] = (struct field){segment->text, value};
    }
    out->parts = parts;
    return true;
}

static void add_methods(const struct route *route, struct match *out)
{
    unsigned methods = route->methods | METHOD_OPTIONS;
    if (methods & METHOD_GET)
        methods |= METHOD_HEAD;
    out->allowed |= methods;
    if ((route->flags & ROUTE_PRIVATE) == 0)
        out->open |= methods;
}

static const struct candidates *candidates_for(const struct routes *routes, const struct cut *cut)
{
    size_t segments = cut->count <= MAX_SEGMENTS ? cut->count : MAX_SEGMENTS + 1;
    size_t bucket =
        cut->count > TELLING ? bucket_of(cut->decoded[TELLING], cut->length[TELLING]) : 0;
    return &routes->candidates[segments][bucket];
}

static bool find(const struct routes *routes, enum method method, const char *path,
                 struct arena *arena, struct match *out, struct error *err)
{
    struct cut cut; /* as far as its count */
    const struct pattern *best = NULL;
    if (!cut_path(path, arena, &cut, err))
        return false;
    const struct candidates *candidates = candidates_for(routes, &cut);
    for (size_t i = 0; i < candidates->count; i++) {
        const struct pattern *pattern = candidates->items[i];
        if (!pattern_fits(pattern, &cut))
            continue;
        add_methods(pattern->route, out);
        if (best == NULL && (pattern->route->methods & (unsigned)method) != 0)
            best = pattern;
    }
    if (best == NULL)
        return true;
    out->route = best->route;
    return take_parts(best, &cut, arena, out, err);
}

bool routes_match(const struct routes *routes, enum method method, const char *path,
                  struct arena *arena, struct match *out, struct error *err)
{
    *out = (struct match){0};
    if (find(routes, method == METHOD_HEAD ? METHOD_GET : method, path, arena, out, err))
        return true;
    error_while(err, "the path");
    return false;
}
