/*
 * Prints every pool that the base's own trials give, for tests/compare/pools.R to make again:
 *   effect,QUESTION,YI,VI     one line a trial
 *   pool,QUESTION,K,TEST,B,SE,CI_LB,CI_UB,TAU2,I2,Q
 * on the analysis scale, with all digits.
 *
 * Usage: print_pools [evidence/data]
 */
#include <stdio.h>

#include "evidence/rating/catalog.h"

static void print_rating(const struct rating *rating)
{
    const struct pooled *pooled = &rating->synthesis.pooled;
    if (rating->synthesis.basis != BASIS_TRIALS)
        return;
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].used)
            printf("effect,%s,%.17g,%.17g\n", rating->question.id,
                   rating->body.studies[i].effect.yi, rating->body.studies[i].effect.vi);
    printf("pool,%s,%zu,%s,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", rating->question.id,
           pooled->k, pooled->k >= 3 ? "adhoc" : "z", pooled->b, pooled->se, pooled->ci_lb,
           pooled->ci_ub, pooled->tau2, pooled->i2, pooled->q);
}

static struct catalog *open_base(const char *directory, struct arena *arena, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct base base;
    struct catalog_stamp stamp = {.hash = ""};
    base_read_folder(directory, &base, &problems);
    return problems_none(&problems, err) ? catalog_new(arena, &base, &stamp, err) : NULL;
}

int main(int argc, char **argv)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    struct catalog *catalog = open_base(argc > 1 ? argv[1] : "evidence/data", arena, &err);
    if (catalog == NULL) {
        fprintf(stderr, "print_pools: %s\n", err.message);
        arena_free(arena);
        return 1;
    }
    for (size_t i = 0; i < catalog_rating_count(catalog); i++)
        print_rating(catalog_rating(catalog, i));
    catalog_release(catalog);
    return 0;
}
