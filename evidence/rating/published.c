#include "evidence/rating/published.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/review.h"
#include "evidence/statistics/distribution.h"

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
    *out = (struct synthesis){.basis = BASIS_ADOPTED, .pooled = not_pooled};
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

static int people_or_zero(const struct published *candidate)
{
    return candidate->synthesis.n == COUNT_UNKNOWN ? 0 : candidate->synthesis.n;
}

/* Below 0 if `a` stands before `b` (P4). */
static int by_preference(const struct published *a, const struct published *b)
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

bool published_find(const struct rating_context *context, const struct gathered *gathered,
                    struct published *best)
{
    bool found = false;
    for (size_t i = 0; i < gathered->count; i++) {
        const struct member *member = &gathered->members[i];
        struct published next = {.review = member->study, .result = main_of(member)};
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

bool published_is_held(const struct ruleset *ruleset, const struct body *body,
                       const struct published *published, struct trace *trace)
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

/* P4: a newer trial, not in the review, whose interval leaves the adopted estimate out. */
static const struct rated_study *find_outlier(const struct synthesis *adopted,
                                              const struct body *body, double level)
{
    if (body->scale != adopted->scale || adopted->measure == MEASURE_OR)
        return NULL;
    if (body->scale == BODY_POINTS && !scale_same_points(&body->points, &adopted->points))
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
static void trace_retracted(const struct rating_context *context, const struct study *review,
                            struct trace *trace)
{
    for (size_t i = 0; i < context->retracted_count; i++) {
        const struct study *study = base_study_at(context->base, context->retracted[i]);
        if (review_pooled(review, study))
            trace_add(trace, "Q3", study->id, NULL,
                      "retracted, and still part of the figure of %s, which pooled it", review->id);
    }
}

struct synthesis published_adopt(const struct rating_context *context,
                                 const struct published *published, struct body *body,
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
    trace_retracted(context, published->review, trace);
    return adopted;
}
