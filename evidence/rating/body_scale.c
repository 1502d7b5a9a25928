/* E1, E2, E4: what a body is told in, and each trial told in it. */
#include <math.h>

#include "evidence/rating/building.h"
#include "evidence/rating/trial_parts.h"

/* How many trials, and how many people, one way of telling would keep. */
struct keeping {
    size_t trials;
    double people;
    const struct scale *scale; /* of the points */
    enum better better;
};

static double people_in(const struct trial_effect *effect)
{
    return effect->n == COUNT_UNKNOWN ? 1 : effect->n;
}

static void count_in(struct keeping *keeping, const struct trial_effect *effect)
{
    keeping->trials++;
    keeping->people += people_in(effect);
}

/* The points scale that most people were measured on. Without a MID to tell it by, only scales that
 * are the same go together. */
static struct keeping best_points(const struct building *build)
{
    struct keeping best = {0};
    for (size_t i = 0; i < build->body.count; i++) {
        if (!build->body.studies[i].used || !effect_usable(build->effects[i].points))
            continue;
        struct keeping now = {.scale = &build->effects[i].scale,
                              .better = build->effects[i].result->better};
        for (size_t j = 0; j < build->body.count; j++)
            if (build->body.studies[j].used && effect_usable(build->effects[j].points) &&
                scale_same_points(&build->effects[j].scale, now.scale))
                count_in(&now, &build->effects[j]);
        if (now.people > best.people)
            best = now;
    }
    return best;
}

/* Changes and final values are never mixed in standard deviations (E2): the larger kind is kept. */
static struct keeping best_smd(const struct building *build, bool *change)
{
    struct keeping kinds[2] = {{0}, {0}};
    for (size_t i = 0; i < build->body.count; i++) {
        const struct trial_effect *effect = &build->effects[i];
        if (!build->body.studies[i].used || !effect_usable(effect->smd))
            continue;
        if (kinds[effect->change].trials == 0)
            kinds[effect->change].better = effect->result->better;
        count_in(&kinds[effect->change], effect);
    }
    *change = kinds[1].people > kinds[0].people;
    return kinds[*change];
}

static struct keeping all_ratios(const struct building *build)
{
    struct keeping all = {0};
    for (size_t i = 0; i < build->body.count; i++) {
        const struct trial_effect *effect = &build->effects[i];
        if (!build->body.studies[i].used || !effect_usable(effect->ratio))
            continue;
        if (all.trials == 0)
            all.better = effect->result->better;
        count_in(&all, effect);
    }
    return all;
}

static size_t usable_count(const struct building *build)
{
    size_t count = 0;
    for (size_t i = 0; i < build->body.count; i++)
        count += build->body.studies[i].used;
    return count;
}

/* Points where all can be told in them and their meaning is known; else what keeps most people, in
 * doubt standard deviations, whose meaning is known everywhere. */
static enum body_scale decide(const struct building *build, const struct keeping *points,
                              const struct keeping *smd, const struct keeping *ratio)
{
    size_t all = usable_count(build);
    bool known = isfinite(build->target.low);
    if (all == 0)
        return BODY_NONE;
    if (ratio->people > fmax(points->people, smd->people))
        return BODY_RATIO;
    if (points->trials > 0 && known && points->trials >= smd->trials &&
        points->people >= smd->people)
        return BODY_POINTS;
    if (smd->trials > 0 && (!known || smd->people >= points->people))
        return BODY_SMD;
    return points->trials > 0 ? BODY_POINTS : smd->trials > 0 ? BODY_SMD : BODY_RATIO;
}

/* The effect with the sign of the body's scale. Counts of the opposite event have a ratio of their
 * own, which is not the other one reversed. */
static struct effect on_scale(const struct trial_effect *effect, enum body_scale scale, bool turned)
{
    if (scale == BODY_RATIO)
        return turned ? effect->opposite : effect->ratio;
    struct effect one = scale == BODY_POINTS ? effect->points : effect->smd;
    return turned ? effect_reversed(one) : one;
}

