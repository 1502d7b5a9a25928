#include "evidence/model/vocabulary.h"

#include <stddef.h>
#include <string.h>

const char *const kind_names[] = {"technique", "device", "drug", "exercise", "education", NULL};

const char *const design_names[] = {"rct",
                                    "crossover-rct",
                                    "cluster-rct",
                                    "non-randomised",
                                    "cohort",
                                    "case-control",
                                    "case-series",
                                    "case-report",
                                    "systematic-review",
                                    "guideline",
                                    "narrative-review",
                                    NULL};

const char *const comparator_class_names[] = {"sham", "nothing", "active", "mixed", NULL};

const char *const window_names[] = {"immediate", "short", "medium", "long", "unstated", NULL};

const char *const better_names[] = {"lower", "higher", NULL};

const char *const reading_names[] = {"once", "twice", "differed", NULL};

const char *const favours_names[] = {"intervention", "neither", "comparator", NULL};

const char *const figure_names[] = {"MD", "SMD", "RR", "OR", "RD", NULL};

const char *const role_names[] = {"intervention", "comparator", NULL};

const char *const severity_names[] = {"serious", "minor", NULL};

const char *const harm_unit_names[] = {"people", "treatments", "practitioners", NULL};

const char *const instrument_names[] = {"RoB 2",    "RoB 1", "PEDro", "ROBINS-I", "ROBIS",
                                        "AMSTAR 2", "GRADE", "Jadad", "other",    NULL};

const char *const scope_names[] = {"study", "included-trials", NULL};

const char *const certainty_names[] = {"very-low", "low", "moderate", "high", NULL};

const char *const risk_names[] = {"low", "some-concerns", "high", "unclear", NULL};

const char *const notice_names[] = {"retraction", "correction", "expression-of-concern",
                                    "reinstatement", NULL};

const char *const outcome_kind_names[] = {"benefit", "harm", NULL};

bool design_is_randomised(enum design design)
{
    return design == DESIGN_RCT || design == DESIGN_CROSSOVER_RCT || design == DESIGN_CLUSTER_RCT;
}

bool design_is_trial(enum design design)
{
    return design_is_randomised(design) || design == DESIGN_NON_RANDOMISED;
}

/* METHOD section 1: 72 hours, 12 weeks, 6 months (half of 365 days, so that day 182 is within). */
enum window window_of_day(double day)
{
    if (day <= 3)
        return WINDOW_IMMEDIATE;
    if (day <= 84)
        return WINDOW_SHORT;
    return day <= 183 ? WINDOW_MEDIUM : WINDOW_LONG;
}

bool figure_is_ratio(enum figure figure)
{
    return figure == FIGURE_RR || figure == FIGURE_OR;
}

bool figure_is_of_events(enum figure figure)
{
    return figure_is_ratio(figure) || figure == FIGURE_RD;
}

bool is_slug(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && text[length] == '\0';
}

bool comparator_parse(const char *text, enum comparator_class *out)
{
    if (strcmp(text, "sham") == 0)
        *out = COMPARATOR_SHAM;
    else if (strcmp(text, "nothing") == 0)
        *out = COMPARATOR_NOTHING;
    else if (strcmp(text, "mixed") == 0)
        *out = COMPARATOR_MIXED;
    else if (strncmp(text, "active:", 7) == 0 && is_slug(text + 7))
        *out = COMPARATOR_ACTIVE;
    else
        return false;
    return true;
}

const char *comparator_intervention(const char *comparator)
{
    if (strncmp(comparator, "active:", 7) != 0 || strcmp(comparator + 7, "other") == 0)
        return NULL;
    return comparator + 7;
}
