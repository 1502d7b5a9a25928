/*
 * What the base holds and what it lacks: trials, people and answers per intervention, per condition
 * and per pair of them, and the gaps a curator could fill. It judges nothing; oddities.h does.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_COVERAGE_H
#define TOUCHSTONE_EVIDENCE_RATING_COVERAGE_H

#include "evidence/rating/catalog.h"

/* Retracted studies count in none of the figures. */
struct coverage {
    const struct intervention *intervention; /* NULL: of any */
    const struct condition *condition;       /* NULL: of any */
    int trials;                              /* studies that compare groups */
    int reviews;                             /* systematic ones */
    int others;                              /* of every other design */
    long long people;                        /* in the trials, where their number is known */
    int people_unknown;                      /* trials where it is not */
    int newest_year;                         /* of any study, COUNT_UNKNOWN */
    int questions;                           /* that any result speaks to */
    int bodies;                              /* of these, with a figure */
    enum certainty_level certainty;          /* of the surest figure, CERTAINTY_UNKNOWN */
};

enum gap_kind {
    GAP_UNTESTED,       /* interventions without any study */
    GAP_UNSTUDIED,      /* conditions without any study */
    GAP_UNIDENTIFIED,   /* studies with neither PMID nor DOI */
    GAP_UNAPPRAISED,    /* trials and reviews that nobody appraised */
    GAP_UNCHECKED,      /* studies read once */
    GAP_FUNDING,        /* trials whose funding is unknown */
    GAP_WITHOUT_FIGURE, /* results with a direction alone */
    GAP_WITHOUT_ENDS,   /* results on a scale whose ends are not named */
};
enum { GAP_KIND_COUNT = 8 };
extern const char *const gap_names[]; /* "untested", "unstudied" … */

struct gap {
    const char *const *ids; /* in the order of the base; a result is "pmid:1/results/0" */
    size_t count;
    size_t of; /* how many there are in all, gaps or not */
};

/* Lists in the order of the base, pairs by intervention and then condition; only pairs that a study
 * speaks to. */
struct coverage_report {
    struct coverage all;
    const struct coverage *interventions;
    size_t intervention_count;
    const struct coverage *conditions;
    size_t condition_count;
    const struct coverage *pairs;
    size_t pair_count;
    int retracted;
    size_t results;
    struct gap gaps[GAP_KIND_COUNT];
};

/* How many took part: as told, else the most that any of its results counts. COUNT_UNKNOWN. */
int coverage_people(const struct study *study);

/* Counts everything; strings and lists live in `arena` or in the catalog. */
struct coverage_report coverage_of(const struct catalog *catalog, struct arena *arena);

#endif
