#include "evidence/judgement/stop/stop.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop_words.h"
#include "evidence/statistics/distribution.h"

const char *const stop_decided_names[] = {
    "seek-care",       "stop-harm", "do-not-start", "too-early",
    "stop-no-benefit", "done",      "continue",     NULL};

enum { CURVE_STEPS = 12, REVIEW_STEPS = 12 };
/* "Now" is the last sixth of the trial, a week of six; "before" is the sixth before it. */
static const double RECENT_SHARE = 1.0 / 6;
/* Four times of five. */
static const double CURVE_LOW = 0.1;
static const double CURVE_HIGH = 0.9;

struct deciding {
    const struct catalog *catalog;
    const struct stop_decision *limits;
    const struct diary *diary;
    const struct stop_signs *signs;
    struct arena *arena;
    struct stopping *out;
    const double *days; /* of the scores after the start, with room for one more … */
    const double *levels;
};

/* ---- the scores of one outcome ---- */

struct later {
    double *days;
    double *levels;
    size_t count;
};

/* Scores after the start, until what is tried ended; the one that stands in for the start is none
 * of them. */
static struct later later_scores(const struct diary *diary, const struct outcome *outcome,
                                 const struct stop_plan *plan, struct arena *arena)
{
    struct later later = {.days = arena_array(arena, diary->score_count + 1, sizeof *later.days),
                          .levels =
                              arena_array(arena, diary->score_count + 1, sizeof *later.levels)};
    for (size_t i = 0; i < diary->score_count; i++) {
        const struct diary_score *score = &diary->scores[i];
        if (score->outcome != outcome || score->day <= 0 || score->day > diary->ended ||
            score == plan->stand_in)
            continue;
        later.days[later.count] = score->day;
        later.levels[later.count++] = score->level;
    }
    return later;
}

static bool fit_with(const struct recovery_prior *prior, const struct stop_plan *plan,
                     const struct later *later, struct recovery *out)
{
    struct recovery_scores scores = {.start = plan->start,
                                     .start_count = plan->start_count,
                                     .days = later->days,
                                     .values = later->levels,
                                     .count = later->count};
    return recovery_fit(prior, &scores, out);
}

static bool fit(const struct stop_plan *plan, const struct later *later, struct recovery *out)
{
    return fit_with(&plan->prior, plan, later, out);
}

/* Worse is worse than the scores before: what others began with, and how far treatment makes them
 * fall, does not come into it. A treatment that is expected to help much may harm this one. */
static bool fit_as_scored(const struct deciding *deciding, const struct stop_plan *plan,
                          const struct later *later, struct recovery *out)
{
    const struct stop_model *model = &base_rulebooks(catalog_base(deciding->catalog))->stop_model;
    struct recovery_prior prior = plan->prior;
    prior.start_sd = INFINITY;
    prior.fall = 0;
    prior.fall_sd = 10 * model->unknown_spread;
    return fit_with(&prior, plan, later, out);
}

/* ---- the rules, each true if it decides ---- */

static bool decide(struct deciding *deciding, enum stop_decided decided, const char *rule)
{
    deciding->out->decided = decided;
    deciding->out->rule = rule;
    return true;
}

static bool decide_by(struct deciding *deciding, const struct stop_sign *sign,
                      enum stop_decided decided, const char *rule)
{
    if (sign == NULL)
        return false;
    deciding->out->sign = sign;
    return decide(deciding, decided, rule);
}

/* One session, or one score, is never enough to say anything. */
static bool one_session_only(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    bool one = deciding->diary->sessions_told && out->sessions_so_far < 2;
    return out->later_scores < 2 || (one && out->plan.least_sessions > 1);
}

/* Of an outcome beside the one decided on no effect is known, only its own scores and error. */
static bool got_worse(const struct deciding *deciding, const struct outcome *outcome)
{
    struct stop_plan plan;
    struct recovery recovery;
    bool own = outcome == deciding->diary->outcome;
    if (own)
        plan = deciding->out->plan;
    else
        stop_plan_of(deciding->catalog, deciding->diary, outcome, deciding->arena, &plan);
    struct later later = later_scores(deciding->diary, outcome, &plan, deciding->arena);
    return later.count >= 2 && fit_as_scored(deciding, &plan, &later, &recovery) &&
           recovery_worse(&recovery, later.days[later.count - 1], plan.prior.error_sd) >
               deciding->limits->worse_above;
}

static bool seen_before(const struct diary *diary, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (diary->scores[i].outcome == diary->scores[index].outcome)
            return true;
    return false;
}

static const struct outcome *what_got_worse(const struct deciding *deciding)
{
    const struct diary *diary = deciding->diary;
    for (size_t i = 0; i < diary->score_count; i++)
        if (!seen_before(diary, i) && got_worse(deciding, diary->scores[i].outcome))
            return diary->scores[i].outcome;
    return NULL;
}

