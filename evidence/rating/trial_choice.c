/* Q1, Q2: which of a trial's results stands for it. */
#include <math.h>
#include <string.h>

#include "evidence/rating/building.h"

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

struct trial_effect trial_choice(struct building *build, const struct member *member)
{
    struct trial_effect *effects = arena_array(build->scratch, member->count, sizeof *effects);
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
