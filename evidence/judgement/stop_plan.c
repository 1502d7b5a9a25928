#include "evidence/judgement/stop_plan.h"

#include <math.h>
#include <string.h>

_Static_assert((int)STOP_PACES_MOST <= (int)RECOVERY_PACES_MOST,
               "every pace of the book has a place");

/* How far a person's start may scale what others' scores did. */
static const double LEAST_SCALING = 0.5;
static const double MOST_SCALING = 1.5;
/* Between people, after the error of measuring is taken out, at least this share of what was seen.
 */
static const double LEAST_SPREAD = 0.5;
/* The exposure after which it may be judged, as a share of a trial whose length the base names. */
static const double LEAST_SHARE = 1.0 / 3;

/* ---- the start ---- */

static bool counts(const struct diary_score *score, const struct outcome *outcome)
{
    return score->outcome == outcome;
}

/* The first score of an outcome within the days that make the start, and the last one before them;
 * NULL where there are none. */
struct start_scores {
    const struct diary_score *older;
    const struct diary_score *first_later; /* the first one after the start */
    double sum;
    size_t count;
};

static struct start_scores start_scores(const struct diary *diary, const struct outcome *outcome,
                                        double days)
{
    struct start_scores found = {0};
    for (size_t i = 0; i < diary->score_count; i++) {
        const struct diary_score *score = &diary->scores[i];
        if (!counts(score, outcome))
            continue;
        if (score->day > 0) {
            found.first_later = score;
            break;
        }
        if (score->day < -days) {
            found.older = score;
            continue;
        }
        found.sum += score->level;
        found.count++;
    }
    return found;
}

/* The mean of the scores of the last days up to the first session; where there are none the last
 * older one, else the first later one stands in. */
static void settle_start(const struct stop_model *model, const struct diary *diary,
                         const struct outcome *outcome, struct stop_plan *out)
{
    struct start_scores found = start_scores(diary, outcome, model->start_days);
    out->start_count = found.count > 0 ? found.count : 1;
    if (found.count > 0)
        out->start = found.sum / (double)found.count;
    else if (found.older != NULL)
        out->start = found.older->level;
    else
        out->stand_in = found.first_later;
    if (out->stand_in != NULL)
        out->start = out->stand_in->level;
}

/* ---- the trial ---- */

static bool names_it(const struct stop_rule *rule, const char *intervention)
{
    return rule->interventions[0] != NULL && stop_rule_is_for(rule, intervention);
}

/* More is more particular; 0: the rule says nothing of how long this is tried. */
static int fit_of(const struct stop_rule *rule, const struct base *base, const struct diary *diary)
{
    bool tells = rule->trial_days > 0 || rule->trial_sessions > 0;
    bool kind = rule->kind == STOP_TRIAL_LENGTH || rule->kind == STOP_NO_BENEFIT;
    if (!tells || !kind || rule->superseded_by != NULL ||
        !names_it(rule, diary->intervention->id) ||
        !stop_rule_is_about(rule, base, diary->condition->id))
        return 0;
    return (rule->kind == STOP_TRIAL_LENGTH ? 2 : 1) + (rule->conditions[0] != NULL ? 4 : 0);
}

static const struct stop_rule *trial_rule(const struct catalog *catalog, const struct diary *diary)
{
    const struct base *base = catalog_base(catalog);
    const struct stop_rules *rules = &base_rulebooks(base)->stop_rules;
    const struct stop_rule *best = NULL;
    int best_fit = 0;
    for (size_t i = 0; i < rules->count; i++) {
        int fit = fit_of(&rules->items[i], base, diary);
        if (fit > best_fit) {
            best = &rules->items[i];
            best_fit = fit;
        }
    }
    return best;
}

