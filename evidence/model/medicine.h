/*
 * The book of medicines: what those that bear on muscles, on treatments or on this base are called,
 * generic names and brands, so that they are found in what people write. It says nothing of what
 * they do: that stands in the book of drug links, to which each group points. Fields as in
 * evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_MEDICINE_H
#define TOUCHSTONE_EVIDENCE_MODEL_MEDICINE_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"
#include "evidence/model/drug_link.h"
#include "evidence/model/sign_words.h"

struct medicine {
    const char *name; /* generic */
    const char *const *brands;
};

/* Medicines that do the same. */
struct medicine_group {
    const char *id;
    const char *name;         /* how a sentence names them: "water tablets" */
    const char *const *words; /* for the group as a whole: "statin" */
    const struct medicine *members;
    size_t member_count;
    const struct drug_link *const *links; /* in the book, ended by NULL */
    const char *const *interventions;     /* entries of the base for these medicines */
    const struct sign_concept *state;     /* what somebody who takes them has, of which treatments
                                             ask ("blood-thinning medicine"); NULL */
    struct backing backing;
};

/* A link that is told only of those who take at least so many of its medicines. */
struct medicine_combination {
    const struct drug_link *link;
    int least;
};

struct medicines {
    const struct medicine_group *items;
    size_t count;
    const struct medicine_combination *combinations;
    size_t combination_count;
    const char *const *nothing;  /* what people write who take none: "none" */
    const char *const *ordinary; /* words near a name that are no misspelling of it: "ultra" */
};

/* Reads the whole document, strictly: its links must stand in `links` and its states in `words`,
 * both of which must outlive the result, and its interventions in `base`. */
void medicines_read(const struct json_reader *at, const struct base *base,
                    const struct drug_links *links, const struct sign_words *words,
                    struct medicines *out);

/* How many medicines of a link have to be taken before it is told; 1 for most. */
int medicines_least(const struct medicines *medicines, const struct drug_link *link);

#endif
