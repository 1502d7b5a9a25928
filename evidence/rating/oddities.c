#include "evidence/rating/oddities.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/rating/trial_effect.h"
#include "evidence/statistics/median.h"

const char *const oddity_names[] = {"sd-impossible",  "sd-small", "sd-large", "interval",
                                    "ten-times",      "huge",     "disagree", "time",
                                    "second-reading", "imputed",  NULL};

/* Ours, as METHOD leaves them open. */
static const double sd_slack = 1.02;           /* rounding of mean and SD */
static const double sd_share_large = 3;        /* times the median */
static const double interval_off_centre = 0.2; /* of the half-width, beyond rounding */
static const double times_the_others = 10;
static const double least_of_mid = 0.1; /* a median below this much of a MID counts as this much */
static const double ratio_that_matters = 1.25;

enum { FEWEST_OTHERS = 3 }; /* studies to compare one with */

struct finding {
    const struct catalog *catalog;
    struct arena *arena;
    struct oddity *items;
    size_t count;
    size_t capacity;
    const char *question; /* being looked at */
};

static void add(struct finding *finding, enum oddity_kind kind, const struct study *study,
                const struct result *result, const char *detail)
{
    if (finding->count == finding->capacity) {
        finding->capacity = finding->capacity == 0 ? 64 : finding->capacity * 2;
        struct oddity *more = arena_array(finding->arena, finding->capacity, sizeof *more);
        if (finding->count > 0)
            memcpy(more, finding->items, finding->count * sizeof *more);
        finding->items = more;
    }
    finding->items[finding->count++] = (struct oddity){
        .kind = kind,
        .study = study,
        .result = result == NULL ? ODDITY_WHOLE_STUDY : (int)(result - study->results),
        .question = result == NULL ? NULL : finding->question,
        .detail = detail};
}

static bool is_looked_at(const struct study *study, const struct result *result)
{
    return !study->retracted && result->ignored == NULL;
}

/* ---- SDs ---- */

/*
 * The most that values on a scale from `low` to `high` can spread around a mean: all of them at its
 * ends. Bhatia & Davis 2000, doi:10.1080/00029890.2000.12005203, with n - 1 in the denominator.
 */
static double largest_sd(const struct scale *scale, double mean, int n)
{
    double spread = sqrt((mean - scale->low) * (scale->high - mean));
    return n > 1 ? spread * sqrt((double)n / (n - 1)) : spread;
}

static void look_at_spread(struct finding *finding, const struct study *study,
                           const struct result *result, const struct study_arm *arm, double mean,
                           double sd)
{
    double most = largest_sd(&result->scale, mean, arm->n);
    if (sd > sd_slack * most)
        add(finding, ODDITY_SD_IMPOSSIBLE, study, result,
            arena_printf(finding->arena,
                         "an SD of %g around a mean of %g; on %g to %g it can be %.3g at most", sd,
                         mean, result->scale.low, result->scale.high, most));
}

/* An arm's SD as a share of its scale, or on a scale without ends as it stands. */
struct spread {
    const struct study *study;
    const struct result *result;
    double sd;
    double told; /* as printed */
    bool share;
    bool change;
};

/* Only SDs of one kind can be compared; what was pooled as an SMD was on many scales, whatever the
 * name they go by. */
static bool are_alike(const struct spread *a, const struct spread *b)
{
    if (a->share != b->share || a->change != b->change)
        return false;
    if (a->share)
        return true;
    if (a->result->figure == FIGURE_SMD || b->result->figure == FIGURE_SMD)
        return false;
    return a->result->scale.name != NULL && b->result->scale.name != NULL &&
           strcmp(a->result->scale.name, b->result->scale.name) == 0;
}

static size_t add_spread(struct spread *out, const struct study *study, const struct result *result,
                         const struct study_arm *arm)
{
    bool change = isnan(arm->sd);
    double sd = change ? arm->change_sd : arm->sd;
    if (isnan(sd))
        return 0;
    double range = result->scale.high - result->scale.low;
    *out = (struct spread){.study = study,
                           .result = result,
                           .sd = isnan(range) ? sd : sd / range,
                           .told = sd,
                           .share = !isnan(range),
                           .change = change};
    return 1;
}

