/* The inside of judging: an atom being judged, and what the kinds of claims share. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_JUDGE_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_JUDGE_PARTS_H

#include "evidence/judgement/claim/claim_parts.h"

enum { ATOM_RULES = 6, ATOM_ACTIONS = 4, ATOM_RATINGS = 8 };

/* How a claim is put, as the table of C1 has its columns. */
enum put { PUT_PLAIN, PUT_HEDGED, PUT_DENIED };

struct judging {
    const struct vetting *vetting;
    const struct finding *finding;
    const struct intervention *subject; /* NULL: unknown */
    struct target target;
    enum put put;
    unsigned comparators; /* to look at; STANDING_ANY: those that the words name */
    enum claim_verdict verdict;
    const char *reason;
    const char *rules[ATOM_RULES + 1];
    size_t rule_count;
    const struct regulatory_action *actions[ATOM_ACTIONS + 1];
    size_t action_count;
    const struct rating *ratings[ATOM_RATINGS];
    size_t rating_count;
};

void judging_rule(struct judging *judging, const char *rule);
void judging_ratings(struct judging *judging, const struct standing *standing);

/* Regulators' actions over this intervention and type of claim; gives the worst verdict that they
 * make of a claim no study speaks of, CLAIM_NONE without any. */
enum claim_verdict judging_actions(struct judging *judging);

/* A verdict with its words; both live in the arena or are literals. Always true, so that a judge
 * can end with it. */
bool judging_say(struct judging *judging, enum claim_verdict verdict, const char *reason);

/* A verdict that stands in the data; a right denial of it is supported. Always true. */
bool judging_say_fixed(struct judging *judging, enum claim_verdict verdict, const char *known);

/* What is known differently of the subject; NULL if nothing is. */
const struct entry_exception *judging_exception(const struct judging *judging,
                                                const struct entry_exception *exceptions,
                                                size_t count);

/* The standing of the subject for everything the claim is for, the conditions together: the worst
 * of them where all are known, and in `differ` whether some hold up and others do not.
 * `windows`: bits of enum window, 0 for any time. NULL where the subject is unknown. */
const struct standing *judging_standing(struct judging *judging, unsigned windows, bool *differ);

/* The same for any time, against these comparators alone (bits of enum comparator_class). The
 * subject must be known. */
const struct standing *judging_standing_against(struct judging *judging, unsigned comparators,
                                                bool *differ);

/* C1. */
enum claim_verdict judging_table(enum standing_kind kind, enum put put);

/* True if there is some benefit to speak of. */
bool standing_is_hopeful(enum standing_kind kind);

/* What the base says of it, for a reason: the first sentences of the weightiest answer. "" without
 * one. */
const char *judging_evidence(const struct judging *judging, const struct standing *standing);

/* The judges, one a type of claim; each sets verdict, reason, rules and ratings. */
void judge_efficacy(struct judging *judging);
void judge_comparison(struct judging *judging);
void judge_size(struct judging *judging);
void judge_speed(struct judging *judging);
void judge_permanence(struct judging *judging);
void judge_universality(struct judging *judging);
void judge_mechanism(struct judging *judging);
void judge_safety(struct judging *judging);
void judge_authority(struct judging *judging);

#endif
