/* What follows from one study's change, with everything else taken over. */
#include <math.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/review.h"

/* What the new base is beside the old one. */
struct change {
    const struct catalog *before;
    struct catalog *after;
    size_t place;            /* of the study that changed, … */
    const struct study *is;  /* … the study, … */
    const struct study *was; /* … and what stood there before; NULL: nothing, it was added */
    bool sd_moved;           /* the base-wide values, which every rating may lean on: … */
    bool course_moved;       /* … see leans_on_what_moved */
};

static const struct shelf *shelf_before(const struct base *base, struct arena *arena)
{
    return base->shelf != NULL ? base->shelf : shelf_of(base->studies, base->study_count, arena);
}

static void put_study(struct change *change, const struct study *study, struct arena *arena)
{
    const struct base *old = &change->before->base;
    struct base *new = &change->after->base;
    size_t was = base_study_place(old, study->id);
    if (was < old->study_count && strcmp(base_study_id(old, was), study->id) == 0)
        change->was = base_study_at(old, was);
    new->shelf = shelf_with(shelf_before(old, arena), study, arena);
    new->studies = NULL;
    new->study_count = shelf_count(new->shelf);
    change->is = study;
    change->place = base_study_place(new, study->id);
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

/* True if it is the same result of a study that did not change. */
static bool same_speaker(const struct change *change, const struct speaker *was,
                         const struct speaker *is)
{
    bool moved = change->was == NULL && is->study > change->place;
    return is->study != change->place && was->study + moved == is->study &&
           was->result == is->result;
}

static bool same_speakers(const struct change *change, const struct open_question *was,
                          const struct open_question *is)
{
    if (was->count != is->count)
        return false;
    for (size_t i = 0; i < is->count; i++)
        if (!same_speaker(change, &was->speakers[i], &is->speakers[i]))
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
static const struct rating *unchanged(const struct change *change,
                                      const struct open_question *question, size_t *at)
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
        !same_speakers(change, &before->questions[*at], question))
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
