/*
 * The rating that would follow if the evidence were another: studies left out, a risk of bias
 * judged otherwise, a trial that nobody has done. Nothing is stored; the question is rated again
 * from a changed copy of what was gathered for it, by the same rules.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_WHAT_IF_H
#define TOUCHSTONE_EVIDENCE_RATING_WHAT_IF_H

#include "evidence/rating/rating.h"

/* More changes than this in one list are refused. */
enum { WHAT_IF_MOST = 100 };

struct risk_change {
    const char *study; /* id */
    enum risk risk;
};

/* A trial of our own making, told on the scale of the rating it is added to: points or standard
 * deviations, intervention minus comparator; a ratio as a ratio. */
struct hypothetical {
    const char *label; /* NULL: "a trial that was not done" */
    int n;             /* people in both arms, above 0 */
    double estimate;
    double ci_low, ci_high; /* at 95 % */
    enum risk risk;         /* RISK_UNKNOWN: nobody judged it */
};

struct what_if {
    const char *const *leave_out; /* study ids */
    size_t leave_out_count;
    const struct risk_change *risks;
    size_t risk_count;
    const struct hypothetical *add;
    size_t add_count;
};

/*
 * Rates the question of `gathered` under the changes, in `arena`. `now` is its rating as it stands,
 * whose scale the hypothetical trials are told on. NULL with ERROR_NOT_FOUND for a study that has
 * no part in the question, ERROR_INVALID for a figure that cannot be (an interval not around its
 * estimate, nobody in the trial, a trial added where no scale stands), ERROR_LIMIT beyond
 * WHAT_IF_MOST.
 */
MUST_USE const struct rating *rate_what_if(const struct rating_context *context,
                                           const struct gathered *gathered,
                                           const struct rating *now, const struct what_if *changes,
                                           struct arena *arena, struct error *err);

/* The same question with only the members for which `keep` is true: for leave-one-out and for what
 * stood in an earlier year. Shares its parts with `gathered`. */
struct gathered gathered_where(const struct gathered *gathered,
                               bool (*keep)(const struct member *member, const void *how),
                               const void *how, struct arena *arena);

/* The same question with one more trial; see struct hypothetical. */
struct gathered gathered_with(const struct gathered *gathered, const struct rating *now,
                              const struct hypothetical *trial, size_t number, struct arena *arena);

#endif
