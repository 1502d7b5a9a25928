/* The field's words about studies in plain ones, each with its meaning beside it. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_STUDY_WORDS_H
#define TOUCHSTONE_SERVICE_VIEWS_STUDY_WORDS_H

#include "evidence/model/study.h"

/* A design: what it is called ("Randomised trial") and what that means, a sentence. */
const char *design_name(enum design design);
const char *design_meaning(enum design design);

/* What an instrument looks at, a sentence: "Eleven questions about how a trial was done". */
const char *instrument_meaning(enum instrument instrument);

/* The number of the item that an appraisal names, "2" for "Item 2", "D2" and PEDro's "random
 * allocation"; NULL where it is named in other words. */
const char *instrument_item_number(enum instrument instrument, const char *name);

/* "high risk of bias: there is reason to doubt its result": what an overall judgement says, for an
 * instrument's own word; the word itself where it is none of the instrument's. */
const char *overall_meaning(enum instrument instrument, const char *overall);

/* What befell it, a sentence: "It was retracted: its journal took it back." */
const char *notice_meaning(enum notice_type type);

/* "Navarro-Santana and others"; NULL where nobody is known. */
const char *authors_words(const struct author *authors, size_t count, bool complete,
                          struct arena *arena);

#endif
