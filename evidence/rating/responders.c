#include "evidence/rating/responders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/statistics/conversion.h"
#include "evidence/statistics/distribution.h"

const double RESPONDER_SHARE = 0.3;

/* The correlation of baseline and later pain that a missing SD of changes is made with (ours). */
static const double CHANGE_R = 0.5;

/* Three lists of what control groups tell. */
struct course_values {
    double *baseline;
    double *fall;
    double *sd;
    size_t baseline_count;
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

static void add_course(const struct base *base, const struct result *result,
                       struct course_values *out)
{
    const struct mid *mid = &base_outcome(base, result->outcome)->mid;
    const struct study_arm *arm = &result->arms[1];
    double factor = (mid->scale_high - mid->scale_low) / (result->scale.high - result->scale.low);
    double fall = isfinite(arm->change_mean) ? -arm->change_mean : arm->baseline_mean - arm->mean;
    double sd = isfinite(arm->change_sd) ? arm->change_sd
                                         : sd_of_change(arm->baseline_sd, arm->sd, CHANGE_R);
    if (result->better == BETTER_HIGHER)
        return;
    out->baseline[out->baseline_count++] = factor * (arm->baseline_mean - result->scale.low);
    if (isfinite(fall))
        out->fall[out->fall_count++] = factor * fall;
    if (isfinite(sd) && sd > 0)
        out->sd[out->sd_count++] = factor * sd;
}

static void add_study(const struct base *base, const struct study *study, struct course_values *out)
{
    for (size_t i = 0; !study->retracted && i < study->result_count; i++)
        if (tells_course(base, &study->results[i])) {
            add_course(base, &study->results[i], out);
            return; /* one a study */
        }
}

struct control_course control_course_of(const struct base *base)
{
    double *room = memory_alloc(3 * base->study_count * sizeof *room);
    struct course_values values = {
        .baseline = room, .fall = room + base->study_count, .sd = room + 2 * base->study_count};
    for (size_t i = 0; i < base->study_count; i++)
        add_study(base, &base->studies[i], &values);
    struct control_course course = {
        .baseline = median_of(values.baseline, values.baseline_count),
        .fall = median_of(values.fall, values.fall_count),
        .fall_sd = median_of(values.sd, values.sd_count),
        .groups = values.baseline_count,
    };
    free(room);
    return course;
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
    struct responders out = {.course = *course};
    const struct weighed *weighed = &rating->effect.weighed;
    if (rating->synthesis.basis < BASIS_TRIALS || rating->question.outcome->kind == OUTCOME_HARM)
        return out;
    out.without = share_reached(course, 0);
    out.with = share_reached(course, in_points(rating, weighed->benefit));
    out.with_low = share_reached(course, in_points(rating, weighed->low));
    out.with_high = share_reached(course, in_points(rating, weighed->high));
    out.known = isfinite(out.without) && isfinite(out.with) && isfinite(out.with_low) &&
                isfinite(out.with_high);
    return out;
}
