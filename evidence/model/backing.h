/*
 * What a row of a rule book rests on: its sources, its second reading, and what is doubtful in it.
 * Every row of every book carries one, and whoever shows the row shows this too.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_BACKING_H
#define TOUCHSTONE_EVIDENCE_MODEL_BACKING_H

#include "evidence/base/json_reader.h"

/* Who speaks in a source. A contraindication that rests on makers or clinics alone is a weaker
 * thing than one that rests on a guideline, and is told as such. */
enum source_kind {
    SOURCE_STUDY,
    SOURCE_GUIDELINE,
    SOURCE_HEALTH_SERVICE,
    SOURCE_REGULATOR,
    SOURCE_PAYER,
    SOURCE_LABEL,
    SOURCE_REFERENCE,
    SOURCE_PROFESSIONAL,
    SOURCE_CHARITY,
    SOURCE_MAKER, /* makers and sellers */
    SOURCE_CLINIC,
    SOURCE_NEWS,
    SOURCE_OTHER
};
enum { SOURCE_KIND_COUNT = SOURCE_OTHER + 1 };
extern const char *const source_kind_names[];

struct citation {
    const char *url;     /* the identifier's or publisher's own address: shown and linked */
    const char *where;   /* abstract, section 1.2 */
    const char *read_at; /* a copy where it was read: told, never linked */
    enum source_kind kind;
};

/* The second reading of a row; `done` false: it was read once. */
struct second_reading {
    bool done;
    bool agrees;
    const char *by;
    const char *on; /* a day */
    const char *note;
};

struct backing {
    const struct citation *citations; /* never empty once read */
    size_t citation_count;
    struct second_reading checked;
    const char *doubtful; /* why to be careful with it; NULL: no reason known */
    bool derived;         /* inferred from its sources, not said by them in these words */
};

/* The fields of a backing, for the list of known fields of a row. */
#define BACKING_FIELDS "sources", "checked", "doubtful", "derived"

/* Reads those fields of the row at `at`. A source without an address, one whose `url` is a bare
 * number or no http address, and a row without sources are problems. */
void backing_read(const struct json_reader *at, struct backing *out);

/* Two ends of an interval; both NAN where unknown. */
struct range {
    double low;
    double high;
};

/* A list of two numbers, the lower first; NAN twice if absent. */
struct range range_read(const struct json_reader *at, const char *key);

/* A number as a source tells it: one value with its interval, several values, or words. */
struct datum {
    const char *name;
    const char *group; /* whom it is about, NULL for all */
    double value;      /* NAN where there are `values` or `text` instead */
    struct range ci;
    const double *values;
    size_t value_count;
    const char *text; /* "<0.001" */
};

/* The list `key` of such numbers; empty if absent. */
const struct datum *data_read(const struct json_reader *at, const char *key, size_t *count);

#endif
