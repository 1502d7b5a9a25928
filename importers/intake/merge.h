/*
 * Several sources' records of one publication as one: for each field a table says which source is
 * believed first (merge.c), and what cannot be chosen is put together. The records themselves stay
 * as they are, so that every field can be traced to who gave it.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MERGE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MERGE_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/* A field and the record that it was taken from. */
struct merge_origin {
    const char *field;
    size_t record; /* the position; the first of several where they were put together */
};

struct merged_record {
    struct record
        record; /* strings and lists are borrowed from the records, or live in the arena */
    const struct merge_origin
        *origins; /* of every field that is known, in the order of the record */
    size_t origin_count;
};

/* `count` > 0. Records that their source took back count only where there are no others. One record
 * alone comes back as it is. */
void merge_records(const struct record *const *records, size_t count, struct arena *arena,
                   struct merged_record *out);

#endif
