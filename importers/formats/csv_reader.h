/*
 * Rows of comma separated values (RFC 4180) as programs and people write them: parted by commas,
 * semicolons or tabs, whichever the first line has most of; line breaks and doubled quotes within
 * quotes; a quote within a field that does not end it.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_CSV_READER_H
#define TOUCHSTONE_IMPORTERS_FORMATS_CSV_READER_H

#include "importers/formats/text_stream.h"

/* Begin before the first row is read; release at the end. */
struct csv_reader {
    struct text_stream *stream;
    char separator;
    struct buffer text; /* of all fields, each ended by NUL */
    size_t *starts;     /* of the fields in it */
    size_t count;
    size_t capacity;
    size_t line; /* that the row begins on */
    bool cut;    /* the file ends with this row, without a line break */
};

/* Finds the separator in the first bytes of the input that the stream reads. */
void csv_reader_begin(struct csv_reader *csv, struct input *input, struct text_stream *stream);

enum csv_read { CSV_ROW, CSV_END, CSV_FAILED };

/*
 * Reads the next row that is not empty. CSV_FAILED with ERROR_INVALID for a quote that is never
 * closed, ERROR_LIMIT for a field over FORMAT_FIELD_MOST, a row over FORMAT_RECORD_MOST or of more
 * than FORMAT_LIST_MOST fields, or the input's error.
 */
enum csv_read csv_reader_next(struct csv_reader *csv, struct error *err);

/* The same for the header line, past a few lines of words that some programs put before it. */
enum csv_read csv_reader_next_header(struct csv_reader *csv, struct error *err);

/* A field of the row, without blanks around it; "" past its end. Valid until the next row. */
const char *csv_reader_field(const struct csv_reader *csv, size_t index);

void csv_reader_release(struct csv_reader *csv);

/* ---- columns ---- */

/* A name in a header line as it is compared: small letters and digits alone, "PubMed ID" as
 * "pubmedid". */
enum { CSV_NAME_SIZE = 64 };
void csv_reader_name(const char *text, char out[CSV_NAME_SIZE]);

/* One name of what a column can be called, as csv_reader_name gives it. */
struct csv_column {
    const char *name;
    int what;
};

enum { CSV_NO_COLUMN = -1 };

/*
 * Says for each field of the header row which of `columns` (ended by a NULL name) it is,
 * CSV_NO_COLUMN for none. The caller frees it.
 */
int *csv_reader_columns(const struct csv_reader *header, const struct csv_column *columns);

/* The first row of a file, from its first bytes: for struct format's recognise. False if there is
 * none, or it goes on past them. The caller releases the csv, which has no stream. */
bool csv_reader_head(const char *head, size_t length, struct csv_reader *out);

/* True if the header row has a column of this name. */
bool csv_reader_has(const struct csv_reader *header, const char *name);

/*
 * The number in a field: "1,234.5", "0,5" where semicolons part the fields, "−0.5", "1.5e-3". NAN
 * for an empty field, NA and anything else; `*is_number` (or NULL) is false for what is neither a
 * number nor missing, such as "1,234" where it may be either of two numbers.
 */
double csv_reader_number(const struct csv_reader *csv, size_t index, bool *is_number);

/* A whole number in [0, 10^9]; COUNT_UNKNOWN otherwise. */
int csv_reader_count(const struct csv_reader *csv, size_t index, bool *is_number);

#endif
