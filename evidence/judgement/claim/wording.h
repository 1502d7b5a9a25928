/*
 * How claims are worded: what evidence/data/claims holds, made ready to be found in a text. Built
 * when a claim is first vetted and kept with the catalog, immutable, shared by threads.
 *
 * words.json has classes of words ("relieve": ease, soothe, cut …) and the ways adverts name what
 * the base knows by other names. products.json tells how a product is described by those who do not
 * name it. Every other file has entries: one kind of claim each, the patterns by which it is
 * recognised, what is known of it, and the sources of that. The fields stand in
 * evidence/data/README.md.
 *
 * A pattern is a line of pieces parted by spaces: a word in any of its forms, a class in angle
 * brackets, or "..4" for at most four words of any kind. Classes that begin with '@' are made of
 * names and numbers: see enum word_class. A class of words.json may itself be made of patterns
 * ("made_of": "<free-word> ..2 <@sore>"), those of other such classes or itself: together they are
 * a grammar, and whatever they match is of the class ("claim_match.c").
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_H

#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/language/phrase_tree.h"
#include "evidence/model/regulatory_action.h"
#include "evidence/rating/catalog.h"

enum atom_type {
    ATOM_EFFICACY,
    ATOM_SIZE,
    ATOM_SPEED,
    ATOM_PERMANENCE,
    ATOM_MECHANISM,
    ATOM_UNIVERSALITY,
    ATOM_SAFETY,
    ATOM_AUTHORITY,
    ATOM_COMPARISON,
    ATOM_TYPE_COUNT
};
extern const char *const atom_type_names[];

/* Worst first: a text as a whole gets the first of them that any of its atoms has. */
enum claim_verdict {
    CLAIM_MISLEADING,
    CLAIM_CONTRADICTED,
    CLAIM_UNSUPPORTED,
    CLAIM_OVERSTATED,
    CLAIM_PARTLY_SUPPORTED,
    CLAIM_NOT_CHECKABLE,
    CLAIM_SUPPORTED,
    CLAIM_NONE /* "no-claim": of a text without an atom */
};
extern const char *const claim_verdict_names[];

/* What an entry's words do; it decides how the atom is judged. */
enum sense {
    /* efficacy */
    SENSE_RELIEVES,
    SENSE_ENDS,     /* all of it: wipes out, pain free */
    SENSE_IMPROVES, /* something good becomes more */
    SENSE_PREVENTS,
    SENSE_HELPS,        /* without a word of what: "it works" */
    SENSE_FAILS,        /* "useless", "does nothing for" */
    SENSE_UNCLEAR,      /* "the evidence is thin" */
    SENSE_ADDS_NOTHING, /* "adds nothing to exercise" */
    SENSE_STAND_IN,     /* a stand-in as proof of relief */
    SENSE_STORY,        /* what happened to one person */
    /* size */
    SENSE_SHARE,  /* 86 % */
    SENSE_TIMES,  /* doubles, 3x */
    SENSE_WHOLLY, /* completely, cures */
    SENSE_POINTS, /* a point on a scale of ten */
    /* speed */
    SENSE_WITHIN,
    SENSE_AT_ONCE,
    SENSE_SESSIONS,
    /* permanence */
    SENSE_LASTS,    /* for how long is not said */
    SENSE_FOR_GOOD, /* for ever, never again */
    SENSE_FOR_TIME, /* for a time that is said */
    SENSE_FADES,
    /* mechanism, and what is judged as it stands in the entry */
    SENSE_FIXED,
    /* universality */
    SENSE_EVERYONE,
    SENSE_SUITS_EVERYONE,
    SENSE_ALWAYS, /* guaranteed, never fails */
    SENSE_NOT_EVERYONE,
    /* safety */
    SENSE_HARMLESS,
    SENSE_SPARES, /* "kind to your stomach": one organ is not harmed */
    SENSE_MILD,   /* few or rare side effects, gentle */
    SENSE_HARM,   /* a harm is told */
    SENSE_SERIOUS_RARE,
    SENSE_NOT_FOR, /* who must not use it */
    /* authority */
    SENSE_PROVEN,
    SENSE_APPROVED,
    SENSE_CLEARED,
    /* comparison */
    SENSE_BETTER,
    SENSE_EQUAL,
    SENSE_WORSE,
    SENSE_ADDED, /* what is added makes it better */
    SENSE_COUNT
};
extern const char *const sense_names[];

