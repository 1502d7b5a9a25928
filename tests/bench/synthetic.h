/*
 * Bases of made studies, as large as wanted and the same for the same seed: a few treatments,
 * complaints and words have most of the studies, as in life. Nothing of it is true of anything.
 */
#ifndef TOUCHSTONE_TESTS_BENCH_SYNTHETIC_H
#define TOUCHSTONE_TESTS_BENCH_SYNTHETIC_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"
#include "evidence/model/base.h"

enum { SYNTHETIC_OUTCOMES = 5, SYNTHETIC_WORDS = 5000 };

struct synthetic {
    uint64_t seed; /* not 0 */
    size_t studies;
    size_t results_each;
    size_t interventions;
    size_t conditions;
};

/* xorshift64: the same base on every machine. */
static inline double synthetic_uniform(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Skewed: a few interventions have most of the studies, as in life. */
static inline size_t synthetic_skewed(uint64_t *seed, size_t count)
{
    double u = synthetic_uniform(seed);
    return (size_t)(u * u * u * (double)count);
}

/* As papers print it: two decimals. */
static inline double synthetic_printed(double value)
{
    return round(value * 100) / 100;
}

static inline const struct study_arm *synthetic_arms(struct arena *arena, uint64_t *seed)
{
    struct study_arm *arms = arena_array(arena, 2, sizeof *arms);
    double effect = synthetic_uniform(seed) - 0.3;
    for (int i = 0; i < 2; i++)
        arms[i] = (struct study_arm){
            .role = i == 0 ? ROLE_INTERVENTION : ROLE_COMPARATOR,
            .n = 15 + (int)(60 * synthetic_uniform(seed)),
            .mean = synthetic_printed(5 - (i == 0 ? effect : 0) + 0.3 * synthetic_uniform(seed)),
            .sd = synthetic_printed(1.5 + synthetic_uniform(seed)),
            .baseline_mean = NAN,
            .baseline_sd = NAN,
            .change_mean = NAN,
            .change_sd = NAN,
            .median = NAN,
            .q1 = NAN,
            .q3 = NAN,
            .events = COUNT_UNKNOWN};
    return arms;
}

static inline struct result synthetic_result(struct arena *arena, uint64_t *seed,
                                             const struct base *base, const char *intervention,
                                             const char *condition)
{
    static const char *const comparators[] = {"sham", "nothing"};
    size_t comparator = synthetic_uniform(seed) < 0.5 ? 0 : 1;
    size_t outcome = (size_t)(synthetic_uniform(seed) * SYNTHETIC_OUTCOMES);
    return (struct result){
        .intervention = intervention,
        .comparator = comparators[comparator],
        .comparator_class = comparator == 0 ? COMPARATOR_SHAM : COMPARATOR_NOTHING,
        .condition = condition,
        .outcome = base->outcomes[outcome].id,
        .scale = {.name = "0-10", .low = 0, .high = 10},
        .better = BETTER_LOWER,
        .window = (enum window)(synthetic_uniform(seed) * 4),
        .days = NAN,
        .figure = FIGURE_NONE,
        .estimate = NAN,
        .ci_low = NAN,
        .ci_high = NAN,
        .ci_level = NAN,
        .se = NAN,
        .p = NAN,
        .k = COUNT_UNKNOWN,
        .n = COUNT_UNKNOWN,
        .i2 = NAN,
        .control_risk = NAN,
        .arms = synthetic_arms(arena, seed),
        .arm_count = 2,
        .favours = FAVOURS_UNKNOWN,
        .grade = CERTAINTY_UNKNOWN,
    };
}

/* The real entries, which documents name, and after them made ones: all but the names is that of
 * the first real one. */
static inline void synthetic_entries(struct arena *arena, const struct base *real,
                                     const struct synthetic *size, struct base *out)
{
    static const char *const nobody[] = {NULL};
    struct intervention *interventions =
        arena_array(arena, real->intervention_count + size->interventions, sizeof *interventions);
    struct condition *conditions =
        arena_array(arena, real->condition_count + size->conditions, sizeof *conditions);
    memcpy(interventions, real->interventions, real->intervention_count * sizeof *interventions);
    memcpy(conditions, real->conditions, real->condition_count * sizeof *conditions);
    for (size_t i = 0; i < size->interventions; i++) {
        struct intervention *made = &interventions[real->intervention_count + i];
        *made = real->interventions[0];
        made->id = arena_printf(arena, "zz-made-%05zu", i);
        made->name = arena_printf(arena, "Made treatment %zu", i);
        made->plain = made->name;
        made->aliases = nobody;
        made->claims = nobody;
    }
    for (size_t i = 0; i < size->conditions; i++) {
        struct condition *made = &conditions[real->condition_count + i];
        *made = real->conditions[0];
        made->id = arena_printf(arena, "zz-made-%03zu", i);
        made->name = arena_printf(arena, "Made complaint %zu", i);
        made->plain = made->name;
        made->aliases = nobody;
        made->parents = nobody;
    }
    out->interventions = interventions;
    out->intervention_count = real->intervention_count + size->interventions;
    out->conditions = conditions;
    out->condition_count = real->condition_count + size->conditions;
}

/* The word of a number: syllables, the first of which tell most, as in words that are spoken. */
static inline const char *synthetic_word(struct arena *arena, size_t number)
{
    static const char consonants[] = "bdfgklmnprstvz";
    static const char vowels[] = "aeiou";
    char word[16] = {0};
    for (size_t i = 0; i < 6; i += 2) {
        word[i] = consonants[number % (sizeof consonants - 1)];
        number /= sizeof consonants - 1;
        word[i + 1] = vowels[number % (sizeof vowels - 1)];
        number /= sizeof vowels - 1;
    }
    return arena_strdup(arena, word);
}

/* Ten words of SYNTHETIC_WORDS that nobody uses, few of them often. */
static inline const char *synthetic_title(struct arena *arena, uint64_t *seed)
{
    struct buffer title = {0};
    for (int i = 0; i < 10; i++)
        buffer_printf(&title, "%s%s", i == 0 ? "" : " ",
                      synthetic_word(arena, synthetic_skewed(seed, SYNTHETIC_WORDS)));
    const char *kept = arena_strndup(arena, title.bytes, title.length);
    buffer_release(&title);
    return kept;
}

static inline struct study synthetic_study(struct arena *arena, uint64_t *seed, size_t number,
                                           const struct synthetic *size, const struct base *base)
{
    static const char *const nobody[] = {NULL};
    size_t intervention = base->intervention_count - size->interventions +
                          synthetic_skewed(seed, size->interventions);
    size_t condition =
        base->condition_count - size->conditions + synthetic_skewed(seed, size->conditions);
    struct result *results = arena_array(arena, size->results_each, sizeof *results);
    for (size_t j = 0; j < size->results_each; j++)
        results[j] = synthetic_result(arena, seed, base, base->interventions[intervention].id,
                                      base->conditions[condition].id);
    return (struct study){.id = arena_printf(arena, "pmid:%08zu", number + 1),
                          .aliases = nobody,
                          .registrations = nobody,
                          .pooled_in = nobody,
                          .title = synthetic_title(arena, seed),
                          .year = 1990 + (int)(35 * synthetic_uniform(seed)),
                          .design = DESIGN_RCT,
                          .condition = base->conditions[condition].id,
                          .participants = COUNT_UNKNOWN,
                          .trials = COUNT_UNKNOWN,
                          .results = results,
                          .result_count = size->results_each};
}

/* A base of made studies in `arena` with the documents and outcomes of a real one. */
static inline struct base synthetic_base(struct arena *arena, const struct base *real,
                                         const struct synthetic *size)
{
    struct base base = *real;
    uint64_t seed = size->seed;
    struct study *studies = arena_array(arena, size->studies, sizeof *studies);
    synthetic_entries(arena, real, size, &base);
    for (size_t i = 0; i < size->studies; i++)
        studies[i] = synthetic_study(arena, &seed, i, size, &base);
    base.studies = studies;
    base.study_count = size->studies;
    return base;
}

#endif
