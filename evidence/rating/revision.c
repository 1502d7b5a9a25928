#include "evidence/rating/revision.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/feed_gap.h"

/* As many studies are named with a change that none of them feeds: an entry or a reference value
 * that they moved touches everything. */
enum { NAMED_MOST = 20 };

/* ---- which studies changed ---- */

struct changed_study {
    const char *id;
    enum change_cause cause;
    const struct study *before; /* NULL: it was not there */
    const struct study *after;  /* NULL: it is gone */
};

struct changed_studies {
    struct changed_study *items;
    size_t count;
};

static void write_study(const struct study *study, struct buffer *out)
{
    struct json_writer writer;
    buffer_clear(out);
    json_writer_init(&writer, out, 0);
    study_write(study, &writer);
}

static bool same_study(const struct study *one, const struct study *other, struct buffer *left,
                       struct buffer *right)
{
    write_study(one, left);
    write_study(other, right);
    return left->length == right->length && memcmp(left->bytes, right->bytes, left->length) == 0;
}

static enum change_cause cause_of(const struct study *before, const struct study *after)
{
    if (before == NULL)
        return CHANGE_STUDY_ADDED;
    if (after == NULL)
        return CHANGE_STUDY_REMOVED;
    if (before->retracted != after->retracted)
        return after->retracted ? CHANGE_STUDY_RETRACTED : CHANGE_STUDY_REINSTATED;
    return CHANGE_STUDY_CHANGED;
}

/* Both lists are sorted by id, so that one walk pairs them. */
static struct changed_studies changed_studies(const struct base *before, const struct base *after,
                                              struct arena *arena)
{
    struct changed_studies changed = {
        .items =
            arena_array(arena, before->study_count + after->study_count, sizeof *changed.items)};
    struct buffer left = {0};
    struct buffer right = {0};
    size_t i = 0;
    size_t j = 0;
    while (i < before->study_count || j < after->study_count) {
        const struct study *one = i < before->study_count ? base_study_at(before, i) : NULL;
        const struct study *other = j < after->study_count ? base_study_at(after, j) : NULL;
        int order = one == NULL ? 1 : other == NULL ? -1 : strcmp(one->id, other->id);
        i += order <= 0;
        j += order >= 0;
        if (order < 0)
            other = NULL;
        if (order > 0)
            one = NULL;
        if (one != NULL && other != NULL && same_study(one, other, &left, &right))
            continue;
        changed.items[changed.count++] =
            (struct changed_study){.id = one != NULL ? one->id : other->id,
                                   .cause = cause_of(one, other),
                                   .before = one,
                                   .after = other};
    }
    buffer_release(&left);
    buffer_release(&right);
    return changed;
}

/* ---- why a question changed ---- */

struct comparison {
    const struct catalog *before;
    const struct catalog *after;
    struct changed_studies studies;
    const size_t **fed_before; /* by each of the studies; indexes of ratings, ended by SIZE_MAX */
    const size_t **fed_after;
    enum change_cause otherwise; /* where no study feeds it */
    struct arena *arena;
};

static bool is_fed(const struct catalog *catalog, const size_t *fed, const char *question)
{
    for (; fed != NULL && *fed != SIZE_MAX; fed++)
        if (strcmp(catalog_question(catalog, *fed)->id, question) == 0)
            return true;
    return false;
}

static void explain(const struct comparison *comparison, struct verdict_change *change)
{
    const struct changed_studies *studies = &comparison->studies;
    const char **named = arena_array(comparison->arena, studies->count + 1, sizeof *named);
    size_t count = 0;
    change->cause = comparison->otherwise;
    for (size_t i = 0; i < studies->count; i++) {
        if (!is_fed(comparison->before, comparison->fed_before[i], change->question) &&
            !is_fed(comparison->after, comparison->fed_after[i], change->question))
            continue;
        if (count == 0 || studies->items[i].cause < change->cause)
            change->cause = studies->items[i].cause;
        named[count++] = studies->items[i].id;
    }
    bool by_studies = comparison->otherwise < CHANGE_RULES;
    for (size_t i = 0; count == 0 && by_studies && i < studies->count && i < NAMED_MOST; i++)
        named[i] = studies->items[i].id;
    change->studies = named;
}

