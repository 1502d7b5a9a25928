/*
 * The claims that the curated files hold of each intervention ("breaks up scar tissue"), each with
 * an id that stays and a verdict worked out once for the base.
 *
 * An id is the intervention's and the claim's words, joined by a dot as in the id of a question:
 *
 *     tens.blocks-pain-signals
 *     paracetamol.said-to-be-a-safe-first-choice-for-back-pain
 *
 * It depends on the intervention's id and on the claim's own words and on nothing else: neither the
 * order of the list nor other claims change it, nor do case, punctuation and diacritics. Words
 * beyond CURATED_CLAIM_NAME bytes are left out, and letters other than a to z and digits; in both
 * cases the first digits of the SHA-256 of all words follow, so that different words have different
 * ids. Two texts of one intervention with the same words are one claim: the first is kept.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CURATED_CLAIM_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CURATED_CLAIM_H

#include "evidence/judgement/claim/claim.h"

/* The most bytes of words in an id, and the digits that follow where that is too few. */
enum { CURATED_CLAIM_NAME = 64, CURATED_CLAIM_DIGITS = 8 };

/* A part of a claim, as far as lists tell it. */
struct curated_part {
    size_t start_byte; /* in the claim's text */
    size_t end_byte;
    enum atom_type type;
    enum stance stance;
    enum claim_verdict verdict;
};

struct curated_claim {
    const char *id;
    const char *text; /* as the intervention's file has it */
    const struct intervention *intervention;
    const char *words; /* all of them, folded, joined by hyphens: what makes two the same */
    bool vetted;       /* false: the base has no words of claims; then none of the next */
    enum claim_verdict verdict; /* CLAIM_NONE */
    const char *summary;        /* NULL */
    const struct curated_part *parts;
    size_t part_count;
};

struct curated_claims {
    const struct curated_claim *items; /* by intervention, in the order of the base and its lists */
    size_t count;
    size_t longest;   /* bytes of `words` that one of them has at most */
    struct error err; /* why none is vetted; ERROR_NONE otherwise */
};

/* All of the catalog's base, vetted when they are first asked for and kept with it: the same ones
 * in every thread. Never NULL. */
const struct curated_claims *curated_claims_of(const struct catalog *catalog);

/* The whole of what vetting the claim gives: claim_vet about its intervention. What
 * curated_claims_of keeps is a small part of it; the rest is worked out again when it is asked for,
 * and is the same each time. Fails as claim_vet does. */
MUST_USE bool curated_claim_vet(const struct catalog *catalog, const struct curated_claim *claim,
                                struct arena *arena, struct claim *out, struct error *err);

/* The claim of that id, NULL if there is none. */
const struct curated_claim *curated_claim_find(const struct catalog *catalog, const char *id);

/* The claims of an intervention: `*count` of them from the pointer given. */
const struct curated_claim *curated_claims_about(const struct catalog *catalog,
                                                 const struct intervention *intervention,
                                                 size_t *count);

/* The claims that say the same words as `length` bytes of text, ended by NULL, in `arena`: several
 * where different things are said to do the same. `words` are those of the text (text_cut); NULL
 * where it has not been cut yet. */
const struct curated_claim *const *curated_claims_saying(const struct catalog *catalog,
                                                         const char *text, size_t length,
                                                         const struct text_words *words,
                                                         struct arena *arena);

/* The id of a claim with that text made for that intervention, in `arena`. */
const char *curated_claim_id(const char *intervention, const char *text, struct arena *arena);

#endif
