#include "service/command/pool_answer.h"

#include <math.h>
#include <string.h>

/* ---- pooling ---- */

bool pool_study_has_table(const struct pool_study *study)
{
    return !isnan(study->ai) && !isnan(study->ci);
}

struct table pool_study_table(const struct pool_study *study)
{
    return (struct table){study->ai, study->n1, study->ci, study->n2};
}

static struct effect effect_of_study(enum measure measure, const struct pool_study *s)
{
    if (!isnan(s->yi))
        return (struct effect){s->yi, s->vi};
    return effect_of_means(measure, (struct arm){s->n1, s->m1, s->sd1},
                           (struct arm){s->n2, s->m2, s->sd2});
}

/* Tables are taken together, since a zero in one may correct the others. */
static void take_tables(const struct pool_analysis *analysis, struct arena *arena,
                        struct effect *out)
{
    struct table *tables = arena_array(arena, analysis->count, sizeof *tables);
    struct effect *effects = arena_array(arena, analysis->count, sizeof *effects);
    size_t count = 0;
    for (size_t i = 0; i < analysis->count; i++) {
        if (pool_study_has_table(&analysis->studies[i]))
            tables[count++] = pool_study_table(&analysis->studies[i]);
    }
    effects_of_tables(analysis->measure, tables, count, &analysis->correction, effects);
    count = 0;
    for (size_t i = 0; i < analysis->count; i++) {
        bool by_table = pool_study_has_table(&analysis->studies[i]);
        out[i] = by_table && isnan(analysis->studies[i].yi)
                     ? effects[count]
                     : effect_of_study(analysis->measure, &analysis->studies[i]);
        count += by_table;
    }
}

static void keep_usable(const struct pool_analysis *analysis, struct arena *arena,
                        struct pool_answer *out)
{
    out->effects = arena_array(arena, analysis->count, sizeof *out->effects);
    out->from = arena_array(arena, analysis->count, sizeof *out->from);
    for (size_t i = 0; i < analysis->count; i++) {
        if (!effect_usable(out->all[i]))
            continue;
        out->effects[out->k] = out->all[i];
        out->from[out->k++] = i;
    }
}

static void fill_weights(const struct pool_answer *a, double *weights, struct arena *arena)
{
    double *percent = arena_array(arena, a->k, sizeof *percent);
    pool_weights(a->effects, a->k, a->pooled.tau2, percent);
    for (size_t i = 0; i < a->analysis->count; i++)
        weights[i] = NAN;
    for (size_t i = 0; i < a->k; i++)
        weights[a->from[i]] = percent[i];
}

bool pool_answer(const struct pool_analysis *analysis, struct arena *arena, struct pool_answer *out,
                 struct error *err)
{
    struct pool_answer a = {.analysis = analysis};
    a.all = arena_array(arena, analysis->count, sizeof *a.all);
    take_tables(analysis, arena, a.all);
    keep_usable(analysis, arena, &a);
    if (a.k == 0)
        return error_set(err, ERROR_INVALID,
                         "no study has the figures that %s needs: two arms, or yi and a vi above 0",
                         measure_name(analysis->measure));
    if (!pool_fit(a.effects, a.k, &analysis->options, &a.pooled, err))
        return false;
    struct error none = {0};
    if (!tau2_q_profile(a.effects, a.k, analysis->options.level, &a.tau2_interval, &none))
        a.tau2_interval = (struct tau2_interval){NAN, NAN, NAN, NAN, NAN, NAN, false};
    a.weights = arena_array(arena, analysis->count, sizeof *a.weights);
    fill_weights(&a, a.weights, arena);
    *out = a;
    return true;
}

/* ---- moderators ---- */

/* Effects of the studies that tell all moderators. */
static size_t with_moderators(const struct pool_answer *a, struct effect *effects, double *x)
{
    size_t columns = a->analysis->moderators, k = 0;
    for (size_t i = 0; i < a->k; i++) {
        const double *row = a->analysis->studies[a->from[i]].x;
        bool complete = true;
        for (size_t j = 0; j < columns; j++)
            complete = complete && !isnan(row[j]);
        if (!complete)
            continue;
        memcpy(x + k * columns, row, columns * sizeof *x);
        effects[k++] = a->effects[i];
    }
    return k;
}

bool pool_answer_metareg(const struct pool_answer *answer, struct arena *arena,
                         struct regression *out, struct error *err)
{
    size_t columns = answer->analysis->moderators;
    if (columns == 0)
        return error_set(err, ERROR_INVALID, "no study has an x to regress on");
    struct effect *effects = arena_array(arena, answer->k, sizeof *effects);
    double *x = arena_array(arena, answer->k * columns, sizeof *x);
    size_t k = with_moderators(answer, effects, x);
    return regression_fit(effects, x, k, columns, &answer->analysis->options, out, err);
}

const char *pool_answer_term(size_t coefficient)
{
    static const char *const terms[POOL_MAX_MODERATORS + 1] = {"intercept", "x",  "x2", "x3", "x4",
                                                               "x5",        "x6", "x7", "x8"};
    return terms[coefficient];
}

/* The group's number; the last one stands for all beyond the maximum, which is refused later. */
static size_t group_number(struct pool_groups *groups, const char *name)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (strcmp(groups->names[i], name) == 0)
            return i;
    }
    if (groups->count <= SUBGROUPS_MAX)
        groups->names[groups->count++] = name;
    return groups->count - 1;
}

bool pool_answer_groups(const struct pool_answer *answer, struct arena *arena,
                        struct pool_groups *out, struct error *err)
{
    const struct pool_options *options = &answer->analysis->options;
    struct effect *effects = arena_array(arena, answer->k, sizeof *effects);
    size_t *group = arena_array(arena, answer->k, sizeof *group);
    size_t k = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < answer->k; i++) {
        const char *name = answer->analysis->studies[answer->from[i]].group;
        if (name == NULL)
            continue;
        effects[k] = answer->effects[i];
        group[k++] = group_number(out, name);
    }
    if (!subgroups_separate(effects, group, k, out->count, options, out->each, &out->between, err))
        return false;
    struct error none = {0};
    out->has_common = subgroups_common(effects, group, k, out->count, options, &out->common, &none);
    return true;
}
