#include "service/api/nearest.h"

#include <stdint.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/claim/curated_claim.h"
#include "evidence/judgement/language/names.h"

enum { FURTHEST = 64 };

static const char *const nobody[] = {NULL};

/* ---- a few names, the nearest first ---- */

struct near {
    const char *ids[NEAREST_MOST + 1];
    size_t distances[NEAREST_MOST + 1];
    size_t count;
};

/* Keeps an id behind those that are as near; what falls off the end is forgotten. */
static void keep(struct near *near, const char *id, size_t distance)
{
    size_t at = near->count;
    for (size_t i = 0; i < near->count; i++)
        if (strcmp(near->ids[i], id) == 0)
            return;
    for (; at > 0 && near->distances[at - 1] > distance; at--) {
        near->ids[at] = near->ids[at - 1];
        near->distances[at] = near->distances[at - 1];
    }
    near->ids[at] = id;
    near->distances[at] = distance;
    if (near->count < NEAREST_MOST)
        near->count++;
}

static const char *const *list_of(const struct near *near, struct arena *arena)
{
    const char **ids = arena_array(arena, near->count + 1, sizeof *ids);
    memcpy(ids, near->ids, near->count * sizeof *ids);
    return ids;
}

/* ---- entries ---- */

static size_t entry_count(const struct base *base, enum meaning meaning)
{
    return meaning == MEANING_INTERVENTION ? base->intervention_count
           : meaning == MEANING_CONDITION  ? base->condition_count
                                           : base->outcome_count;
}

static const char *entry_id(const struct base *base, enum meaning meaning, size_t index)
{
    return meaning == MEANING_INTERVENTION ? base->interventions[index].id
           : meaning == MEANING_CONDITION  ? base->conditions[index].id
                                           : base->outcomes[index].id;
}

/* Misspelt ids, of which the names may know nothing ("neck-mtr"): a letter in four may be wrong. */
static void keep_ids(const struct base *base, enum meaning meaning, const char *id,
                     struct near *near)
{
    size_t length = strlen(id);
    size_t most = length / 4;
    struct text_pattern pattern;
    text_pattern_init(&pattern, id, length);
    for (size_t i = 0; i < entry_count(base, meaning); i++) {
        const char *other = entry_id(base, meaning, i);
        size_t distance = text_distance(&pattern, other, strlen(other), most);
        if (distance <= most)
            keep(near, other, distance);
    }
}

const char *const *nearest_entries(const struct catalog *catalog, enum meaning meaning,
                                   const char *id, struct arena *arena)
{
    size_t count = 0;
    struct near near = {0};
    keep_ids(catalog_base(catalog), meaning, id, &near);
    const struct suggestion *named = names_nearest(catalog_lexicon(catalog), meaning, id,
                                                   strlen(id), NEAREST_MOST, arena, &count);
    for (size_t i = 0; i < count && near.count < NEAREST_MOST; i++)
        keep(&near, named[i].id, SIZE_MAX);
    return list_of(&near, arena);
}

const char *nearest_words(const char *const *names, struct arena *arena)
{
    const char *words = "";
    for (; *names != NULL; names++)
        words =
            arena_printf(arena, "%s%s%s", words, words[0] == '\0' ? "; nearest: " : ", ", *names);
    return words;
}

/* ---- questions ---- */

/* The questions of a pair, those whose ends (comparator.outcome.window) are nearest to `end` first.
 */
static const char *const *questions_of_pair(const struct catalog *catalog, const char *pair,
                                            size_t from, size_t count, const char *end,
                                            struct arena *arena)
{
    struct near near = {0};
    struct text_pattern pattern;
    text_pattern_init(&pattern, end, strlen(end));
    for (size_t i = 0; i < count; i++) {
        const char *id = catalog_question(catalog, from + i)->id;
        const char *its_end = id + strlen(pair);
        keep(&near, id, text_distance(&pattern, its_end, strlen(its_end), FURTHEST));
    }
    return list_of(&near, arena);
}

/* The text up to the first dot; `*rest` is what follows it, "" without one. */
static const char *segment(const char *text, const char **rest, struct arena *arena)
{
    size_t length = strcspn(text, ".");
    *rest = text[length] == '\0' ? text + length : text + length + 1;
    return arena_strndup(arena, text, length);
}

void nearest_question(const struct catalog *catalog, const char *id, struct arena *arena,
                      struct missing_question *out)
{
    const char *rest;
    const char *end;
    const struct base *base = catalog_base(catalog);
    const char *intervention = segment(id, &rest, arena);
    const char *condition = segment(rest, &end, arena);
    *out = (struct missing_question){"question", id, nobody};
    if (base_intervention(base, intervention) == NULL) {
        *out = (struct missing_question){
            "intervention", intervention,
            nearest_entries(catalog, MEANING_INTERVENTION, intervention, arena)};
    } else if (condition[0] != '\0' && base_condition(base, condition) == NULL) {
        *out = (struct missing_question){
            "condition", condition, nearest_entries(catalog, MEANING_CONDITION, condition, arena)};
    } else if (condition[0] != '\0') {
        size_t from = 0;
        size_t count = catalog_ratings_of(catalog, intervention, condition, &from);
        const char *pair = arena_printf(arena, "%s.%s.", intervention, condition);
        out->nearest = questions_of_pair(catalog, pair, from, count, end, arena);
    }
}

/* ---- claims ---- */

/* An id half typed or misspelt: a letter in four of what was typed may be wrong. */
static void keep_claims_begun(const struct curated_claims *claims, const char *id,
                              struct near *near)
{
    struct text_pattern pattern;
    text_pattern_init(&pattern, id, strlen(id));
    size_t most = pattern.length / 4;
    for (size_t i = 0; i < claims->count; i++) {
        const char *other = claims->items[i].id;
        size_t distance = text_prefix_distance(&pattern, other, strlen(other), most);
        if (distance <= most)
            keep(near, other, distance);
    }
}

static void keep_claims_about(const struct catalog *catalog, const char *intervention,
                              struct near *near)
{
    size_t count = 0;
    const struct intervention *one = base_intervention(catalog_base(catalog), intervention);
    const struct curated_claim *claims =
        one == NULL ? NULL : curated_claims_about(catalog, one, &count);
    for (size_t i = 0; i < count && near->count < NEAREST_MOST; i++)
        keep(near, claims[i].id, SIZE_MAX);
}

const char *const *nearest_claims(const struct catalog *catalog, const char *id,
                                  struct arena *arena)
{
    const char *rest;
    struct near near = {0};
    keep_claims_begun(curated_claims_of(catalog), id, &near);
    keep_claims_about(catalog, segment(id, &rest, arena), &near);
    return list_of(&near, arena);
}
