/*
 * How an intervention stands in the base for a condition and an outcome: the ratings read together,
 * as a claim needs them. Where the headline has an answer it is that answer; where the headline is
 * unproven it is what the single questions lean to, reviews without a usable figure included.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_STANDING_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_STANDING_H

#include "evidence/rating/catalog.h"

enum standing_kind {
    STANDING_UNTESTED,    /* no study of it */
    STANDING_UNKNOWN,     /* studies, and none says anything either way */
    STANDING_WORKS,       /* works, probably-works */
    STANDING_MAY,         /* may-work, small-benefit and kin */
    STANDING_NOT_SHAM,    /* unproven: a benefit over nothing, none over a sham */
    STANDING_LEANS,       /* unproven, and what there is points to a benefit */
    STANDING_MIXED,       /* unproven, and the studies differ */
    STANDING_NULL,        /* may-not-work and kin; unproven and all null */
    STANDING_FIRMLY_NULL, /* does-not-work, probably-does-not-work */
    STANDING_HARM         /* harmful and kin */
};

/* Comparators and times to look at, as bits of the enums of vocabulary.h. */
enum { STANDING_ANY = 0 };

struct standing_question {
    const struct intervention *intervention;
    const struct condition *condition;  /* NULL: any */
    const struct outcome *outcome;      /* NULL: the primary ones */
    unsigned comparators;               /* bit c: enum comparator_class c; STANDING_ANY: all but
                                           active ones */
    unsigned windows;                   /* bit w: enum window w; STANDING_ANY: all */
    const struct intervention *against; /* head to head with this one; NULL: not */
};

enum { STANDING_RATINGS = 6 };

struct standing {
    enum standing_kind kind;
    const struct condition *home;    /* whose evidence it is; NULL without any */
    bool borrowed;                   /* a wider condition's */
    const struct headline *headline; /* NULL where another outcome, time or comparator was asked */
    const struct rating *ratings[STANDING_RATINGS]; /* that it rests on, the weightiest first */
    size_t rating_count;
    int better; /* studies and pools by what they found; a pool counts three, a review two */
    int neither;
    int worse;
    bool varies; /* firm answers for some conditions or times, and against it for others */
    bool firm;   /* a verdict of a question says so, not only what studies lean to */
};

struct standings;

/* A memory of what was asked in one call; lives in `arena`. */
struct standings *standings_new(const struct catalog *catalog, struct arena *arena);

/* The standing of a question; the same question is answered once. Never NULL. */
const struct standing *standing_of(struct standings *standings,
                                   const struct standing_question *question);

/* The headline of a pair, for its words. Never NULL. */
const struct headline *standing_headline(struct standings *standings,
                                         const struct intervention *intervention,
                                         const struct condition *condition);

#endif
