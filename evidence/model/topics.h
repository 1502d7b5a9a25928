/*
 * What studies are about: interventions, conditions and outcomes. Plain data with the fields of
 * evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_TOPICS_H
#define TOUCHSTONE_EVIDENCE_MODEL_TOPICS_H

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"
#include "evidence/model/vocabulary.h"

struct intervention {
    const char *id;
    const char *name;
    const char *plain; /* how a sentence names it: "pressing on the knot" */
    enum kind kind;
    const char *const *aliases;
    const char *summary;
    const char *sham; /* what its pretended form is called in a sentence */
    const char *const *claims;
};

struct condition {
    const char *id;
    const char *name;
    const char *plain; /* how a sentence names it */
    const char *const *aliases;
    const char *const *parents;          /* asked in this order for evidence to borrow */
    const char *const *primary_outcomes; /* first choice first, never empty */
    enum window primary_window;
};

/* A minimal important difference between groups, on a scale. */
struct mid {
    double value; /* NAN: none is known */
    const char *scale_name;
    double scale_low;
    double scale_high;
    const char *source_url;
    const char *source_where;
    const char *note;
};

struct outcome {
    const char *id;
    const char *name;
    const char *plain;
    const char *const *aliases;
    enum outcome_kind kind;
    const char *stand_in_for; /* the outcome it stands in for, NULL for one that matters itself */
    struct mid mid;
};

/* Readers are strict and put what is wrong into the reader's problems; strings live in their arena.
 */
void intervention_read(const struct json_reader *at, struct intervention *out);
void condition_read(const struct json_reader *at, struct condition *out);
void outcome_read(const struct json_reader *at, struct outcome *out);

/* Writes one the way the curated files stand: keys in the order of the format, unknown left out. */
void intervention_write(const struct intervention *intervention, struct json_writer *writer);
void condition_write(const struct condition *condition, struct json_writer *writer);
void outcome_write(const struct outcome *outcome, struct json_writer *writer);

#endif
