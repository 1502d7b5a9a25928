#include "evidence/judgement/stop/stop_thresholds.h"

#include <stddef.h>
#include <string.h>

static const struct look {
    const char *rule;
    const char *key;
    size_t at; /* in struct stop_model */
} looks[] = {
    {"T2", "decision.worse_above", offsetof(struct stop_model, decision.worse_above)},
    {"T4", "decision.stop_early_below", offsetof(struct stop_model, decision.stop_early_below)},
    {"T5", "decision.stop_below", offsetof(struct stop_model, decision.stop_below)},
    {"T5", "goal.share", offsetof(struct stop_model, goal.share)},
    {"T5", "goal.least_share_of_scale", offsetof(struct stop_model, goal.least_share_of_scale)},
};

size_t stop_thresholds(const struct stop_model *model, const char *rule,
                       struct ruleset_threshold out[RULESET_THRESHOLDS])
{
    size_t count = 0;
    if (model->outcome_count == 0) /* no book */
        return 0;
    for (size_t i = 0; i < sizeof looks / sizeof *looks && count < RULESET_THRESHOLDS; i++) {
        double value;
        memcpy(&value, (const char *)model + looks[i].at, sizeof value);
        if (strcmp(looks[i].rule, rule) == 0)
            out[count++] = (struct ruleset_threshold){looks[i].key, value};
    }
    return count;
}
