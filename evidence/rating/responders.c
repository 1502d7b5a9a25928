#include "evidence/rating/responders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/statistics/conversion.h"
#include "evidence/statistics/distribution.h"

const double RESPONDER_SHARE = 0.3;

/* The correlation of baseline and later pain that a missing SD of changes is made with (ours). */
static const double CHANGE_R = 0.5;

/* Four lists of what control groups tell. */
struct course_values {
    double *baseline;
    double *baseline_sd;
    double *fall;
    double *sd;
    size_t baseline_count;
    size_t baseline_sd_count;
    size_t fall_count;
    size_t sd_count;
};

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double median_of(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, by_value);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* A control group in the first weeks, on a scale that can be taken to that of the MID. */
static bool tells_course(const struct base *base, const struct result *result)
{
    const struct outcome *outcome = base_outcome(base, result->outcome);
    bool control = result->comparator_class == COMPARATOR_SHAM ||
                   result->comparator_class == COMPARATOR_NOTHING;
    return control && outcome != NULL && isfinite(outcome->mid.scale_low) &&
           isfinite(result->scale.low) && result->arm_count == 2 && result->ignored == NULL &&
           result->window == WINDOW_SHORT && isfinite(result->arms[1].baseline_mean);
}

/* What one control group tells, on the scale of the MID; NAN for what it does not. A scale on which
 * more is better tells nothing of how bad the pain is. */
static struct control_course course_of_group(const struct mid *mid, const struct result *result)
{
    const struct study_arm *arm = &result->arms[1];
    double factor = (mid->scale_high - mid->scale_low) / (result->scale.high - result->scale.low);
    double fall = isfinite(arm->change_mean) ? -arm->change_mean : arm->baseline_mean - arm->mean;
    double sd = isfinite(arm->change_sd) ? arm->change_sd
                                         : sd_of_change(arm->baseline_sd, arm->sd, CHANGE_R);
    if (result->better == BETTER_HIGHER)
        return (struct control_course){NAN, NAN, NAN, NAN, 0, false};
    return (struct control_course){.baseline = factor * (arm->baseline_mean - result->scale.low),
                                   .baseline_sd = factor * arm->baseline_sd,
                                   .fall = factor * fall,
                                   .fall_sd = sd > 0 ? factor * sd : (double)NAN};
}

static void add_course(const struct control_course *group, struct course_values *out)
{
    if (isfinite(group->baseline))
        out->baseline[out->baseline_count++] = group->baseline;
    if (group->baseline_sd > 0)
        out->baseline_sd[out->baseline_sd_count++] = group->baseline_sd;
    if (isfinite(group->fall))
        out->fall[out->fall_count++] = group->fall;
    if (isfinite(group->fall_sd))
        out->sd[out->sd_count++] = group->fall_sd;
}

/* Room for four lists of `most`, for the caller to free. */
static double *course_room(struct course_values *values, size_t most)
{
    double *room = memory_alloc(4 * most * sizeof *room);
    *values = (struct course_values){.baseline = room,
                                     .fall = room + most,
                                     .sd = room + 2 * most,
                                     .baseline_sd = room + 3 * most};
    return room;
}

static struct control_course middle_of(struct course_values *values)
{
    return (struct control_course){
        .baseline = median_of(values->baseline, values->baseline_count),
        .baseline_sd = median_of(values->baseline_sd, values->baseline_sd_count),
        .fall = median_of(values->fall, values->fall_count),
        .fall_sd = median_of(values->sd, values->sd_count),
        .groups = values->baseline_count,
    };
}

/* ---- of a base ---- */

struct control_groups {
    struct course_values values;
    double *room;
};

struct control_groups *control_groups_new(size_t most)
{
    struct control_groups *groups = memory_alloc(sizeof *groups);
    groups->room = course_room(&groups->values, most);
    return groups;
}

void control_groups_add(struct control_groups *groups, const struct base *base,
                        const struct study *study)
{
    for (size_t i = 0; !study->retracted && i < study->result_count; i++)
        if (tells_course(base, &study->results[i])) {
            const struct mid *mid = &base_outcome(base, study->results[i].outcome)->mid;
            struct control_course group = course_of_group(mid, &study->results[i]);
            add_course(&group, &groups->values);
            return;
        }
}

struct control_course control_groups_end(struct control_groups *groups)
{
    struct control_course course = middle_of(&groups->values);
    free(groups->room);
    free(groups);
    return course;
}

/* ---- of a rating's own trials ---- */

static bool tells_all(const struct control_course *course)
{
    return isfinite(course->baseline) && isfinite(course->fall) && isfinite(course->fall_sd);
}

static bool could_tell(const struct rated_study *entry)
{
    const struct result *result = entry->result;
    return entry->used && result != NULL && result->arm_count == 2 && isfinite(result->scale.low);
}

struct control_course control_course_of_trials(const struct rating *rating)
{
    const struct body *body = &rating->body;
    const struct mid *mid = &rating->question.outcome->mid;
    struct course_values values;
    struct control_course course = {NAN, NAN, NAN, NAN, 0, true};
    if (rating->synthesis.basis != BASIS_TRIALS || isnan(mid->scale_low))
        return course;
    double *room = course_room(&values, body->count);
    for (size_t i = 0; i < body->count; i++) {
        if (!could_tell(&body->studies[i]))
            continue;
        struct control_course group = course_of_group(mid, body->studies[i].result);
        if (tells_all(&group))
            add_course(&group, &values);
    }
    if (values.baseline_count > 0 && 2 * values.baseline_count >= body->used) {
        course = middle_of(&values);
        course.own = true;
    }
    free(room);
    return course;
}

/* The course that the model takes: that of its trials, else that of the base. */
static struct control_course course_for(const struct rating *rating,
                                        const struct control_course *of_base)
{
    struct control_course own = control_course_of_trials(rating);
    if (own.groups > 0)
        return own;
    return rating->question.comparator_class == COMPARATOR_ACTIVE ? own : *of_base;
}

/* A benefit in points of the MID's scale; NAN where it cannot be told in them. */
static double in_points(const struct rating *rating, double benefit)
{
    if (isnan(rating->question.outcome->mid.scale_low))
        return NAN;
    if (rating->synthesis.scale == BODY_POINTS)
        return benefit;
    return rating->synthesis.scale == BODY_SMD ? benefit * rating->synthesis.reference_sd
                                               : (double)NAN;
}

static double share_reached(const struct control_course *course, double benefit)
{
    return 100 * normal_cdf((course->fall + benefit - RESPONDER_SHARE * course->baseline) /
                            course->fall_sd);
}

struct responders responders_of(const struct rating *rating, const struct control_course *course)
{
    struct responders out = {.course = course_for(rating, course)};
    const struct weighed *weighed = &rating->effect.weighed;
    if (!rating_has_figure(rating) || rating->question.outcome->kind == OUTCOME_HARM)
        return out;
    out.without = share_reached(&out.course, 0);
    out.with = share_reached(&out.course, in_points(rating, weighed->benefit));
    out.with_low = share_reached(&out.course, in_points(rating, weighed->low));
    out.with_high = share_reached(&out.course, in_points(rating, weighed->high));
    out.known = isfinite(out.without) && isfinite(out.with) && isfinite(out.with_low) &&
                isfinite(out.with_high);
    return out;
}
