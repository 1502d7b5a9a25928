/* P: whether unwelcome trials seem to be missing. */
#include "evidence/rating/judging.h"

#include "evidence/rating/synthesis.h"
#include "evidence/statistics/small_study.h"

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
    struct effect *effects = arena_array(rating->trace.scratch, rating->body.used, sizeof *effects);
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
              NUMBERS({"k", (double)count}, {"egger_p", egger.p}, GIVES,
                      {"filled", weighed.benefit}, {"filled_low", weighed.low},
                      {"filled_high", weighed.high}),
              "small trials find more: the estimate with the missing ones filled in");
    return classify(&weighed) != rating->class;
}

void judge_publication(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct synthesis *synthesis = &at->rating->synthesis;
    bool own = synthesis->basis == BASIS_TRIALS;
    at->seen = NUMBERS({"k", synthesis->k});
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
    at->seen = NULL;
}
