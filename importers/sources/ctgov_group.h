/* The groups of a posted result: what each is called, what it is for, how many people it has. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_GROUP_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_GROUP_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/* More of them than any trial has; further ones are left out. */
enum { CTGOV_GROUPS_MOST = 100 };

/*
 * One arm for each group of an outcome, in their order: label, and role where the arm of the
 * protocol that has the same label is of a type that says so (experimental; placebo, sham or active
 * comparator, no intervention). "Placebo (FAS)" is the arm "Placebo" where there is no other.
 * Nothing else is set. At most CTGOV_GROUPS_MOST.
 */
struct record_arm *ctgov_groups(const json_t *groups, const json_t *protocol, struct arena *arena,
                                size_t *count);

/* How many people of a group were looked at, from a list of `denoms`; COUNT_UNKNOWN if not said. */
int ctgov_denominator(const json_t *denominators, const char *group);

#endif
