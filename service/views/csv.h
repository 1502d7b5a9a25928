/*
 * Rows of comma-separated values as RFC 4180 has them: UTF-8, lines ended by CR LF, fields quoted
 * where they hold a comma, a quote, a line break or spaces at an end. What is not known is an empty
 * field.
 *
 * One function describes a row and its header: every field is written with its name, and a writer
 * begun as a header writes the name instead of the value.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_CSV_H
#define TOUCHSTONE_SERVICE_VIEWS_CSV_H

#include <stdbool.h>

#include "evidence/base/buffer.h"

struct csv {
    struct buffer *out; /* borrowed */
    bool header;
    bool filled; /* the row has a field already */
};

/* A row at the end of `out`; end it with csv_end. */
struct csv csv_line_begin(struct buffer *out, bool header);
void csv_end(struct csv *csv);

/* NULL, NAN and negative counts are unknown: an empty field. */
void csv_text(struct csv *csv, const char *name, const char *value);
void csv_real(struct csv *csv, const char *name, double value);
void csv_line_count(struct csv *csv, const char *name, long long value);

/* "true" or "false". */
void csv_truth(struct csv *csv, const char *name, bool value);

/* A list that ends with NULL (or is NULL), its elements joined by "; ". */
void csv_texts(struct csv *csv, const char *name, const char *const *values);

#endif
