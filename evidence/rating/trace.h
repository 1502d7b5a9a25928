/*
 * The trace: which rules fired on the way to an answer, with the numbers they fired on. It is kept
 * from the first conversion to the verdict and told in that order.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_TRACE_H
#define TOUCHSTONE_EVIDENCE_RATING_TRACE_H

#include <stddef.h>

#include "evidence/base/arena.h"

enum { TRACE_NUMBERS = 6 };

/* A number that a rule looked at. */
struct trace_number {
    const char *name; /* NULL ends the list */
    double value;     /* NAN: not known */
};

struct trace_step {
    const char *rule;    /* an id of rules.json: "P1" */
    const char *subject; /* the study it is about, NULL for the body as a whole */
    const char *text;    /* what was concluded and why, one sentence */
    struct trace_number numbers[TRACE_NUMBERS + 1];
};

struct trace {
    struct arena *arena;
    struct trace_step *steps;
    size_t count;
    size_t capacity;
};

/* Adds a step; `numbers` may be NULL, else ends with a NULL name. The text is copied. */
void trace_add(struct trace *trace, const char *rule, const char *subject,
               const struct trace_number *numbers, const char *format, ...) PRINTF_LIKE(5, 6);

/* The numbers of a step, written in place: NUMBERS({"k", 3}, {"i2", 40}). */
#define NUMBERS(...)                                                                               \
    (const struct trace_number[])                                                                  \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }

#endif
