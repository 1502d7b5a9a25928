#include "evidence/judgement/stop/stop_expected.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/kept_headlines.h"

_Static_assert((int)STOP_PACES_MOST <= (int)RECOVERY_PACES_MOST,
               "every pace of the book has a place");

/* How far a person's start may scale what others' scores did. */
static const double LEAST_SCALING = 0.5;
static const double MOST_SCALING = 1.5;
/* Between people, after the error of measuring is taken out, at least this share of what was seen.
 */
static const double LEAST_SPREAD = 0.5;

bool stop_has_course(const struct base *base, const struct outcome *outcome)
{
    const struct stop_outcome *row =
        stop_model_outcome(&base_rulebooks(base)->stop_model, outcome->id);
    return row != NULL && row->has_course;
}

/* ---- the course of others ---- */

/* The fall that a point of a course tells, on 0 to 10; NAN where it tells none. */
static double fall_at(const struct course *course, const struct course_point *point)
{
    double factor = 10 / (course->scale.high - course->scale.low);
    if (isfinite(point->change_mean))
        return -factor * point->change_mean;
    for (size_t i = 0; i < course->point_count; i++) {
        const struct course_point *first = &course->points[i];
        if (first->days == 0 && strcmp(first->group, point->group) == 0)
            return factor * (first->mean - point->mean);
    }
    return NAN;
}

/* A group that was treated, or scored something else than pain, is no course of pain untreated. */
static bool is_untreated_pain(const struct course_point *point)
{
    return strcmp(point->group, "treated") != 0 && strcmp(point->group, "disability") != 0;
}

static bool is_course(const struct course *course, const char *condition)
{
    return strcmp(course->condition, condition) == 0 &&
           (course->what == COURSE_NATURAL || course->what == COURSE_CONTROL_ARM) &&
           isfinite(course->scale.low) && isfinite(course->scale.high);
}

struct expected {
    const struct course *course;
    double fall;
    double fall_sd; /* NAN: not told */
    double start;   /* of those people, NAN */
    double day;
};

static double start_of(const struct course *course, const struct course_point *point)
{
    double factor = 10 / (course->scale.high - course->scale.low);
    for (size_t i = 0; i < course->point_count; i++)
        if (course->points[i].days == 0 && strcmp(course->points[i].group, point->group) == 0)
            return factor * course->points[i].mean;
    return NAN;
}

/* A course told for another time than the trial's end is of use from half of it to four times it.
 */
static const double EARLIEST_COURSE = 0.5;
static const double LATEST_COURSE = 4;

static double times_off(double day, double trial_days)
{
    return fabs(log(day / trial_days));
}

/* The point of the course whose time is nearest to the end of the trial. */
static void take_nearest(const struct course *course, double trial_days, struct expected *best)
{
    for (size_t i = 0; i < course->point_count; i++) {
        const struct course_point *point = &course->points[i];
        double fall = fall_at(course, point);
        if (!(point->days >= trial_days * EARLIEST_COURSE &&
              point->days <= trial_days * LATEST_COURSE) ||
            isnan(fall) || !is_untreated_pain(point))
            continue;
        if (best->course != NULL &&
            times_off(point->days, trial_days) >= times_off(best->day, trial_days))
            continue;
        *best = (struct expected){
            .course = course,
            .fall = fall,
            .fall_sd = 10 / (course->scale.high - course->scale.low) * point->change_sd,
            .start = start_of(course, point),
            .day = point->days,
        };
    }
}

/* How much of a fall that is told for a day has come by the trial's end: the paces are shares of
 * that day, as they are of the trial. */
static double come_by(const struct stop_model *model, double trial_days, double day)
{
    double share = 0;
    for (size_t i = 0; i < model->pace_count; i++) {
        double tau = model->paces[i].share_of_trial * day;
        share += model->paces[i].weight * expm1(-trial_days / tau) / expm1(-day / tau);
    }
    return share;
}

