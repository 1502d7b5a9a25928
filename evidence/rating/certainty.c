#include "evidence/rating/certainty.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/review.h"
#include "evidence/rating/synthesis.h"
#include "evidence/statistics/small_study.h"

const char *const domain_names[] = {
    "risk-of-bias",     "inconsistency", "indirectness", "imprecision",
    "publication-bias", "upgrade",       "cap",          NULL};

/* What is being judged, with the judgement so far. */
struct judging {
    const struct rating_context *context;
    const struct gathered *gathered;
    struct rating *rating;
    struct certainty out;
    enum certainty_level cap; /* never above */
    int asked;                /* levels that the asker adds (Q4): taken last, below any cap */
};

static double number(int count)
{
    return count == COUNT_UNKNOWN ? (double)NAN : (double)count;
}

static void judge(struct judging *at, enum domain domain, int change, const char *rule,
                  const char *reason)
{
    at->out.domains[domain] =
        (struct domain_judgement){.change = change, .rule = rule, .reason = reason};
    trace_add(&at->rating->trace, rule, NULL, NUMBERS({"change", change}), "%s: %s",
              domain_names[domain], reason);
}

static void cap_at(struct judging *at, enum certainty_level level, const char *rule,
                   const char *reason)
{
    if (level >= at->cap)
        return;
    at->cap = level;
    at->out.domains[DOMAIN_CAP] =
        (struct domain_judgement){.change = 0, .rule = rule, .reason = reason};
    trace_add(&at->rating->trace, rule, NULL, NULL, "never above %s: %s", certainty_names[level],
              reason);
}

/* ---- B: risk of bias ---- */

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
    struct effect *effects = arena_array(rating->trace.arena, rating->body.used, sizeof *effects);
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

static void judge_bias_of_trials(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    struct bias_shares shares = bias_shares_of(&at->rating->body);
    trace_add(&at->rating->trace, "B", NULL,
              NUMBERS({"low", shares.low}, {"high", shares.high}, {"judged", shares.judged}),
              "shares of the weight by risk of bias");
    if (!(shares.judged > 0)) {
        judge(at, DOMAIN_BIAS, -1, "B3", "nobody has judged the quality of these trials");
        cap_at(at, CERTAINTY_LOW, "B3", "trials that nobody has appraised");
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
              "too much of the weight comes from trials that may be biased");
    }
}

/* ---- N: inconsistency ---- */

/* -1, 0, 1: an important harm, too little to matter, an important benefit. */
static int zone_of(double benefit, double mid)
{
    return benefit >= mid ? 1 : benefit <= -mid ? -1 : 0;
}

/* The threshold in play: zero for a benefit or harm (and where nobody says what size matters), the
 * MID on either side for "no important difference" and for what is undecided. */
static bool on_other_side(const struct rating *rating, double benefit)
{
    const struct weighed *pool = &rating->effect.weighed;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
        return benefit <= 0;
    case CLASS_HARM:
        return benefit >= 0;
    case CLASS_NO_DIFFERENCE:
    case CLASS_UNDECIDED:
        return zone_of(benefit, pool->mid) != zone_of(pool->benefit, pool->mid);
    case CLASS_NONE:
        break;
    }
    return benefit * pool->benefit <= 0;
}

/* The share of the weight that lies there. */
static double share_on_other_side(const struct rating *rating)
{
    double beyond = 0;
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *entry = &rating->body.studies[i];
        if (!entry->used || isnan(entry->effect.yi))
            continue;
        double one = weigh_one(&rating->synthesis, entry->effect.yi);
        beyond += on_other_side(rating, one) ? entry->weight / 100 : 0;
    }
    return beyond;
}

