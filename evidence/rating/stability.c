#include "evidence/rating/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/what_if.h"
#include "evidence/statistics/distribution.h"

/* What is asked of, shared by the four questions. */
struct asking {
    const struct rating_context *context;
    const struct gathered *gathered;
    const struct rating *rating;
    struct arena *arena;
};

static bool same_verdict(const struct rating *a, const struct rating *b)
{
    if (a->verdict == NULL || b->verdict == NULL)
        return a->verdict == b->verdict;
    return strcmp(a->verdict, b->verdict) == 0;
}

/* ---- which study it hangs on ---- */

static bool is_another(const struct member *member, const void *how)
{
    return member->study != how;
}

static void find_flips(const struct asking *ask, struct stability *out)
{
    const struct body *body = &ask->rating->body;
    struct flip *flips = arena_array(ask->arena, body->used, sizeof *flips);
    for (size_t i = 0; i < body->count; i++) {
        if (!body->studies[i].used)
            continue;
        struct gathered rest =
            gathered_where(ask->gathered, is_another, body->studies[i].study, ask->arena);
        const struct rating *without = rate_question(ask->context, &rest, 0, ask->arena);
        if (!same_verdict(without, ask->rating))
            flips[out->flip_count++] = (struct flip){.study = body->studies[i].study,
                                                     .verdict = without->verdict,
                                                     .certainty = without->certainty.level};
    }
    out->flips = flips;
}

/* ---- trials without effect ---- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* The median of what the used trials have of something. */
static double median_used(const struct asking *ask, double (*what)(const struct rated_study *entry))
{
    const struct body *body = &ask->rating->body;
    double *values = arena_array(ask->arena, body->count, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && isfinite(what(&body->studies[i])))
            values[count++] = what(&body->studies[i]);
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

static double variance_of(const struct rated_study *entry)
{
    return entry->effect.vi;
}

static double people_of(const struct rated_study *entry)
{
    return entry->n == COUNT_UNKNOWN ? (double)NAN : entry->n;
}

static bool claims_a_difference(const struct rating *rating)
{
    return rating->class == CLASS_BENEFIT || rating->class == CLASS_SMALL ||
           rating->class == CLASS_HARM;
}

static void count_null_trials(const struct asking *ask, struct stability *out)
{
    double variance = median_used(ask, variance_of);
    double people = median_used(ask, people_of);
    if (!claims_a_difference(ask->rating) || isnan(variance))
        return;
    double reach = normal_critical(0.95) * sqrt(variance);
    bool ratio = ask->rating->synthesis.scale == BODY_RATIO;
    struct hypothetical null = {.n = isnan(people) ? 1 : (int)people,
                                .estimate = ratio ? 1 : 0,
                                .ci_low = ratio ? exp(-reach) : -reach,
                                .ci_high = ratio ? exp(reach) : reach,
                                .risk = RISK_LOW};
    struct gathered more = *ask->gathered;
    for (int added = 1; added <= STABILITY_NULL_TRIALS; added++) {
        more = gathered_with(&more, ask->rating, &null, (size_t)added, ask->arena);
        if (!same_verdict(rate_question(ask->context, &more, 0, ask->arena), ask->rating)) {
            out->null_trials = added;
            return;
        }
    }
    out->null_trials_do_not = true;
}

/* ---- people needed ---- */

/* The MID on the analysis scale; NAN where the verdict weighs in another unit. */
static double analysis_mid(const struct rating *rating)
{
    return rating->synthesis.scale == BODY_RATIO ? (double)NAN : rating->effect.weighed.mid;
}

/*
 * With trials like the present ones (variance v, tau2 as now) a pool of k has a standard error of
 * sqrt((v + tau2)/k); the half-width is to be MID/2. However large the present k trials grew, it
 * would not fall below the one that tau2/k leaves.
 */
static void count_people(const struct asking *ask, struct stability *out)
{
    const struct synthesis *synthesis = &ask->rating->synthesis;
    double target = analysis_mid(ask->rating) / 2;
    double variance = median_used(ask, variance_of);
    double people = median_used(ask, people_of);
    double tau2 = synthesis->pooled.tau2;
    out->people_needed = COUNT_UNKNOWN;
    if (synthesis->basis != BASIS_TRIALS || !(target > 0) || isnan(variance) || isnan(people) ||
        isnan(tau2))
        return;
    double critical = normal_critical(ask->context->ruleset->level);
    double trials = critical * critical * (variance + tau2) / (target * target);
    out->people_needed = (int)fmin(ceil(trials) * people, 1e9);
    out->more_people_will_not = critical * sqrt(tau2 / synthesis->k) > target;
}

/* ---- since when ---- */

static bool is_not_after(const struct member *member, const void *how)
{
    return member->study->year <= *(const int *)how;
}

static int by_year_down(const void *left, const void *right)
{
    return *(const int *)right - *(const int *)left;
}

/* Goes back from the newest study's year to the last one in which the verdict was another. */
static void find_since(const struct asking *ask, struct stability *out)
{
    const struct body *body = &ask->rating->body;
    int *years = arena_array(ask->arena, body->count, sizeof *years);
    size_t count = 0;
    out->since = COUNT_UNKNOWN;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].study->year != COUNT_UNKNOWN)
            years[count++] = body->studies[i].study->year;
    qsort(years, count, sizeof *years, by_year_down);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && years[i] == years[i - 1])
            continue;
        struct gathered then = gathered_where(ask->gathered, is_not_after, &years[i], ask->arena);
        if (!same_verdict(rate_question(ask->context, &then, 0, ask->arena), ask->rating))
            return;
        out->since = years[i];
    }
}

struct stability stability_of(const struct rating_context *context, const struct gathered *gathered,
                              const struct rating *rating, struct arena *arena)
{
    struct asking ask = {
        .context = context, .gathered = gathered, .rating = rating, .arena = arena};
    struct stability out = {.people_needed = COUNT_UNKNOWN,
                            .since = COUNT_UNKNOWN,
                            .imputed = (int)rating->synthesis.imputed.left_out,
                            .imputed_decide = rating->hangs_on_imputed};
    if (!rating_has_figure(rating))
        return out;
    find_flips(&ask, &out);
    count_null_trials(&ask, &out);
    count_people(&ask, &out);
    find_since(&ask, &out);
    return out;
}
