/* The domains of certainty, a file each: for certainty.c and those files alone. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_JUDGING_H
#define TOUCHSTONE_EVIDENCE_RATING_JUDGING_H

#include "evidence/rating/rating.h"

/* What is being judged, with the judgement so far. */
struct judging {
    const struct rating_context *context;
    const struct gathered *gathered;
    struct rating *rating;
    struct certainty out;
    enum certainty_level cap;        /* never above */
    bool randomised;                 /* the body is one of randomised trials */
    const struct trace_number *seen; /* what the domain looks at, NULL: words alone */
    int asked; /* levels that the asker adds (Q4): taken last, below any cap */
};

/* Sets a domain's judgement and tells it in the trace. */
void judge(struct judging *at, enum domain domain, int change, const char *rule,
           const char *reason);

/* Sets the level that is never exceeded, where it is lower than the one set. */
void cap_at(struct judging *at, enum certainty_level level, const char *rule, const char *reason);

/* B0 to B3, by the weight of the trials. */
void judge_bias_of_trials(struct judging *at);

/* B4: the grade of a review stands in where nobody judged the trials; false if there is none. */
bool judge_bias_by_review(struct judging *at);

/* S1: by what an adopted review reports of its trials. */
void judge_bias_as_reported(struct judging *at);

/* N. */
void judge_inconsistency(struct judging *at);

/* M. */
void judge_imprecision(struct judging *at);

/* P, with the rule ids PB and PB1. */
void judge_publication(struct judging *at);

/* U: after all the others, for it needs that nothing was held against the body. */
void judge_upgrade(struct judging *at);

#endif
