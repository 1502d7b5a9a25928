/* The base as it stood. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/moment.h"
#include "evidence/store/sql/history.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/state.h"
#include "evidence/store/sql/transaction.h"

/* ---- editions ---- */

static void take_edition(struct cursor *cursor, void *item)
{
    struct edition *out = item;
    out->key = take_integer(cursor);
    out->at = (time_t)take_integer(cursor);
    out->actor = take_text(cursor);
    out->audit_id = take_integer(cursor);
    const char *hash = take_borrowed(cursor);
    if (hash != NULL && strlen(hash) == HASH_SIZE - 1)
        memcpy(out->base_hash, hash, HASH_SIZE);
    else
        cursor_damaged(cursor, "an edition has no hash of its base");
    out->version = take_text(cursor);
}

static bool take_editions(struct binder *binder, struct arena *arena, struct edition **out,
                          size_t *count, struct error *err)
{
    struct cursor cursor = cursor_of(binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_edition, count);
    return cursor_end(&cursor);
}

bool store_editions(struct store *store, int64_t beyond, size_t limit, struct arena *arena,
                    struct edition **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_EDITIONS);
    bind_integer(&binder, beyond == 0 ? INT64_MAX : beyond);
    bind_limit(&binder, limit == 0 ? SIZE_MAX : limit);
    return take_editions(&binder, arena, out, count, err);
}

/* ---- which ---- */

static bool refuse_too_early(struct store *store, const char *as_of, struct arena *arena,
                             struct error *err)
{
    struct edition *first = NULL;
    size_t count = 0;
    char earliest[MOMENT_SIZE];
    struct binder binder = bind_begin(store, FIRST_EDITION);
    if (!take_editions(&binder, arena, &first, &count, err))
        return false;
    if (count == 0)
        return error_set(err, ERROR_NOT_FOUND, "nothing was saved in %s yet; build it first",
                         store->path);
    moment_write(first->at, earliest);
    return error_set(err, ERROR_NOT_FOUND,
                     "there is no base as of %s: the earliest that was kept is of %s", as_of,
                     earliest);
}

static bool find_at(struct store *store, const char *as_of, const struct moment *moment,
                    struct arena *arena, struct edition *out, struct error *err)
{
    struct edition *found = NULL;
    size_t count = 0;
    struct binder binder = bind_begin(store, FIND_EDITION_AT);
    bind_integer(&binder, (int64_t)moment->to - 1);
    if (!take_editions(&binder, arena, &found, &count, err))
        return false;
    if (count == 0)
        return refuse_too_early(store, as_of, arena, err);
    *out = found[0];
    return true;
}

static bool all_one_base(const struct edition *editions, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(editions[i].base_hash, editions[0].base_hash) != 0)
            return false;
    return true;
}

/* The newest of them, if all are of one base. */
static bool only_one(const char *as_of, const struct edition *found, size_t count,
                     struct edition *out, struct error *err)
{
    char first[MOMENT_SIZE];
    char last[MOMENT_SIZE];
    if (all_one_base(found, count)) {
        *out = found[0];
        return true;
    }
    moment_write(found[count - 1].at, first);
    moment_write(found[0].at, last);
    return error_set(err, ERROR_INVALID,
                     "\"%s\" names %zu editions of the base, from %.12s of %s to %.12s of %s; name "
                     "one of them by its hash, or a time",
                     as_of, count, found[count - 1].base_hash, first, found[0].base_hash, last);
}

enum { HASH_DIGITS_LEAST = 8 };

static bool is_beginning_of_hash(const char *text)
{
    size_t length = strlen(text);
    return length >= HASH_DIGITS_LEAST && length < HASH_SIZE &&
           strspn(text, "0123456789abcdefABCDEF") == length;
}

/* Hashes that begin so lie between it with zeros and it with 'f's after it. */
static bool find_by_hash(struct store *store, const char *as_of, struct arena *arena,
                         struct edition **out, size_t *count, struct error *err)
{
    char least[HASH_SIZE];
    char most[HASH_SIZE];
    memset(least, '0', HASH_SIZE - 1);
    memset(most, 'f', HASH_SIZE - 1);
    least[HASH_SIZE - 1] = most[HASH_SIZE - 1] = '\0';
    for (size_t i = 0; as_of[i] != '\0'; i++)
        least[i] = most[i] = (char)tolower((unsigned char)as_of[i]);
    struct binder binder = bind_begin(store, FIND_EDITIONS_BY_HASH);
    bind_text(&binder, least);
    bind_text(&binder, most);
    return take_editions(&binder, arena, out, count, err);
}

