/*
 * The trace: which rules fired on the way to an answer, what they looked at, what they gave and
 * where that comes from. It is kept from the first conversion to the verdict and told in that
 * order.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_TRACE_H
#define TOUCHSTONE_EVIDENCE_RATING_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/arena.h"

enum { TRACE_NUMBERS = 8 };

/* A number that a rule looked at, or gave. */
struct trace_number {
    const char *name; /* NULL ends the list */
    double value;     /* NAN: not known */
};

/*
 * One step. Its sources: the study of `subject`; the thresholds that the rule looks at
 * (ruleset_thresholds); the paper or guideline of the rule (rules_find), unless `source` names one
 * of this step alone.
 */
struct trace_step {
    const char *rule;    /* an id of rules.json: "P1" */
    const char *subject; /* id of the study it is about, NULL for the body as a whole */
    const char *text;    /* what was concluded and why, one sentence */
    const struct trace_number *numbers; /* up to TRACE_NUMBERS, ended by a NULL name; never NULL */
    size_t inputs;      /* the first so many numbers were looked at, the others given */
    const char *source; /* NULL: that of the rule */
};

struct rules;
struct ruleset;

struct trace {
    struct arena *arena;
    struct arena *scratch; /* what is needed only until the rating is made */
    bool untold;           /* no step is kept: for whoever wants the rating alone */
    struct trace_step *steps;
    size_t count;
    size_t capacity;
    const struct rules *rules;     /* for the sources of the steps, NULL without a table … */
    const struct ruleset *ruleset; /* … and for their thresholds */
};

/* Adds a step; `numbers` may be NULL, else ends with a NULL name. The text is copied. */
void trace_add(struct trace *trace, const char *rule, const char *subject,
               const struct trace_number *numbers, const char *format, ...) PRINTF_LIKE(5, 6);

/* Says where the last step's numbers come from. The text is borrowed for as long as the trace
 * lives.
 */
void trace_source(struct trace *trace, const char *source);

/* Where a step comes from: its own source, else that of its rule; NULL where neither is known. */
const char *trace_source_of(const struct trace *trace, const struct trace_step *step);

/* The numbers of a step, written in place: NUMBERS({"k", 3}, GIVES, {"estimate", -1.2}). */
#define NUMBERS(...)                                                                               \
    (const struct trace_number[])                                                                  \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }

/* Between the numbers that a step looked at and those that it gave. */
#define GIVES                                                                                      \
    {                                                                                              \
        trace_gives, 0                                                                             \
    }
extern const char trace_gives[];

#endif
