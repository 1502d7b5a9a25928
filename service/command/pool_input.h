/*
 * Reading the analyses that `touchstone pool` is given, one at a time.
 *
 *     {"id", "measure", "method", "test", "level", "add", "to", "drop00", "target",
 *      "studies": [{"label", "x", "g", and n1 m1 sd1 n2 m2 sd2 | ai n1 ci n2 | yi vi}]}
 *
 * as an object, an array of objects, objects one after the other (NDJSON); or as CSV with a header
 * of these names (`analysis_id` is `id`, `study` is `label`), whose rows of one id stand together
 * and may leave the column `id` out where there is one analysis alone. Unknown names are errors, so
 * that a misspelt one is not passed over. A number that is missing is null, empty or NA.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_INPUT_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_INPUT_H

#include <stdio.h>

#include "evidence/base/arena.h"
#include "evidence/statistics/pool.h"

enum {
    POOL_MAX_STUDIES = 100000,      /* of one analysis */
    POOL_MAX_MODERATORS = 8,        /* numbers in `x` */
    POOL_MAX_JSON_BYTES = 64 << 20, /* of one analysis */
    POOL_MAX_ROW_BYTES = 64 << 10,  /* of a row of CSV */
    POOL_MAX_COLUMNS = 64,
};

struct pool_study {
    const char *label; /* NULL if it has none */
    const char *group; /* NULL if it has none */
    double n1, m1, sd1, n2, m2, sd2;
    double ai, ci;
    double yi, vi;
    double x[POOL_MAX_MODERATORS]; /* NAN where missing */
};

struct pool_analysis {
    const char *id; /* NULL if it has none */
    enum measure measure;
    bool measure_known;
    struct pool_options options;
    struct correction correction;
    double target; /* of Orwin's fail-safe N; NAN: half the mean */
    struct pool_study *studies;
    size_t count;
    size_t moderators; /* numbers in the longest `x` */
    bool has_groups;
};

enum pool_form { POOL_FORM_OBJECTS, POOL_FORM_ARRAY, POOL_FORM_CSV };

enum pool_read {
    POOL_READ_ONE,
    POOL_READ_BAD, /* this analysis is bad; the next can still be read */
    POOL_READ_END,
    POOL_READ_STOP, /* bad in a way that leaves nothing more to read */
};

struct pool_reader;

/* Looks at the first bytes of `file`, which the caller keeps and closes. `name` stands in messages;
 * `defaults` holds what an analysis does not say itself. NULL, with an error, if there is nothing
 * to read or the CSV header is bad. */
struct pool_reader *pool_reader_open(FILE *file, const char *name,
                                     const struct pool_analysis *defaults, struct error *err);

void pool_reader_close(struct pool_reader *reader);

enum pool_form pool_reader_form(const struct pool_reader *reader);

/* The next analysis, its strings and studies in `arena`. With POOL_READ_BAD `out->id` is set where
 * it could be read. An analysis without studies or without a measure is bad. */
enum pool_read pool_reader_next(struct pool_reader *reader, struct arena *arena,
                                struct pool_analysis *out, struct error *err);

/* True if something follows the analysis read last; may wait for more input. */
bool pool_reader_more(struct pool_reader *reader);

#endif
