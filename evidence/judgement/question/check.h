/* A plain question, understood and answered, whoever asks: over HTTP, on a page, at a terminal. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_CHECK_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_QUESTION_CHECK_H

#include "evidence/judgement/question/question.h"
#include "evidence/judgement/signs/signs.h"
#include "evidence/rating/catalog.h"

enum { CHECK_ALTERNATIVES = 5, CHECK_NARROWER = 3 /* named in a question back */ };

struct checked {
    const char *query;
    size_t length;
    struct understood understood;
    const struct intervention *intervention; /* the one answered, NULL: none was named */
    const struct condition *condition;       /* the one answered, NULL: none was named or found */
    const struct outcome *outcome;           /* asked for, NULL */
    bool condition_chosen;                   /* not named: the one that most is known of is
                                                answered */
    bool outcome_answered;                   /* the figure is of the outcome asked for */
    const struct headline *answer;           /* NULL: see `ask`, `ranked` and `sentence` */
    const struct headline *const *ranked;    /* by condition where no intervention was named, … */
    size_t ranked_count;                     /* … by intervention where no condition was, or the
                                                one named is one that it was not studied for */
    const struct headline *const *alternatives; /* rated better for the same condition */
    size_t alternative_count;
    struct raised_flags flags; /* danger told in the question: stands above the answer */
    const char *ask;           /* a question back, NULL */
    const char *caution;       /* whole sentences, NULL: children, pregnancy or breastfeeding are
                                  asked about, which nobody here has looked at */
    const char *answered;      /* the answer in words, whatever it is */
    const char *sentence;      /* both, the caution first */
};

/* Understands and answers `length` bytes of any text; all of it lives in `arena`. Never fails. */
void check_question(const struct catalog *catalog, const char *query, size_t length,
                    struct arena *arena, struct checked *out);

/* The same for a treatment, a complaint or both that are known already; what they are called stands
 * for the question. Either may be NULL, not both. */
void check_about(const struct catalog *catalog, const struct intervention *intervention,
                 const struct condition *condition, struct arena *arena, struct checked *out);

/* "Dry needling for knots in the neck": what a question about them is in words, in `arena`. Either
 * may be NULL, not both. */
const char *question_about(const struct intervention *intervention,
                           const struct condition *condition, struct arena *arena);

#endif