/* Classes that the reading of texts itself looks at. The first ones are made of names, numbers and
 * times; the others must stand in words.json. */
enum word_class {
    WORDS_NONE,
    WORDS_INTERVENTION,
    WORDS_CONDITION,
    WORDS_PART,
    WORDS_COMPLAINT,
    WORDS_OUTCOME,
    WORDS_OUTSIDE, /* matters that the base does not rate: slimming, hair, sleep */
    WORDS_OTHER_TREATMENT,
    WORDS_OTHER_CONDITION,
    WORDS_SORE,    /* what one wants less of: complaint, condition, an outcome lower is better */
    WORDS_GOOD,    /* what one wants more of */
    WORDS_NUMBER,  /* 60, sixty */
    WORDS_PERCENT, /* 60 % */
    WORDS_TIME,    /* 60 seconds */
    WORDS_SIGN,    /* a feature of a product */
    WORDS_VERBISH, /* a verb by its place, whether listed or not: "can vaporise", "it zaps" */
    WORDS_LAST_MADE = WORDS_VERBISH,

    WORDS_BREAK,          /* parts what is said before from what is said after: but, because, if */
    WORDS_JOIN,           /* and, or */
    WORDS_OR,             /* or, nor */
    WORDS_VERB,           /* begins a new statement after "and" or a comma */
    WORDS_SUBJECT,        /* a new subject: it, we, this */
    WORDS_WITHOUT,        /* without: what follows is no part of what stands before */
    WORDS_NEGATE,         /* not, never, no, fails to */
    WORDS_NO_DENIAL,      /* not only, no more: negations that deny nothing */
    WORDS_HEDGE,          /* may, perhaps, seems */
    WORDS_MODEST,         /* a little, for a while, in a small trial */
    WORDS_STRONG,         /* dramatically, massively */
    WORDS_WIDE,           /* any kind of, throughout the body */
    WORDS_ALL,            /* any, every, all: wide before what is meant */
    WORDS_REPORT,         /* sellers say, I heard that */
    WORDS_SPEAKS,         /* claims, told: after who says it */
    WORDS_REJECT,         /* is a myth, no trial has shown that */
    WORDS_REJECTED_AHEAD, /* it is a myth that, contrary to */
    WORDS_ASKS,           /* does, will, is */
    WORDS_SEEK,           /* looking for, tired of, suffering from */
    WORDS_DISCLAIM,       /* not intended to, money back */
    WORDS_ME,             /* my, I: one person's story */
    WORDS_TALE,           /* swears, since Tuesday: what someone tells of herself */
    WORDS_RIVAL,          /* beats, as good as: what follows is compared with */
    WORDS_SHAM,           /* a placebo, a pretend treatment */
    WORDS_NOTHING,        /* doing without, waiting */
    WORDS_THING,          /* battery, delivery: their times and sizes are no claim */
    WORDS_DOSE,           /* a day, daily: a length of time before it is a dose */
    WORDS_AT_ONCE,        /* right away: time words of a claim that is checked at that time */
    WORDS_UNKNOWN,        /* known, shown, proven: what is denied is the knowledge */
    WORDS_PERFECT,        /* has, had: before what has gone on until now */
    WORDS_APPARATUS,      /* machine, lamp: no cream, no tablet */
    WORDS_LESS,           /* less, fewer: what is told of is less of it */
    WORDS_IN_PART,        /* some of, most of: not all of what is meant */
    WORDS_RELATIVE,       /* that, which: after it what a thing is like */
    WORDS_FRAME,          /* in, across: before the trials that saw it */
    WORDS_TRIAL,          /* trial, study: who saw it */
    WORDS_VERB_OPENER,    /* can, designed to: a verb comes next, whichever it is */
    WORDS_VERB_SUBJECT,   /* it, which: a verb comes next, if the word has its ending */
    WORDS_STILL,          /* have, cause, during: no word that does something to a complaint */
    WORDS_SHARE,          /* a share of people: a per cent of it is none of the complaint */
    WORDS_OF_STOMACH,     /* an organ and the harms that come to it, … */
    WORDS_OF_SKIN,        /* … each of these */
    WORDS_OF_LIVER,
    WORDS_OF_KIDNEYS,
    WORDS_OF_HEART,
    WORDS_USERS_TELL, /* athletes report, members swear: what those who use it say of themselves */
    WORDS_EXPERT,     /* physio, doctor, team: who may recommend a thing */
    WORDS_EXERTION, /* a run, the gym: what people are sore from; the words of language.json … */
    WORDS_AFTER,    /* … and those that may stand before it: after, post */
    WORDS_BE,       /* is, gets: before a participle it tells the time */
    WORDS_AFTER_EXERTION, /* both: the day after a run */
    WORDS_COUNT
};

