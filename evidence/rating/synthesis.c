#include "evidence/rating/synthesis.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/review.h"
#include "evidence/statistics/distribution.h"

const char *const basis_names[] = {"none", "direction", "trials", "adopted", NULL};

static const struct pooled NOT_POOLED = {.b = NAN,
                                         .se = NAN,
                                         .ci_lb = NAN,
                                         .ci_ub = NAN,
                                         .stat = NAN,
                                         .p = NAN,
                                         .df = NAN,
                                         .tau2 = NAN,
                                         .se_tau2 = NAN,
                                         .i2 = NAN,
                                         .h2 = NAN,
                                         .q = NAN,
                                         .qp = NAN,
                                         .pi_lb = NAN,
                                         .pi_ub = NAN,
                                         .pi_df = NAN,
                                         .s2w = NAN};

/* ---- our own pool ---- */

/* The used effects, without those for which `leave` is true (NULL: all), in `out`; gives how many.
 */
static size_t collect(const struct body *body, bool (*leave)(const struct rated_study *entry),
                      struct effect *out)
{
    size_t count = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && !(leave != NULL && leave(&body->studies[i])))
            out[count++] = body->studies[i].effect;
    return count;
}

static bool is_improbable(const struct rated_study *entry)
{
    return entry->improbable;
}

static bool is_imputed(const struct rated_study *entry)
{
    return entry->imputed != NULL;
}

/* P1: two trials share the estimator but not Hartung-Knapp, whose t with one degree of freedom says
 * nothing; three or more have it, never narrower than the normal. */
static struct pool_options options_for(const struct ruleset *ruleset, size_t count)
{
    return (struct pool_options){.method = ruleset->method,
                                 .test = count >= 3 ? ruleset->test : POOL_Z,
                                 .level = ruleset->level};
}

static bool fit(const struct rating_context *context, const struct effect *effects, size_t count,
                struct pooled *out, struct trace *trace)
{
    struct pool_options options = options_for(context->ruleset, count);
    struct error err = {0};
    *out = NOT_POOLED;
    if (count > 0 && pool_fit(effects, count, &options, out, &err)) {
        if (count < 3)
            out->pi_lb = out->pi_ub = NAN; /* P1: no prediction from two */
        return true;
    }
    if (count > 0)
        trace_add(trace, "P1", NULL, NULL, "not pooled: %s", err.message);
    return false;
}

static const char *method_text(const struct ruleset *ruleset, size_t count, struct arena *arena)
{
    const char *name = pool_method_name(ruleset->method);
    if (count == 1)
        return "one trial, its own interval";
    if (count == 2)
        return arena_printf(arena, "%s, normal interval", name);
    return arena_printf(arena, "%s, %s", name,
                        ruleset->test == POOL_ADHOC ? "Hartung-Knapp interval, never narrower than "
                                                      "the normal one"
                        : ruleset->test == POOL_KNHA ? "Hartung-Knapp interval"
                                                     : "normal interval");
}

static void set_weights(struct body *body, const struct effect *effects, size_t count, double tau2,
                        struct arena *arena)
{
    double *percent = arena_array(arena, count, sizeof *percent);
    pool_weights(effects, count, tau2, percent);
    size_t next = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used)
            body->studies[i].weight = percent[next++];
}

static enum measure measure_of(enum body_scale scale)
{
    return scale == BODY_POINTS ? MEASURE_MD : scale == BODY_SMD ? MEASURE_SMD : MEASURE_RR;
}

static void trace_pool(const struct synthesis *own, struct trace *trace)
{
    const struct pooled *pooled = &own->pooled;
    trace_add(trace, "P1", NULL,
              NUMBERS({"k", (double)pooled->k}, GIVES, {"estimate", pooled->b}, {"se", pooled->se},
                      {"ci_low", pooled->ci_lb}, {"ci_high", pooled->ci_ub},
                      {"tau2", pooled->tau2}),
              "%zu trial%s: %s", pooled->k, pooled->k == 1 ? "" : "s pooled", own->method);
    if (pooled->k > 1)
        trace_add(trace, "P2", NULL,
                  NUMBERS({"k", (double)pooled->k}, GIVES, {"q", pooled->q}, {"q_p", pooled->qp},
                          {"i2", pooled->i2}, {"prediction_low", pooled->pi_lb},
                          {"prediction_high", pooled->pi_ub}),
                  "how far the trials differ beyond chance");
}

static struct sensitivity pool_without(const struct rating_context *context,
                                       const struct body *body,
                                       bool (*leave)(const struct rated_study *entry),
                                       struct trace *trace)
{
    struct effect *effects = arena_array(trace->arena, body->used, sizeof *effects);
    size_t rest = collect(body, leave, effects);
    struct sensitivity out = {.left_out = body->used - rest, .others = NOT_POOLED};
    out.pooled = out.left_out > 0 && fit(context, effects, rest, &out.others, trace);
    return out;
}

