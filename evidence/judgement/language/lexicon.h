/*
 * Every name the base and everyday language know, ready to be looked up: phrases and what they
 * mean, the words they are made of, and words that are near a misspelt one. Built once with the
 * catalog, immutable afterwards, shared by threads.
 *
 * A phrase is kept as its key: the stems of its words run together, the skipped words (my, the, in)
 * left out. So "knot in my neck" is "knotneck", "foamroller" finds "foam roller", "thera gun" finds
 * "theragun", and "orthopedic pillows" finds "orthopaedic pillow".
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LEXICON_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_LEXICON_H

#include "evidence/base/text.h"
#include "evidence/judgement/language/language.h"

/* What a phrase stands for. The first three are the entries of the base. */
enum meaning {
    MEANING_INTERVENTION,
    MEANING_CONDITION,
    MEANING_OUTCOME,
    MEANING_BODY_PART,
    MEANING_COMPLAINT,
    MEANING_EXERCISE, /* what people are sore from */
    MEANING_CHOICE,   /* leaves open which of several conditions */
    MEANING_ACUTE,
    MEANING_CHRONIC,
    MEANING_OTHER_TREATMENT, /* known to have no entry */
    MEANING_OTHER_CONDITION,
    MEANING_COUNT
};

struct phrase {
    const char *key;
    size_t key_length;
    const char *text;   /* as the base or language.json spells it, borrowed */
    const char *folded; /* its words folded, one space between them, skipped words kept */
    size_t folded_length;
    enum meaning meaning;
    union {
        const struct intervention *intervention;
        const struct condition *condition;
        const struct outcome *outcome;
        const struct body_part *body_part;
        const struct choice *choice;
        enum complaint complaint;
    } of;
    const struct ordinary *ordinary; /* NULL: counts wherever it stands */
};

/* A word, its full form, or a phrase of two words written as one. */
struct lexicon_word {
    const char *stem;
    size_t length;
    const char *as; /* the bytes that stand for it in keys */
    size_t as_length;
    uint32_t letters; /* bit i: the letter a + i stands in it; bit 26: anything else does */
    unsigned roles;   /* bit r: enum word_role r */
    bool named;       /* part of a phrase, so that misspellings may lead here */
};

struct lexicon;

/*
 * Builds the lexicon in `arena`; it points into `base`, which must outlive it, and reads the
 * document "language" of the base (language.h). Problems: those of language.json, a name without a
 * word in it, one name for two entries of a kind. Returns NULL if there was a problem.
 */
struct lexicon *lexicon_new(const struct base *base, struct arena *arena,
                            struct problems *problems);

/* The whole base, where it was built from one that lacked the studies still: it points to the same
 * entries. Set before the lexicon is shared. */
void lexicon_belongs_to(struct lexicon *lexicon, const struct base *base);

const struct language *lexicon_language(const struct lexicon *lexicon);
const struct base *lexicon_base(const struct lexicon *lexicon);

/* ---- phrases ---- */

/* The phrases, sorted by key, whose keys agree in their first `depth` bytes. */
struct lexicon_range {
    size_t first;
    size_t end; /* one past the last */
    size_t depth;
};

struct lexicon_range lexicon_all(const struct lexicon *lexicon);

/* All phrases, sorted by key. */
const struct phrase *lexicon_phrases(const struct lexicon *lexicon, size_t *count);

/* Keeps those whose keys go on with `bytes`; false if there are none (the range is then empty). */
bool lexicon_narrow(const struct lexicon *lexicon, struct lexicon_range *range, const char *bytes,
                    size_t length);

/* The phrases that end here: `*count` of them, each with another meaning or entry. */
const struct phrase *lexicon_complete(const struct lexicon *lexicon,
                                      const struct lexicon_range *range, size_t *count);

/* ---- words ---- */

/* The word of that stem, NULL if no list and no phrase has it. */
const struct lexicon_word *lexicon_word(const struct lexicon *lexicon, const char *stem,
                                        size_t length);

/* True if the word stands in a list of words (stems, ended by NULL). */
bool lexicon_lists(const char *const *list, const struct text_word *word);

enum { LEXICON_GUESSES = 4 };

struct lexicon_guess {
    const struct lexicon_word *word;
    size_t distance;
    bool weak; /* three letters typed: believe it only beside words that are right */
};

/*
 * What a word that is not in the lexicon may have been meant to be: the words of phrases and the
 * filler words nearest to it, best first, LEXICON_GUESSES at most. One letter inserted, left out,
 * changed or swapped is forgiven in words of up to 7 letters, two in longer ones with the first
 * letter right, none below 3; of words of 3 letters see `weak`.
 */
size_t lexicon_guess(const struct lexicon *lexicon, const struct text_word *word,
                     struct lexicon_guess guesses[LEXICON_GUESSES]);

#endif