static double median_of_others(const struct spread *spreads, size_t count, const struct spread *one,
                               double *scratch, size_t *others)
{
    size_t used = 0;
    *others = 0;
    for (size_t i = 0; i < count; i++) {
        if (spreads[i].study == one->study || !are_alike(&spreads[i], one))
            continue;
        *others += used == 0 || spreads[i].study != spreads[i - 1].study;
        scratch[used++] = spreads[i].sd;
    }
    return median_of(scratch, used);
}

/* The SD of `one` beside that of the others, as a finding; the arms of one result are told once, by
 * the first that is odd. */
static void tell_spread(struct finding *finding, enum oddity_kind kind, const struct spread *one,
                        double usual, size_t others)
{
    const struct oddity *last = finding->count == 0 ? NULL : &finding->items[finding->count - 1];
    if (last != NULL && last->kind == kind && last->study == one->study &&
        last->result == one->result - one->study->results)
        return;
    add(finding, kind, one->study, one->result,
        arena_printf(finding->arena, "an SD of %g where the %zu others have %.3g in the middle",
                     one->told, others, usual));
}

static void compare_spreads(struct finding *finding, const struct spread *spreads, size_t count)
{
    double small = catalog_ruleset(finding->catalog)->improbable_sd_share;
    double *scratch = arena_array(finding->arena, count, sizeof *scratch);
    for (size_t i = 0; i < count; i++) {
        const struct spread *one = &spreads[i];
        size_t others;
        double median = median_of_others(spreads, count, one, scratch, &others);
        double times = one->sd / median;
        if (others >= FEWEST_OTHERS && times < small)
            tell_spread(finding, ODDITY_SD_SMALL, one, one->told / times, others);
        if (others >= FEWEST_OTHERS && times > sd_share_large)
            tell_spread(finding, ODDITY_SD_LARGE, one, one->told / times, others);
    }
}

/* Adds the SDs of a result to `out`, and gives how many. */
static size_t look_at_arms(struct finding *finding, const struct study *study,
                           const struct result *result, struct spread *out)
{
    size_t count = 0;
    for (size_t i = 0; i < result->arm_count; i++) {
        const struct study_arm *arm = &result->arms[i];
        look_at_spread(finding, study, result, arm, arm->mean, arm->sd);
        look_at_spread(finding, study, result, arm, arm->baseline_mean, arm->baseline_sd);
        count += add_spread(&out[count], study, result, arm);
    }
    return count;
}

static void look_at_sds(struct finding *finding, const struct gathered *question)
{
    size_t most = 0;
    for (size_t i = 0; i < question->count; i++)
        for (size_t j = 0; j < question->members[i].count; j++)
            most += question->members[i].results[j]->arm_count;
    struct spread *spreads = arena_array(finding->arena, most, sizeof *spreads);
    size_t count = 0;
    for (size_t i = 0; i < question->count; i++) {
        const struct member *member = &question->members[i];
        for (size_t j = 0; j < member->count; j++)
            if (is_looked_at(member->study, member->results[j]))
                count += look_at_arms(finding, member->study, member->results[j], &spreads[count]);
    }
    compare_spreads(finding, spreads, count);
}

/* ---- intervals ---- */

/* Half of the last digit in which a number is printed: what rounding may have taken. */
static double rounding_of(double value)
{
    struct buffer digits = {0};
    buffer_number(&digits, fabs(value));
    const char *text = buffer_string(&digits);
    const char *point = strchr(text, '.');
    bool plain = strchr(text, 'e') == NULL;
    double half = plain && point != NULL ? 0.5 * pow(10, -(double)strlen(point + 1)) : 0.5;
    buffer_release(&digits);
    return half;
}

/* That of the one with most digits: 0.5 beside 0.25 was 0.50. */
static double rounding_of_result(const struct result *result)
{
    double finest = fmin(rounding_of(result->ci_low), rounding_of(result->ci_high));
    return fmin(finest, rounding_of(result->estimate));
}

