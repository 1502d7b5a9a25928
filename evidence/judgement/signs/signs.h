/*
 * Danger in plain words: red flags, serious side effects, and what a treatment is not for. It errs
 * on the side of sending people to be seen: every way to put an emergency that is known is found,
 * and calming words never take a warning back. Only what is denied ("no chest pain") is left out.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGNS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGNS_H

#include "evidence/base/text.h"
#include "evidence/judgement/signs/sign_matcher.h"
#include "evidence/rating/catalog.h"

/* A red flag with the words that raised it. */
struct raised_flag {
    const struct red_flag *flag;
    enum urgency urgency; /* of the words found, which may be more urgent than the flag's own */
    const char *reason;   /* what they may mean, in words */
    size_t start;         /* bytes of the text */
    size_t end;
    size_t parts; /* of the pattern that were found: the more, the likelier it was meant */
    size_t apart; /* words that they are spread over: the fewer, the likelier */
};

/* Most urgent first, then those of most parts, then those that are as urgent of themselves (a
 * swollen calf with breathlessness is a clot in the lung before it is one in the leg), then those
 * whose words stand closest together, then in the order of the text. */
struct raised_flags {
    const struct raised_flag *items;
    size_t count;
    const char *sentence; /* what to do, whole sentences; of calm where nothing was found */
};

/* The words of signs made ready, in `arena`, before there is a catalog of that base; signs_attach
 * gives them to the catalog, which is not shared yet and which they outlive. Without that they are
 * made when first asked for. */
const struct sign_matcher *signs_of(const struct rulebooks *books, const struct lexicon *lexicon,
                                    struct arena *arena);
void signs_attach(struct catalog *catalog, const struct sign_matcher *signs);

/* Looks through a text of any bytes; all of the answer lives in `arena`. */
void red_flags_in(const struct catalog *catalog, const char *text, size_t length,
                  struct arena *arena, struct raised_flags *out);

/* The same for a text that need not be about its writer, such as an advert: only sentences in which
 * somebody speaks of themselves are looked at, and the whole of a short text that offers nothing.
 * `words` are those of the text (text_cut); NULL where it has not been cut yet. */
void red_flags_told_in(const struct catalog *catalog, const char *text, size_t length,
                       const struct text_words *words, struct arena *arena,
                       struct raised_flags *out);

/* The most urgent serious side effect told in the text; false if there is none. */
struct serious_event {
    const char *sentence;
    enum urgency urgency;
};
bool serious_event_in(const struct catalog *catalog, const char *text, size_t length,
                      struct arena *arena, struct serious_event *out);

/* Something that a person told and that the treatment is not for, or that has to be asked about. */
struct not_for {
    const char *state;             /* "a pacemaker or defibrillator" */
    const char *statement;         /* the sentence of the book that names it */
    bool ask_first;                /* ask whoever treats you; false: not to be used */
    const struct backing *backing; /* what the book rests on */
};

/* Held against the book of safe use and the stop rules of the intervention; those it is not for
 * first. An array of `*count` in `arena`. */
const struct not_for *not_for_in(const struct catalog *catalog,
                                 const struct intervention *intervention, const char *text,
                                 size_t length, struct arena *arena, size_t *count);

/* Somebody told of, whom studies seldom tell apart from others: a child, a pregnant woman. */
struct told_people {
    const char *people;              /* as they are spoken of: "children", "pregnancy" */
    const char *asks;                /* whom they ask first */
    const char *state;               /* as in struct not_for */
    const struct sign_place *places; /* where it is said */
    size_t place_count;
};

/* Each kind once; an array of `*count` in `arena`. */
const struct told_people *people_told_in(const struct catalog *catalog, const char *text,
                                         size_t length, struct arena *arena, size_t *count);

#endif
