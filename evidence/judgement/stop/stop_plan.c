#include "evidence/judgement/stop/stop_plan.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop_expected.h"

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
    double scatter; /* half the sum of squared differences of one score and the next */
    double last;
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
        double step = found.count > 0 ? score->level - found.last : 0;
        found.scatter += step * step / 2;
        found.last = score->level;
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
    out->start_scatter = found.scatter;
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
static int fit_of(const struct stop_rule *rule, const struct base *base,
                  const struct intervention *intervention, const struct condition *condition)
{
    bool tells = rule->trial_days > 0 || rule->trial_sessions > 0;
    bool kind = rule->kind == STOP_TRIAL_LENGTH || rule->kind == STOP_NO_BENEFIT;
    if (!tells || !kind || rule->superseded_by != NULL || !names_it(rule, intervention->id) ||
        !stop_rule_is_about(rule, base, condition->id))
        return 0;
    return (rule->kind == STOP_TRIAL_LENGTH ? 2 : 1) + (rule->conditions[0] != NULL ? 4 : 0);
}

static const struct stop_rule *trial_rule(const struct base *base,
                                          const struct intervention *intervention,
                                          const struct condition *condition)
{
    const struct stop_rules *rules = &base_rulebooks(base)->stop_rules;
    const struct stop_rule *best = NULL;
    int best_fit = 0;
    for (size_t i = 0; i < rules->count; i++) {
        int fit = fit_of(&rules->items[i], base, intervention, condition);
        if (fit > best_fit) {
            best = &rules->items[i];
            best_fit = fit;
        }
    }
    return best;
}

struct trial_length trial_length_of(const struct base *base,
                                    const struct intervention *intervention,
                                    const struct condition *condition,
                                    const struct outcome *outcome)
{
    const struct stop_model *model = &base_rulebooks(base)->stop_model;
    const struct stop_trial *rest = stop_model_trial(model, outcome->id);
    const struct stop_rule *rule = trial_rule(base, intervention, condition);
    struct trial_length out = {.days = rest->days,
                               .sessions = COUNT_UNKNOWN,
                               .least_days = rest->least_days,
                               .least_sessions = rest->least_sessions,
                               .rule = rule,
                               .rest = rest};
    if (rule != NULL && rule->trial_days > 0) {
        out.days = rule->trial_days;
        out.least_days = rule->trial_days * LEAST_SHARE;
    }
    if (rule != NULL && rule->trial_sessions > 0) {
        out.sessions = rule->trial_sessions;
        if (rule->trial_sessions < out.least_sessions)
            out.least_sessions = rule->trial_sessions;
    }
    return out;
}

static void settle_trial(const struct catalog *catalog, const struct diary *diary,
                         const struct outcome *outcome, struct stop_plan *out)
{
    struct trial_length length =
        trial_length_of(catalog_base(catalog), diary->intervention, diary->condition, outcome);
    out->trial_rule = length.rule;
    out->trial_rest = length.rest;
    out->trial_days = length.days;
    out->trial_sessions = length.sessions;
    out->least_days = length.least_days;
    out->least_sessions = length.least_sessions;
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

/* A share of the start, or what a questionnaire's threshold says; never less than a share of the
 * scale, below which a change can hardly be told from the error of a score. */
static void settle_goal(const struct catalog *catalog, const struct diary *diary,
                        const struct outcome *outcome, struct stop_plan *out)
{
    const struct base *base = catalog_base(catalog);
    const struct stop_goal *goal = &base_rulebooks(base)->stop_model.goal;
    double least = 10 * goal->least_share_of_scale;
    double fall = out->start * goal->share;
    out->goal_is_of_pain = stop_has_course(base, outcome);
    out->goal_note = out->goal_is_of_pain ? goal->note : goal->other_note;
    if (!out->goal_is_of_pain)
        out->goal_from = mcid_of(base, diary, outcome, scale_of(diary, outcome));
    if (out->goal_from != NULL) {
        fall = 10 * share_of(out->goal_from);
        out->goal_note = fall < least ? goal->floor_note : out->goal_from->note;
    }
    out->line = fmax(0, out->start - fmax(fall, least));
}

void stop_plan_of(const struct catalog *catalog, const struct diary *diary,
                  const struct outcome *outcome, struct arena *arena, struct stop_plan *out)
{
    const struct stop_model *model = &base_rulebooks(catalog_base(catalog))->stop_model;
    *out = (struct stop_plan){.error = stop_model_error(model, outcome->id)};
    settle_start(model, diary, outcome, out);
    settle_trial(catalog, diary, outcome, out);
    settle_goal(catalog, diary, outcome, out);
    stop_expect(catalog, diary, outcome, arena, out);
}