static void trace_without(const struct sensitivity *without, const char *rule, const char *text,
                          struct trace *trace)
{
    if (without->left_out > 0)
        trace_add(trace, rule, NULL,
                  NUMBERS({"left_out", (double)without->left_out}, GIVES,
                          {"estimate", without->others.b}, {"ci_low", without->others.ci_lb},
                          {"ci_high", without->others.ci_ub}),
                  "%s%s", text, without->pooled ? "" : ": nothing would be left");
}

static struct synthesis pool_trials(const struct rating_context *context, struct body *body,
                                    struct trace *trace)
{
    struct synthesis own = {.basis = BASIS_NONE, .pooled = NOT_POOLED, .i2 = NAN};
    struct effect *effects = arena_array(trace->arena, body->used, sizeof *effects);
    size_t count = collect(body, NULL, effects);
    if (!fit(context, effects, count, &own.pooled, trace))
        return own;
    own.basis = BASIS_TRIALS;
    own.scale = body->scale;
    own.better = body->better;
    own.points = body->points;
    own.measure = measure_of(body->scale);
    own.method = method_text(context->ruleset, count, trace->arena);
    own.k = (int)count;
    own.n = body->n;
    own.i2 = count > 1 ? own.pooled.i2 : (double)NAN;
    set_weights(body, effects, count, own.pooled.tau2, trace->arena);
    trace_pool(&own, trace);
    own.improbable = pool_without(context, body, is_improbable, trace);
    own.imputed = pool_without(context, body, is_imputed, trace);
    trace_without(&own.improbable, "P6", "the pool without what is improbable", trace);
    trace_without(&own.imputed, "E2", "the pool without what was imputed or assumed", trace);
    return own;
}

/* ---- a published one ---- */

/* A review's figure that could stand for the question. */
struct candidate {
    const struct study *review;
    const struct result *result;
    struct synthesis synthesis;
    bool distrusted; /* critically low by AMSTAR 2, or at high risk by ROBIS */
};

/* Puts a review's mean difference on the scale of the outcome's MID. False if its ends are unknown.
 */
static bool place_points(const struct result *result, const struct outcome *outcome,
                         struct synthesis *out, double *factor)
{
    const struct mid *mid = &outcome->mid;
    *factor = 1;
    out->scale = BODY_POINTS;
    out->points = result->scale;
    if (isnan(mid->scale_low))
        return result->scale.name != NULL;
    if (isnan(result->scale.low))
        return false;
    *factor = (mid->scale_high - mid->scale_low) / (result->scale.high - result->scale.low);
    out->points =
        (struct scale){.name = mid->scale_name, .low = mid->scale_low, .high = mid->scale_high};
    return true;
}

static bool place_figure(const struct result *result, const struct outcome *outcome,
                         struct synthesis *out, double *factor)
{
    *factor = 1;
    switch (result->figure) {
    case FIGURE_MD:
        out->measure = MEASURE_MD;
        return place_points(result, outcome, out, factor);
    case FIGURE_SMD:
        out->measure = MEASURE_SMD;
        out->scale = BODY_SMD;
        return true;
    case FIGURE_RR:
        out->measure = MEASURE_RR;
        out->scale = BODY_RATIO;
        return true;
    case FIGURE_OR:
        out->measure = MEASURE_OR;
        out->scale = BODY_RATIO;
        return true;
    case FIGURE_RD:
    case FIGURE_NONE:
        break;
    }
    return false;
}

/* The review's figure as a synthesis; its interval is taken to the ruleset's level. */
static bool adopt(const struct rating_context *context, const struct question *question,
                  const struct study *review, const struct result *result, struct synthesis *out)
{
    double factor;
    *out = (struct synthesis){.basis = BASIS_ADOPTED, .pooled = NOT_POOLED};
    if (isnan(result->ci_low) || !place_figure(result, question->outcome, out, &factor))
        return false;
    struct effect effect = effect_of_interval(out->measure, result->estimate, result->ci_low,
                                              result->ci_high, result->ci_level, 0);
    if (!effect_usable(effect))
        return false;
    double level = context->ruleset->level;
    bool as_printed = result->ci_level == level;
    double reach = normal_critical(level) * sqrt(effect.vi);
    out->better = result->better;
    out->pooled.b = effect.yi * factor;
    out->pooled.se = sqrt(effect.vi) * factor;
    out->pooled.ci_lb = factor * (as_printed ? measure_to_analysis(out->measure, result->ci_low)
                                             : effect.yi - reach);
    out->pooled.ci_ub = factor * (as_printed ? measure_to_analysis(out->measure, result->ci_high)
                                             : effect.yi + reach);
    out->method = "as published";
    out->k = result->k;
    out->n = result->n;
    out->i2 = result->i2;
    out->adopted = review;
    out->adopted_result = result;
    return true;
}

