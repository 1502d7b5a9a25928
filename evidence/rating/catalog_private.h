/* What a catalog is inside: for catalog.c, headline.c and the files of their steps. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_CATALOG_PRIVATE_H
#define TOUCHSTONE_EVIDENCE_RATING_CATALOG_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "evidence/rating/catalog.h"
#include "evidence/rating/override.h"
#include "evidence/rating/rules.h"

/* A study that says anything of an intervention in a condition, by its place in the base. */
struct mention {
    const char *intervention;
    const char *condition;
    uint32_t study;
    bool retracted;
};

/* Ratings without their traces, each made when it is first asked for: under the lock, in an arena
 * of their own. */
struct made_ratings {
    _Atomic(const struct rating *) *items; /* NULL until then */
    struct arena *arena;
    size_t missing; /* how many are NULL */
    pthread_mutex_t lock;
};

/* What is made when it is first asked for: under the lock, in an arena of its own. */
struct kept {
    _Atomic(void *) thing; /* NULL until then */
    struct arena *arena;
    pthread_mutex_t lock;
};

struct catalog {
    atomic_size_t readers; /* once 0 for good: what was made for them goes */
    atomic_size_t holders; /* the catalogs that go on using this one, and its readers as one */
    struct arena *arena;   /* holds the catalog itself and all it points to */
    struct base base;
    struct dataset dataset;
    struct ruleset ruleset;
    struct overrides overrides;
    struct rules rules;
    struct catalog_stamp stamp;
    const struct lexicon *lexicon;
    struct arena *books; /* holds the rule books; NULL: there are none */
    struct rating_context context;
    struct open_question *questions; /* sorted by id, `count` of them … */
    struct made_ratings made;        /* … and their ratings, in the same order */
    size_t count;
    struct mention *mentions; /* sorted by intervention, condition, study; each once */
    size_t mention_count;
    const struct ruleset *others; /* the rulesets beside the default, … */
    struct catalog **twins; /* … and the base rated by each, made when first asked for … */
    size_t other_count;
    pthread_mutex_t lock; /* … under this lock */
    struct kept kept[CATALOG_KEPT_COUNT];
    struct catalog *before; /* the one whose ratings this one goes on using, or NULL */
};

/* Sorts and indexes the questions and who says what; rating them is the caller's. */
void catalog_gather(struct catalog *catalog);

/* Makes it ready to be held by several: one reference, the lock, room for what other rulesets
 * give. */
void catalog_share(struct catalog *catalog);

/* The rating of the question at `index`, made now if nobody asked before. */
const struct rating *catalog_made(const struct catalog *catalog, size_t index);

/* Where a rating of this catalog stands, its `count` for one that is not of it. */
size_t catalog_place_of(const struct catalog *catalog, const struct rating *rating);

/* For a catalog that goes on using the records and ratings of this one, for as long as it lives:
 * returns it. The caller holds a reference meanwhile. */
struct catalog *catalog_build_on(struct catalog *catalog);

/* What the rating at `index` is made from; its lists are in `arena`. */
struct gathered catalog_gathered(const struct catalog *catalog, size_t index, struct arena *arena);

/* The mentions of a pair: `count` of them from the pointer given. */
const struct mention *catalog_mentions(const struct catalog *catalog, const char *intervention,
                                       const char *condition, size_t *count);

#endif
