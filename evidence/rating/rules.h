/* The table of rules (the document "rules"): what each does, in words, and where it comes from. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RULES_H
#define TOUCHSTONE_EVIDENCE_RATING_RULES_H

#include "evidence/model/base.h"

struct rule {
    const char *id; /* "P1" */
    const char *title;
    const char *text;
    const char *source; /* papers, guidelines, "ours" */
};

/* In the order of the file. */
struct rules {
    const struct rule *items;
    size_t count;
};

/* Reads the document; what is wrong with it goes into `problems`, whose arena holds the strings. A
 * base without it has no rules to tell. */
struct rules rules_read(const struct base *base, struct problems *problems);

/* NULL if there is no such rule. */
const struct rule *rules_find(const struct rules *rules, const char *id);

#endif
