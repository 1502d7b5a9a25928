#include "evidence/rating/body.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/risk.h"

/* What is being built, with what it is built from. */
struct building {
    const struct rating_context *context;
    const struct question *question;
    struct trace *trace;
    struct arena *arena;
    struct scale target;          /* where the outcome's MID is defined; ends NAN without one */
    struct trial_effect *effects; /* one a member, usable or not */
    struct body body;
};

/* ---- Q1: which of a trial's results ---- */

/* Days at which each window is asked (METHOD Q1). */
static const double window_day[WINDOW_COUNT] = {
    [WINDOW_IMMEDIATE] = 1, [WINDOW_SHORT] = 28, [WINDOW_MEDIUM] = 120, [WINDOW_LONG] = 365};

static double days_off(const struct result *result)
{
    if (isnan(result->days) || result->window == WINDOW_UNSTATED)
        return INFINITY;
    return fabs(result->days - window_day[result->window]);
}

/* Rest and average pain come before worst pain and pain on movement. */
static bool is_worst_or_movement(const struct result *result)
{
    static const char *const words[] = {"worst", "movement", "motion", "maximum", "activity"};
    for (size_t i = 0; result->scale.name != NULL && i < sizeof words / sizeof *words; i++)
        if (strcasestr(result->scale.name, words[i]) != NULL)
            return true;
    return false;
}

/* Benefit positive, in whatever unit there is: only to order the results of one trial. */
static double benefit_of(const struct trial_effect *effect)
{
    double yi = effect_usable(effect->smd)      ? effect->smd.yi
                : effect_usable(effect->points) ? effect->points.yi
                                                : effect->ratio.yi;
    return effect->result->better == BETTER_LOWER ? -yi : yi;
}

static int compare_numbers(double a, double b)
{
    return a < b ? -1 : a > b;
}

/* Below 0 if `a` stands for the trial rather than `b`. */
static int by_choice(const struct trial_effect *a, const struct trial_effect *b)
{
    int order = (int)trial_effect_usable(b) - (int)trial_effect_usable(a);
    if (order == 0)
        order = compare_numbers(days_off(a->result), days_off(b->result));
    if (order == 0)
        order = (b->result->main != NULL) - (a->result->main != NULL);
    if (order == 0)
        order = (int)is_worst_or_movement(a->result) - (int)is_worst_or_movement(b->result);
    if (order == 0)
        order = (b->result->arm_count != 0) - (a->result->arm_count != 0);
    if (order == 0 && trial_effect_usable(a))
        order = compare_numbers(benefit_of(a), benefit_of(b));
    if (order == 0) /* the same in every respect: by what they say, not by where they stand */
        order = compare_numbers(a->result->estimate, b->result->estimate);
    return order;
}

static bool same_group(const struct result *a, const struct result *b)
{
    if (a->group == NULL || b->group == NULL)
        return a->group == b->group;
    return strcmp(a->group, b->group) == 0;
}

/* Keeps one result a group; gives how many groups there are. */
static size_t one_a_group(struct trial_effect *effects, size_t count)
{
    size_t groups = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < groups && !same_group(effects[at].result, effects[i].result))
            at++;
        if (at == groups)
            effects[groups++] = effects[i];
        else if (by_choice(&effects[i], &effects[at]) < 0)
            effects[at] = effects[i];
    }
    return groups;
}

/* A result for all of a trial's people stands before those of its parts. */
static size_t whole_before_parts(struct trial_effect *effects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (effects[i].result->group == NULL && trial_effect_usable(&effects[i])) {
            effects[0] = effects[i];
            return 1;
        }
    return count;
}

static size_t drop_unusable(struct trial_effect *effects, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (trial_effect_usable(&effects[i]))
            effects[kept++] = effects[i];
    return kept;
}

