/*
 * The inside of claim.c: a text on its way to being vetted, and the steps that take it there, in
 * the order in which they are called.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_PARTS_H

#include "evidence/judgement/claim/claim.h"
#include "evidence/judgement/claim/known_harms.h"
#include "evidence/judgement/claim/passage.h"
#include "evidence/judgement/claim/standing.h"

/* A pattern found, on its way to an atom. */
struct finding {
    const struct wording_entry *entry;
    enum atom_type type;
    enum sense sense;
    size_t first; /* tokens */
    size_t end;
    size_t own_end; /* of the pattern, before a list was followed */
    size_t sentence;
    const struct tag *amount; /* a number, per cent or time within it; NULL */
    enum stance stance;
    bool rejected;      /* told in order to be denied: "no trial has shown that" */
    bool modest;        /* hedged by how little is promised, not by how sure */
    bool strong;        /* "dramatically" */
    bool wide;          /* "any kind of" */
    bool story;         /* what one person tells of herself */
    bool replaced;      /* told by another finding, no atom of its own */
    struct finding *of; /* the claim that a time, size or duration belongs to; NULL: itself */
};

enum { TARGET_CONDITIONS = 8, TARGET_OUTCOMES = 4 };

/* What an atom is about, besides the treatment. */
struct target {
    const struct condition *conditions[TARGET_CONDITIONS];
    size_t condition_count;
    bool carried;        /* named elsewhere in the text */
    bool any_of;         /* the words leave open which of them ("headache") */
    unsigned complaints; /* bit c: enum complaint c, where no condition is named */
    bool unknown;        /* a condition or a place without an entry is among them */
    const struct outcome *outcomes[TARGET_OUTCOMES]; /* none: the primary one */
    size_t outcome_count;
    const struct outside *outside; /* a matter that the base does not rate */
};

/* Which phrases are general names of what the text is about ("roller" for a vibrating roller), as
 * far as it was asked. */
enum { GENERAL_NAMES = 64 };
struct general_names {
    const struct phrase *phrases[GENERAL_NAMES];
    bool general[GENERAL_NAMES];
};

/* Tokens [first, end). */
struct span {
    uint32_t first;
    uint32_t end;
};

struct vetting {
    const struct catalog *catalog;
    const struct wording *wording;
    const struct base *base;
    struct arena *arena;
    struct passage passage;
    unsigned char *boundaries; /* by token: enum boundary before it */
    struct span *clauses;      /* by token: the statement around it */
    struct class_mask *rest;   /* by token: what may begin there and later, up to a stop or colon */
    struct finding *findings;
    size_t finding_count;
    size_t finding_room;
    const struct intervention *about; /* of the text: told by the caller, or found */
    double sure;
    bool several;                      /* products that the text sets beside each other */
    const struct condition *condition; /* of the text */
    struct general_names *general_names;
    const struct intervention **named_at;   /* by token: what a name there means, NULL; … */
    const struct intervention **subject_at; /* by token: the intervention last named there */
    struct standings *standings;
};

/* What parts one statement from the next. */
enum boundary { BOUNDARY_NONE, BOUNDARY_SOFT, BOUNDARY_HARD };

/* claim_match.c */

/* Where a pattern ends, and the number, per cent or time within it. */
struct match {
    size_t end;
    const struct tag *amount; /* NULL: none */
};

/* The classes that may begin within so many words of one, as far as that was asked. */
struct ahead {
    size_t token;
    size_t filled;
    bool over; /* nothing goes on behind those */
    struct class_mask within[AHEAD_WORDS + 1];
};

/* Fills it up to `gap`, which is at most AHEAD_WORDS, for the words from its token on. */
void claim_look_ahead(const struct vetting *vetting, struct ahead *ahead, size_t gap);

/* Puts it to the words from `token` on; what is known of them stays known. */
static inline void claim_ahead_of(struct ahead *ahead, size_t token)
{
    if (ahead->token != token)
        ahead->filled = 0;
    ahead->token = token;
}

/* False if no pattern of the group has its second piece there: most patterns end here. */
static inline bool claim_group_may_match(const struct vetting *vetting, struct ahead *ahead,
                                         const struct pattern_group *group)
{
    if (group->gap > AHEAD_WORDS)
        return true;
    if (!class_masks_meet(&vetting->rest[ahead->token], &group->seconds))
        return false;
    if (ahead->filled <= group->gap)
        claim_look_ahead(vetting, ahead, group->gap);
    return class_masks_meet(&ahead->within[group->gap], &group->seconds);
}

/* The classes among which the second piece of each of its patterns must be; NULL: any. */
static inline const struct class_mask *claim_near(const struct ahead *ahead,
                                                  const struct pattern_group *group)
{
    return group->gap > AHEAD_WORDS ? NULL : &ahead->within[group->gap];
}

/* True if the pattern, whose first piece is the tag, stands there: within one statement, but for
 * pieces that themselves part statements ("works when all else fails"). */
bool claim_match(const struct vetting *vetting, const struct pattern *pattern,
                 const struct tag *tag, struct match *out);

/* Adds the tags of all classes that are made of patterns, and fills `rest`. */
void claim_compose(struct vetting *vetting);

/* claim_find.c: boundaries, and all that patterns find, by place. */
void claim_find(struct vetting *vetting);

/* claim_settle.c: one finding a claim. */
void claim_settle(struct vetting *vetting);

/* The statement around a token: [*first, *end). */
void claim_clause(const struct vetting *vetting, size_t token, size_t *first, size_t *end);

/* The same up to the nearest hard boundaries. */
void claim_chain(const struct vetting *vetting, size_t token, size_t *first, size_t *end);

/* claim_stance.c: the stance of every finding; those that claim nothing are marked `replaced`. */
void claim_stances(struct vetting *vetting);

/* True of the places in "from head to toe", which stand for the whole body. */
bool claim_only_tells_how_wide(const struct vetting *vetting, size_t token);

/* claim_subject.c: what the text is about, and what is named where. */
void claim_subjects(struct vetting *vetting);

/* The intervention that a finding is about; NULL if nothing says so. */
const struct intervention *claim_subject(const struct vetting *vetting,
                                         const struct finding *finding);

/* What it is compared with: named after "than" and the like within the statement. Several where a
 * family is named ("pain tablets"); gives how many. */
size_t claim_compared(const struct vetting *vetting, const struct finding *finding,
                      const struct intervention **out, size_t most);

/* Treatments other than `subject` that the sentence before names: for "the two are alike". */
size_t claim_named_before(const struct vetting *vetting, const struct finding *finding,
                          const struct intervention *subject, const struct intervention **out,
                          size_t most);

/* claim_target.c */
void claim_condition_of_text(struct vetting *vetting);
void claim_target(const struct vetting *vetting, const struct finding *finding, struct target *out);

/* claim_judge.c: the atom's verdict, reason, and what stands behind it. */
void claim_judge(const struct vetting *vetting, const struct finding *finding,
                 struct claim_atom *out);

/* claim_told.c: summary, supported wording, what was not checked. */
void claim_tell(const struct vetting *vetting, const char *text, struct claim *out);

#endif
