/* Safety is an axis of its own, never averaged into a verdict (METHOD V3). */
#ifndef TOUCHSTONE_EVIDENCE_RATING_SAFETY_H
#define TOUCHSTONE_EVIDENCE_RATING_SAFETY_H

#include <stdint.h>

#include "evidence/model/base.h"

enum safety_level {
    SAFETY_NOT_RECORDED,
    SAFETY_NONE_FOUND, /* looked for, and none found */
    SAFETY_MINOR,
    SAFETY_SERIOUS_RARE, /* under 1 in 1,000 people, or reports without a number of people treated;
                            a rate per treatment counts tenfold (a course of ten: ours) */
    SAFETY_SERIOUS
};
extern const char *const safety_names[];

struct safety_harm {
    const struct harm *harm;
    const struct study *study;
};

struct safety {
    enum safety_level level; /* the worst that is recorded */
    /* Worst first; among equals those counted among people, then among treatments, then those known
     * from reports, then the others; the commoner first; then by study id. */
    const struct safety_harm *harms;
    size_t count;
    size_t counting; /* studies that counted people with side effects, whatever those were */
};

/* What the studies at `count` places of the base record of harms under one intervention, whatever
 * the condition, in `arena`: all that say anything of it (catalog_places_of), or others besides. */
struct safety safety_of(const struct base *base, const uint32_t *places, size_t count,
                        const struct intervention *intervention, struct arena *arena);

/* True for what was looked for and not found. */
bool safety_is_none_found(const struct harm *harm);

/* The condition in which a harm was seen, NULL where that is the one asked about, a child or a
 * parent of it, or pain of any kind. `asked` NULL: none in particular. */
const struct condition *safety_seen_in(const struct base *base, const struct safety_harm *one,
                                       const struct condition *asked);

/* "1.01 of 10000 people": its rate in the source's words, else as numbers; NULL where it is not
 * told. In `arena`. */
const char *safety_how_often(const struct harm *harm, struct arena *arena);

/* "Serious harm has been reported, very rarely": the level in plain words. */
const char *safety_words(enum safety_level level);

/* The same of one intervention, with how many studies counted side effects; in `arena`. */
const char *safety_sentence(const struct safety *safety, struct arena *arena);

#endif
