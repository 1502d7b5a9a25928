/*
 * The book of courses: how complaints go on with no treatment, with sham and with some, and what
 * early change foretells. Fields as in evidence/data/README.md; unknown strings are NULL, numbers
 * NAN, counts COUNT_UNKNOWN.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_COURSE_H
#define TOUCHSTONE_EVIDENCE_MODEL_COURSE_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

enum course_topic {
    COURSE_NATURAL,
    COURSE_CONTROL_ARM,
    COURSE_EARLY_RESPONSE,
    COURSE_TIME_TO_EFFECT,
    COURSE_DOSE_RESPONSE,
    COURSE_SESSIONS
};
extern const char *const course_topic_names[];

/* A group of people at one time, on the scale of its course. */
struct course_point {
    const char *group;
    double days; /* from the start; NAN where not told */
    int n;
    double mean;
    struct range mean_ci;
    double sd;
    double change_mean; /* since the start, negative for a fall */
    struct range change_ci;
    double change_sd;
    double change_sd_assumes_r; /* the correlation that change_sd was worked out with, NAN: printed
                                   in the source */
};

struct course {
    const char *id;
    const char *condition; /* id */
    enum course_topic what;
    const char *finding;
    struct scale scale; /* of the points; name NULL where not told */
    const struct course_point *points;
    size_t point_count;
    const struct datum *figures;
    size_t figure_count;
    bool for_prior; /* fit to tell what to expect without the treatment */
    const char *superseded_by;
    const char *pmid;
    const char *doi;
    const char *note;
    struct backing backing;
};

struct courses {
    const struct course *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of conditions must stand in `base`. */
void courses_read(const struct json_reader *at, const struct base *base, struct courses *out);

#endif
