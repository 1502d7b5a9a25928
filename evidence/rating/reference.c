/* What the base tells beyond one question. */
#include <math.h>
#include <stdlib.h>

#include "evidence/rating/responders.h"
#include "evidence/statistics/median.h"

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

struct values {
    double *items;
    size_t count;
    size_t capacity;
};

static void add_value(struct values *values, double value)
{
    if (values->count == values->capacity) {
        values->capacity = values->capacity == 0 ? 64 : values->capacity * 2;
        values->items = memory_resize(values->items, values->capacity * sizeof *values->items);
    }
    values->items[values->count++] = value;
}

static void add_study(struct values *values, const struct base *base, const struct study *study)
{
    for (size_t i = 0; !study->retracted && i < study->result_count; i++) {
        double sd = control_sd_on_mid(base, &study->results[i]);
        if (sd > 0)
            add_value(values, sd);
    }
}

struct reference_values reference_values_of(const struct base *base)
{
    struct values values = {0};
    struct control_groups *groups = control_groups_new(base->study_count);
    struct study_walk walk = study_walk_begin(base);
    const struct study *study;
    while ((study = study_walk_next(&walk)) != NULL) {
        add_study(&values, base, study);
        control_groups_add(groups, base, study);
    }
    study_walk_end(&walk);
    struct reference_values found = {.pain_control_sd = median_of(values.items, values.count),
                                     .pain_arms = values.count,
                                     .course = control_groups_end(groups)};
    free(values.items);
    return found;
}