/* What is known differently for some interventions. */
struct entry_exception {
    const struct intervention *const *interventions; /* ended by NULL */
    enum claim_verdict verdict;
    const char *known;
    const char *const *sources;
};

/* One kind of claim. */
struct wording_entry {
    const char *id;
    enum atom_type type;
    enum sense sense;
    bool alone;                 /* a claim by itself; else something must be claimed beside it */
    enum claim_verdict verdict; /* of SENSE_FIXED and of words of authority */
    const char *known;          /* what is known of it, or what such words really mean */
    const struct entry_exception *exceptions;
    size_t exception_count;
    const char *const *sources; /* see wording_source_is_known; ended by NULL */
};

/* A set of classes that may hold some more: bit c % 256 for class c. */
struct class_mask {
    uint64_t bits[4];
};

static inline bool class_mask_has(const struct class_mask *mask, unsigned class)
{
    return (mask->bits[class / 64 % 4] >> class % 64 & 1) != 0;
}

static inline void class_mask_add(struct class_mask *mask, unsigned class)
{
    mask->bits[class / 64 % 4] |= (uint64_t)1 << class % 64;
}

/* Adds all that the other has. */
static inline void class_mask_join(struct class_mask *mask, const struct class_mask *more)
{
    for (size_t i = 0; i < 4; i++)
        mask->bits[i] |= more->bits[i];
}

/* False if one has surely not all classes of the other. */
static inline bool class_mask_covers(const struct class_mask *mask, const struct class_mask *all)
{
    return ((all->bits[0] & ~mask->bits[0]) | (all->bits[1] & ~mask->bits[1]) |
            (all->bits[2] & ~mask->bits[2]) | (all->bits[3] & ~mask->bits[3])) == 0;
}

/* False if they surely have no class in common. */
static inline bool class_masks_meet(const struct class_mask *a, const struct class_mask *b)
{
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1]) | (a->bits[2] & b->bits[2]) |
            (a->bits[3] & b->bits[3])) != 0;
}

enum { PATTERN_PIECES = 8 };

struct pattern {
    const struct wording_entry *entry; /* NULL of a pattern that a class is made of; … */
    unsigned makes;                    /* … then the class; else WORDS_NONE */
    size_t count;
    struct {
        unsigned class;
        unsigned gap; /* words that may stand between it and the piece before */
    } pieces[PATTERN_PIECES];
    struct class_mask behind; /* classes of the third and later pieces */
};

/* Second pieces further from the first are not looked for ahead. */
enum { AHEAD_WORDS = 10 };

/* Patterns of one first class whose second piece may stand equally far from the first: most are put
 * aside together, by what their second pieces are. */