/* A review's one result of the question: the one marked main, or the only one with a figure. */
static const struct result *main_of(const struct member *member)
{
    const struct result *only = NULL;
    size_t figures = 0;
    for (size_t i = 0; i < member->count; i++) {
        const struct result *result = member->results[i];
        if (result->ignored != NULL || isnan(result->estimate))
            continue;
        if (result->main != NULL)
            return result;
        only = result;
        figures++;
    }
    return figures == 1 ? only : NULL;
}

static double number_or_unknown(int count)
{
    return count == COUNT_UNKNOWN ? (double)NAN : (double)count;
}

static int people_or_zero(const struct candidate *candidate)
{
    return candidate->synthesis.n == COUNT_UNKNOWN ? 0 : candidate->synthesis.n;
}

/* Below 0 if `a` stands before `b` (P4). */
static int by_preference(const struct candidate *a, const struct candidate *b)
{
    if (a->distrusted != b->distrusted)
        return a->distrusted ? 1 : -1;
    bool a_counts = a->synthesis.k != COUNT_UNKNOWN && a->synthesis.n != COUNT_UNKNOWN;
    bool b_counts = b->synthesis.k != COUNT_UNKNOWN && b->synthesis.n != COUNT_UNKNOWN;
    if (a_counts != b_counts)
        return a_counts ? -1 : 1;
    if (a->review->year != b->review->year)
        return b->review->year - a->review->year;
    if (people_or_zero(a) != people_or_zero(b))
        return people_or_zero(b) - people_or_zero(a);
    return strcmp(a->review->id, b->review->id);
}

static bool find_published(const struct rating_context *context, const struct gathered *gathered,
                           struct candidate *best)
{
    bool found = false;
    for (size_t i = 0; i < gathered->count; i++) {
        const struct member *member = &gathered->members[i];
        struct candidate next = {.review = member->study, .result = main_of(member)};
        if (member->study->retracted || member->study->design != DESIGN_SYSTEMATIC_REVIEW ||
            next.result == NULL ||
            !adopt(context, &gathered->question, next.review, next.result, &next.synthesis))
            continue;
        next.distrusted = review_is_distrusted(next.review);
        if (!found || by_preference(&next, best) < 0)
            *best = next;
        found = true;
    }
    return found;
}

/* P4: enough of its people and enough of its trials, as far as either is told. People alone would
 * let two large trials speak for ten, from which nobody can tell how far trials differ. Which
 * trials a review holds is seldom told in full, and newer ones speak as well as they: all are
 * counted. */
static bool holds_enough(const struct ruleset *ruleset, const struct body *body,
                         const struct candidate *published, struct trace *trace)
{
    double trials = (double)body->used;
    double people = number_or_unknown(body->n);
    double people_there = number_or_unknown(published->synthesis.n);
    double trials_there = number_or_unknown(published->synthesis.k);
    double share = fmin(people / people_there, trials / trials_there);
    bool enough = isnan(share) ? trials >= ruleset->adopt_trials : share >= ruleset->adopt_share;
    trace_add(trace, "P4", published->review->id,
              NUMBERS({"trials_here", trials}, {"people_here", people},
                      {"trials_there", trials_there}, {"people_there", people_there},
                      {"share", share}),
              enough ? "the base holds enough of its trials: ours are pooled, the published figure "
                       "stands beside them"
                     : "the base holds too few of its trials: the published figure is adopted");
    return enough;
}

static bool same_points(const struct scale *a, const struct scale *b)
{
    if (isfinite(a->low) || isfinite(b->low))
        return a->low == b->low && a->high == b->high;
    return a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0;
}

/* P4: a newer trial, not in the review, whose interval leaves the adopted estimate out. */
static const struct rated_study *find_outlier(const struct synthesis *adopted,
                                              const struct body *body, double level)
{
    if (body->scale != adopted->scale || adopted->measure == MEASURE_OR)
        return NULL;
    if (body->scale == BODY_POINTS && !same_points(&body->points, &adopted->points))
        return NULL;
    if (body->scale == BODY_RATIO && body->better != adopted->better)
        return NULL;
    double sign = body->better == adopted->better ? 1 : -1;
    double reach = normal_critical(level);
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        if (!entry->used || entry->study->year <= adopted->adopted->year ||
            review_pooled(adopted->adopted, entry->study))
            continue;
        if (fabs(sign * entry->effect.yi - adopted->pooled.b) > reach * sqrt(entry->effect.vi))
            return entry;
    }
    return NULL;
}

