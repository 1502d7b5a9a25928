#include "evidence/rating/ruleset.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* A group of numbers: a named object whose fields are all required. */
struct field {
    const char *name;
    double *value;
};

static void read_group(const struct json_reader *at, const char *group, const struct field *fields,
                       size_t count)
{
    const char *known[16] = {0};
    struct json_reader object = json_get_object(at, group, REQUIRED);
    if (object.value == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        known[i] = fields[i].name;
    json_fields(&object, known);
    for (size_t i = 0; i < count; i++) {
        *fields[i].value = json_get_number(&object, fields[i].name, REQUIRED);
        if (*fields[i].value < 0)
            json_problem(&object, fields[i].name, "a threshold is not negative");
    }
}

#define READ_GROUP(at, group, ...)                                                                 \
    read_group(at, group, (const struct field[]){__VA_ARGS__},                                     \
               sizeof((const struct field[]){__VA_ARGS__}) / sizeof(struct field))

static void read_pool(const struct json_reader *at, struct ruleset *out)
{
    struct json_reader pool = json_get_object(at, "pool", REQUIRED);
    if (pool.value == NULL)
        return;
    json_fields(&pool, (const char *const[]){"method", "test", "level", NULL});
    const char *method = json_get_text(&pool, "method", REQUIRED);
    const char *test = json_get_text(&pool, "test", REQUIRED);
    if (method != NULL && !pool_method_from_name(method, &out->method))
        json_problem(&pool, "method", "no such method: %s", method);
    if (test != NULL && !pool_test_from_name(test, &out->test))
        json_problem(&pool, "test", "no such test: %s", test);
    out->level = json_get_number(&pool, "level", REQUIRED);
    if (!(out->level > 0 && out->level < 1))
        json_problem(&pool, "level", "must be between 0 and 1");
}

static void read_sizes(const struct json_reader *at, struct ruleset *out)
{
    READ_GROUP(at, "mid", {"smd", &out->mid_smd}, {"risk_per_100", &out->mid_risk_per_100},
               {"trivial", &out->trivial}, {"moderate", &out->moderate});
    READ_GROUP(at, "smd_magnitude", {"small", &out->smd_small}, {"moderate", &out->smd_moderate},
               {"large", &out->smd_large});
    READ_GROUP(at, "improbable", {"g", &out->improbable_g},
               {"sd_share", &out->improbable_sd_share});
}

static void read_certainty(const struct json_reader *at, struct ruleset *out)
{
    READ_GROUP(at, "risk_of_bias", {"share", &out->bias_share},
               {"appraised", &out->appraised_share}, {"pedro_low", &out->pedro_low},
               {"pedro_some_concerns", &out->pedro_some}, {"graded_by_review", &out->graded_share});
    READ_GROUP(at, "inconsistency", {"i2", &out->i2}, {"q_p", &out->q_p},
               {"other_side", &out->other_side});
    READ_GROUP(at, "imprecision", {"people_few", &out->people_few},
               {"people_very_few", &out->people_very_few}, {"events_few", &out->events_few});
    READ_GROUP(at, "upgrade", {"ratio", &out->upgrade_ratio}, {"ratio_large", &out->upgrade_large});
    READ_GROUP(at, "publication", {"egger_trials", &out->egger_trials}, {"egger_p", &out->egger_p},
               {"small_trials", &out->small_trials}, {"small_arm", &out->small_arm});
    READ_GROUP(at, "adoption", {"share", &out->adopt_share}, {"trials", &out->adopt_trials});
}

void ruleset_read(const struct json_reader *at, struct ruleset *out)
{
    *out = (struct ruleset){0};
    json_fields(at, (const char *const[]){"id", "version", "pool", "mid", "smd_magnitude",
                                          "risk_of_bias", "inconsistency", "imprecision", "upgrade",
                                          "publication", "adoption", "improbable", "crossover_r",
                                          "null_only", "i2_severe", NULL});
    out->id = json_get_text(at, "id", REQUIRED);
    out->version = json_get_text(at, "version", REQUIRED);
    read_pool(at, out);
    read_sizes(at, out);
    read_certainty(at, out);
    out->null_only = json_get_truth(at, "null_only");
    out->i2_severe = json_get_number(at, "i2_severe", OPTIONAL);
    out->crossover_r = json_get_number(at, "crossover_r", REQUIRED);
    if (fabs(out->crossover_r) >= 1)
        json_problem(at, "crossover_r", "a correlation lies between -1 and 1");
}

/* ---- which rule looks at what ---- */

static const struct look {
    const char *rule;
    const char *key;
    size_t at; /* in struct ruleset */
} looks[] = {
    {"E3", "crossover_r", offsetof(struct ruleset, crossover_r)},
    {"P1", "pool.level", offsetof(struct ruleset, level)},
    {"P3", "publication.egger_trials", offsetof(struct ruleset, egger_trials)},
    {"P3", "publication.egger_p", offsetof(struct ruleset, egger_p)},
    {"P4", "adoption.share", offsetof(struct ruleset, adopt_share)},
    {"P4", "adoption.trials", offsetof(struct ruleset, adopt_trials)},
    {"P6", "improbable.g", offsetof(struct ruleset, improbable_g)},
    {"P6", "improbable.sd_share", offsetof(struct ruleset, improbable_sd_share)},
    {"B", "risk_of_bias.pedro_low", offsetof(struct ruleset, pedro_low)},
    {"B", "risk_of_bias.pedro_some_concerns", offsetof(struct ruleset, pedro_some)},
    {"B0", "risk_of_bias.share", offsetof(struct ruleset, bias_share)},
    {"B1", "risk_of_bias.share", offsetof(struct ruleset, bias_share)},
    {"B2", "risk_of_bias.share", offsetof(struct ruleset, bias_share)},
    {"B3", "risk_of_bias.appraised", offsetof(struct ruleset, appraised_share)},
    {"B4", "risk_of_bias.graded_by_review", offsetof(struct ruleset, graded_share)},
    {"N", "inconsistency.i2", offsetof(struct ruleset, i2)},
    {"N", "inconsistency.q_p", offsetof(struct ruleset, q_p)},
    {"N1", "inconsistency.i2", offsetof(struct ruleset, i2)},
    {"N1", "inconsistency.q_p", offsetof(struct ruleset, q_p)},
    {"N2", "inconsistency.i2", offsetof(struct ruleset, i2)},
    {"N2", "inconsistency.q_p", offsetof(struct ruleset, q_p)},
    {"N2", "inconsistency.other_side", offsetof(struct ruleset, other_side)},
    {"N2", "i2_severe", offsetof(struct ruleset, i2_severe)},
    {"M", "imprecision.people_few", offsetof(struct ruleset, people_few)},
    {"M", "imprecision.people_very_few", offsetof(struct ruleset, people_very_few)},
    {"M", "imprecision.events_few", offsetof(struct ruleset, events_few)},
    {"M1", "imprecision.people_few", offsetof(struct ruleset, people_few)},
    {"M1", "imprecision.events_few", offsetof(struct ruleset, events_few)},
    {"M2", "imprecision.people_few", offsetof(struct ruleset, people_few)},
    {"M2", "imprecision.people_very_few", offsetof(struct ruleset, people_very_few)},
    {"M2", "imprecision.events_few", offsetof(struct ruleset, events_few)},
    {"PB", "publication.egger_trials", offsetof(struct ruleset, egger_trials)},
    {"PB1", "publication.egger_trials", offsetof(struct ruleset, egger_trials)},
    {"PB1", "publication.egger_p", offsetof(struct ruleset, egger_p)},
    {"PB1", "publication.small_trials", offsetof(struct ruleset, small_trials)},
    {"PB1", "publication.small_arm", offsetof(struct ruleset, small_arm)},
    {"U", "upgrade.ratio", offsetof(struct ruleset, upgrade_ratio)},
    {"U", "upgrade.ratio_large", offsetof(struct ruleset, upgrade_large)},
    {"V2", "mid.trivial", offsetof(struct ruleset, trivial)},
    {"V2", "mid.moderate", offsetof(struct ruleset, moderate)},
    {"V2", "smd_magnitude.small", offsetof(struct ruleset, smd_small)},
    {"V2", "smd_magnitude.moderate", offsetof(struct ruleset, smd_moderate)},
    {"V2", "smd_magnitude.large", offsetof(struct ruleset, smd_large)},
};

size_t ruleset_thresholds(const struct ruleset *ruleset, const char *rule,
                          struct ruleset_threshold out[RULESET_THRESHOLDS])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof looks / sizeof *looks && count < RULESET_THRESHOLDS; i++) {
        double value;
        memcpy(&value, (const char *)ruleset + looks[i].at, sizeof value);
        if (strcmp(looks[i].rule, rule) == 0 && !isnan(value))
            out[count++] = (struct ruleset_threshold){looks[i].key, value};
    }
    return count;
}