static bool same_documents(const struct base *one, const struct base *other)
{
    if (one->document_count != other->document_count)
        return false;
    for (size_t i = 0; i < one->document_count; i++) {
        const struct document *left = &one->documents[i];
        const struct document *right = &other->documents[i];
        if (strcmp(left->name, right->name) != 0 || left->length != right->length ||
            memcmp(left->text, right->text, left->length) != 0)
            return false;
    }
    return true;
}

/* A change that no changed study feeds: of the rules if those changed, else of values that studies
 * move together (the spread of control groups), else of the entries. */
static enum change_cause other_cause(const struct comparison *comparison)
{
    if (!same_documents(catalog_base(comparison->before), catalog_base(comparison->after)))
        return CHANGE_RULES;
    enum change_cause least = CHANGE_ENTRIES;
    for (size_t i = 0; i < comparison->studies.count; i++)
        if (comparison->studies.items[i].cause < least)
            least = comparison->studies.items[i].cause;
    return least;
}

/* ---- the walk ---- */

static bool is_change(const struct rating *before, const struct rating *after)
{
    return !feed_same_text(feed_verdict(before), feed_verdict(after)) ||
           !feed_same_text(feed_certainty(before), feed_certainty(after));
}

static void prepare(struct comparison *comparison)
{
    const struct catalog *before = comparison->before;
    const struct catalog *after = comparison->after;
    struct arena *arena = comparison->arena;
    struct changed_studies *studies = &comparison->studies;
    *studies = changed_studies(catalog_base(before), catalog_base(after), arena);
    comparison->fed_before = arena_array(arena, studies->count, sizeof(size_t *));
    comparison->fed_after = arena_array(arena, studies->count, sizeof(size_t *));
    for (size_t i = 0; i < studies->count; i++) {
        const struct changed_study *study = &studies->items[i];
        if (study->before != NULL)
            comparison->fed_before[i] = catalog_ratings_fed_by(before, study->before, arena);
        if (study->after != NULL)
            comparison->fed_after[i] = catalog_ratings_fed_by(after, study->after, arena);
    }
    comparison->otherwise = other_cause(comparison);
}

struct verdict_change *revision_compare(const struct catalog *before, const struct catalog *after,
                                        struct arena *arena, size_t *count)
{
    size_t left = catalog_rating_count(before);
    size_t right = catalog_rating_count(after);
    struct verdict_change *changes = arena_array(arena, left + right, sizeof *changes);
    struct comparison comparison = {.before = before, .after = after, .arena = arena};
    *count = 0;
    catalog_rate_all(before);
    catalog_rate_all(after);
    prepare(&comparison);
    for (size_t i = 0, j = 0; i < left || j < right;) {
        const struct rating *one = i < left ? catalog_rating(before, i) : NULL;
        const struct rating *other = j < right ? catalog_rating(after, j) : NULL;
        int order = one == NULL     ? 1
                    : other == NULL ? -1
                                    : strcmp(one->question.id, other->question.id);
        i += order <= 0;
        j += order >= 0;
        if (order < 0)
            other = NULL;
        if (order > 0)
            one = NULL;
        if (!is_change(one, other))
            continue;
        struct verdict_change *change = &changes[(*count)++];
        *change = (struct verdict_change){
            .question = arena_strdup(arena, one != NULL ? one->question.id : other->question.id),
            .before_verdict = feed_verdict(one),
            .before_certainty = feed_certainty(one),
            .after_verdict = feed_verdict(other),
            .after_certainty = feed_certainty(other),
        };
        explain(&comparison, change);
    }
    return changes;
}

/* ---- with a store ---- */