/* One effect for one trial; its `result` is NULL if there is none to count. */
static struct trial_effect choose(struct building *build, const struct member *member)
{
    struct trial_effect *effects = arena_array(build->arena, member->count, sizeof *effects);
    size_t count = 0;
    for (size_t i = 0; i < member->count; i++)
        if (member->results[i]->ignored == NULL)
            effects[count++] = trial_effect_of(member->study, member->results[i], &build->target,
                                               build->context->ruleset, build->arena);
    if (count == 0)
        return (struct trial_effect){.n = COUNT_UNKNOWN};
    size_t offered = count;
    count = whole_before_parts(effects, one_a_group(effects, count));
    struct trial_effect first = effects[0];
    count = drop_unusable(effects, count);
    if (offered > count && count == 1)
        trace_add(build->trace, "Q1", member->study->id,
                  NUMBERS({"results", (double)offered}, GIVES, {"day", effects[0].result->days}),
                  "%zu results answer this question; kept is the one %s", offered,
                  isnan(effects[0].result->days) ? "that stands for them by the order of the rule"
                                                 : "nearest the window's day");
    if (count < 2)
        return count == 1 ? effects[0] : first;
    trace_add(build->trace, "Q2", member->study->id, NUMBERS({"groups", (double)count}),
              "%zu groups of the same trial are combined, not chosen between", count);
    return trial_effect_combined(effects, count, member->study, &build->target,
                                 build->context->ruleset, build->arena);
}

/* ---- Q3: who counts at all ---- */

static const char *first_ignored(const struct member *member)
{
    for (size_t i = 0; i < member->count; i++)
        if (member->results[i]->ignored != NULL)
            return member->results[i]->ignored;
    return NULL;
}

static const char *reason_against(const struct member *member, const struct trial_effect *effect)
{
    if (member->study->retracted)
        return "retracted: it counts for nothing";
    if (member->study->design == DESIGN_SYSTEMATIC_REVIEW)
        return "a review: its pooled figure stands beside the trials, not among them";
    if (!design_is_trial(member->study->design))
        return "no comparison of groups: it cannot show an effect of its own";
    if (effect->result == NULL)
        return first_ignored(member);
    if (trial_effect_usable(effect))
        return NULL;
    const struct result *result = effect->result;
    bool counts = result->arm_count == 2 && result->arms[0].events != COUNT_UNKNOWN &&
                  result->arms[1].events != COUNT_UNKNOWN;
    if (counts && member->study->design != DESIGN_CLUSTER_RCT)
        return "nobody or everybody had the event in both groups: that tells nothing of the ratio";
    if (counts)
        return "its counts do not know of the clusters, and no error that does was printed";
    if ((result->figure == FIGURE_OR || result->figure == FIGURE_RD) && isfinite(result->ci_low))
        return "an odds ratio or risk difference without its counts cannot be told as a risk ratio";
    return "no figure with its uncertainty was printed; only a direction is known";
}

static enum favours direction_of(const struct member *member)
{
    for (size_t i = 0; i < member->count; i++)
        if (member->results[i]->favours != FAVOURS_UNKNOWN)
            return member->results[i]->favours;
    return FAVOURS_UNKNOWN;
}

static void add_member(struct building *build, const struct member *member)
{
    size_t at = build->body.count++;
    struct trial_effect *effect = &build->effects[at];
    struct rated_study *entry = &build->body.studies[at];
    *effect = choose(build, member);
    *entry = (struct rated_study){
        .study = member->study,
        .label = study_label(member->study, build->arena),
        .result = effect->result,
        .effect = {NAN, NAN},
        .weight = NAN,
        .n = effect->n,
        .events = COUNT_UNKNOWN,
        .control_sd = NAN,
        .control_risk = NAN,
        .why_not = reason_against(member, effect),
    };
    entry->favours = effect->result != NULL && effect->result->favours != FAVOURS_UNKNOWN
                         ? effect->result->favours
                         : direction_of(member);
    entry->risk = risk_of(member->study, build->context->ruleset, build->arena, &entry->risk_by);
    entry->used = entry->why_not == NULL;
    if (entry->why_not != NULL)
        trace_add(build->trace, "Q3", member->study->id, NULL, "left out: %s", entry->why_not);
}

