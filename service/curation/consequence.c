#include "service/curation/consequence.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "evidence/rating/oddities.h"
#include "service/api/shapes.h"

struct sides {
    const struct rating *before;
    const struct rating *after;
};

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool same_number(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

/* Verdict, certainty or what is told of the size. */
static bool has_moved(const struct sides *sides)
{
    const struct rating *before = sides->before;
    const struct rating *after = sides->after;
    if (before == NULL || after == NULL)
        return before != after;
    return !same_text(before->verdict, after->verdict) ||
           before->certainty.level != after->certainty.level ||
           !same_number(before->effect.estimate, after->effect.estimate) ||
           !same_number(before->effect.ci_low, after->effect.ci_low) ||
           !same_number(before->effect.ci_high, after->effect.ci_high);
}

static void put_side(struct json_writer *json, const char *key, const struct rating *rating)
{
    json_put_key(json, key);
    if (rating == NULL)
        json_put_nothing(json);
    else
        shape_rating_short(json, rating);
}

static void put_sides(struct json_writer *json, const struct sides *sides)
{
    const struct rating *any = sides->after != NULL ? sides->after : sides->before;
    json_begin_object(json);
    json_field_text(json, "question", any->question.id);
    json_field_truth(json, "moved", has_moved(sides));
    put_side(json, "before", sides->before);
    put_side(json, "after", sides->after);
    json_end_object(json);
}

/* By rating of one catalog: whether the study has results in it. */
static bool *fed_by(const struct catalog *catalog, const char *id, struct arena *arena)
{
    bool *fed = arena_array(arena, catalog_rating_count(catalog), sizeof *fed);
    const struct study *study = base_study(catalog_base(catalog), id);
    if (study == NULL)
        return fed;
    for (const size_t *at = catalog_ratings_fed_by(catalog, study, arena); *at != SIZE_MAX; at++)
        fed[*at] = true;
    return fed;
}

/* Both sides are sorted by question, so that one walk pairs them. */
static void put_ratings(struct json_writer *json, const struct catalog *before,
                        const struct catalog *after, const char *study, struct arena *arena)
{
    const bool *fed_before = fed_by(before, study, arena);
    const bool *fed_after = fed_by(after, study, arena);
    size_t i = 0;
    size_t j = 0;
    while (i < catalog_rating_count(before) || j < catalog_rating_count(after)) {
        const struct rating *one =
            i < catalog_rating_count(before) ? catalog_rating(before, i) : NULL;
        const struct rating *other =
            j < catalog_rating_count(after) ? catalog_rating(after, j) : NULL;
        int order = one == NULL     ? 1
                    : other == NULL ? -1
                                    : strcmp(one->question.id, other->question.id);
        struct sides sides = {order <= 0 ? one : NULL, order >= 0 ? other : NULL};
        bool fed = (order <= 0 && fed_before[i]) || (order >= 0 && fed_after[j]);
        i += order <= 0;
        j += order >= 0;
        if (fed || (one != other && has_moved(&sides)))
            put_sides(json, &sides);
    }
}

static void put_oddities(struct json_writer *json, const struct catalog *catalog, const char *study,
                         struct arena *arena)
{
    struct oddity *oddities = NULL;
    size_t count = oddities_find(catalog, arena, &oddities);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(oddities[i].study->id, study) != 0)
            continue;
        json_begin_object(json);
        json_field_text(json, "kind", oddity_names[oddities[i].kind]);
        json_field_count(json, "result", oddities[i].result);
        json_field_text(json, "question", oddities[i].question);
        json_field_text(json, "detail", oddities[i].detail);
        json_end_object(json);
    }
}

void shape_consequence(struct json_writer *json, const struct catalog *before,
                       const struct catalog *after, const char *study, struct arena *arena)
{
    json_field_array(json, "ratings");
    put_ratings(json, before, after, study, arena);
    json_end_array(json);
    json_field_array(json, "oddities");
    put_oddities(json, after, study, arena);
    json_end_array(json);
}
