/* The numbers that a rule goes by, whatever book they stand in, with what they are called. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_RULE_NUMBERS_H
#define TOUCHSTONE_SERVICE_VIEWS_RULE_NUMBERS_H

#include "evidence/rating/catalog.h"
#include "evidence/rating/ruleset.h"

struct rule_number {
    const char *key; /* "imprecision.people_few" */
    double value;
    const char *words; /* "few is under"; NULL where the table of rules has none */
    const char *unit;  /* "people", "share" (of one), or NULL */
};

/* Those of the rule under the catalog's ruleset, in `out`; gives how many. */
size_t rule_numbers(const struct catalog *catalog, const char *rule,
                    struct rule_number out[RULESET_THRESHOLDS]);

/* "400 people", "75 %", "0.1": the value with its unit, in the arena. */
const char *rule_number_told(const struct rule_number *number, struct arena *arena);

#endif
