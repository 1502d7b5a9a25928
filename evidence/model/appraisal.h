/*
 * What an instrument's own algorithm makes of its items. An appraisal may hold an overall
 * judgement, items, or both; the overall that its items give stands where none was printed, and one
 * that they rule out is refused (study_check).
 *
 * RoB 2 (Sterne 2019, doi:10.1136/bmj.l4898): low where all five domains are low, high where one is
 * high, else some concerns. That several some concerns "substantially lower confidence" is for the
 * appraiser to say: with two or more of them a printed "high" is accepted and never made.
 * RoB 1 (Cochrane Handbook 5.1, 8.7): the worst of its key domains, here those that ask whether the
 * groups were alike and were measured alike: sequence generation, concealment, blinding of outcome
 * assessment, incomplete data. A key domain that nobody judged is unclear. A printed overall may be
 * as bad as the worst of all its domains, for its raters may hold others to be key. ROBINS-I
 * (Sterne 2016, doi:10.1136/bmj.i4919): the worst of seven domains, in the order critical, serious,
 * no information, moderate, low. AMSTAR 2 (Shea 2017, doi:10.1136/bmj.j4008): critical items 2, 4,
 * 7, 9, 11, 13, 15; high with at most one weakness that is not critical, moderate with more, low
 * with one critical flaw, critically low with more. "Partial yes" and "no meta-analysis" count as
 * neither; with several weaknesses a printed "low" is accepted, as its authors allow. PEDro (Maher
 * 2003): the items that say yes, the first (eligibility) left out.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_APPRAISAL_H
#define TOUCHSTONE_EVIDENCE_MODEL_APPRAISAL_H

#include "evidence/model/study.h"

/* The overall judgements that an appraisal's items leave open, in the instrument's words. */
struct appraisal_range {
    const char *best;    /* if what is not judged were good, … */
    const char *worst;   /* … and if it were bad */
    const char *overall; /* what the items give; NULL where too few are judged to say */
};

/* False where the instrument has no algorithm, or no item is one of its domains judged in its
 * words. Items are known by number ("2", "Item 2", "D2"), RoB 1's by letter too, or by what they
 * are about
 * ("allocation concealment"); one of another name is a further domain, save in AMSTAR 2. */
bool appraisal_range_of(const struct appraisal *appraisal, struct appraisal_range *out);

/* The overall judgement: as printed, else as the items give it; NULL where neither tells. */
const char *appraisal_overall(const struct appraisal *appraisal);

/* True if the overall judgement as printed is one that the items rule out. */
bool appraisal_contradicts_items(const struct appraisal *appraisal, struct appraisal_range *range);

/* The words that an instrument has for its overall judgement, ended by NULL; NULL: any. */
const char *const *appraisal_overall_words(enum instrument instrument);

/* PEDro's total out of 10: as printed, else the items that say yes where all ten stand; NAN. */
double appraisal_pedro_total(const struct appraisal *appraisal);

/* How many of PEDro's items that count say yes, and in `judged` how many there are. */
int appraisal_pedro_yes(const struct appraisal *appraisal, size_t *judged);

#endif
