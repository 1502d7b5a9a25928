/* B: risk of bias, by the trials, by a review that judged them, or as a review reports it. */
#include "evidence/rating/judging.h"

#include <math.h>

#include "evidence/rating/review.h"
#include "evidence/rating/synthesis.h"

/* Shares of the pool's weight by judgement. */
struct bias_shares {
    double low;
    double high;
    double judged;
};

static struct bias_shares bias_shares_of(const struct body *body)
{
    struct bias_shares shares = {0};
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        if (!entry->used || !(entry->weight > 0))
            continue;
        double weight = entry->weight / 100;
        shares.low += entry->risk == RISK_LOW ? weight : 0;
        shares.high += entry->risk == RISK_HIGH ? weight : 0;
        shares.judged += entry->risk == RISK_UNKNOWN ? 0 : weight;
    }
    return shares;
}

/* The class that the trials at low risk give alone; CLASS_NONE if they cannot be pooled. */
static enum effect_class class_of_low_risk(const struct judging *at)
{
    const struct rating *rating = at->rating;
    struct effect *effects = arena_array(rating->trace.scratch, rating->body.used, sizeof *effects);
    size_t count = 0;
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].used && rating->body.studies[i].risk == RISK_LOW)
            effects[count++] = rating->body.studies[i].effect;
    struct pool_options options = {.method = at->context->ruleset->method,
                                   .test = count >= 3 ? at->context->ruleset->test : POOL_Z,
                                   .level = at->context->ruleset->level};
    struct pooled pooled;
    if (count == 0 || !pool_fit(effects, count, &options, &pooled, NULL))
        return CLASS_NONE;
    struct weighed weighed =
        weigh(&rating->synthesis, &pooled, rating->question.outcome, at->context->ruleset);
    return classify(&weighed);
}

/* How each trial was judged, and by what. */
static void trace_risks(struct rating *rating)
{
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *entry = &rating->body.studies[i];
        if (!entry->used)
            continue;
        trace_add(&rating->trace, "B", entry->study->id, NUMBERS({"weight", entry->weight}),
                  "risk of bias: %s%s%s",
                  entry->risk == RISK_UNKNOWN ? "judged by nobody" : risk_names[entry->risk],
                  entry->risk_by == NULL ? "" : ", by ",
                  entry->risk_by == NULL ? "" : entry->risk_by);
    }
}

void judge_bias_of_trials(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    struct bias_shares shares = bias_shares_of(&at->rating->body);
    trace_risks(at->rating);
    at->seen = NUMBERS({"low", shares.low}, {"high", shares.high}, {"judged", shares.judged});
    /* One small trial that somebody appraised does not lift the ceiling off all the others. */
    if (shares.judged < ruleset->appraised_share)
        cap_at(at, CERTAINTY_LOW, "B3",
               shares.judged > 0 ? "most of the weight from trials that nobody has appraised"
                                 : "trials that nobody has appraised");
    if (!(shares.judged > 0)) {
        judge(at, DOMAIN_BIAS, -1, "B3", "nobody has judged the quality of these trials");
    } else if (shares.low >= ruleset->bias_share) {
        judge(at, DOMAIN_BIAS, 0, "B0", "most of the weight comes from trials at low risk of bias");
    } else if (shares.low > 0 && at->rating->class != CLASS_NONE &&
               class_of_low_risk(at) == at->rating->class) {
        judge(at, DOMAIN_BIAS, 0, "B0", "the trials at low risk of bias alone say the same");
    } else if (shares.high >= ruleset->bias_share) {
        judge(at, DOMAIN_BIAS, -2, "B2",
              "most of the weight comes from trials at high risk of bias");
    } else {
        judge(at, DOMAIN_BIAS, -1, "B1",
              shares.judged < ruleset->appraised_share
                  ? "most of the weight comes from trials that nobody has appraised"
                  : "too much of the weight comes from trials that may be biased");
    }
    at->seen = NULL;
}

/* ---- B4: the grade of a review's authors ---- */

/* A review's grade of the question: that of its main result, else the lowest. */
static enum certainty_level grade_of(const struct member *member)
{
    enum certainty_level lowest = CERTAINTY_UNKNOWN;
    for (size_t i = 0; i < member->count; i++) {
        const struct result *result = member->results[i];
        if (result->grade == CERTAINTY_UNKNOWN || result->ignored != NULL)
            continue;
        if (result->main != NULL)
            return result->grade;
        lowest = result->grade < lowest ? result->grade : lowest;
    }
    return lowest;
}

/* A review that pooled most of these trials and graded this question; of several the newest. */
static const struct study *grading_review(const struct judging *at, enum certainty_level *grade)
{
    const struct body *body = &at->rating->body;
    for (size_t i = at->gathered->count; i-- > 0;) { /* they stand by year */
        const struct member *member = &at->gathered->members[i];
        size_t held = 0;
        *grade = grade_of(member);
        if (member->study->retracted || *grade == CERTAINTY_UNKNOWN)
            continue;
        for (size_t j = 0; j < body->count; j++)
            held += body->studies[j].used && review_pooled(member->study, body->studies[j].study);
        if ((double)held >= at->context->ruleset->graded_share * (double)body->used)
            return member->study;
    }
    return NULL;
}

bool judge_bias_by_review(struct judging *at)
{
    struct arena *arena = at->rating->trace.arena;
    enum certainty_level grade = CERTAINTY_UNKNOWN;
    bool nothing_judged = !(bias_shares_of(&at->rating->body).judged > 0);
    const struct study *review = nothing_judged ? grading_review(at, &grade) : NULL;
    if (review == NULL)
        return false;
    judge(at, DOMAIN_BIAS, 0, "B4",
          arena_printf(arena,
                       "judged by the review that pooled these trials (%s), whose grade is %s",
                       study_label(review, arena), certainty_names[grade]));
    at->out.authors_own = true;
    cap_at(at, grade, "B4", "the grade of the review that pooled these trials");
    return true;
}

/* ---- as an adopted review reports it ---- */

void judge_bias_as_reported(struct judging *at)
{
    const struct study *review = at->rating->synthesis.adopted;
    double low = NAN;
    double high = NAN;
    for (size_t i = 0; i < review->appraisal_count; i++) {
        const struct appraisal *appraisal = &review->appraisals[i];
        if (appraisal->scope == SCOPE_INCLUDED_TRIALS && isnan(low))
            low = appraisal->share_low;
        if (appraisal->scope == SCOPE_INCLUDED_TRIALS && isnan(high))
            high = appraisal->share_high;
    }
    at->seen = NUMBERS({"low", low}, {"high", high});
    if (isnan(low) && isnan(high)) {
        judge(at, DOMAIN_BIAS, -1, "B3", "how good its trials are is not reported");
        cap_at(at, CERTAINTY_LOW, "B3", "trials whose quality is not reported");
    } else if (low >= at->context->ruleset->bias_share) {
        judge(at, DOMAIN_BIAS, 0, "B0", "the review found most of its trials at low risk of bias");
    } else if (high >= at->context->ruleset->bias_share) {
        judge(at, DOMAIN_BIAS, -2, "B2",
              "the review found most of its trials at high risk of bias");
    } else {
        judge(at, DOMAIN_BIAS, -1, "B1", "the review found too many of its trials at risk of bias");
    }
    at->seen = NULL;
}
