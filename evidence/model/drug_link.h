/*
 * The book of drug links: medicines that make muscles hurt, cramp, stiffen or weaken, taken or
 * stopped. Fields as in evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_DRUG_LINK_H
#define TOUCHSTONE_EVIDENCE_MODEL_DRUG_LINK_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

/* What the link rests on, the strongest first. */
enum link_certainty { LINK_RCT, LINK_COHORT, LINK_LABEL, LINK_CASE_REPORTS };
extern const char *const link_certainty_names[];

struct drug_link {
    const char *id;
    const char *drug_class;
    const char *const *examples;
    const char *const *interventions; /* ids of our own entries for these medicines */
    const char *effect;
    const char *frequency;
    enum link_certainty certainty;
    const char *what_to_do;
    const char *const *pmids;
    struct backing backing;
};

struct drug_links {
    const struct drug_link *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of interventions must stand in `base`. */
void drug_links_read(const struct json_reader *at, const struct base *base, struct drug_links *out);

/* True if the link names the intervention. */
bool drug_link_is_of(const struct drug_link *link, const char *intervention);

#endif