static void settle_trial(const struct catalog *catalog, const struct diary *diary,
                         const struct outcome *outcome, struct stop_plan *out)
{
    const struct stop_model *model = &base_rulebooks(catalog_base(catalog))->stop_model;
    const struct stop_trial *rest = stop_model_trial(model, outcome->id);
    const struct stop_rule *rule = trial_rule(catalog, diary);
    out->trial_rule = rule;
    out->trial_rest = rest;
    out->trial_days = rest->days;
    out->trial_sessions = COUNT_UNKNOWN;
    out->least_days = rest->least_days;
    out->least_sessions = rest->least_sessions;
    if (rule != NULL && rule->trial_days > 0) {
        out->trial_days = rule->trial_days;
        out->least_days = rule->trial_days * LEAST_SHARE;
    }
    if (rule != NULL && rule->trial_sessions > 0) {
        out->trial_sessions = rule->trial_sessions;
        if (rule->trial_sessions < out->least_sessions)
            out->least_sessions = rule->trial_sessions;
    }
    out->trial_is_own = !isnan(diary->trial_days) || diary->trial_sessions != COUNT_UNKNOWN;
    if (!isnan(diary->trial_days)) {
        out->trial_days = diary->trial_days;
        out->least_days = fmin(out->least_days, diary->trial_days * LEAST_SHARE);
    }
    if (diary->trial_sessions != COUNT_UNKNOWN)
        out->trial_sessions = diary->trial_sessions;
}

/* ---- the goal ---- */

/* A row tells the change that matters on what the scores are told by. */
static bool is_goal(const struct threshold *row, const struct stop_instrument *instrument,
                    const struct outcome *outcome)
{
    bool matters = row->kind == THRESHOLD_MCID || row->kind == THRESHOLD_MID;
    return matters && strcmp(row->outcome, outcome->id) == 0 && isfinite(row->absolute) &&
           isfinite(row->scale.low) && row->instrument != NULL &&
           strcmp(row->instrument, instrument->names[0]) == 0;
}

static bool is_about(const struct threshold *row, const struct base *base,
                     const struct condition *condition)
{
    for (const char *const *id = row->conditions; *id != NULL; id++)
        if (base_condition_descends(base, condition->id, *id) ||
            base_condition_descends(base, *id, condition->id))
            return true;
    return row->conditions[0] == NULL;
}

static double share_of(const struct threshold *row)
{
    return row->absolute / (row->scale.high - row->scale.low);
}

/* The change that matters to a person with this complaint on the questionnaire that was filled in;
 * of several the largest, which is least likely to be noise. NULL: nobody knows. */
static const struct threshold *mcid_of(const struct base *base, const struct diary *diary,
                                       const struct outcome *outcome,
                                       const struct diary_scale *scale)
{
    const struct thresholds *book = &base_rulebooks(base)->thresholds;
    const struct threshold *best = NULL;
    for (size_t i = 0; scale->instrument != NULL && i < book->count; i++) {
        const struct threshold *row = &book->items[i];
        if (is_goal(row, scale->instrument, outcome) && is_about(row, base, diary->condition) &&
            (best == NULL || share_of(row) > share_of(best)))
            best = row;
    }
    return best;
}

static const struct diary_scale *scale_of(const struct diary *diary, const struct outcome *outcome)
{
    for (size_t i = 0; i < diary->score_count; i++)
        if (counts(&diary->scores[i], outcome))
            return diary->scores[i].scale;
    return diary->scale;
}

/* What is known of how pain goes on, and of how far treatments relieve it, holds for the outcome.
 */
static bool has_course(const struct base *base, const struct outcome *outcome)
{
    const struct stop_outcome *row =
        stop_model_outcome(&base_rulebooks(base)->stop_model, outcome->id);
    return row != NULL && row->has_course;
}

/* A share of the start, or what a questionnaire's threshold says; never less than a share of the
 * scale, below which a change can hardly be told from the error of a score. */
static void settle_goal(const struct catalog *catalog, const struct diary *diary,
                        const struct outcome *outcome, struct stop_plan *out)
{
    const struct base *base = catalog_base(catalog);
    const struct stop_goal *goal = &base_rulebooks(base)->stop_model.goal;
    double least = 10 * goal->least_share_of_scale;
    double fall = out->start * goal->share;
    out->goal_is_of_pain = has_course(base, outcome);
    out->goal_note = out->goal_is_of_pain ? goal->note : goal->other_note;
    if (!out->goal_is_of_pain)
        out->goal_from = mcid_of(base, diary, outcome, scale_of(diary, outcome));
    if (out->goal_from != NULL) {
        fall = 10 * share_of(out->goal_from);
        out->goal_note = fall < least ? goal->floor_note : out->goal_from->note;
    }
    out->line = fmax(0, out->start - fmax(fall, least));
}