static void judge_inconsistency(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct synthesis *synthesis = &at->rating->synthesis;
    bool adopted = synthesis->basis == BASIS_ADOPTED;
    double beyond = adopted ? (double)NAN : share_on_other_side(at->rating);
    trace_add(&at->rating->trace, "N", NULL,
              NUMBERS({"i2", synthesis->i2}, {"q_p", synthesis->pooled.qp}, {"other_side", beyond}),
              "how far the trials differ, and the share of the weight that says otherwise");
    /* A published I2 comes without its test more often than not: it is believed as it stands. */
    bool differs = synthesis->i2 >= ruleset->i2 && (adopted || synthesis->pooled.qp < ruleset->q_p);
    if (adopted && isnan(synthesis->i2)) {
        judge(at, DOMAIN_INCONSISTENCY, 0, "S1", "whether its trials agree is not told");
    } else if (!differs) {
        judge(at, DOMAIN_INCONSISTENCY, 0, "N",
              synthesis->k == 1 ? "one trial cannot disagree with itself"
                                : "the trials do not differ beyond chance by much");
    } else if (synthesis->i2 >= ruleset->i2_severe) {
        judge(at, DOMAIN_INCONSISTENCY, -2, "N2", "the trials differ far beyond chance");
    } else if (beyond >= ruleset->other_side) {
        judge(
            at, DOMAIN_INCONSISTENCY, -2, "N2",
            "the trials differ beyond chance, and a quarter of the weight or more says otherwise");
    } else {
        judge(at, DOMAIN_INCONSISTENCY, -1, "N1", "the trials differ beyond chance");
    }
    if (synthesis->outlier != NULL)
        judge(at, DOMAIN_INCONSISTENCY, at->out.domains[DOMAIN_INCONSISTENCY].change - 1, "P4",
              arena_printf(at->rating->trace.arena, "a newer trial (%s) does not fit the review",
                           synthesis->outlier->label));
    if (at->out.domains[DOMAIN_INCONSISTENCY].change < -2)
        at->out.domains[DOMAIN_INCONSISTENCY].change = -2;
}

/* ---- I: indirectness ---- */

static bool is_in_volunteers(const struct question *question)
{
    return strcmp(question->condition->id, "healthy-adults") == 0 &&
           question->outcome->stand_in_for == NULL;
}

static void judge_indirectness(struct judging *at, int asked)
{
    int levels = asked + (is_in_volunteers(&at->rating->question) ? 1 : 0);
    if (levels == 0)
        judge(at, DOMAIN_INDIRECTNESS, 0, "I",
              "the people, the treatment and the outcome asked about");
    else if (levels == 1)
        judge(at, DOMAIN_INDIRECTNESS, -1, "I1",
              asked > 0 ? "borrowed from a wider condition"
                        : "healthy volunteers, not people in pain");
    else
        judge(at, DOMAIN_INDIRECTNESS, -2, "I2", "borrowed, and from healthy volunteers");
}

/* ---- M: imprecision ---- */

static int interval_levels(const struct rating *rating, const char **reason)
{
    const struct weighed *weighed = &rating->effect.weighed;
    bool within = weighed->low > -weighed->mid && weighed->high < weighed->mid;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
    case CLASS_HARM:
        return 0;
    case CLASS_NO_DIFFERENCE:
        if (!within)
            *reason = "the interval also allows for a difference that matters";
        return within ? 0 : 1;
    case CLASS_NONE:
        if (weighed->low <= 0 && weighed->high >= 0)
            *reason = "the interval holds both more and less";
        return *reason == NULL ? 0 : 1;
    case CLASS_UNDECIDED:
        break;
    }
    if (classify(weighed) != CLASS_UNDECIDED)
        return 0; /* undecided because of improbable figures (P6), not because of its interval */
    if (weighed->mid > 0 && weighed->high >= weighed->mid && weighed->low <= -weighed->mid) {
        *reason = "it could be an important benefit or an important harm";
        return 2;
    }
    *reason = "the interval cannot decide between a difference that matters and one that does not";
    return 1;
}

static int known_people(const struct body *body)
{
    int people = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && body->studies[i].n != COUNT_UNKNOWN)
            people += body->studies[i].n;
    return people;
}

static int people_levels(const struct judging *at, const char **reason)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct rating *rating = at->rating;
    bool counted = rating->synthesis.scale == BODY_RATIO && rating->body.events != COUNT_UNKNOWN &&
                   rating->synthesis.basis == BASIS_TRIALS;
    int size = counted ? rating->body.events : rating->synthesis.n;
    double few = counted ? ruleset->events_few : ruleset->people_few;
    bool one = rating->synthesis.k == 1;
    if (size == COUNT_UNKNOWN && !counted && rating->synthesis.basis == BASIS_TRIALS &&
        known_people(&rating->body) >= few)
        return 0; /* those that are known are enough */
    if (size == COUNT_UNKNOWN) {
        *reason = one ? "one trial of unknown size" : "how many people took part is not known";
        return one ? 2 : 1;
    }
    if (rating->synthesis.n != COUNT_UNKNOWN && rating->synthesis.n < ruleset->people_very_few) {
        *reason = "fewer than 100 people";
        return 2;
    }
    if (size < few) {
        *reason = counted ? "fewer than 300 events" : "fewer than 400 people";
        return 1;
    }
    return 0;
}