static void leave_out(struct building *build, size_t at, const char *rule, const char *why)
{
    struct rated_study *entry = &build->body.studies[at];
    entry->used = false;
    entry->why_not = why;
    trace_add(build->trace, rule, entry->study->id, NULL, "left out: %s", why);
}

/* Randomised trials are not mixed with others: where they stand, they answer. */
static void prefer_randomised(struct building *build)
{
    bool any = false;
    for (size_t i = 0; i < build->body.count; i++)
        any = any || (build->body.studies[i].used &&
                      design_is_randomised(build->body.studies[i].study->design));
    for (size_t i = 0; any && i < build->body.count; i++)
        if (build->body.studies[i].used &&
            !design_is_randomised(build->body.studies[i].study->design))
            leave_out(build, i, "Q3", "not randomised, and randomised trials answer this question");
}

/* "Another treatment" is a class of its own only where it was the same treatment. */
static void keep_other_treatments_apart(struct building *build)
{
    const char *detail = NULL;
    bool differ = false;
    if (strcmp(build->question->comparator, "active:other") != 0)
        return;
    for (size_t i = 0; i < build->body.count; i++) {
        if (!build->body.studies[i].used)
            continue;
        const char *one = build->body.studies[i].result->comparator_detail;
        differ = differ || (detail != NULL && strcmp(one, detail) != 0);
        detail = one;
    }
    for (size_t i = 0; differ && i < build->body.count; i++)
        if (build->body.studies[i].used)
            leave_out(build, i, "Q3",
                      "each trial compared with another treatment: a pool of them "
                      "would mean nothing");
}

/* ---- E1: the scale ---- */

/* True if the points of both are on one scale. */
static bool share_scale(const struct scale *a, const struct scale *b)
{
    if (isfinite(a->low) && isfinite(b->low))
        return a->low == b->low && a->high == b->high;
    return isnan(a->low) && isnan(b->low) && a->name != NULL && b->name != NULL &&
           strcmp(a->name, b->name) == 0;
}

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
                share_scale(&build->effects[j].scale, now.scale))
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

static void place(struct building *build, size_t at, const struct keeping *points, bool change)
{
    const struct trial_effect *from = &build->effects[at];
    struct body *body = &build->body;
    struct rated_study *entry = &body->studies[at];
    bool turned = from->result->better != body->better;
    struct effect effect = on_scale(from, body->scale, turned);
    if (!effect_usable(effect)) {
        leave_out(build, at, "E1", "its figure cannot be told on the scale of the others");
        return;
    }
    if (body->scale == BODY_POINTS && !share_scale(&from->scale, points->scale)) {
        leave_out(build, at, "E1", "measured on another scale whose points mean something else");
        return;
    }
    if (body->scale == BODY_SMD && from->change != change) {
        leave_out(build, at, "E2", "changes and final values are not mixed in standard deviations");
        return;
    }
    bool opposite = turned && body->scale == BODY_RATIO;
    entry->effect = effect;
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

static void settle_scale(struct building *build)
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

/* ---- P6: what is only improbable ---- */

static int by_value(const void *left, const void *right)
{
    return compare_numbers(*(const double *)left, *(const double *)right);
}

static double median_of(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, by_value);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double median_control_sd(const struct building *build)
{
    double *values = arena_array(build->arena, build->body.count, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < build->body.count; i++)
        if (build->body.studies[i].used && isfinite(build->body.studies[i].control_sd))
            values[count++] = build->body.studies[i].control_sd;
    return median_of(values, count);
}

static void flag_improbable(struct building *build, double median_sd)
{
    const struct ruleset *ruleset = build->context->ruleset;
    for (size_t i = 0; i < build->body.count; i++) {
        struct rated_study *entry = &build->body.studies[i];
        const struct trial_effect *effect = &build->effects[i];
        if (!entry->used)
            continue;
        bool huge = fabs(effect->smd.yi) > ruleset->improbable_g;
        bool tight = build->body.scale == BODY_POINTS &&
                     effect->smallest_sd < ruleset->improbable_sd_share * median_sd;
        entry->improbable = huge || tight;
        if (entry->improbable)
            trace_add(
                build->trace, "P6", entry->study->id,
                NUMBERS({"g", effect->smd.yi}, {"sd", effect->smallest_sd},
                        {"median_sd", median_sd}),
                huge ? "the arms differ by more than is probable; kept, and the pool is given "
                       "without it too"
                     : "its SD is so small that it may be a standard error; kept, and the pool "
                       "is given without it too");
    }
}

/* ---- totals ---- */

/* A risk of nobody or everybody says nothing of what a ratio comes to. */
static double usable_risk(double events, double people)
{
    return people > 0 && events > 0 && events < people ? events / people : (double)NAN;
}

static void add_up(struct body *body)
{
    double risk_events = 0;
    double risk_people = 0;
    body->used = 0;
    body->n = body->events = 0;
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        if (!entry->used)
            continue;
        body->used++;
        body->n = body->n == COUNT_UNKNOWN || entry->n == COUNT_UNKNOWN ? COUNT_UNKNOWN
                                                                        : body->n + entry->n;
        if (body->events != COUNT_UNKNOWN)
            body->events =
                entry->events == COUNT_UNKNOWN ? COUNT_UNKNOWN : body->events + entry->events;
        if (isfinite(entry->control_risk)) {
            double people = entry->n == COUNT_UNKNOWN ? 1 : entry->n;
            risk_events += entry->control_risk * people;
            risk_people += people;
        }
    }
    body->control_risk = usable_risk(risk_events, risk_people);
}