static bool find_by_version(struct store *store, const char *as_of, struct arena *arena,
                            struct edition **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_EDITIONS_BY_VERSION);
    bind_text(&binder, as_of);
    return take_editions(&binder, arena, out, count, err);
}

bool store_find_edition(struct store *store, const char *as_of, struct arena *arena,
                        struct edition *out, struct error *err)
{
    struct moment moment;
    struct edition *found = NULL;
    size_t count = 0;
    if (moment_read(as_of, &moment))
        return find_at(store, as_of, &moment, arena, out, err);
    if (!find_by_version(store, as_of, arena, &found, &count, err))
        return false;
    if (count > 0)
        return only_one(as_of, found, count, out, err);
    if (!is_beginning_of_hash(as_of))
        return error_set(
            err, ERROR_INVALID,
            "\"%s\" is no day (2026-11-22), no time (2026-11-22T10:00:00Z), no hash of "
            "a base (8 digits of it or more) and no version of the dataset that was "
            "here",
            as_of);
    if (!find_by_hash(store, as_of, arena, &found, &count, err))
        return false;
    return count > 0 ? only_one(as_of, found, count, out, err)
                     : error_set(err, ERROR_NOT_FOUND, "there was no base %s here", as_of);
}

/* ---- reading ---- */

/* What is being put together. */
struct rebuilding {
    struct store *store;
    struct arena *arena;
    struct error *err;
    struct state now;
    struct state then;
    struct base present;
    size_t next[CONTENT_KIND_COUNT]; /* in the present's list, for those sorted by id */
};

static size_t find_present(struct rebuilding *rebuilding, enum content_kind kind, const char *id)
{
    size_t count = content_count(&rebuilding->present, kind);
    for (size_t step = 0; step < count; step++) {
        size_t i = (rebuilding->next[kind] + step) % count;
        if (strcmp(content_id(&rebuilding->present, kind, i), id) == 0) {
            rebuilding->next[kind] = i + 1;
            return i;
        }
    }
    return SIZE_MAX;
}

/* A record as it stood: the present one where that is the same, else what was kept. */
static bool fetch(struct rebuilding *rebuilding, enum content_kind kind,
                  const struct content *record, struct base *out, size_t *index)
{
    const char *text = NULL;
    size_t length = 0;
    const char *present = state_find(&rebuilding->now, kind, record->id);
    if (present != NULL && strcmp(present, record->hash) == 0) {
        *out = rebuilding->present;
        *index = find_present(rebuilding, kind, record->id);
        return *index != SIZE_MAX;
    }
    *index = 0;
    return history_content(rebuilding->store, record->hash, rebuilding->arena, &text, &length,
                           rebuilding->err) &&
           content_read(kind, record->id, text, length, rebuilding->arena, out, rebuilding->err);
}

/* The records of a kind into a list of items of `size` bytes. */
static char *gather(struct rebuilding *rebuilding, enum content_kind kind, size_t size)
{
    size_t count = rebuilding->then.counts[kind];
    char *items = arena_array(rebuilding->arena, count + 1, size);
    for (size_t i = 0; i < count; i++) {
        struct base from;
        size_t index = 0;
        if (!fetch(rebuilding, kind, &rebuilding->then.records[kind][i], &from, &index))
            return NULL;
        const void *const lists[CONTENT_KIND_COUNT] = {
            [CONTENT_OUTCOME] = from.outcomes,     [CONTENT_INTERVENTION] = from.interventions,
            [CONTENT_CONDITION] = from.conditions, [CONTENT_STUDY] = from.studies,
            [CONTENT_DOCUMENT] = from.documents,
        };
        memcpy(items + i * size, (const char *)lists[kind] + index * size, size);
    }
    return items;
}

static bool gather_all(struct rebuilding *rebuilding, struct base *out)
{
    const size_t *counts = rebuilding->then.counts;
    *out = (struct base){
        .outcomes = (void *)gather(rebuilding, CONTENT_OUTCOME, sizeof(struct outcome)),
        .outcome_count = counts[CONTENT_OUTCOME],
        .interventions =
            (void *)gather(rebuilding, CONTENT_INTERVENTION, sizeof(struct intervention)),
        .intervention_count = counts[CONTENT_INTERVENTION],
        .conditions = (void *)gather(rebuilding, CONTENT_CONDITION, sizeof(struct condition)),
        .condition_count = counts[CONTENT_CONDITION],
        .studies = (void *)gather(rebuilding, CONTENT_STUDY, sizeof(struct study)),
        .study_count = counts[CONTENT_STUDY],
        .documents = (void *)gather(rebuilding, CONTENT_DOCUMENT, sizeof(struct document)),
        .document_count = counts[CONTENT_DOCUMENT],
    };
    return out->outcomes != NULL && out->interventions != NULL && out->conditions != NULL &&
           out->studies != NULL && out->documents != NULL;
}

