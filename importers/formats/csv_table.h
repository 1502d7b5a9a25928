/* A CSV file with a header line, read row by row: what the formats among them have in common. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_CSV_TABLE_H
#define TOUCHSTONE_IMPORTERS_FORMATS_CSV_TABLE_H

#include "importers/formats/csv_reader.h"
#include "importers/formats/draft.h"

struct csv_table {
    struct text_stream *stream;
    struct csv_reader csv; /* the row that is read */
    int *whats;            /* of the columns, as csv_reader_columns gives them */
    size_t width;          /* of the header line */
    struct draft draft;
    const struct record_sink *sink;
    struct format_counts *counts;
    const char *file; /* its name without folders */
    void *context;    /* the format's own */
};

struct csv_table_format {
    const struct csv_column *columns;
    /* Takes a row. False with an error ends the reading. */
    bool (*take)(struct csv_table *table, struct error *err);
    /* When all rows were taken, also before an error that ended them; may be NULL. */
    bool (*finish)(struct csv_table *table, struct error *err);
};

/*
 * struct format's read. A row with more fields than the header line, which would put values under
 * wrong names, is refused with a warning; the last row of a file that was cut ends it with an
 * error.
 */
bool csv_table_read(const struct csv_table_format *format, void *context, struct input *input,
                    const struct record_sink *sink, const struct format_warnings *warnings,
                    struct format_counts *counts, struct error *err);

/* The first column of this kind that holds something in this row; NULL if none does. */
const char *csv_table_value(const struct csv_table *table, int what);

/* Its place among the fields; past the last if there is none. */
size_t csv_table_index(const struct csv_table *table, int what);

/* The row's numbers of the kinds 0 to `count` - 1, NAN where missing. False, with the row refused,
 * if one of them is no number. */
MUST_USE bool csv_table_numbers(struct csv_table *table, double *out, int count);

/* Refuses the row with a warning. Always true: reading goes on. */
bool csv_table_refuse(struct csv_table *table, const char *format, ...) PRINTF_LIKE(2, 3);

/* Hands on the draft as the record of this row. */
MUST_USE bool csv_table_hand_on(struct csv_table *table, struct error *err);

#endif
