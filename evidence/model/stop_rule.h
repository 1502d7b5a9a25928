/*
 * The book of stop rules: when to give a treatment up, how long a fair trial is, when not to start.
 * Fields as in evidence/data/README.md; unknown strings are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_STOP_RULE_H
#define TOUCHSTONE_EVIDENCE_MODEL_STOP_RULE_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

enum stop_kind {
    STOP_NO_BENEFIT,
    STOP_TRIAL_LENGTH,
    STOP_HARM,
    STOP_MONITORING,
    STOP_CONTRAINDICATION,
    STOP_RED_FLAG
};
extern const char *const stop_kind_names[];

enum stop_basis {
    BASIS_GUIDELINE,
    BASIS_LABEL,
    BASIS_TRIAL,
    BASIS_CONSENSUS,
    BASIS_CASE_REPORT,
    BASIS_SURVEY
};
extern const char *const stop_basis_names[];

struct stop_rule {
    const char *id;
    const char *const *interventions; /* ids; empty: whatever is tried */
    const char *const *conditions;    /* ids; empty: whatever it is tried for */
    const char *rule;
    enum stop_kind kind;
    int trial_sessions; /* after which it is judged; COUNT_UNKNOWN where it names none */
    int trial_days;     /* likewise, from the first session */
    const char *threshold;
    enum stop_basis basis;
    const char *strength;
    const char *superseded_by; /* NULL: in force */
    bool come_off_slowly;      /* ending its medicines from one day to the next does harm */
    const char *note;
    struct backing backing;
};

struct stop_rules {
    const struct stop_rule *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of interventions and conditions must stand in `base`. */
void stop_rules_read(const struct json_reader *at, const struct base *base, struct stop_rules *out);

/* The rule by which the intervention is a medicine that must be come off slowly; NULL: there is
 * none. */
const struct stop_rule *stop_rules_slow(const struct stop_rules *rules, const char *intervention);

/* True if the rule names the intervention, or none. */
bool stop_rule_is_for(const struct stop_rule *rule, const char *intervention);

/* True if the rule names the condition, an ancestor or a descendant of it, or none. */
bool stop_rule_is_about(const struct stop_rule *rule, const struct base *base,
                        const char *condition);

#endif