/* The trials stay in sight but out of the figure: the review is what is used. */
static void set_aside(struct body *body, const struct study *review)
{
    body->used = 1;
    for (size_t i = 0; i < body->count; i++) {
        struct rated_study *entry = &body->studies[i];
        if (entry->study == review) {
            entry->used = true;
            entry->why_not = NULL;
            entry->weight = 100;
        } else if (entry->used) {
            entry->used = false;
            entry->why_not =
                "a published pool answers; counting this trial too could count it twice";
        }
    }
}

/* What was pooled before it was retracted is in the review's figure still: that is told, since
 * nobody but its authors can take it out. */
static void trace_retracted(const struct base *base, const struct study *review,
                            struct trace *trace)
{
    for (size_t i = 0; i < base->study_count; i++)
        if (base->studies[i].retracted && review_pooled(review, &base->studies[i]))
            trace_add(trace, "Q3", base->studies[i].id, NULL,
                      "retracted, and still part of the figure of %s, which pooled it", review->id);
}

static struct synthesis adopt_published(const struct rating_context *context,
                                        const struct candidate *published, struct body *body,
                                        struct trace *trace)
{
    struct synthesis adopted = published->synthesis;
    const char *reading = study_reading_words(published->review);
    adopted.outlier = find_outlier(&adopted, body, context->ruleset->level);
    set_aside(body, published->review);
    trace_add(trace, "P4", published->review->id,
              NUMBERS(GIVES, {"estimate", adopted.pooled.b}, {"se", adopted.pooled.se},
                      {"ci_low", adopted.pooled.ci_lb}, {"ci_high", adopted.pooled.ci_ub},
                      {"i2", adopted.i2}),
              "adopted: %s%s%s%s",
              published->result->main == NULL ? "its figure for this question"
                                              : published->result->main,
              review_is_rated(published->review) ? "" : " (nobody rated the review itself)",
              reading == NULL ? "" : "; ", reading == NULL ? "" : reading);
    trace_retracted(context->base, published->review, trace);
    return adopted;
}

static enum basis basis_without_figures(const struct body *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (!body->studies[i].study->retracted)
            return BASIS_DIRECTION;
    return BASIS_NONE;
}

/* What tells standard deviations in points of the MID's scale: the median SD of the body's control
 * groups, else (and for a published pool, of which the base holds too little) that of the base. */
static void settle_reference(struct synthesis *out, const struct rating_context *context,
                             const struct outcome *outcome, const struct body *body,
                             struct trace *trace)
{
    out->reference_sd = NAN;
    if (out->basis < BASIS_TRIALS || out->scale != BODY_SMD || isnan(outcome->mid.scale_low))
        return;
    bool own = out->basis == BASIS_TRIALS && body->control_sd > 0;
    out->reference_is_base_wide = !own;
    out->reference_sd = own ? body->control_sd : context->reference.pain_control_sd;
    trace_add(trace, "E1", NULL,
              NUMBERS({"sd", out->reference_sd}, GIVES,
                      {"mid_in_sd", outcome->mid.value / out->reference_sd}),
              "told in points through the median SD of %s",
              own ? "its control groups" : "the control groups of the whole base");
}

/* E4: what tells a ratio in people: the risk that an adopted review prints, else that of the
 * control groups here, turned where the review counts the opposite event. */
static void settle_control_risk(struct synthesis *out, const struct body *body, struct trace *trace)
{
    out->control_risk = NAN;
    if (out->basis < BASIS_TRIALS || out->scale != BODY_RATIO)
        return;
    out->control_risk = body->better == out->better ? body->control_risk : 1 - body->control_risk;
    if (out->basis != BASIS_ADOPTED || isnan(out->adopted_result->control_risk))
        return;
    out->control_risk = out->adopted_result->control_risk;
    out->control_risk_is_printed = true;
    trace_add(trace, "E4", out->adopted->id, NUMBERS(GIVES, {"control_risk", out->control_risk}),
              "the risk without the treatment, as the review prints it");
}

struct synthesis synthesis_of(const struct rating_context *context, const struct gathered *gathered,
                              struct body *body, struct trace *trace)
{
    struct candidate published = {0};
    struct synthesis out;
    bool found = find_published(context, gathered, &published);
    if (found && !holds_enough(context->ruleset, body, &published, trace))
        out = adopt_published(context, &published, body, trace);
    else
        out = pool_trials(context, body, trace);
    if (out.basis == BASIS_NONE)
        out.basis = basis_without_figures(body);
    settle_reference(&out, context, gathered->question.outcome, body, trace);
    settle_control_risk(&out, body, trace);
    return out;
}
