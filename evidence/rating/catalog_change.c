/* What follows from one study's change, with everything else taken over. */
#include <math.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/review.h"

/* The studies of the new base beside those they were, NULL for the one that changed. */
struct change {
    const struct catalog *before;
    struct catalog *after;
    const struct study **were;
    const struct study *is;  /* the one that changed, … */
    const struct study *was; /* … and what stood in its place; NULL: nothing */
    bool sd_moved;           /* the base-wide values, which every rating may lean on: … */
    bool course_moved;       /* … see leans_on_what_moved */
};

/* Where the study stands, or would stand, among those sorted by id. */
static size_t place_of(const struct base *base, const char *id)
{
    size_t low = 0;
    size_t high = base->study_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(base->studies[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_study(struct change *change, const struct study *study, struct arena *arena)
{
    const struct base *old = &change->before->base;
    size_t place = place_of(old, study->id);
    bool replaces = place < old->study_count && strcmp(old->studies[place].id, study->id) == 0;
    size_t count = old->study_count + (replaces ? 0 : 1);
    struct study *studies = arena_array(arena, count, sizeof *studies);
    change->were = arena_array(arena, count, sizeof *change->were);
    for (size_t i = 0; i < count; i++) {
        size_t was = i - (i > place && !replaces ? 1 : 0);
        studies[i] = i == place ? *study : old->studies[was];
        change->were[i] = i == place ? NULL : &old->studies[was];
    }
    change->is = &studies[place];
    change->was = replaces ? &old->studies[place] : NULL;
    change->after->base.studies = studies;
    change->after->base.study_count = count;
}

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_course(const struct control_course *a, const struct control_course *b)
{
    return same_number(a->baseline, b->baseline) && same_number(a->fall, b->fall) &&
           same_number(a->fall_sd, b->fall_sd) && a->groups == b->groups;
}

static bool same_member(const struct change *change, const struct member *was,
                        const struct member *is)
{
    size_t index = (size_t)(is->study - change->after->base.studies);
    return change->were[index] == was->study && was->count == is->count;
}

static bool same_members(const struct change *change, const struct gathered *was,
                         const struct gathered *is)
{
    if (was->count != is->count)
        return false;
    for (size_t i = 0; i < is->count; i++)
        if (!same_member(change, &was->members[i], &is->members[i]))
            return false;
    return true;
}

/* Where the course was not known, what leans on it could not be told and may be now. */
static bool course_known(const struct change *change)
{
    const struct control_course *course = &change->before->context.reference.course;
    return isfinite(course->baseline) && isfinite(course->fall) && isfinite(course->fall_sd);
}

/* A review that answers tells which of its trials were retracted since. */
static bool tells_of_it(const struct change *change, const struct rating *rating)
{
    const struct study *review = rating->synthesis.adopted;
    return review != NULL && (review_pooled(review, change->is) ||
                              (change->was != NULL && review_pooled(review, change->was)));
}

static bool leans_on_what_moved(const struct change *change, const struct rating *rating)
{
    return tells_of_it(change, rating) ||
           (change->sd_moved && rating->synthesis.reference_is_base_wide) ||
           (change->course_moved && (rating->responders.known || !course_known(change)));
}

/* The rating that stands unchanged, NULL where it has to be made again. `at` walks the old ones,
 * which are sorted as the new ones are. */
static const struct rating *unchanged(const struct change *change, const struct gathered *question,
                                      size_t *at)
{
    const struct catalog *before = change->before;
    while (*at < before->count &&
           strcmp(before->questions[*at].question.id, question->question.id) < 0)
        (*at)++;
    if (*at == before->count ||
        strcmp(before->questions[*at].question.id, question->question.id) != 0)
        return NULL;
    const struct rating *rating = catalog_made(before, *at);
    if (leans_on_what_moved(change, rating) ||
        !same_members(change, &before->questions[*at], question))
        return NULL;
    return rating;
}

/* Those that have to be made again are made when they are asked for. */
static void keep_unchanged(struct change *change)
{
    struct catalog *after = change->after;
    catalog_rate_all(change->before);
    for (size_t i = 0, at = 0; i < after->count; i++) {
        const struct rating *rating = unchanged(change, &after->questions[i], &at);
        atomic_init(&after->made.items[i], rating);
        after->made.missing -= rating != NULL;
    }
}

/* What the new one takes over as it is. */
static struct catalog *heir_of(struct catalog *before, const struct catalog_stamp *stamp,
                               struct arena *arena)
{
    struct catalog *after = arena_alloc(arena, sizeof *after);
    after->arena = arena;
    after->before = catalog_build_on(before);
    after->base = before->base;
    after->dataset = before->dataset;
    after->ruleset = before->ruleset;
    after->overrides = before->overrides;
    after->rules = before->rules;
    after->others = before->others;
    after->other_count = before->other_count;
    after->lexicon = before->lexicon;
    after->stamp =
        (struct catalog_stamp){.hash = arena_strdup(arena, stamp->hash), .changed = stamp->changed};
    return after;
}

struct catalog *catalog_with_study(struct catalog *before, const struct study *study,
                                   const struct catalog_stamp *stamp, struct arena *arena)
{
    struct catalog *after = heir_of(before, stamp, arena);
    struct change change = {.before = before, .after = after};
    put_study(&change, study, arena);
    catalog_gather(after);
    catalog_share(after);
    const struct reference_values *were = &before->context.reference;
    const struct reference_values *are = &after->context.reference;
    change.sd_moved = !same_number(were->pain_control_sd, are->pain_control_sd);
    change.course_moved = !same_course(&were->course, &are->course);
    keep_unchanged(&change);
    return after;
}
