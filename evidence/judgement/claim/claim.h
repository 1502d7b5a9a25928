/*
 * A claim vetted: "Melts knots in 60 seconds, clinically proven, no side effects" taken into its
 * parts, each judged against what the base holds. METHOD section 6; the rules C1 … stand in
 * rules.json with the others.
 *
 * How: passage.h takes the text apart and finds classes and names; claim_find.c matches the
 * patterns of wording.h and claim_settle.c makes one finding a claim of them; claim_stance.c tells
 * asserted from hedged, denied, asked and reported; claim_subject.c and claim_target.c find what
 * each atom is about; standing.h says what the base holds of that; claim_judge.c gives the verdicts
 * and claim_told.c the words.
 *
 * Every answer speaks of the claim, never of who makes it.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_CLAIM_H

#include "evidence/base/text.h"
#include "evidence/judgement/claim/wording.h"
#include "evidence/rating/catalog.h"

/* The longest text that is taken, and the most atoms that are told; `cut` says that there were
 * more. */
enum { CLAIM_BYTES = 1 << 20, CLAIM_ATOMS = 2000 };

enum stance {
    STANCE_ASSERTED,
    STANCE_HEDGED,  /* may, can, somewhat */
    STANCE_NEGATED, /* the denial is what is judged */
    STANCE_ASKED,
    STANCE_REPORTED /* neither endorsed nor denied */
};
extern const char *const stance_names[];

struct claim_atom {
    size_t start; /* of its words in the text as given: Unicode code points, a byte that is no
                     UTF-8 counting as one, … */
    size_t end;
    size_t start_byte; /* … and the same in bytes */
    size_t end_byte;
    enum atom_type type;
    enum stance stance;
    enum claim_verdict verdict;
    const char *reason;
    const struct wording_entry *entry;       /* by which it was recognised */
    const struct intervention *intervention; /* that it is about; NULL where that is not told */
    const struct condition *condition;       /* NULL: none named, or several */
    const struct rating *const *ratings;     /* behind the verdict, strongest first; … */
    size_t rating_count;
    const char *const *rules; /* … ids of rules.json, in the order in which they decided; … */
    const struct regulatory_action *const *actions; /* … both ended by NULL … */
    const char *const *sources; /* … and what the entry rests on, see wording.h */
};

struct claim {
    const struct claim_atom *atoms; /* in the order in which they begin */
    size_t atom_count;
    bool cut;                   /* there were more than CLAIM_ATOMS */
    enum claim_verdict verdict; /* the worst of them, CLAIM_NONE without any */
    const char *summary;
    const char *supported_wording;  /* NULL where nothing of it is about a known treatment */
    const char *const *not_checked; /* what could not be checked, ended by NULL */
    const struct intervention *intervention; /* that the text is about; NULL: none, or several */
    double sure;                             /* of that, 0 to 1; 0 without one */
    const struct condition *condition;       /* NULL: none named, or several */
    const struct text_words *words;          /* of the text as given, for who looks into it again;
                                                NULL where it was read without its markup */
};

/*
 * Vets `length` bytes, any bytes. `about` says of which intervention the text is where the text
 * itself need not say it (a claim kept with its intervention); NULL otherwise. Everything lives in
 * `arena` or in the catalog; the same text and catalog give the same answer.
 *
 * Red flags within a text stand above all of this and are not looked for here: who answers looks
 * for them first, and tells them first.
 *
 * Fails with ERROR_LIMIT above CLAIM_BYTES, and with ERROR_NOT_FOUND where the base has no wording.
 */
MUST_USE bool claim_vet(const struct catalog *catalog, const char *text, size_t length,
                        const struct intervention *about, struct arena *arena, struct claim *out,
                        struct error *err);

#endif