static void judge_imprecision(struct judging *at)
{
    const char *interval = NULL;
    const char *people = NULL;
    int levels = interval_levels(at->rating, &interval) + people_levels(at, &people);
    const struct rating *rating = at->rating;
    trace_add(&at->rating->trace, "M", NULL,
              NUMBERS({"low", rating->effect.weighed.low}, {"high", rating->effect.weighed.high},
                      {"mid", rating->effect.weighed.mid}, {"people", number(rating->synthesis.n)},
                      {"events", number(rating->body.events)}),
              "the interval, and how many people it comes from");
    if (levels == 0) {
        judge(at, DOMAIN_IMPRECISION, 0, "M", "enough people, and an interval that decides");
        return;
    }
    const char *reason = interval != NULL && people != NULL
                             ? arena_printf(at->rating->trace.arena, "%s; %s", interval, people)
                         : interval != NULL ? interval
                                            : people;
    judge(at, DOMAIN_IMPRECISION, levels >= 2 ? -2 : -1, levels >= 2 ? "M2" : "M1", reason);
}

/* ---- P: publication bias ---- */

static bool is_small(const struct rated_study *entry, double most)
{
    const struct result *result = entry->result;
    if (result != NULL && result->arm_count == 2 && result->arms[0].n > 0 && result->arms[1].n > 0)
        return result->arms[0].n < most && result->arms[1].n < most;
    return entry->n != COUNT_UNKNOWN && entry->n < 2 * most;
}

static bool all_small_and_unfunded(const struct judging *at)
{
    const struct body *body = &at->rating->body;
    size_t known = 0;
    for (size_t i = 0; i < body->count; i++) {
        if (!body->studies[i].used)
            continue;
        if (!is_small(&body->studies[i], at->context->ruleset->small_arm))
            return false;
        known += body->studies[i].study->funding != NULL;
    }
    return known * 2 < body->used;
}

static bool small_studies_move_the_class(const struct judging *at)
{
    const struct rating *rating = at->rating;
    const struct ruleset *ruleset = at->context->ruleset;
    struct effect *effects = arena_array(rating->trace.arena, rating->body.used, sizeof *effects);
    size_t count = 0;
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].used)
            effects[count++] = rating->body.studies[i].effect;
    struct egger egger;
    struct trimfill filled;
    struct pool_options options = {
        .method = ruleset->method, .test = ruleset->test, .level = ruleset->level};
    if (!egger_lm(effects, count, ruleset->level, &egger, NULL) || !(egger.p < ruleset->egger_p) ||
        !trim_and_fill(effects, count, &options, TRIMFILL_L0, &filled, NULL))
        return false;
    struct weighed weighed =
        weigh(&rating->synthesis, &filled.pooled, rating->question.outcome, ruleset);
    trace_add(&at->rating->trace, "P3", NULL,
              NUMBERS({"egger_p", egger.p}, {"filled", weighed.benefit},
                      {"filled_low", weighed.low}, {"filled_high", weighed.high}),
              "small trials find more: the estimate with the missing ones filled in");
    return classify(&weighed) != rating->class;
}

static void judge_publication(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct synthesis *synthesis = &at->rating->synthesis;
    bool own = synthesis->basis == BASIS_TRIALS;
    if (own && synthesis->k >= ruleset->egger_trials && small_studies_move_the_class(at))
        judge(at, DOMAIN_PUBLICATION, -1, "PB1",
              "small trials find more than large ones, and filling in the missing ones changes the "
              "answer");
    else if (own && synthesis->k >= ruleset->small_trials && all_small_and_unfunded(at))
        judge(at, DOMAIN_PUBLICATION, -1, "PB1",
              "every trial is small and who paid is mostly not known");
    else
        judge(at, DOMAIN_PUBLICATION, 0, "PB",
              !own                                   ? "not judged for a published pool"
              : synthesis->k < ruleset->egger_trials ? "too few trials to see whether some are "
                                                       "missing"
                                                     : "no sign that unwelcome trials are missing");
}

/* ---- B4 and S1: the grade of a review's authors ---- */

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

static bool nothing_judged(const struct body *body)
{
    return !(bias_shares_of(body).judged > 0);
}

static enum certainty_level level_after(const struct judging *at)
{
    int level = (int)at->out.start + at->asked;
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        level += at->out.domains[i].change;
    level = level > (int)at->cap ? (int)at->cap : level;
    level -= at->asked; /* Q4: below its home, whatever held that one down */
    return level < CERTAINTY_VERY_LOW ? CERTAINTY_VERY_LOW : (enum certainty_level)level;
}

