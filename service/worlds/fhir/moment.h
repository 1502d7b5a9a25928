/* Dates of searches: a day, month, year or moment, with what it is compared by. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_FHIR_MOMENT_H
#define TOUCHSTONE_SERVICE_WORLDS_FHIR_MOMENT_H

#include <stdbool.h>
#include <time.h>

#include "evidence/base/error.h"

/* All seconds from `from`, before `to`. */
struct fhir_moment {
    time_t from;
    time_t to;
};

enum fhir_comparison {
    FHIR_EQ,
    FHIR_NE,
    FHIR_GT,
    FHIR_LT,
    FHIR_GE,
    FHIR_LE,
    FHIR_SA, /* starts after */
    FHIR_EB  /* ends before */
};

/* "2026", "2026-11", "2026-11-22", "2026-11-22T10:00Z", with seconds, fractions of them (which are
 * dropped) and an offset; a time without one is UTC. False if it is none of these. */
MUST_USE bool fhir_moment_read(const char *text, struct fhir_moment *out);

/* The same with a prefix ("ge2026-11"); without one FHIR_EQ. "ap" is refused. */
MUST_USE bool fhir_comparison_read(const char *text, enum fhir_comparison *by,
                                   struct fhir_moment *out);

/* Whether `value` is to `wanted` as asked (hl7.org/fhir/R5/search.html#prefix). */
bool fhir_moment_fits(struct fhir_moment value, enum fhir_comparison by, struct fhir_moment wanted);

#endif
