/* What the base tells beyond one question. */
#include <math.h>
#include <stdlib.h>

#include "evidence/rating/rating.h"
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