/* Of a condition: rows meant for this first, then any that tell the course. */
static bool course_of(const struct courses *courses, const char *condition, double trial_days,
                      struct expected *out)
{
    for (int meant = 1; meant >= 0 && out->course == NULL; meant--)
        for (size_t i = 0; i < courses->count; i++)
            if (courses->items[i].for_prior == (meant == 1) &&
                is_course(&courses->items[i], condition))
                take_nearest(&courses->items[i], trial_days, out);
    return out->course != NULL;
}

static bool course_of_kin(const struct base *base, const struct condition *condition,
                          double trial_days, struct expected *out)
{
    const struct courses *courses = &base_rulebooks(base)->courses;
    if (course_of(courses, condition->id, trial_days, out))
        return true;
    for (const char *const *id = condition->parents; *id != NULL; id++) {
        const struct condition *parent = base_condition(base, *id);
        if (parent != NULL && course_of_kin(base, parent, trial_days, out))
            return true;
    }
    return false;
}

/* ---- what the treatment adds ---- */

/* How many points of 0 to 10 a unit of the rating's effect is; NAN where the base has no such
 * figure, or one against another treatment. */
static double points_of(const struct rating *rating)
{
    const struct synthesis *synthesis = &rating->synthesis;
    if (synthesis->basis < BASIS_TRIALS || rating->question.comparator_class == COMPARATOR_ACTIVE)
        return NAN;
    if (synthesis->scale == BODY_POINTS)
        return 1;
    return synthesis->scale == BODY_SMD ? synthesis->reference_sd : (double)NAN;
}

/* What the treatment adds, and how unsure that is: its 95 % interval is 3.92 standard errors wide
 * (Cochrane Handbook 6.5.2.2). */
static void settle_effect(const struct catalog *catalog, const struct diary *diary,
                          const struct outcome *outcome, struct arena *arena, struct stop_plan *out)
{
    if (!stop_has_course(catalog_base(catalog), outcome))
        return;
    const struct headline *headline =
        kept_headline(catalog, diary->intervention, diary->condition, outcome, arena);
    if (headline->rating == NULL)
        return;
    const struct weighed *weighed = &headline->rating->effect.weighed;
    double points = points_of(headline->rating);
    double error = points * (weighed->high - weighed->low) / 3.92;
    if (!isfinite(points * weighed->benefit))
        return;
    out->effect = points * weighed->benefit;
    out->effect_error = isfinite(error) ? error : 0;
    out->rating = headline->rating;
}

static void settle_paces(const struct stop_model *model, struct stop_plan *out)
{
    out->prior.pace_count = model->pace_count;
    for (size_t i = 0; i < model->pace_count; i++) {
        out->prior.taus[i] = model->paces[i].share_of_trial * out->trial_days;
        out->prior.weights[i] = model->paces[i].weight;
        out->come[i] = expm1(-out->prior.fall_day / out->prior.taus[i]);
    }
}

/* Falls go with the level that they begin at: a start of 3 does not fall by what 6 falls. */
static double scaling(double start, double of_others)
{
    if (!(of_others > 0))
        return 1;
    return fmin(MOST_SCALING, fmax(LEAST_SCALING, start / of_others));
}

/* Of one score of anybody, on 0 to 10. */
static double usual_error(const struct stop_plan *plan)
{
    return 10 * plan->error->share_of_scale;
}

/* Between people, once the error of measuring twice is taken out of what was seen. */
static double spread_between(double seen, double error)
{
    double between = seen * seen - 2 * error * error;
    return sqrt(fmax(between, seen * seen * LEAST_SPREAD * LEAST_SPREAD));
}

/* A level that is drawn towards where others begin. The spread of starts is taken as trials saw it,
 * the error of a score and all: whoever writes a diary has passed no trial's threshold, so that
 * people here differ more than there. */
