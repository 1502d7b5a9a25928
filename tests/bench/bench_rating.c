/*
 * How long rating takes: the whole curated base, one question again, a what-if, and a synthetic
 * base of 10^6 results and 10^5 questions. Prints minimum, median and maximum over its runs.
 *
 *   bench_rating DATA_FOLDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/rating/catalog.h"
#include "evidence/rating/what_if.h"
#include "tests/bench/synthetic.h"

enum { RUNS = 15, STUDIES = 100000, RESULTS_EACH = 10, INTERVENTIONS = 150, CONDITIONS = 20 };

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

static void bench_synthetic(const struct base *real)
{
    const struct synthetic size = {.seed = 88172645463325252u,
                                   .studies = STUDIES,
                                   .results_each = RESULTS_EACH,
                                   .interventions = INTERVENTIONS,
                                   .conditions = CONDITIONS};
    struct arena *arena = arena_new();
    struct base base = synthetic_base(arena, real, &size);
    struct catalog_stamp stamp = {.hash = "synthetic"};
    struct error err = {0};
    double began = now_ms();
    struct catalog *catalog = catalog_new(arena, &base, &stamp, &err);
    if (catalog == NULL) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    catalog_rate_all(catalog);
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
        if (catalog == NULL) {
            fprintf(stderr, "%s\n", err.message);
            exit(1);
        }
        catalog_rate_all(catalog);
        times[run] = now_ms() - began;
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
        struct study study = *base_study_at(base, i);
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