/* ---- what is expected ---- */

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
    if (!has_course(catalog_base(catalog), outcome))
        return;
    const struct headline *headline =
        catalog_headline(catalog, diary->intervention, diary->condition, outcome, arena);
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
    }
}

/* Falls go with the level that they begin at: a start of 3 does not fall by what 6 falls. */
static double scaling(double start, double of_others)
{
    if (!(of_others > 0))
        return 1;
    return fmin(MOST_SCALING, fmax(LEAST_SCALING, start / of_others));
}

/* Between people, once the error of measuring twice is taken out of what was seen. */
static double spread_between(double seen, double error)
{
    double between = seen * seen - 2 * error * error;
    return sqrt(fmax(between, seen * seen * LEAST_SPREAD * LEAST_SPREAD));
}

static void settle_course(const struct catalog *catalog, const struct diary *diary,
                          const struct stop_model *model, struct stop_plan *out)
{
    const struct control_course *wide = &catalog_reference(catalog)->course;
    struct expected expected = {
        .fall = wide->fall, .start = wide->baseline, .day = model->course_days};
    course_of_kin(catalog_base(catalog), diary->condition, out->trial_days, &expected);
    double factor = scaling(out->start, isnan(expected.start) ? wide->baseline : expected.start) *
                    come_by(model, out->trial_days, expected.day);
    double seen =
        expected.course != NULL && isfinite(expected.fall_sd) ? expected.fall_sd : wide->fall_sd;
    double spread = factor * spread_between(seen, out->prior.error_sd);
    out->course = expected.course;
    out->control_fall = factor * expected.fall;
    out->prior.fall = out->control_fall + out->effect;
    out->prior.fall_sd = sqrt(spread * spread + out->effect_error * out->effect_error);
    out->knows_course = isfinite(out->prior.fall) && isfinite(out->prior.fall_sd);
}

/* Where nobody knows what to expect, nothing is expected, give or take much: the scores decide. */
static void settle_prior(const struct catalog *catalog, const struct diary *diary,
                         const struct outcome *outcome, struct stop_plan *out)
{
    const struct base *base = catalog_base(catalog);
    const struct stop_model *model = &base_rulebooks(base)->stop_model;
    out->prior.error_sd = 10 * out->error->share_of_scale;
    out->prior.fall_day = out->trial_days;
    if (has_course(base, outcome))
        settle_course(catalog, diary, model, out);
    if (out->knows_course)
        return;
    out->course = NULL;
    out->control_fall = NAN;
    out->prior.fall = out->effect;
    out->prior.fall_sd = 10 * model->unknown_spread;
}

void stop_plan_of(const struct catalog *catalog, const struct diary *diary,
                  const struct outcome *outcome, struct arena *arena, struct stop_plan *out)
{
    const struct stop_model *model = &base_rulebooks(catalog_base(catalog))->stop_model;
    *out = (struct stop_plan){.error = stop_model_error(model, outcome->id)};
    settle_start(model, diary, outcome, out);
    settle_trial(catalog, diary, outcome, out);
    settle_goal(catalog, diary, outcome, out);
    settle_effect(catalog, diary, outcome, arena, out);
    settle_prior(catalog, diary, outcome, out);
    settle_paces(model, out);
}

double stop_plan_without(const struct stop_plan *plan, double day)
{
    const struct recovery_prior *prior = &plan->prior;
    double fall = 0;
    if (!plan->knows_course)
        return NAN;
    for (size_t i = 0; i < prior->pace_count; i++)
        fall += prior->weights[i] * plan->control_fall * expm1(-day / prior->taus[i]) /
                expm1(-prior->fall_day / prior->taus[i]);
    return fmax(0, plan->start - fall);
}
