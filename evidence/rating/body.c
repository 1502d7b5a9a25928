#include "evidence/rating/body.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/building.h"
#include "evidence/rating/risk.h"
#include "evidence/statistics/median.h"

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
    *effect = trial_choice(build, member);
    *entry = (struct rated_study){
        .study = member->study,
        .label = study_label(member->study, build->arena),
        .result = effect->result,
        .effect = {NAN, NAN},
        .printed_low = NAN,
        .printed_high = NAN,
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

void building_leave_out(struct building *build, size_t at, const char *rule, const char *why)
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
            building_leave_out(build, i, "Q3",
                               "not randomised, and randomised trials answer this question");
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
            building_leave_out(build, i, "Q3",
                               "each trial compared with another treatment: a pool of them "
                               "would mean nothing");
}

/* ---- P6: what is only improbable ---- */

static double median_control_sd(const struct building *build)
{
    double *values = arena_array(build->scratch, build->body.count, sizeof *values);
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
        .scratch = trace->scratch,
        .target = {.name = mid->scale_name, .low = mid->scale_low, .high = mid->scale_high},
        .effects = arena_array(trace->scratch, gathered->count, sizeof *build.effects),
        .body = {.scale = BODY_NONE, .points = {.low = NAN, .high = NAN}},
    };
    build.body.studies = arena_array(trace->arena, gathered->count, sizeof *build.body.studies);
    for (size_t i = 0; i < gathered->count; i++)
        add_member(&build, &gathered->members[i]);
    prefer_randomised(&build);
    keep_other_treatments_apart(&build);
    building_settle_scale(&build);
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