static void look_at_interval(struct finding *finding, const struct study *study,
                             const struct result *result)
{
    bool ratio = figure_is_ratio(result->figure);
    if (isnan(result->ci_low) || isnan(result->estimate))
        return;
    double low = ratio ? log(result->ci_low) : result->ci_low;
    double high = ratio ? log(result->ci_high) : result->ci_high;
    double estimate = ratio ? log(result->estimate) : result->estimate;
    double half = (high - low) / 2;
    double centre = low + half;
    /* A ratio's rounding weighs most at its low end. */
    double rounding = rounding_of_result(result);
    double allowed = ratio ? rounding / result->ci_low + rounding / result->estimate : 2 * rounding;
    double off = fabs(estimate - centre);
    if (off > interval_off_centre * half + allowed)
        add(finding, ODDITY_INTERVAL, study, result,
            arena_printf(finding->arena, "%s %g (%g to %g): the middle would be %.3g",
                         figure_names[result->figure], result->estimate, result->ci_low,
                         result->ci_high, ratio ? exp(centre) : centre));
}

/* ---- sizes ---- */

static void look_at_size(struct finding *finding, const struct study *study,
                         const struct result *result)
{
    const struct ruleset *ruleset = catalog_ruleset(finding->catalog);
    struct scale target = {.low = NAN, .high = NAN};
    bool pooled_huge =
        result->figure == FIGURE_SMD && fabs(result->estimate) > ruleset->improbable_g;
    if (!design_is_trial(study->design) && pooled_huge)
        add(finding, ODDITY_HUGE, study, result,
            arena_printf(finding->arena, "a pooled SMD of %g", result->estimate));
    if (!design_is_trial(study->design))
        return;
    struct trial_effect effect = trial_effect_of(study, result, &target, ruleset, finding->arena);
    const char *how = trial_effect_approximated(&effect, BODY_SMD, finding->arena);
    if (fabs(effect.smd.yi) > ruleset->improbable_g)
        add(finding, ODDITY_HUGE, study, result,
            arena_printf(finding->arena, "g = %.2f%s%s", effect.smd.yi, how == NULL ? "" : ", ",
                         how == NULL ? "" : how));
}

/* The size below which nothing is told from nothing: a share of what would matter. */
static double least_size(const struct rating *rating, const struct ruleset *ruleset)
{
    double mid = rating->question.outcome->mid.value;
    if (rating->body.scale == BODY_SMD || (rating->body.scale == BODY_POINTS && isnan(mid)))
        mid = ruleset->mid_smd;
    if (rating->body.scale == BODY_RATIO)
        mid = log(ratio_that_matters);
    return least_of_mid * mid;
}

static void look_at_neighbours(struct finding *finding, const struct rating *rating)
{
    const struct body *body = &rating->body;
    double *sizes = arena_array(finding->arena, body->count, sizeof *sizes);
    double least = least_size(rating, catalog_ruleset(finding->catalog));
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *one = &body->studies[i];
        size_t others = 0;
        for (size_t j = 0; j < body->count; j++)
            if (j != i && body->studies[j].used && isfinite(body->studies[j].effect.yi))
                sizes[others++] = fabs(body->studies[j].effect.yi);
        if (!one->used || !isfinite(one->effect.yi) || others < FEWEST_OTHERS)
            continue;
        double median = median_of(sizes, others);
        if (fabs(one->effect.yi) > times_the_others * fmax(median, least))
            add(finding, ODDITY_TEN_TIMES, one->study, one->result,
                arena_printf(finding->arena,
                             "an effect of %.3g where the %zu others have %.3g in the middle",
                             one->effect.yi, others, median));
    }
}

/* ---- what was not printed ---- */

static void look_at_imputed(struct finding *finding, const struct rating *rating)
{
    for (size_t i = 0; rating->hangs_on_imputed && i < rating->body.count; i++) {
        const struct rated_study *one = &rating->body.studies[i];
        if (one->used && one->imputed != NULL)
            add(finding, ODDITY_IMPUTED, one->study, one->result, one->imputed);
    }
}

/* ---- figures that disagree ---- */

