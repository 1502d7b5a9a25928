/*
 * How long a fit takes: REML with Hartung-Knapp on every comparison of about ten studies in a file
 * of effects, over and over for about a second.
 *
 *     bench_pool [FILE]    CSV with a header and columns id,yi,vi, the rows of an id together;
 *                          without it, Normand 1999 (9 studies)
 *
 * Prints one JSON object: comparisons, fits, microseconds a fit (median of five runs), and the sum
 * of the estimates, by which another program shows that it did the same work.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/statistics/pool.h"

enum { MAX_ROWS = 20000, MAX_SETS = 2000, LEAST_K = 8, MOST_K = 12, RUNS = 5 };

struct set {
    size_t first;
    size_t count;
};

struct bench {
    struct effect effects[MAX_ROWS];
    struct set sets[MAX_SETS];
    size_t rows, count;
};

/* Normand 1999, Statistics in Medicine 18:321-359, table 3: differences in length of stay. */
static const struct effect normand[] = {
    {-20, 40.5863}, {-2, 2.0468},  {-55, 15.2809}, {-71, 150.2222}, {-4, 20.1923},
    {1, 1.2235},    {11, 95.3756}, {-10, 8.0321},  {7, 20.6936},
};

static void use_normand(struct bench *bench)
{
    memcpy(bench->effects, normand, sizeof normand);
    bench->rows = sizeof normand / sizeof *normand;
    bench->sets[0] = (struct set){0, bench->rows};
    bench->count = 1;
}

/* Keeps the sets of about ten studies; the others are measured by nobody. */
static void end_set(struct bench *bench, size_t first)
{
    size_t count = bench->rows - first;
    if (count >= LEAST_K && count <= MOST_K && bench->count < MAX_SETS)
        bench->sets[bench->count++] = (struct set){first, count};
}

static bool read_file(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    char line[500], id[200], last[200] = "";
    size_t first = 0;
    while (fgets(line, sizeof line, file) != NULL && bench->rows < MAX_ROWS) {
        struct effect effect;
        if (sscanf(line, "%199[^,],%lf,%lf", id, &effect.yi, &effect.vi) != 3)
            continue;
        if (strcmp(id, last) != 0) {
            end_set(bench, first);
            first = bench->rows;
            memcpy(last, id, sizeof last);
        }
        bench->effects[bench->rows++] = effect;
    }
    end_set(bench, first);
    fclose(file);
    return bench->count > 0;
}

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* One pass over the sets; the sum of the estimates keeps the compiler from leaving work out. */
static double pass(const struct bench *bench)
{
    const struct pool_options options = {POOL_REML, POOL_KNHA, 0.95};
    double sum = 0;
    for (size_t i = 0; i < bench->count; i++) {
        struct pooled pooled;
        struct error err = {0};
        if (!pool_fit(bench->effects + bench->sets[i].first, bench->sets[i].count, &options,
                      &pooled, &err)) {
            fprintf(stderr, "bench_pool: %s\n", err.message);
            exit(1);
        }
        sum += pooled.b;
    }
    return sum;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    if (argc > 1 && !read_file(&bench, argv[1])) {
        fprintf(stderr, "bench_pool: %s holds no comparison of %d to %d studies\n", argv[1],
                LEAST_K, MOST_K);
        return 1;
    }
    if (argc == 1)
        use_normand(&bench);
    double sum = pass(&bench);
    size_t passes = 100000 / bench.count + 1;
    double runs[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double start = now_us();
        for (size_t i = 0; i < passes; i++)
            sum = pass(&bench);
        runs[run] = (now_us() - start) / (double)(passes * bench.count);
    }
    qsort(runs, RUNS, sizeof *runs, by_size);
    printf("{\"comparisons\": %zu, \"fits\": %zu, \"us_per_fit\": %.3f, \"sum_b\": %.9g}\n",
           bench.count, passes * bench.count * RUNS, runs[RUNS / 2], sum);
    return 0;
}
