#include "service/views/rule_numbers.h"

#include <string.h>

#include "evidence/judgement/stop/stop_thresholds.h"
#include "evidence/model/rulebooks.h"
#include "evidence/rating/rules.h"

size_t rule_numbers(const struct catalog *catalog, const char *rule,
                    struct rule_number out[RULESET_THRESHOLDS])
{
    struct ruleset_threshold thresholds[RULESET_THRESHOLDS];
    const struct stop_model *model = &base_rulebooks(catalog_base(catalog))->stop_model;
    size_t count = ruleset_thresholds(catalog_ruleset(catalog), rule, thresholds);
    if (count == 0)
        count = stop_thresholds(model, rule, thresholds);
    for (size_t i = 0; i < count; i++) {
        const struct threshold_words *words =
            rules_threshold(catalog_rules(catalog), thresholds[i].key);
        out[i] = (struct rule_number){.key = thresholds[i].key, .value = thresholds[i].value};
        if (words != NULL) {
            out[i].words = words->words;
            out[i].unit = words->unit;
        }
    }
    return count;
}

const char *rule_number_told(const struct rule_number *number, struct arena *arena)
{
    if (number->unit == NULL)
        return arena_printf(arena, "%.4g", number->value);
    if (strcmp(number->unit, "share") == 0)
        return arena_printf(arena, "%.3g %%", 100 * number->value);
    return arena_printf(arena, "%.4g %s", number->value, number->unit);
}