struct body body_of(const struct rating_context *context, const struct gathered *gathered,
                    struct trace *trace)
{
    const struct mid *mid = &gathered->question.outcome->mid;
    struct building build = {
        .context = context,
        .question = &gathered->question,
        .trace = trace,
        .arena = trace->arena,
        .target = {.name = mid->scale_name, .low = mid->scale_low, .high = mid->scale_high},
        .effects = arena_array(trace->arena, gathered->count, sizeof *build.effects),
        .body = {.scale = BODY_NONE, .points = {.low = NAN, .high = NAN}},
    };
    build.body.studies = arena_array(trace->arena, gathered->count, sizeof *build.body.studies);
    for (size_t i = 0; i < gathered->count; i++)
        add_member(&build, &gathered->members[i]);
    prefer_randomised(&build);
    keep_other_treatments_apart(&build);
    settle_scale(&build);
    build.body.control_sd = median_control_sd(&build);
    flag_improbable(&build, build.body.control_sd);
    add_up(&build.body);
    if (isfinite(build.body.control_risk))
        trace_add(trace, "E4", NULL,
                  NUMBERS({"trials", (double)build.body.used}, GIVES,
                          {"control_risk", build.body.control_risk}),
                  "the risk without the treatment, over the control groups of these trials");
    return build.body;
}

/* ---- what the base tells beyond one question ---- */

/* A control arm's SD on the scale of its outcome's MID; NAN without one. */
static double control_sd_on_mid(const struct base *base, const struct result *result)
{
    const struct outcome *outcome = base_outcome(base, result->outcome);
    if (outcome == NULL || isnan(outcome->mid.scale_low) || result->arm_count != 2 ||
        result->ignored != NULL || isnan(result->scale.low))
        return NAN;
    return result->arms[1].sd * (outcome->mid.scale_high - outcome->mid.scale_low) /
           (result->scale.high - result->scale.low);
}

struct reference_values reference_values_of(const struct base *base)
{
    size_t most = 0;
    for (size_t i = 0; i < base->study_count; i++)
        most += base->studies[i].result_count;
    double *values = memory_alloc(most * sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = &base->studies[i];
        for (size_t j = 0; !study->retracted && j < study->result_count; j++) {
            double sd = control_sd_on_mid(base, &study->results[j]);
            if (sd > 0)
                values[count++] = sd;
        }
    }
    struct reference_values found = {.pain_control_sd = median_of(values, count),
                                     .pain_arms = count};
    free(values);
    return found;
}
