/*
 * The table of rules (the document "rules"): what each does, in words, and where it comes from; the
 * chapters that they stand in, what their thresholds are called, and what none of it can do.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_RULES_H
#define TOUCHSTONE_EVIDENCE_RATING_RULES_H

#include "evidence/model/base.h"

struct rule {
    const char *id;      /* "P1" */
    const char *chapter; /* the id of one, or NULL */
    const char *title;
    const char *plain;  /* what it does, for everybody; NULL */
    const char *text;   /* the same, exactly */
    const char *source; /* papers, guidelines, "ours" */
};

struct rule_chapter {
    const char *id; /* "pool" */
    int step;       /* of the way to a verdict, from 1; COUNT_UNKNOWN: it is not on that way */
    const char *title;
    const char *plain;
};

/* What a threshold is called: "few is under" 400 "people". */
struct threshold_words {
    const char *key; /* as ruleset_thresholds and stop_thresholds tell it */
    const char *words;
    const char *unit; /* "share": it is told in percent; NULL: none */
};

/* Something that this cannot do, or does badly. */
struct rule_limit {
    const char *title;
    const char *text;
    const char *source;
};

/* All in the order of the file. */
struct rules {
    const struct rule *items;
    size_t count;
    const struct rule_chapter *chapters;
    size_t chapter_count;
    const struct threshold_words *thresholds;
    size_t threshold_count;
    const struct rule_limit *limits;
    size_t limit_count;
};

/* Reads the document; what is wrong with it goes into `problems`, whose arena holds the strings. A
 * base without it has no rules to tell. */
struct rules rules_read(const struct base *base, struct problems *problems);

/* NULL if there is no such rule, chapter, or word for a threshold. */
const struct rule *rules_find(const struct rules *rules, const char *id);
const struct rule_chapter *rules_chapter(const struct rules *rules, const char *id);
const struct threshold_words *rules_threshold(const struct rules *rules, const char *key);

#endif
