#include <math.h>
#include <stdio.h>
#include <string.h>

#include "evidence/model/appraisal.h"
#include "evidence/model/study_parts.h"

struct place {
    const struct appraisal *appraisal;
    const char *pointer;
    const char *file;
    struct problems *problems;
};

static void check_overall(const struct place *at)
{
    const struct appraisal *appraisal = at->appraisal;
    const char *const *words = appraisal_overall_words(appraisal->instrument);
    if (appraisal->overall == NULL || words == NULL)
        return;
    for (; *words != NULL; words++)
        if (strcmp(appraisal->overall, *words) == 0)
            return;
    problems_add(at->problems, at->file, at->pointer, "\"%s\" is no overall judgement of %s",
                 appraisal->overall, instrument_names[appraisal->instrument]);
}

/* A review's statement on its trials has shares for items, not judgements. */
static void check_items(const struct place *at)
{
    const struct appraisal *appraisal = at->appraisal;
    struct appraisal_range range;
    if (appraisal->scope != SCOPE_STUDY || !appraisal_contradicts_items(appraisal, &range))
        return;
    bool one = strcmp(range.best, range.worst) == 0;
    problems_add(at->problems, at->file, at->pointer,
                 "overall \"%s\", but by %s its items give %s%s%s; leave overall out, and put what "
                 "the source says into as_reported",
                 appraisal->overall, instrument_names[appraisal->instrument], range.best,
                 one ? "" : " to ", one ? "" : range.worst);
}

/* PEDro: item 1, eligibility, stands in the list but not in the total. */
static void check_pedro(const struct place *at)
{
    const struct appraisal *appraisal = at->appraisal;
    size_t items;
    int yes = appraisal_pedro_yes(appraisal, &items);
    if (appraisal->out_of > 10 || appraisal->score > 10)
        problems_add(at->problems, at->file, at->pointer,
                     "a PEDro total is out of 10: its first item does not count");
    if (items >= 10 && !isnan(appraisal->score) && appraisal->score != yes)
        problems_add(at->problems, at->file, at->pointer,
                     "a PEDro total of %g, but %d of its items (the first left out) say yes",
                     appraisal->score, yes);
}

void appraisal_check(const struct appraisal *appraisal, size_t index, const char *file,
                     struct problems *problems)
{
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/appraisals/%zu", index);
    const struct place at = {appraisal, pointer, file, problems};
    if (appraisal->score < 0 || appraisal->score > appraisal->out_of)
        problems_add(problems, file, pointer, "score %g out of %g", appraisal->score,
                     appraisal->out_of);
    check_overall(&at);
    check_items(&at);
    if (appraisal->instrument == INSTRUMENT_PEDRO)
        check_pedro(&at);
    if (appraisal->share_low < 0 || appraisal->share_low > 1 || appraisal->share_high < 0 ||
        appraisal->share_high > 1)
        problems_add(problems, file, pointer, "shares lie between 0 and 1");
}