/* NULL with `err` unset where nothing was stored yet. */
static struct catalog *rate_stored(struct store *store, struct error *err)
{
    struct error empty = {0};
    struct store_stamp stored;
    if (!store_stamp(store, &stored, &empty)) {
        if (empty.kind != ERROR_NOT_FOUND)
            error_set(err, empty.kind, "%s", empty.message);
        return NULL;
    }
    struct arena *arena = arena_new();
    struct base base;
    struct catalog *catalog = NULL;
    const struct catalog_stamp stamp = {.hash = stored.hash, .changed = stored.changed};
    if (store_load_base(store, arena, &base, err))
        catalog = catalog_new(arena, &base, &stamp, err);
    if (catalog == NULL)
        arena_free(arena);
    return catalog;
}

/* *out is NULL where nothing is stored, and for what another version of this program stored and
 * this one cannot rate: that is no hindrance to storing what it can. */
static bool rate_if_possible(struct store *store, struct catalog **out, struct error *err)
{
    struct error failed = {0};
    *out = rate_stored(store, &failed);
    if (*out != NULL || failed.kind == ERROR_NONE || failed.kind == ERROR_INVALID)
        return true;
    return error_set(err, failed.kind, "%s", failed.message);
}

static bool is_of_stored(struct store *store, const struct catalog *catalog)
{
    struct error ignored = {0};
    struct store_stamp stored;
    return store_stamp(store, &stored, &ignored) &&
           strcmp(stored.hash, catalog_stamp(catalog)->hash) == 0;
}

bool revision_begin_with(struct revision *revision, struct store *store, struct catalog *before,
                         const char *actor, time_t now, struct error *err)
{
    *revision = (struct revision){.store = store, .actor = actor, .now = now};
    if (before != NULL && is_of_stored(store, before))
        revision->before = catalog_retain(before);
    else if (!rate_if_possible(store, &revision->before, err))
        return false;
    return revision->before == NULL ||
           feed_gap_fill(store, revision->before, actor, now, &revision->begun, err);
}

bool revision_begin(struct revision *revision, struct store *store, const char *actor, time_t now,
                    struct error *err)
{
    return revision_begin_with(revision, store, NULL, actor, now, err);
}

static void keep_texts(struct verdict_change *changes, size_t count, struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        changes[i].before_verdict = arena_strdup(arena, changes[i].before_verdict);
        changes[i].after_verdict = arena_strdup(arena, changes[i].after_verdict);
        const char **studies = (const char **)changes[i].studies; /* made above, ours */
        for (; *studies != NULL; studies++)
            *studies = arena_strdup(arena, *studies);
    }
}

/* The beginning of the feed. */
static bool begin_feed(struct revision *revision, struct error *err)
{
    struct catalog *first = NULL;
    if (!rate_if_possible(revision->store, &first, err))
        return false;
    bool good = first == NULL || feed_gap_fill(revision->store, first, revision->actor,
                                               revision->now, &revision->begun, err);
    catalog_release(first);
    return good;
}

static bool add_difference(struct revision *revision, const struct catalog *after,
                           struct verdict_change **changes, size_t *count, struct error *err)
{
    revision->arena = arena_new();
    *changes = revision_compare(revision->before, after, revision->arena, count);
    keep_texts(*changes, *count, revision->arena);
    return store_add_changes(revision->store, *changes, *count, revision->actor, revision->now,
                             err);
}

bool revision_end_with(struct revision *revision, const struct catalog *after,
                       struct verdict_change **changes, size_t *count, struct error *err)
{
    *changes = NULL;
    *count = 0;
    if (revision->before == NULL)
        return begin_feed(revision, err);
    if (after != NULL)
        return add_difference(revision, after, changes, count, err);
    struct catalog *rated = rate_stored(revision->store, err);
    if (rated == NULL)
        return false;
    bool good = add_difference(revision, rated, changes, count, err);
    catalog_release(rated);
    return good;
}

bool revision_end(struct revision *revision, struct verdict_change **changes, size_t *count,
                  struct error *err)
{
    return revision_end_with(revision, NULL, changes, count, err);
}

void revision_release(struct revision *revision)
{
    catalog_release(revision->before);
    arena_free(revision->arena);
    *revision = (struct revision){0};
}