/* The measure of a printed figure that is told on a scale as it stands. */
static bool is_told_as_printed(enum figure figure, enum body_scale scale)
{
    return (figure == FIGURE_MD && scale == BODY_POINTS) ||
           (figure == FIGURE_SMD && scale == BODY_SMD) ||
           (figure == FIGURE_RR && scale == BODY_RATIO);
}

/* The printed interval on the body's scale. The ratio of the opposite event has another. */
static void keep_printed_interval(const struct building *build, const struct trial_effect *from,
                                  bool turned, struct rated_study *entry)
{
    const struct result *result = from->result;
    enum body_scale scale = build->body.scale;
    if (!from->from_interval || !is_told_as_printed(result->figure, scale) ||
        (turned && scale == BODY_RATIO) || result->ci_level != build->context->ruleset->level)
        return;
    enum measure measure = scale == BODY_RATIO ? MEASURE_RR : MEASURE_MD;
    double factor = scale == BODY_POINTS ? scale_factor(result, &build->target) : 1;
    factor = turned ? -factor : factor;
    double one = factor * measure_to_analysis(measure, result->ci_low);
    double other = factor * measure_to_analysis(measure, result->ci_high);
    entry->printed_low = fmin(one, other);
    entry->printed_high = fmax(one, other);
}

static void place(struct building *build, size_t at, const struct keeping *points, bool change)
{
    const struct trial_effect *from = &build->effects[at];
    struct body *body = &build->body;
    struct rated_study *entry = &body->studies[at];
    bool turned = from->result->better != body->better;
    struct effect effect = on_scale(from, body->scale, turned);
    if (!effect_usable(effect)) {
        building_leave_out(build, at, "E1", "its figure cannot be told on the scale of the others");
        return;
    }
    if (body->scale == BODY_POINTS && !scale_same_points(&from->scale, points->scale)) {
        building_leave_out(build, at, "E1",
                           "measured on another scale whose points mean something else");
        return;
    }
    if (body->scale == BODY_SMD && from->change != change) {
        building_leave_out(build, at, "E2",
                           "changes and final values are not mixed in standard deviations");
        return;
    }
    bool opposite = turned && body->scale == BODY_RATIO;
    entry->effect = effect;
    keep_printed_interval(build, from, turned, entry);
    entry->imputed = trial_effect_imputed(from, body->scale);
    entry->approximated = trial_effect_approximated(from, body->scale, build->arena);
    entry->events =
        opposite && from->events != COUNT_UNKNOWN ? from->n - from->events : from->events;
    entry->control_risk = opposite ? 1 - from->control_risk : from->control_risk;
    entry->control_sd = from->control_sd;
    const char *reading = study_reading_words(entry->study);
    trace_add(build->trace, body->scale == BODY_RATIO ? "E4" : "E1", entry->study->id,
              NUMBERS({"people", entry->n == COUNT_UNKNOWN ? (double)NAN : entry->n}, GIVES,
                      {"effect", entry->effect.yi}, {"variance", entry->effect.vi}),
              "enters%s%s%s%s%s",
              turned ? ", turned round because its scale runs the other way" : "",
              entry->approximated == NULL ? "" : "; ",
              entry->approximated == NULL ? "" : entry->approximated, reading == NULL ? "" : "; ",
              reading == NULL ? "" : reading);
}

void building_settle_scale(struct building *build)
{
    bool change = false;
    struct keeping points = best_points(build);
    struct keeping smd = best_smd(build, &change);
    struct keeping ratio = all_ratios(build);
    struct body *body = &build->body;
    body->scale = decide(build, &points, &smd, &ratio);
    if (body->scale == BODY_NONE)
        return;
    body->better = body->scale == BODY_POINTS ? points.better
                   : body->scale == BODY_SMD  ? smd.better
                                              : ratio.better;
    if (body->scale == BODY_POINTS)
        body->points = *points.scale;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used)
            place(build, i, &points, change);
    static const char *const told[] = {"points of one scale", "standard deviations (Hedges g)",
                                       "risk ratios"};
    trace_add(build->trace, body->scale == BODY_RATIO ? "E4" : "E1", NULL,
              NUMBERS({"points", (double)points.trials}, {"smd", (double)smd.trials},
                      {"ratio", (double)ratio.trials}),
              "told in %s", told[body->scale]);
}
