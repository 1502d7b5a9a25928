/*
 * The book of referral: where the pain of a muscle's sore spots is felt, what it is mistaken for,
 * how reliable the diagnosis is, and the dispute about it, both sides. Fields as in
 * evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_REFERRAL_H
#define TOUCHSTONE_EVIDENCE_MODEL_REFERRAL_H

#include "evidence/model/backing.h"

struct muscle {
    const char *id;
    const char *name;
    const char *const *pain_felt;
    const char *const *may_be_mistaken_for;
    const char *note;
    struct backing backing;
};

/* A study or panel on how trigger points are told. */
struct criterion {
    const char *id;
    const char *name;
    const char *finding;
    const char *const *signs;
    const struct datum *figures;
    size_t figure_count;
    const char *limits;
    const char *pmid;
    const char *doi;
    struct backing backing;
};

enum side { SIDE_CRITIC, SIDE_DEFENDER, SIDE_NEUTRAL };
extern const char *const side_names[];

/* What one side of the dispute says. */
struct argument {
    const char *id;
    enum side side;
    const char *claim;
    const char *pmid;
    struct backing backing;
};

struct referral {
    const char *about_maps;           /* what the areas are worth */
    const char *about_second_reading; /* how far the book was read a second time */
    const struct muscle *muscles;
    size_t muscle_count;
    const struct criterion *criteria;
    size_t criterion_count;
    const struct argument *arguments;
    size_t argument_count;
};

/* Reads the whole document, strictly. A dispute told by one side alone is a problem. */
void referral_read(const struct json_reader *at, struct referral *out);

#endif
