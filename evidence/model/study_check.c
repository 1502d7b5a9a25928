#include "evidence/model/study_parts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Printed figures are rounded: arms and estimate may differ by this much of a standard deviation.
 */
static const double ARMS_AGREE_WITHIN_SD = 0.5;
/* A mean may lie outside its scale by rounding. */
static const double SCALE_SLACK = 0.005;
/* An interval printed with few digits may miss its estimate by a last digit. */
static const double INTERVAL_SLACK = 0.02;

/* Ratio and risk are both rounded: their product may be a little above everybody. */
static const double RISK_SLACK = 0.02;

/* Where a check looks: one result of one study of one file. */
struct place {
    const struct study *study;
    const struct result *result;
    size_t index;
    const char *file;
    struct problems *problems;
};

static void complain(const struct place *at, const char *field, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void complain(const struct place *at, const char *field, const char *format, ...)
{
    const char *pointer = arena_printf(at->problems->arena, "/results/%zu/%s", at->index, field);
    va_list arguments;
    va_start(arguments, format);
    problems_add_list(at->problems, at->file, pointer, format, arguments);
    va_end(arguments);
}

static bool differ(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left != right;
    return strcmp(left, right) != 0;
}

static void check_identifiers(const struct study *study, const char *file,
                              struct problems *problems)
{
    if (!study_id_is_valid(study->id)) {
        problems_add(problems, file, "/id",
                     "\"%s\" is not pmid:<digits>, doi:10.… in lower case, pmcid:PMC<digits>, "
                     "nct:<number> or ts:<slug>",
                     study->id);
        return;
    }
    if (study->pmid != NULL && strncmp(study->id, "pmid:", 5) != 0)
        problems_add(problems, file, "/id", "a study with a PMID has the id pmid:%s", study->pmid);
    if (strncmp(study->id, "pmid:", 5) == 0 && differ(study->pmid, study->id + 5))
        problems_add(problems, file, "/pmid", "must be the PMID of the id");
    if (strncmp(study->id, "doi:", 4) == 0 && differ(study->doi, study->id + 4))
        problems_add(problems, file, "/doi", "must be the DOI of the id");
    if (study->doi != NULL && strncmp(study->doi, "10.", 3) != 0)
        problems_add(problems, file, "/doi", "a DOI begins with 10.");
}

static double null_of(enum figure figure)
{
    return figure_is_ratio(figure) ? 1 : 0;
}

static void check_interval(const struct place *at)
{
    const struct result *result = at->result;
    if (isnan(result->ci_low))
        return;
    double width = result->ci_high - result->ci_low;
    if (width <= 0) {
        complain(at, "ci", "low end %g is not below high end %g", result->ci_low, result->ci_high);
        return;
    }
    double slack = INTERVAL_SLACK * width;
    if (result->estimate < result->ci_low - slack || result->estimate > result->ci_high + slack)
        complain(at, "ci", "interval %g to %g does not hold its estimate %g", result->ci_low,
                 result->ci_high, result->estimate);
    if (!(result->ci_level > 0.5 && result->ci_level < 1))
        complain(at, "ci_level", "must be between 0.5 and 1, such as 0.95");
}

static void check_control_risk(const struct place *at)
{
    const struct result *result = at->result;
    double risk = result->control_risk;
    if (isnan(risk))
        return;
    if (!(risk > 0 && risk < 1))
        complain(at, "control_risk", "%g is no share of people between 0 and 1", risk);
    else if (!figure_is_ratio(result->figure))
        complain(at, "control_risk", "a control risk belongs to a risk ratio or odds ratio");
    else if (result->figure == FIGURE_RR && risk * result->estimate > 1 + RISK_SLACK)
        complain(at, "control_risk", "a ratio of %g makes %g of 100 people out of %g",
                 result->estimate, 100 * risk * result->estimate, 100 * risk);
}

static void check_ranges(const struct place *at)
{
    const struct result *result = at->result;
    if ((result->figure == FIGURE_NONE) != isnan(result->estimate))
        complain(at, "estimate", "a measure and an estimate stand together or not at all");
    if (isnan(result->estimate) && (!isnan(result->ci_low) || !isnan(result->se)))
        complain(at, "ci", "an interval or standard error needs an estimate");
    if (figure_is_ratio(result->figure) && (result->estimate <= 0 || result->ci_low <= 0))
        complain(at, "estimate", "a ratio and its interval are above 0");
    if (result->figure == FIGURE_RD && fabs(result->estimate) > 1)
        complain(at, "estimate", "a risk difference lies between -1 and 1");
    if (result->se <= 0)
        complain(at, "se", "a standard error is above 0");
    if (result->p < 0 || result->p > 1)
        complain(at, "p", "%g is no probability", result->p);
    if (result->i2 < 0 || result->i2 > 100)
        complain(at, "i2", "%g is not a percentage", result->i2);
    check_control_risk(at);
}

/* +1 where the estimate is good for the person, -1 where bad, 0 at the null. */
static int good_side(const struct result *result, double value)
{
    double beyond = value - null_of(result->figure);
    if (result->better == BETTER_LOWER)
        beyond = -beyond;
    return beyond > 0 ? 1 : beyond < 0 ? -1 : 0;
}

static void check_direction(const struct place *at)
{
    const struct result *result = at->result;
    if (result->borderline || result->favours == FAVOURS_UNKNOWN || isnan(result->estimate))
        return;
    int side = good_side(result, result->estimate);
    int wanted = result->favours == FAVOURS_INTERVENTION ? 1
                 : result->favours == FAVOURS_COMPARATOR ? -1
                                                         : 0;
    if (wanted != 0 && side == -wanted)
        complain(at, "favours", "says %s, but %g with %s better says the other side",
                 favours_names[result->favours], result->estimate, better_names[result->better]);
    if (isnan(result->ci_low))
        return;
    int low = good_side(result, result->ci_low);
    int high = good_side(result, result->ci_high);
    bool beyond_null = low * high > 0;
    bool holds_null = low * high < 0;
    if (wanted != 0 && holds_null)
        complain(at, "favours", "says %s, but the interval %g to %g holds %g",
                 favours_names[result->favours], result->ci_low, result->ci_high,
                 null_of(result->figure));
    if (wanted == 0 && beyond_null)
        complain(at, "favours", "says neither, but the interval %g to %g leaves %g out",
                 result->ci_low, result->ci_high, null_of(result->figure));
}

static void check_time(const struct place *at)
{
    const struct result *result = at->result;
    if (isnan(result->days))
        return;
    if (result->days < 0)
        complain(at, "days", "days count from the first session, from 0");
    else if (window_of_day(result->days) != result->window)
        complain(at, "window", "day %g belongs to %s, not %s", result->days,
                 window_names[window_of_day(result->days)], window_names[result->window]);
}

static void check_comparator(const struct place *at)
{
    const struct result *result = at->result;
    if (result->comparator_class == COMPARATOR_MIXED && design_is_trial(at->study->design))
        complain(at, "comparator", "a trial is never mixed; name what it compared with");
    if (result->comparator != NULL && strcmp(result->comparator, "active:other") == 0 &&
        result->comparator_detail == NULL)
        complain(at, "comparator_detail", "active:other needs the treatment's name here");
    const char *other =
        result->comparator == NULL ? NULL : comparator_intervention(result->comparator);
    if (other != NULL && result->intervention != NULL && strcmp(other, result->intervention) == 0)
        complain(at, "comparator", "compares %s with itself", other);
}

static void check_arm_mean(const struct place *at, const struct study_arm *arm, const char *field)
{
    const struct scale *scale = &at->result->scale;
    if (isnan(scale->low) || isnan(arm->mean))
        return;
    double slack = SCALE_SLACK * (scale->high - scale->low);
    if (arm->mean < scale->low - slack || arm->mean > scale->high + slack)
        complain(at, field, "mean %g lies outside the scale %g to %g", arm->mean, scale->low,
                 scale->high);
}

static void check_arm(const struct place *at, size_t index)
{
    const struct study_arm *arm = &at->result->arms[index];
    char field[32];
    snprintf(field, sizeof field, "arms/%zu", index);
    if (arm->n == 0)
        complain(at, field, "an arm of nobody");
    if (arm->sd <= 0 || arm->change_sd <= 0 || arm->baseline_sd <= 0)
        complain(at, field, "a standard deviation is above 0");
    if (arm->events != COUNT_UNKNOWN && (arm->n == COUNT_UNKNOWN || arm->events > arm->n))
        complain(at, field, "%d events among %d people", arm->events, arm->n);
    if (arm->q1 > arm->q3 || arm->median < arm->q1 || arm->median > arm->q3)
        complain(at, field, "quartiles and median are out of order");
    check_arm_mean(at, arm, field);
}

/* The printed mean difference against that of the arms, in standard deviations. */
static void check_arms_agree(const struct place *at)
{
    const struct study_arm *first = &at->result->arms[0];
    const struct study_arm *second = &at->result->arms[1];
    double spread = sqrt((first->sd * first->sd + second->sd * second->sd) / 2);
    double difference = first->mean - second->mean;
    if (isnan(difference) || !(spread > 0))
        return;
    double printed = at->result->figure == FIGURE_MD    ? at->result->estimate / spread
                     : at->result->figure == FIGURE_SMD ? at->result->estimate
                                                        : NAN;
    double expected = difference / spread;
    double allowed = fmax(ARMS_AGREE_WITHIN_SD, 0.25 * fabs(expected));
    if (fabs(printed - expected) > allowed)
        complain(at, "estimate", "%g, but the arms' means differ by %g", at->result->estimate,
                 difference);
}

static void check_arms(const struct place *at)
{
    const struct result *result = at->result;
    if (result->arm_count == 0)
        return;
    if (result->arm_count != 2 || result->arms[0].role != ROLE_INTERVENTION ||
        result->arms[1].role != ROLE_COMPARATOR) {
        complain(at, "arms", "two arms, the intervention's first, or none");
        return;
    }
    check_arm(at, 0);
    check_arm(at, 1);
    check_arms_agree(at);
}

static bool same_question(const struct result *a, const struct result *b)
{
    return !differ(a->intervention, b->intervention) && !differ(a->condition, b->condition) &&
           !differ(a->comparator, b->comparator) && !differ(a->outcome, b->outcome) &&
           a->window == b->window;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool is_copy(const struct result *a, const struct result *b)
{
    return same_question(a, b) && !differ(a->group, b->group) && same_number(a->days, b->days) &&
           !differ(a->time, b->time) && !differ(a->scale.name, b->scale.name) &&
           a->figure == b->figure && a->estimate == b->estimate &&
           same_number(a->ci_low, b->ci_low) && !differ(a->note, b->note) &&
           !differ(a->comparator_detail, b->comparator_detail) && !differ(a->ignored, b->ignored);
}

static void check_copies(const struct place *at)
{
    for (size_t i = 0; i < at->index; i++)
        if (is_copy(&at->study->results[i], at->result))
            complain(at, "estimate", "the same figure as /results/%zu: counted once, written once",
                     i);
}

/* Several treatments without an entry share one class: what each was tells them apart. */
static bool same_comparison(const struct result *a, const struct result *b)
{
    bool other = a->comparator != NULL && strcmp(a->comparator, "active:other") == 0;
    return same_question(a, b) && (!other || !differ(a->comparator_detail, b->comparator_detail));
}

static bool counts_as_synthesis(const struct result *result)
{
    return !isnan(result->estimate) && result->ignored == NULL;
}

/* One result a review a question speaks for it. */
static void check_main(const struct place *at)
{
    size_t rivals = 0;
    size_t mains = 0;
    for (size_t i = 0; i < at->study->result_count; i++) {
        const struct result *other = &at->study->results[i];
        if (!counts_as_synthesis(other) || !same_comparison(other, at->result))
            continue;
        if (other == at->result && mains + rivals > 0)
            return; /* said at the first of them */
        rivals++;
        mains += other->main != NULL;
    }
    if (counts_as_synthesis(at->result) && rivals > 1 && mains != 1)
        complain(at, "main",
                 "%zu results of this review answer one question; mark one of them "
                 "main and say why (now %zu)",
                 rivals, mains);
}

static void check_result(const struct place *at)
{
    check_ranges(at);
    check_interval(at);
    check_time(at);
    check_comparator(at);
    check_direction(at);
    if (at->result->ignored == NULL)
        check_arms(at);
    check_copies(at);
    if (at->study->design == DESIGN_SYSTEMATIC_REVIEW)
        check_main(at);
}

void study_check(const struct study *study, const char *file, struct problems *problems)
{
    if (study->id == NULL)
        return; /* told by the reader */
    check_identifiers(study, file, problems);
    if (study->source_count == 0)
        problems_add(problems, file, "/sources", "a study without sources proves nothing");
    for (size_t i = 0; i < study->appraisal_count; i++)
        appraisal_check(&study->appraisals[i], i, file, problems);
    for (size_t i = 0; i < study->result_count; i++)
        check_result(&(struct place){.study = study,
                                     .result = &study->results[i],
                                     .index = i,
                                     .file = file,
                                     .problems = problems});
    for (size_t i = 0; i < study->harm_count; i++)
        harm_check(&study->harms[i], i, file, problems);
}