static bool t2_harm(struct deciding *deciding)
{
    if (decide_by(deciding, deciding->signs->serious, STOP_FOR_HARM, "T2"))
        return true;
    if (one_session_only(deciding))
        return false;
    deciding->out->worse = what_got_worse(deciding);
    return deciding->out->worse != NULL && decide(deciding, STOP_FOR_HARM, "T2");
}

static bool enough_exposure(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    if (deciding->diary->sessions_told)
        return out->sessions_so_far >= (size_t)out->plan.least_sessions;
    return out->now >= out->plan.least_days;
}

static bool trial_is_over(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    bool all_sessions = deciding->diary->sessions_told &&
                        out->plan.trial_sessions != COUNT_UNKNOWN &&
                        out->sessions_so_far >= (size_t)out->plan.trial_sessions;
    return out->now >= out->plan.trial_days || all_sessions;
}

static bool t4_too_early(struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    if (!out->known || one_session_only(deciding))
        return decide(deciding, STOP_TOO_EARLY, "T4");
    if (enough_exposure(deciding) || trial_is_over(deciding) ||
        out->probability < deciding->limits->stop_early_below)
        return false;
    return decide(deciding, STOP_TOO_EARLY, "T4");
}

/* Once the trial is over the scores themselves tell, and T6 decides. */
static bool t5_unlikely(struct deciding *deciding)
{
    return !trial_is_over(deciding) && deciding->out->probability < deciding->limits->stop_below &&
           decide(deciding, STOP_UNLIKELY, "T5");
}

/* The mean level between two days, and how many scores it is of. */
static double mean_between(const struct deciding *deciding, double after, double to, size_t *count)
{
    double sum = 0;
    *count = 0;
    for (size_t i = 0; i < deciding->out->later_scores; i++) {
        if (!(deciding->days[i] > after && deciding->days[i] <= to))
            continue;
        sum += deciding->levels[i];
        (*count)++;
    }
    return sum / (double)*count;
}

static bool still_improving(const struct deciding *deciding, double recent, size_t recent_count)
{
    const struct stopping *out = deciding->out;
    double step = RECENT_SHARE * out->plan.trial_days;
    size_t count;
    /* the first day counts: whoever scores once a week has one there */
    double before =
        mean_between(deciding, nextafter(out->now - 2 * step, -INFINITY), out->now - step, &count);
    if (count == 0)
        return false;
    double error = out->plan.prior.error_sd * sqrt(1 / (double)recent_count + 1 / (double)count);
    return before - recent > error * normal_quantile(deciding->limits->worse_above);
}

/* Of the scale: less than this is told from the error of a score by nobody. */
static double least_change(const struct deciding *deciding)
{
    return base_rulebooks(catalog_base(deciding->catalog))->stop_model.goal.least_share_of_scale;
}

static bool t6_over(struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    size_t count;
    if (!trial_is_over(deciding))
        return false;
    double recent =
        mean_between(deciding, out->now - RECENT_SHARE * out->plan.trial_days, out->now, &count);
    if (recent > out->plan.line)
        return decide(deciding, STOP_UNLIKELY, "T6");
    deciding->out->little_left = recent <= 10 * least_change(deciding);
    bool more = !deciding->out->little_left && still_improving(deciding, recent, count);
    return decide(deciding, more ? STOP_CONTINUE : STOP_DONE, "T6");
}

/* What has been given up before its time can no longer be judged. */
static bool t4_given_up(struct deciding *deciding)
{
    return isfinite(deciding->diary->ended) && !trial_is_over(deciding) &&
           decide(deciding, STOP_TOO_EARLY, "T4");
}

static void by_the_rules(struct deciding *deciding)
{
    const struct stop_signs *signs = deciding->signs;
    bool decided =
        decide_by(deciding, signs->red_flag, STOP_SEEK_CARE, "T1") || t2_harm(deciding) ||
        decide_by(deciding, signs->against, STOP_DO_NOT_START, "T3") || t4_too_early(deciding) ||
        t5_unlikely(deciding) || t4_given_up(deciding) || t6_over(deciding);
    if (!decided)
        decide(deciding, STOP_CONTINUE, "T7");
}

/* ---- when to look again ---- */

/* How far apart the scores are; a day at least, and few enough looks until the end. */
static double usual_gap(const struct stopping *out)
{
    double to_go = out->plan.trial_days - out->now;
    double gap = out->later_scores > 0 ? out->now / (double)out->later_scores : 1;
    return fmax(1, fmax(gap, to_go / REVIEW_STEPS));
}

/* The first day at which the answer would be to stop if scores went back to where they began, or
 * stayed above it: until then the answer stands unless it gets worse than that. */