static bool same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* One comparison of the same people at the same time on one scale. */
static bool same_measurement(const struct result *a, const struct result *b)
{
    bool two_sources = !same_text(a->source_review, b->source_review);
    bool same_time = same_real(a->days, b->days) &&
                     ((two_sources && !isnan(a->days)) || same_text(a->time, b->time));
    bool same_scale = isnan(a->scale.low)
                          ? same_text(a->scale.name, b->scale.name)
                          : a->scale.low == b->scale.low && a->scale.high == b->scale.high;
    bool same_comparator = two_sources || same_text(a->comparator_detail, b->comparator_detail);
    bool same_name = two_sources || same_text(a->scale.name, b->scale.name);
    return same_comparator && same_name && same_scale && same_time &&
           same_text(a->group, b->group) && a->figure == b->figure && a->figure != FIGURE_NONE;
}

static void look_at_twins(struct finding *finding, const struct member *member)
{
    for (size_t i = 0; i < member->count; i++)
        for (size_t j = i + 1; j < member->count; j++) {
            const struct result *a = member->results[i];
            const struct result *b = member->results[j];
            if (!is_looked_at(member->study, a) || !is_looked_at(member->study, b) ||
                !same_measurement(a, b) || a->estimate == b->estimate)
                continue;
            add(finding, ODDITY_DISAGREE, member->study, b,
                arena_printf(finding->arena, "%s %g here and %g in /results/%td",
                             figure_names[a->figure], b->estimate, a->estimate,
                             a - member->study->results));
        }
}

static bool is_timed_otherwise(const struct result *a, const struct result *b)
{
    return a->time != NULL && same_text(a->time, b->time) && a->window != b->window;
}

/* Told at the later of the two, once for each result. */
static void look_at_times(struct finding *finding, const struct study *study)
{
    for (size_t i = 1; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        size_t j = 0;
        while (j < i && !is_timed_otherwise(result, &study->results[j]))
            j++;
        if (j == i || !is_looked_at(study, result) || !is_looked_at(study, &study->results[j]))
            continue;
        finding->question = question_id(result, finding->arena);
        add(finding, ODDITY_TIME, study, result,
            arena_printf(finding->arena, "\"%s\" is %s here and %s in /results/%zu", result->time,
                         window_names[result->window], window_names[study->results[j].window], j));
    }
}

static void look_at_second_reading(struct finding *finding, const struct study *study)
{
    if (study->checked && !study->checked_agrees && !study->retracted)
        add(finding, ODDITY_SECOND_READING, study, NULL,
            study->checked_note == NULL ? "what differed is not said" : study->checked_note);
}

/* ---- all of it ---- */

static void look_at_question(struct finding *finding, const struct gathered *question)
{
    finding->question = question->question.id;
    look_at_sds(finding, question);
    for (size_t i = 0; i < question->count; i++) {
        const struct member *member = &question->members[i];
        look_at_twins(finding, member);
        for (size_t j = 0; j < member->count; j++)
            if (is_looked_at(member->study, member->results[j])) {
                look_at_interval(finding, member->study, member->results[j]);
                look_at_size(finding, member->study, member->results[j]);
            }
    }
    const struct rating *rating = catalog_find_rating(finding->catalog, finding->question);
    if (rating == NULL)
        return;
    look_at_neighbours(finding, rating);
    look_at_imputed(finding, rating);
}

static int by_place(const void *left, const void *right)
{
    const struct oddity *a = left;
    const struct oddity *b = right;
    int order = (int)a->kind - (int)b->kind;
    if (order == 0 && a->question != NULL && b->question != NULL)
        order = strcmp(a->question, b->question);
    if (order == 0)
        order = strcmp(a->study->id, b->study->id);
    if (order == 0)
        order = a->result - b->result;
    return order != 0 ? order : strcmp(a->detail, b->detail);
}

size_t oddities_find(const struct catalog *catalog, struct arena *arena, struct oddity **out)
{
    const struct base *base = catalog_base(catalog);
    struct finding finding = {.catalog = catalog, .arena = arena};
    size_t count = 0;
    const struct open_question *questions = question_list(base, arena, &count);
    for (size_t i = 0; i < count; i++) {
        const struct gathered gathered = question_gather(base, &questions[i], arena);
        look_at_question(&finding, &gathered);
    }
    for (size_t i = 0; i < base->study_count; i++) {
        look_at_times(&finding, base_study_at(base, i));
        look_at_second_reading(&finding, base_study_at(base, i));
    }
    if (finding.count > 0)
        qsort(finding.items, finding.count, sizeof *finding.items, by_place);
    *out = finding.items;
    return finding.count;
}
