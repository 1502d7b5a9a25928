/*
 * How an intervention is used safely: the doses that were tried, the steps, what is normal
 * afterwards, whom it is not for, when to stop. One document an intervention; fields as in
 * evidence/data/README.md; unknown strings are NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_SAFE_USE_H
#define TOUCHSTONE_EVIDENCE_MODEL_SAFE_USE_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

enum setting { SETTING_SELF, SETTING_CLINICIAN, SETTING_BOTH };
extern const char *const setting_names[];

/* One sentence and the citations of its document that it rests on. */
struct statement {
    const char *text; /* NULL: there is none */
    const size_t *sources;
    size_t source_count;
};

/* What a dose consists of, each as its source tells it ("30-60"); NULL where it does not. */
enum dose_part {
    DOSE_SECONDS,
    DOSE_REPETITIONS,
    DOSE_SESSIONS_PER_WEEK,
    DOSE_WEEKS,
    DOSE_PRESSURE,
    DOSE_FREQUENCY_HZ,
    DOSE_PULSE_US,
    DOSE_TEMPERATURE_C,
    DOSE_WAVELENGTH_NM,
    DOSE_JOULES_PER_POINT,
    DOSE_PART_COUNT
};
extern const char *const dose_part_names[];

struct dose {
    struct statement what;
    const char *parts[DOSE_PART_COUNT];
    const char *from; /* which trial, review or leaflet used it */
    const char *note; /* whom it was tried in and whether it helped */
};

/* The lists of statements, in the order in which people need them. */
enum advice {
    ADVICE_HOW,
    ADVICE_EXPECT,
    ADVICE_AVOID,
    ADVICE_NOT_FOR,
    ADVICE_ASK_FIRST,
    ADVICE_STOP_IF,
    ADVICE_COUNT
};
extern const char *const advice_names[];

struct statements {
    const struct statement *items;
    size_t count;
};

struct safe_use {
    const char *intervention; /* id */
    enum setting setting;     /* who does it */
    const struct dose *doses;
    size_t dose_count;
    struct statements advice[ADVICE_COUNT];
    struct statement who; /* may do it */
    const char *note;
    struct backing backing; /* its citations are those that the statements point into */
};

/* Reads one document, strictly: its intervention must stand in `base`, and every statement rests on
 * sources that the document has. */
void safe_use_read(const struct json_reader *at, const struct base *base, struct safe_use *out);

/* True if any of the statement's sources is of that kind. */
bool statement_rests_on(const struct statement *statement, const struct safe_use *use,
                        enum source_kind kind);

#endif
