/*
 * How long rating takes: the whole curated base, one question again, a what-if, and a synthetic
 * base of 10^6 results and 10^5 questions. Prints minimum, median and maximum over its runs.
 *
 *   bench_rating DATA_FOLDER
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/rating/catalog.h"
#include "evidence/rating/what_if.h"

enum {
    RUNS = 15,
    STUDIES = 100000,
    RESULTS_EACH = 10,
    INTERVENTIONS = 150,
    CONDITIONS = 20,
    OUTCOMES = 5
};

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void print_figures(const char *name, double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    printf("%-44s %10.3f %10.3f %10.3f ms (min, median, max of %d)\n", name, values[0],
           values[count / 2], values[count - 1], count);
}

/* xorshift64: the same base on every machine. */
static double uniform(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Skewed: a few interventions have most of the studies, as in life. */
static size_t skewed(uint64_t *seed, size_t count)
{
    double u = uniform(seed);
    return (size_t)(u * u * u * (double)count);
}

static const struct study_arm *made_arms(struct arena *arena, uint64_t *seed)
{
    struct study_arm *arms = arena_array(arena, 2, sizeof *arms);
    double effect = uniform(seed) - 0.3;
    for (int i = 0; i < 2; i++)
        arms[i] = (struct study_arm){.role = i == 0 ? ROLE_INTERVENTION : ROLE_COMPARATOR,
                                     .n = 15 + (int)(60 * uniform(seed)),
                                     .mean = 5 - (i == 0 ? effect : 0) + 0.3 * uniform(seed),
                                     .sd = 1.5 + uniform(seed),
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

static struct result made_result(struct arena *arena, uint64_t *seed, const struct base *base,
                                 const char *intervention, const char *condition)
{
    static const char *const comparators[] = {"sham", "nothing"};
    size_t comparator = uniform(seed) < 0.5 ? 0 : 1;
    size_t outcome = (size_t)(uniform(seed) * OUTCOMES);
    return (struct result){
        .intervention = intervention,
        .comparator = comparators[comparator],
        .comparator_class = comparator == 0 ? COMPARATOR_SHAM : COMPARATOR_NOTHING,
        .condition = condition,
        .outcome = base->outcomes[outcome].id,
        .scale = {.name = "0-10", .low = 0, .high = 10},
        .better = BETTER_LOWER,
        .window = (enum window)(uniform(seed) * 4),
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
        .arms = made_arms(arena, seed),
        .arm_count = 2,
        .favours = FAVOURS_UNKNOWN,
        .grade = CERTAINTY_UNKNOWN,
    };
}

/* The entries of a larger base; their words are those of the first real one. */
static void make_entries(struct arena *arena, const struct base *real, struct base *out)
{
    struct intervention *interventions = arena_array(arena, INTERVENTIONS, sizeof *interventions);
    struct condition *conditions = arena_array(arena, CONDITIONS, sizeof *conditions);
    static const char *const nobody[] = {NULL};
    for (size_t i = 0; i < INTERVENTIONS; i++) {
        interventions[i] = real->interventions[0];
        interventions[i].id = arena_printf(arena, "i%05zu", i);
    }
    for (size_t i = 0; i < CONDITIONS; i++) {
        conditions[i] = real->conditions[0];
        conditions[i].id = arena_printf(arena, "c%03zu", i);
        conditions[i].parents = nobody;
    }
    out->interventions = interventions;
    out->intervention_count = INTERVENTIONS;
    out->conditions = conditions;
    out->condition_count = CONDITIONS;
}

static void make_studies(struct arena *arena, struct base *out)
{
    static const char *const nobody[] = {NULL};
    uint64_t seed = 88172645463325252u;
    struct study *studies = arena_array(arena, STUDIES, sizeof *studies);
    for (size_t i = 0; i < STUDIES; i++) {
        size_t intervention = skewed(&seed, INTERVENTIONS);
        size_t condition = skewed(&seed, CONDITIONS);
        struct result *results = arena_array(arena, RESULTS_EACH, sizeof *results);
        for (size_t j = 0; j < RESULTS_EACH; j++)
            results[j] = made_result(arena, &seed, out, out->interventions[intervention].id,
                                     out->conditions[condition].id);
        studies[i] = (struct study){.id = arena_printf(arena, "pmid:%08zu", i),
                                    .aliases = nobody,
                                    .registrations = nobody,
                                    .pooled_in = nobody,
                                    .title = "made",
                                    .year = 1990 + (int)(35 * uniform(&seed)),
                                    .design = DESIGN_RCT,
                                    .condition = out->conditions[condition].id,
                                    .participants = COUNT_UNKNOWN,
                                    .trials = COUNT_UNKNOWN,
                                    .results = results,
                                    .result_count = RESULTS_EACH};
    }
    out->studies = studies;
    out->study_count = STUDIES;
}

static void bench_synthetic(const struct base *real)
{
    struct arena *arena = arena_new();
    struct base base = *real;
    struct catalog_stamp stamp = {.hash = "synthetic"};
    struct error err = {0};
    make_entries(arena, real, &base);
    make_studies(arena, &base);
    double began = now_ms();
    struct catalog *catalog = catalog_new(arena, &base, &stamp, &err);
    if (catalog == NULL) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    printf("%-44s %10.0f ms, %zu results, %zu questions\n", "a synthetic base into a catalog",
           now_ms() - began, (size_t)STUDIES * RESULTS_EACH, catalog_rating_count(catalog));
    catalog_release(catalog);
}

static void bench_whole_base(const char *folder)
{
    double times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        struct arena *arena = arena_new();
        struct problems problems = {.arena = arena};
        struct base base;
        struct catalog_stamp stamp = {.hash = "bench"};
        struct error err = {0};
        base_read_folder(folder, &base, &problems);
        double began = now_ms();
        struct catalog *catalog = catalog_new(arena, &base, &stamp, &err);
        times[run] = now_ms() - began;
        if (catalog == NULL) {
            fprintf(stderr, "%s\n", err.message);
            exit(1);
        }
        catalog_release(catalog);
    }
    print_figures("the whole curated base rated", times, RUNS);
}

/* The slowest question is the largest body; the median one is what most people meet. */
static void bench_what_if(const struct catalog *catalog)
{
    size_t count = catalog_rating_count(catalog);
    double *times = memory_alloc(count * sizeof *times);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        if (rating->synthesis.basis < BASIS_TRIALS)
            continue;
        const char *left_out[] = {rating->body.studies[0].study->id};
        struct what_if changes = {.leave_out = left_out, .leave_out_count = 1};
        struct arena *arena = arena_new();
        struct error err = {0};
        double began = now_ms();
        if (catalog_what_if(catalog, rating, &changes, arena, &err) != NULL)
            times[used++] = now_ms() - began;
        arena_free(arena);
    }
    print_figures("what if, over every question with a figure", times, (int)used);
    free(times);
}

/* One study put in the place of itself: what its results move is rated again. */
static void bench_one_study(struct catalog *catalog)
{
    const struct base *base = catalog_base(catalog);
    struct catalog_stamp stamp = {.hash = "bench"};
    double *times = memory_alloc(base->study_count * sizeof *times);
    for (size_t i = 0; i < base->study_count; i++) {
        struct study study = base->studies[i];
        study.retracted = !study.retracted;
        double began = now_ms();
        struct catalog *after = catalog_with_study(catalog, &study, &stamp, arena_new());
        times[i] = now_ms() - began;
        catalog_release(after);
    }
    print_figures("one study withdrawn, over every study", times, (int)base->study_count);
    free(times);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: bench_rating DATA_FOLDER\n", stderr);
        return 2;
    }
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct catalog_stamp stamp = {.hash = "bench"};
    struct error err = {0};
    bench_whole_base(argv[1]);
    base_read_folder(argv[1], &base, &problems);
    struct catalog *catalog = catalog_new(arena, &base, &stamp, &err);
    bench_what_if(catalog);
    bench_one_study(catalog);
    bench_synthetic(&base);
    catalog_release(catalog);
    return 0;
}