static double day_of_change(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    double gap = usual_gap(out);
    size_t room = out->later_scores + REVIEW_STEPS + 2;
    struct later later = {.days = arena_array(deciding->arena, room, sizeof *later.days),
                          .levels = arena_array(deciding->arena, room, sizeof *later.levels),
                          .count = out->later_scores};
    memcpy(later.days, deciding->days, later.count * sizeof *later.days);
    memcpy(later.levels, deciding->levels, later.count * sizeof *later.levels);
    double last = later.count > 0 ? later.levels[later.count - 1] : out->plan.start;
    double level = fmax(last, out->plan.start);
    for (double day = out->now + gap; day < out->plan.trial_days && later.count < room;
         day += gap) {
        struct recovery recovery;
        later.days[later.count] = day;
        later.levels[later.count++] = level;
        if (fit(&out->plan, &later, &recovery) &&
            recovery_reaches(&recovery, out->plan.trial_days, out->plan.line) <
                deciding->limits->stop_below)
            return ceil(day);
    }
    return out->plan.trial_days;
}

/* When the least exposure will be there, at the pace of the sessions so far. */
static double day_of_exposure(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    size_t done = out->sessions_so_far;
    double missing = (double)out->plan.least_sessions - (double)done;
    if (!deciding->diary->sessions_told || done < 2)
        return fmax(out->plan.least_days, out->now + 1);
    double gap = deciding->diary->sessions[done - 1] / (double)(done - 1);
    return ceil(fmax(out->now + 1, deciding->diary->sessions[done - 1] + missing * gap));
}

static double next_review(const struct deciding *deciding)
{
    const struct stopping *out = deciding->out;
    if (isfinite(deciding->diary->ended))
        return NAN;
    if (out->decided == STOP_TOO_EARLY)
        return fmin(day_of_exposure(deciding), fmax(out->plan.trial_days, out->now + 1));
    if (out->decided != STOP_CONTINUE)
        return NAN;
    if (trial_is_over(deciding)) /* reached and improving: another look after as long again */
        return ceil(out->now + 2 * RECENT_SHARE * out->plan.trial_days);
    return day_of_change(deciding);
}

/* ---- all of it ---- */

static bool is_scored(const struct diary *diary, const struct outcome *outcome)
{
    for (size_t i = 0; i < diary->score_count; i++)
        if (diary->scores[i].outcome == outcome)
            return true;
    return false;
}

static size_t sessions_until(const struct diary *diary, double day)
{
    size_t count = 0;
    while (count < diary->session_count && diary->sessions[count] <= day)
        count++;
    return count;
}

static void look_at_scores(struct deciding *deciding)
{
    struct stopping *out = deciding->out;
    const struct diary *diary = deciding->diary;
    if (!is_scored(diary, diary->outcome))
        return;
    stop_plan_of(deciding->catalog, diary, diary->outcome, deciding->arena, &out->plan);
    struct later later = later_scores(diary, diary->outcome, &out->plan, deciding->arena);
    deciding->days = later.days;
    deciding->levels = later.levels;
    out->later_scores = later.count;
    out->now = later.count > 0 ? later.days[later.count - 1] : 0;
    out->sessions_so_far = sessions_until(diary, out->now);
    out->known = fit(&out->plan, &later, &out->recovery);
    if (out->known)
        out->probability =
            recovery_reaches(&out->recovery, fmax(out->plan.trial_days, out->now), out->plan.line);
}

void stop_decide(const struct catalog *catalog, const struct diary *diary,
                 const struct stop_signs *signs, struct arena *arena, struct stopping *out)
{
    *out = (struct stopping){.probability = NAN, .next_review_day = NAN};
    struct deciding deciding = {
        .catalog = catalog,
        .limits = &base_rulebooks(catalog_base(catalog))->stop_model.decision,
        .diary = diary,
        .signs = signs,
        .arena = arena,
        .out = out,
    };
    out->slow = stop_rules_slow(&base_rulebooks(catalog_base(catalog))->stop_rules,
                                diary->intervention->id);
    look_at_scores(&deciding);
    by_the_rules(&deciding);
    out->next_review_day = next_review(&deciding);
    out->sentence = stop_sentence(diary, out, arena);
}

const struct stop_point *stop_curve(const struct stopping *stopping, struct arena *arena,
                                    size_t *count)
{
    *count = 0;
    if (!stopping->known)
        return NULL;
    struct stop_point *points = arena_array(arena, CURVE_STEPS + 1, sizeof *points);
    double end = fmax(stopping->plan.trial_days, stopping->now);
    const struct recovery_band band = recovery_band(CURVE_LOW, CURVE_HIGH);
    for (int i = 0; i <= CURVE_STEPS; i++) {
        double day = end * i / CURVE_STEPS;
        struct recovery_range range = recovery_range_on(&stopping->recovery, day, &band);
        points[i] = (struct stop_point){
            .day = day,
            .expected = fmax(0, range.mean),
            .low = fmax(0, range.low),
            .high = fmin(10, range.high),
            .without = stop_plan_without(&stopping->plan, day),
        };
    }
    *count = CURVE_STEPS + 1;
    return points;
}