struct pattern_group {
    struct class_mask seconds;
    size_t gap; /* above AHEAD_WORDS: without a second piece, or with one beyond that */
    size_t first;
    size_t end;
};

/* Patterns in the order of the class of their first piece and of that gap. */
struct patterns {
    const struct pattern *items;
    size_t count;
    const uint16_t *seconds;            /* of each the class of its second piece, … */
    const struct pattern_group *groups; /* … in groups: those of class c */
    const size_t *starts;               /* are groups [starts[c]] up to [starts[c + 1]] */
};

/* What a name in a text stands for. */
struct name {
    enum word_class class;
    const struct phrase *phrase; /* NULL for names of this folder's files */
    const struct intervention *intervention;
    const struct condition *condition;
    const struct outcome *outcome;
    const struct body_part *part;
    enum complaint complaint;
    const struct outside *outside;
    const struct choice *choice;
    bool hint; /* WORDS_SIGN: a feature that many products share */
};

/* A matter outside the base, and what to say of it. */
struct outside {
    const char *id;
    const char *known;
    enum claim_verdict verdict; /* not-checkable, or unsupported where a regulator found so */
    const struct entry_exception *exceptions;
    size_t exception_count;
    const char *const *sources;
};

/* What a regulator's action is about, so that it can stand behind an atom. */
struct finding_against {
    const struct regulatory_action *action;
    unsigned types;             /* bit t: enum atom_type t */
    enum claim_verdict verdict; /* what it makes of a plain claim that no study speaks of */
};

struct wording {
    const struct lexicon *lexicon;
    const struct base *base;
    struct phrase_tree *roots; /* values: classes, by roots of words */
    struct phrase_tree *stems; /* values: names, by stems of words */
    struct phrase_tree *past;  /* its words are those told of the past: went, felt */
    const struct name *names;  /* value n: names[n] */
    size_t name_count;
    const char *const *class_names; /* by class; ended by NULL */
    size_t class_count;
    const struct wording_entry *entries;
    size_t entry_count;
    struct patterns claims; /* patterns of entries */
    struct patterns made;   /* … and those that classes are made of */
    const bool *is_made;    /* by class: some pattern makes it */
    const struct finding_against *findings;
    size_t finding_count;
    uint32_t skipped_stems; /* stems up to this number may stand within any name */
    /* Of the words below `table_count`, by the number of their root: */
    uint32_t table_count;
    const uint32_t *irregular; /* the root it is a form of, PHRASE_NONE for most */
    const bool *skipped;       /* may stand within any phrase: the, your */
    const double *numbers;     /* its value, NAN for most */
    const double *seconds;     /* of a unit of time, -1 for a session; NAN for most */
};

/*
 * Reads every document "claims/…" of the base strictly; all lives in `arena`, which `problems` has
 * too, and points into base and lexicon. NULL if there is a problem, or no such document.
 */
const struct wording *wording_new(const struct lexicon *lexicon,
                                  const struct regulatory_actions *actions, struct arena *arena,
                                  struct problems *problems);

/* The words of claims of a catalog's base, made when they are first asked for and kept with it.
 * NULL with ERROR_NOT_FOUND where the base has none, with ERROR_INVALID where they are wrong. */
MUST_USE const struct wording *wording_of(const struct catalog *catalog, struct error *err);

/* What is wrong with them, for a build; a base without them is whole. */
void wording_check(const struct catalog *catalog, struct problems *problems);

/* The number of a word's root, irregular forms led back to theirs; PHRASE_NONE if no class has it.
 */
uint32_t wording_root(const struct wording *wording, const struct text_word *word);

/* What the word of that root says: may it be passed over within a phrase, which number is it, how
 * many seconds has the unit (-1: a session). NAN where it is none. */
bool wording_skips(const struct wording *wording, uint32_t root);
double wording_number(const struct wording *wording, uint32_t root);
double wording_seconds(const struct wording *wording, uint32_t root);

/* True of "went", "eased", "felt". */
bool wording_is_past(const struct wording *wording, const struct text_word *word);

#endif