static void settle_level_before(const struct control_course *wide, double others,
                                struct stop_plan *out)
{
    if (isfinite(wide->baseline_sd) && isfinite(others)) {
        out->prior.start = others;
        out->prior.start_sd = wide->baseline_sd;
    }
    out->level_before = recovery_level_before(&out->prior, out->start, out->start_count);
}

static void settle_course(const struct catalog *catalog, const struct diary *diary,
                          const struct stop_model *model, struct stop_plan *out)
{
    const struct control_course *wide = &catalog_reference(catalog)->course;
    struct expected expected = {
        .fall = wide->fall, .start = wide->baseline, .day = model->course_days};
    course_of_kin(catalog_base(catalog), diary->condition, out->trial_days, &expected);
    double others = isnan(expected.start) ? wide->baseline : expected.start;
    settle_level_before(wide, others, out);
    double scale = scaling(out->level_before, others);
    double come = scale * come_by(model, out->trial_days, expected.day);
    double seen =
        expected.course != NULL && isfinite(expected.fall_sd) ? expected.fall_sd : wide->fall_sd;
    double spread = come * spread_between(seen, usual_error(out));
    double error = scale * out->effect_error;
    out->course = expected.course;
    out->control_fall = come * expected.fall;
    out->prior.fall = out->control_fall + scale * out->effect;
    out->prior.fall_sd = sqrt(spread * spread + error * error);
    out->knows_course = isfinite(out->prior.fall) && isfinite(out->prior.fall_sd);
}

/* ---- the error of a score ---- */

/*
 * What is known of others, and how far this person's scores jumped before the first session: half
 * the mean square of successive differences (von Neumann 1941), which a trend hardly moves, beside
 * the usual error with the weight of so many differences. Later scores are not asked. Whatever
 * measures their scatter is the same when all of them are a point higher; if besides it may not
 * grow where a single score rises, so that the chance of the goal never does, it can only be
 * constant.
 */
static double error_of(const struct stop_model *model, const struct stop_plan *plan)
{
    double usual = usual_error(plan);
    double differences = (double)plan->start_count - 1;
    return sqrt((model->error_weight * usual * usual + plan->start_scatter) /
                (model->error_weight + differences));
}

/* Where nobody knows what to expect, nothing is expected, give or take much: the scores decide. */
static void settle_prior(const struct catalog *catalog, const struct diary *diary,
                         const struct outcome *outcome, struct stop_plan *out)
{
    const struct base *base = catalog_base(catalog);
    const struct stop_model *model = &base_rulebooks(base)->stop_model;
    out->prior.error_sd = error_of(model, out);
    out->prior.fall_day = out->trial_days;
    out->prior.start_sd = INFINITY;
    out->level_before = out->start;
    if (stop_has_course(base, outcome))
        settle_course(catalog, diary, model, out);
    if (out->knows_course)
        return;
    out->course = NULL;
    out->control_fall = NAN;
    out->prior.start_sd = INFINITY;
    out->level_before = out->start;
    out->prior.fall = out->effect;
    out->prior.fall_sd = 10 * model->unknown_spread;
}

void stop_expect(const struct catalog *catalog, const struct diary *diary,
                 const struct outcome *outcome, struct arena *arena, struct stop_plan *plan)
{
    settle_effect(catalog, diary, outcome, arena, plan);
    settle_prior(catalog, diary, outcome, plan);
    settle_paces(&base_rulebooks(catalog_base(catalog))->stop_model, plan);
}

double stop_plan_without(const struct stop_plan *plan, double day)
{
    const struct recovery_prior *prior = &plan->prior;
    double fall = 0;
    if (!plan->knows_course)
        return NAN;
    for (size_t i = 0; i < prior->pace_count; i++)
        fall +=
            prior->weights[i] * plan->control_fall * expm1(-day / prior->taus[i]) / plan->come[i];
    return fmax(0, plan->level_before - fall);
}
