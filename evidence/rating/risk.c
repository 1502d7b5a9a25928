#include "evidence/rating/risk.h"

#include <math.h>
#include <string.h>

#include "evidence/model/appraisal.h"

static enum risk risk_of_word(const char *word)
{
    static const struct {
        const char *word;
        enum risk risk;
    } words[] = {
        {"low", RISK_LOW},
        {"some-concerns", RISK_SOME_CONCERNS},
        {"moderate", RISK_SOME_CONCERNS},
        {"unclear", RISK_SOME_CONCERNS},
        {"high", RISK_HIGH},
        {"serious", RISK_HIGH},
        {"critical", RISK_HIGH},
    };
    for (size_t i = 0; word != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i].word) == 0)
            return words[i].risk;
    return RISK_UNKNOWN;
}

static enum risk risk_of_pedro(double total, const struct ruleset *ruleset)
{
    if (isnan(total))
        return RISK_UNKNOWN;
    if (total >= ruleset->pedro_low)
        return RISK_LOW;
    return total >= ruleset->pedro_some ? RISK_SOME_CONCERNS : RISK_HIGH;
}

static enum risk risk_of_appraisal(const struct appraisal *appraisal, const struct ruleset *ruleset)
{
    if (appraisal->instrument == INSTRUMENT_PEDRO)
        return risk_of_pedro(appraisal_pedro_total(appraisal), ruleset);
    return risk_of_word(appraisal_overall(appraisal));
}

/* The judgement of one instrument on the study itself; the worst where several raters differ. */
static enum risk worst_by(const struct study *study, enum instrument instrument,
                          const struct ruleset *ruleset, const struct appraisal **which)
{
    enum risk worst = RISK_UNKNOWN;
    for (size_t i = 0; i < study->appraisal_count; i++) {
        const struct appraisal *appraisal = &study->appraisals[i];
        if (appraisal->instrument != instrument || appraisal->scope != SCOPE_STUDY)
            continue;
        enum risk risk = risk_of_appraisal(appraisal, ruleset);
        if (risk == RISK_UNKNOWN || (worst != RISK_UNKNOWN && risk <= worst))
            continue;
        worst = risk;
        *which = appraisal;
    }
    return worst;
}

enum risk risk_of(const struct study *study, const struct ruleset *ruleset, struct arena *arena,
                  const char **by)
{
    static const enum instrument order[] = {INSTRUMENT_ROB2, INSTRUMENT_ROB1, INSTRUMENT_ROBINS_I,
                                            INSTRUMENT_PEDRO};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct appraisal *which = NULL;
        enum risk risk = worst_by(study, order[i], ruleset, &which);
        if (risk == RISK_UNKNOWN)
            continue;
        if (by != NULL && order[i] == INSTRUMENT_PEDRO)
            *by = arena_printf(arena, "PEDro %g of 10", appraisal_pedro_total(which));
        else if (by != NULL)
            *by = arena_printf(arena, "%s%s", instrument_names[order[i]],
                               which->overall == NULL ? ", by its domains" : "");
        return risk;
    }
    return RISK_UNKNOWN;
}
