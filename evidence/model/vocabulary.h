/*
 * The closed lists of the field's words, each an enum with its names in the same order. The names
 * are those of the files, the store and the API; a list of names ends with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_VOCABULARY_H
#define TOUCHSTONE_EVIDENCE_MODEL_VOCABULARY_H

#include <stdbool.h>

enum kind { KIND_TECHNIQUE, KIND_DEVICE, KIND_DRUG, KIND_EXERCISE, KIND_EDUCATION };
extern const char *const kind_names[];

enum design {
    DESIGN_RCT,
    DESIGN_CROSSOVER_RCT,
    DESIGN_CLUSTER_RCT,
    DESIGN_NON_RANDOMISED,
    DESIGN_COHORT,
    DESIGN_CASE_CONTROL,
    DESIGN_CASE_SERIES,
    DESIGN_CASE_REPORT,
    DESIGN_SYSTEMATIC_REVIEW,
    DESIGN_GUIDELINE,
    DESIGN_NARRATIVE_REVIEW
};
extern const char *const design_names[];

/* Randomised designs of any kind; those and the non-randomised ones that compare groups. */
bool design_is_randomised(enum design design);
bool design_is_trial(enum design design);

enum comparator_class {
    COMPARATOR_SHAM,
    COMPARATOR_NOTHING,
    COMPARATOR_ACTIVE, /* active:<intervention> or active:other */
    COMPARATOR_MIXED
};
extern const char *const comparator_class_names[];

/* Time from the first session. Upper ends: 72 hours, 12 weeks, 6 months. */
enum window { WINDOW_IMMEDIATE, WINDOW_SHORT, WINDOW_MEDIUM, WINDOW_LONG, WINDOW_UNSTATED };
enum { WINDOW_COUNT = 5 };
extern const char *const window_names[];

/* The window that holds a day, counted from the first session. */
enum window window_of_day(double day);

enum better { BETTER_LOWER, BETTER_HIGHER };
extern const char *const better_names[];

enum favours { FAVOURS_INTERVENTION, FAVOURS_NEITHER, FAVOURS_COMPARATOR, FAVOURS_UNKNOWN };
extern const char *const favours_names[]; /* the first three */

/* What a printed figure is. FIGURE_NONE: only a direction is known. */
enum figure { FIGURE_MD, FIGURE_SMD, FIGURE_RR, FIGURE_OR, FIGURE_RD, FIGURE_NONE };
extern const char *const figure_names[]; /* the first five */

/* RR and OR: the null is 1 and intervals are symmetric on the log scale. */
bool figure_is_ratio(enum figure figure);
/* RR, OR and RD: people counted, not measured. */
bool figure_is_of_events(enum figure figure);

/* How often a study's figures were compared with their source. Only READING_TWICE is confirmed. */
enum readings { READING_ONCE, READING_TWICE, READING_DIFFERED };
extern const char *const reading_names[];

enum role { ROLE_INTERVENTION, ROLE_COMPARATOR };
extern const char *const role_names[];

enum severity { SEVERITY_SERIOUS, SEVERITY_MINOR };
extern const char *const severity_names[];

/* What a frequency of harm counts: people over a course, single treatments, or practitioners who
 * were asked whether they had seen it, which does not say how often it happens. */
enum harm_unit { HARM_PEOPLE, HARM_TREATMENTS, HARM_PRACTITIONERS, HARM_UNIT_UNKNOWN };
extern const char *const harm_unit_names[]; /* the first three */

enum instrument {
    INSTRUMENT_ROB2,
    INSTRUMENT_ROB1,
    INSTRUMENT_PEDRO,
    INSTRUMENT_ROBINS_I,
    INSTRUMENT_ROBIS,
    INSTRUMENT_AMSTAR2,
    INSTRUMENT_GRADE,
    INSTRUMENT_JADAD,
    INSTRUMENT_OTHER
};
extern const char *const instrument_names[];

enum scope { SCOPE_STUDY, SCOPE_INCLUDED_TRIALS };
extern const char *const scope_names[];

/* Certainty of evidence (GRADE), lowest first, so that more is more. */
enum certainty_level {
    CERTAINTY_VERY_LOW,
    CERTAINTY_LOW,
    CERTAINTY_MODERATE,
    CERTAINTY_HIGH,
    CERTAINTY_UNKNOWN
};
extern const char *const certainty_names[]; /* the first four */

/* Risk of bias of one study, as the engine weighs it. */
enum risk { RISK_LOW, RISK_SOME_CONCERNS, RISK_HIGH, RISK_UNKNOWN };
extern const char *const risk_names[];

/* Only a retraction retracts; a reinstatement takes an earlier one back. */
enum notice_type { NOTICE_RETRACTION, NOTICE_CORRECTION, NOTICE_CONCERN, NOTICE_REINSTATEMENT };
extern const char *const notice_names[];

enum outcome_kind { OUTCOME_BENEFIT, OUTCOME_HARM };
extern const char *const outcome_kind_names[];

/* Slugs: one or more of a-z, 0-9 and '-'. */
bool is_slug(const char *text);

/* The class of "sham", "nothing", "mixed" or "active:<slug>"; false for anything else. */
bool comparator_parse(const char *text, enum comparator_class *out);

/* The slug after "active:", NULL for every other comparator and for active:other. */
const char *comparator_intervention(const char *comparator);

#endif
