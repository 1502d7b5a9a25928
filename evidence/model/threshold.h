/*
 * The book of thresholds: which change in a score matters to people, and which is more than the
 * noise of measuring. Fields as in evidence/data/README.md; unknown strings are NULL, numbers NAN,
 * counts COUNT_UNKNOWN.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_THRESHOLD_H
#define TOUCHSTONE_EVIDENCE_MODEL_THRESHOLD_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

enum threshold_kind {
    THRESHOLD_MCID,        /* smallest change that matters to a person */
    THRESHOLD_MID,         /* likewise, as its source names it */
    THRESHOLD_SWE,         /* smallest effect beyond no treatment that makes it worth while */
    THRESHOLD_MDC,         /* smallest change beyond measurement error */
    THRESHOLD_SDC,         /* likewise, as its source names it */
    THRESHOLD_SEM,         /* standard error of measurement */
    THRESHOLD_SD,          /* a spread, kept for models */
    THRESHOLD_RECOVERY,    /* the score of people who call themselves recovered */
    THRESHOLD_ICC,         /* reliability alone */
    THRESHOLD_RELIABILITY, /* likewise, of averaged scores */
    THRESHOLD_CORRELATION, /* of a score with another or a later one */
    THRESHOLD_AUC          /* how well a measure tells the improved from the unchanged */
};
extern const char *const threshold_kind_names[];

enum threshold_method {
    METHOD_ANCHOR,
    METHOD_DISTRIBUTION,
    METHOD_CONSENSUS,
    METHOD_TRADE_OFF /* people weigh benefit against harm */
};
extern const char *const threshold_method_names[];

/* The change that matters where people start between two scores. */
struct baseline_change {
    double from;
    double to;
    double low;
    double high;
};

struct threshold {
    const char *id;
    const char *outcome;    /* id */
    struct scale scale;     /* its name as the source has it; ends where it names them */
    const char *instrument; /* the first name of the questionnaire in the stop model, NULL */
    const char *population;
    const char *const *conditions; /* ids of what those people had; empty: not said */
    enum threshold_kind kind;
    double absolute; /* on the scale */
    struct range absolute_range;
    struct range absolute_iqr;
    double percent; /* of the starting score */
    struct range percent_range;
    struct range percent_iqr;
    const struct baseline_change *by_baseline;
    size_t by_baseline_count;
    enum threshold_method method;
    int n;
    const struct datum *figures;
    size_t figure_count;
    const char *pmid;
    const char *doi;
    const char *note;
    struct backing backing;
};

struct thresholds {
    const struct threshold *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of outcomes must stand in `base`. */
void thresholds_read(const struct json_reader *at, const struct base *base, struct thresholds *out);

#endif
