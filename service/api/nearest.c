#include "service/api/nearest.h"

#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/names.h"

enum { FURTHEST = 64 };

static const char *const nobody[] = {NULL};

const char *const *nearest_entries(const struct catalog *catalog, enum meaning meaning,
                                   const char *id, struct arena *arena)
{
    size_t count = 0;
    const struct suggestion *near = names_nearest(catalog_lexicon(catalog), meaning, id, strlen(id),
                                                  NEAREST_MOST, arena, &count);
    const char **names = arena_array(arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = near[i].id;
    return names;
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
    const char **names = arena_array(arena, NEAREST_MOST + 1, sizeof *names);
    size_t distances[NEAREST_MOST + 1];
    size_t kept = 0;
    struct text_pattern pattern;
    text_pattern_init(&pattern, end, strlen(end));
    for (size_t i = 0; i < count; i++) {
        const char *id = catalog_rating(catalog, from + i)->question.id;
        const char *its_end = id + strlen(pair);
        size_t distance = text_distance(&pattern, its_end, strlen(its_end), FURTHEST);
        size_t at = kept;
        for (; at > 0 && distances[at - 1] > distance; at--) {
            names[at] = names[at - 1];
            distances[at] = distances[at - 1];
        }
        names[at] = id;
        distances[at] = distance;
        if (kept < NEAREST_MOST)
            kept++;
    }
    names[kept] = NULL;
    return names;
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