static void judge_trials(struct judging *at, int indirect)
{
    enum certainty_level grade = CERTAINTY_UNKNOWN;
    const struct study *review =
        nothing_judged(&at->rating->body) ? grading_review(at, &grade) : NULL;
    judge_inconsistency(at);
    judge_indirectness(at, indirect);
    judge_imprecision(at);
    judge_publication(at);
    if (review == NULL) {
        judge_bias_of_trials(at);
        return;
    }
    judge(at, DOMAIN_BIAS, 0, "B4",
          arena_printf(at->rating->trace.arena,
                       "judged by the review that pooled these trials (%s), whose grade is %s",
                       study_label(review, at->rating->trace.arena), certainty_names[grade]));
    at->out.authors_own = true;
    cap_at(at, grade, "B4", "the grade of the review that pooled these trials");
}

/* ---- an adopted pool (S1) ---- */

static void judge_bias_as_reported(struct judging *at)
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
}

static void judge_adopted(struct judging *at, int indirect)
{
    const struct synthesis *synthesis = &at->rating->synthesis;
    enum certainty_level grade = synthesis->adopted_result->grade;
    if (grade != CERTAINTY_UNKNOWN) {
        at->out.start = grade;
        at->out.authors_own = true;
        trace_add(&at->rating->trace, "S1", synthesis->adopted->id, NULL,
                  "its authors graded this result %s; their grade stands", certainty_names[grade]);
        judge(at, DOMAIN_BIAS, 0, "S1", "as graded by the review's authors");
        judge_indirectness(at, indirect);
        if (synthesis->outlier != NULL)
            judge(at, DOMAIN_INCONSISTENCY, -1, "P4",
                  arena_printf(at->rating->trace.arena,
                               "a newer trial (%s) does not fit the review",
                               synthesis->outlier->label));
        return;
    }
    judge_inconsistency(at);
    judge_indirectness(at, indirect);
    judge_imprecision(at);
    judge_bias_as_reported(at);
    if (review_is_critically_low(synthesis->adopted)) {
        at->out.domains[DOMAIN_BIAS].change -= 1;
        at->out.domains[DOMAIN_BIAS].reason = arena_printf(
            at->rating->trace.arena, "%s; the review itself is critically weak (AMSTAR 2)",
            at->out.domains[DOMAIN_BIAS].reason);
        trace_add(&at->rating->trace, "S1", synthesis->adopted->id, NUMBERS({"change", -1}),
                  "the review itself is critically weak (AMSTAR 2)");
    }
}

/* ---- the whole ---- */

static bool is_randomised(const struct rating *rating)
{
    if (rating->synthesis.basis == BASIS_ADOPTED)
        return true; /* the reviews here pool trials; where they say otherwise their grade tells it
                      */
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].used)
            return design_is_randomised(rating->body.studies[i].study->design);
    return false;
}

static void judge_size_of_body(struct judging *at)
{
    const struct synthesis *synthesis = &at->rating->synthesis;
    if (synthesis->basis == BASIS_ADOPTED && synthesis->adopted_result->grade != CERTAINTY_UNKNOWN)
        return; /* its authors knew how many there were */
    if (at->rating->synthesis.k == 1)
        cap_at(at, CERTAINTY_MODERATE, "P1", "one trial alone");
    if (at->rating->synthesis.k == 2)
        cap_at(at, CERTAINTY_LOW, "P1", "two trials alone");
}

/* P6: where the class hangs on what is improbable, the answer is a level less sure. */
static void judge_improbable(struct judging *at)
{
    if (!at->rating->hangs_on_improbable)
        return;
    at->out.domains[DOMAIN_BIAS].change -= 1;
    at->out.domains[DOMAIN_BIAS].reason = arena_printf(
        at->rating->trace.arena, "%s; without improbable figures the answer is another",
        at->out.domains[DOMAIN_BIAS].reason);
    trace_add(&at->rating->trace, "P6", NULL, NUMBERS({"change", -1}),
              "the answer hangs on figures that are improbable");
}

struct certainty certainty_of(const struct rating_context *context, const struct gathered *gathered,
                              struct rating *rating, int indirect)
{
    struct judging at = {.context = context,
                         .gathered = gathered,
                         .rating = rating,
                         .cap = CERTAINTY_HIGH,
                         .asked = indirect,
                         .out = {.level = CERTAINTY_VERY_LOW, .start = CERTAINTY_HIGH}};
    if (rating->synthesis.basis < BASIS_TRIALS) {
        at.out.start = CERTAINTY_VERY_LOW;
        trace_add(&rating->trace, "V0", NULL, NULL, "no figure to be sure of: very low");
        return at.out;
    }
    at.out.start = is_randomised(rating) ? CERTAINTY_HIGH : CERTAINTY_LOW;
    judge_size_of_body(&at);
    if (rating->synthesis.basis == BASIS_ADOPTED)
        judge_adopted(&at, indirect);
    else
        judge_trials(&at, indirect);
    judge_improbable(&at);
    at.out.level = level_after(&at);
    return at.out;
}
