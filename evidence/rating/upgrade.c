/* U: what raises the certainty of a body that is not randomised. */
#include <math.h>

#include "evidence/rating/judging.h"

/* Of the weight, that studies with a gradient must have (ours). */
static const double GRADIENT_SHARE = 0.5;

/* The risk ratio that the pool comes to; NAN where it is not told in one. */
static double risk_ratio_of(const struct synthesis *synthesis)
{
    if (synthesis->scale != BODY_RATIO)
        return NAN;
    double ratio = exp(synthesis->pooled.b);
    double control = synthesis->control_risk;
    return synthesis->measure == MEASURE_OR ? ratio / (1 - control + ratio * control) : ratio;
}

/* An effect that is decided: none, or one that may go either way, is not a large one. */
static bool shows_effect(const struct rating *rating)
{
    return rating->class == CLASS_BENEFIT || rating->class == CLASS_SMALL ||
           rating->class == CLASS_HARM ||
           (rating->class == CLASS_NONE && rating->effect.favours != FAVOURS_NEITHER);
}

static int levels_of_size(const struct judging *at, double ratio)
{
    const struct ruleset *ruleset = at->context->ruleset;
    double beyond = fmax(ratio, 1 / ratio);
    if (isnan(ratio))
        return 0;
    return beyond > ruleset->upgrade_large ? 2 : beyond > ruleset->upgrade_ratio ? 1 : 0;
}

/* The share of the weight from studies that found more to do more. */
static double share_with_gradient(const struct body *body)
{
    double share = 0;
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        if (entry->used && entry->weight > 0 && entry->result->dose_response != NULL)
            share += entry->weight / 100;
    }
    return share;
}

static bool is_downgraded(const struct judging *at)
{
    int change = at->asked; /* what the asker takes is below any home */
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        change += at->out.domains[i].change;
    return change < 0;
}

static const char *reason_for(int size, bool gradient)
{
    if (size == 0)
        return "more of it did more";
    if (gradient)
        return size > 1 ? "a very large effect, and more of it did more"
                        : "a large effect, and more of it did more";
    return size > 1 ? "a very large effect, which bias alone seldom makes"
                    : "a large effect, which bias alone seldom makes";
}

void judge_upgrade(struct judging *at)
{
    double ratio = risk_ratio_of(&at->rating->synthesis);
    double gradient = share_with_gradient(&at->rating->body);
    if (at->randomised || !shows_effect(at->rating))
        return;
    at->seen = NUMBERS({"ratio", ratio}, {"gradient", gradient});
    int size = levels_of_size(at, ratio);
    int levels = size + (gradient >= GRADIENT_SHARE ? 1 : 0);
    if (levels == 0)
        judge(at, DOMAIN_UPGRADE, 0, "U", "no large effect, and no sign that more of it did more");
    else if (is_downgraded(at))
        judge(at, DOMAIN_UPGRADE, 0, "U", "not raised, because something is held against it");
    else
        judge(at, DOMAIN_UPGRADE, levels, "U", reason_for(size, gradient >= GRADIENT_SHARE));
    at->seen = NULL;
}
