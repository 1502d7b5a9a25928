#include "evidence/rating/safety.h"

#include <stdlib.h>
#include <string.h>

const char *const safety_names[] = {"not-recorded", "none-found", "minor",
                                    "serious-rare", "serious",    NULL};

/* METHOD V3: a serious harm under this share of people is rare. */
static const double RARE = 0.001;

static enum safety_level level_of(const struct safety_harm *one)
{
    const struct harm *harm = one->harm;
    if (harm->numerator == 0)
        return SAFETY_NONE_FOUND;
    if (harm->severity == SEVERITY_MINOR)
        return SAFETY_MINOR;
    if (harm->numerator > 0 && harm->denominator > 0)
        return (double)harm->numerator / harm->denominator < RARE ? SAFETY_SERIOUS_RARE
                                                                  : SAFETY_SERIOUS;
    bool counted_reports = harm->numerator > 0;
    bool reports = one->study->design == DESIGN_CASE_REPORT ||
                   one->study->design == DESIGN_CASE_SERIES || counted_reports;
    return reports ? SAFETY_SERIOUS_RARE : SAFETY_SERIOUS;
}

static int worst_first(const void *left, const void *right)
{
    const struct safety_harm *a = left;
    const struct safety_harm *b = right;
    int order = (int)level_of(b) - (int)level_of(a);
    if (order == 0)
        order = strcmp(a->study->id, b->study->id);
    return order != 0 ? order : strcmp(a->harm->event, b->harm->event);
}

static size_t count_harms(const struct base *base)
{
    size_t count = 0;
    for (size_t i = 0; i < base->study_count; i++)
        count += base->studies[i].harm_count;
    return count;
}

struct safety safety_of(const struct base *base, const struct intervention *intervention,
                        struct arena *arena)
{
    struct safety out = {.level = SAFETY_NOT_RECORDED};
    struct safety_harm *harms = arena_array(arena, count_harms(base), sizeof *harms);
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = &base->studies[i];
        for (size_t j = 0; !study->retracted && j < study->harm_count; j++)
            if (strcmp(study->harms[j].intervention, intervention->id) == 0)
                harms[out.count++] = (struct safety_harm){&study->harms[j], study};
    }
    qsort(harms, out.count, sizeof *harms, worst_first);
    for (size_t i = 0; i < out.count; i++)
        if (level_of(&harms[i]) > out.level)
            out.level = level_of(&harms[i]);
    out.harms = harms;
    return out;
}

const char *safety_words(enum safety_level level)
{
    switch (level) {
    case SAFETY_NOT_RECORDED:
        return "Harms are not recorded in the studies here. That does not mean there are none.";
    case SAFETY_NONE_FOUND:
        return "Harms were looked for and none were found in these studies.";
    case SAFETY_MINOR:
        return "Minor harms have been seen.";
    case SAFETY_SERIOUS_RARE:
        return "Serious harm has been reported; it is rare, or how often it happens is not known.";
    case SAFETY_SERIOUS:
        return "Serious harm has been reported.";
    }
    return "";
}
