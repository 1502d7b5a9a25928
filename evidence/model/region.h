/*
 * The parts of the body that conditions are sorted by wherever all of them stand side by side.
 * Fields as in evidence/data/README.md; a condition in no region comes after the others.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_REGION_H
#define TOUCHSTONE_EVIDENCE_MODEL_REGION_H

#include "evidence/model/base.h"

struct region {
    const char *id;
    const char *name;              /* "Head and jaw" */
    const char *const *conditions; /* ids, in the order in which they are shown; ended by NULL */
};

struct regions {
    const struct region *items; /* from head to foot */
    size_t count;
};

/* Reads the whole document, strictly: every condition must stand in `base`, and in one region only.
 */
void regions_read(const struct json_reader *at, const struct base *base, struct regions *out);

/* The region of a condition; NULL where it is in none. */
const struct region *region_of(const struct regions *regions, const char *condition);

#endif