/* ---- the order of lists ---- */

static bool read_order(struct store *store, int64_t edition, struct arena *arena, json_t **out,
                       struct error *err)
{
    struct problems problems = {.arena = arena};
    const char *text = NULL;
    size_t length = 0;
    struct binder binder = bind_begin(store, FIND_ORDER);
    bind_integer(&binder, edition);
    struct cursor cursor = cursor_of(&binder, arena, err);
    const char *hash = cursor_step(&cursor) ? take_text(&cursor) : NULL;
    if (!cursor_end(&cursor))
        return false;
    if (hash == NULL)
        return error_set(err, ERROR_NOT_FOUND, "there is no edition %lld", (long long)edition);
    if (!history_content(store, hash, arena, &text, &length, err))
        return false;
    *out = json_parse(text, length, "order", &problems);
    return problems_none(&problems, err);
}

/* Puts items, sorted by id, into the order of a list of ids. False where it does not name them all.
 */
static bool reorder(char *items, size_t size, const struct content *records, size_t count,
                    const json_t *ids, struct arena *arena)
{
    char *ordered = arena_array(arena, count + 1, size);
    size_t placed = 0;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        const struct content key = {.id = id};
        const struct content *found =
            id == NULL ? NULL : bsearch(&key, records, count, sizeof key, content_by_id);
        if (found != NULL && placed < count)
            memcpy(ordered + placed++ * size, items + (size_t)(found - records) * size, size);
    }
    memcpy(items, ordered, placed * size);
    return placed == count;
}

static bool put_in_order(struct rebuilding *rebuilding, const struct edition *edition,
                         struct base *base)
{
    json_t *order = NULL;
    const struct state *then = &rebuilding->then;
    if (!read_order(rebuilding->store, edition->key, rebuilding->arena, &order, rebuilding->err))
        return false;
    bool whole =
        reorder((char *)base->conditions, sizeof *base->conditions,
                then->records[CONTENT_CONDITION], base->condition_count,
                json_object_get(order, "condition"), rebuilding->arena) &&
        reorder((char *)base->outcomes, sizeof *base->outcomes, then->records[CONTENT_OUTCOME],
                base->outcome_count, json_object_get(order, "outcome"), rebuilding->arena);
    json_decref(order);
    return whole || error_set(rebuilding->err, ERROR_STORE,
                              "%s: the order of edition %lld names other records than it held; "
                              "restore a backup",
                              rebuilding->store->path, (long long)edition->key);
}

/* ---- the whole ---- */

static bool check_hash(struct rebuilding *rebuilding, const struct edition *edition,
                       const struct base *base)
{
    struct content *records[CONTENT_KIND_COUNT];
    size_t counts[CONTENT_KIND_COUNT];
    char hash[HASH_SIZE];
    for (int kind = 0; kind < CONTENT_KIND_COUNT; kind++) {
        records[kind] = contents_sorted(base, (enum content_kind)kind, rebuilding->arena);
        counts[kind] = content_count(base, (enum content_kind)kind);
    }
    contents_hash(records, counts, hash);
    return strcmp(hash, edition->base_hash) == 0 ||
           error_set(rebuilding->err, ERROR_STORE,
                     "%s: the base of edition %lld cannot be had back as it was; run touchstone "
                     "verify, and restore a backup",
                     rebuilding->store->path, (long long)edition->key);
}

static bool rebuild(struct rebuilding *rebuilding, const struct edition *edition, struct base *out)
{
    struct store *store = rebuilding->store;
    struct arena *arena = rebuilding->arena;
    struct error *err = rebuilding->err;
    return store_load_base(store, arena, &rebuilding->present, err) &&
           state_now(store, arena, &rebuilding->now, err) &&
           state_now(store, arena, &rebuilding->then, err) &&
           state_walk_back(store, &rebuilding->then, edition->audit_id, err) &&
           gather_all(rebuilding, out) && put_in_order(rebuilding, edition, out) &&
           check_hash(rebuilding, edition, out);
}

bool store_load_base_as_of(struct store *store, const struct edition *edition, struct arena *arena,
                           struct base *out, struct error *err)
{
    struct rebuilding rebuilding = {.store = store, .arena = arena, .err = err};
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    bool good = rebuild(&rebuilding, edition, out);
    if (!good)
        error_while(err, "reading the base as it stood in edition %lld", (long long)edition->key);
    return view_end(&view, good, err);
}
