#include "importers/formats/csv_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *csv_table_value(const struct csv_table *table, int what)
{
    size_t index = csv_table_index(table, what);
    return index < table->width ? csv_reader_field(&table->csv, index) : NULL;
}

size_t csv_table_index(const struct csv_table *table, int what)
{
    for (size_t i = 0; i < table->width; i++)
        if (table->whats[i] == what && *csv_reader_field(&table->csv, i) != '\0')
            return i;
    return table->width;
}

bool csv_table_refuse(struct csv_table *table, const char *format, ...)
{
    char why[ERROR_MESSAGE_SIZE / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    table->counts->refused++;
    text_stream_warn(table->stream, table->csv.line, "this row was left out: %s", why);
    return true;
}

bool csv_table_hand_on(struct csv_table *table, struct error *err)
{
    return draft_hand_on(&table->draft, table->stream, table->csv.line, table->sink, table->counts,
                         err);
}

static bool is_too_wide(const struct csv_table *table)
{
    for (size_t i = table->width; i < table->csv.count; i++)
        if (*csv_reader_field(&table->csv, i) != '\0')
            return true;
    return false;
}

static bool take_row(struct csv_table *table, const struct csv_table_format *format,
                     struct error *err)
{
    const struct csv_reader *csv = &table->csv;
    if (csv->cut && csv->count < table->width)
        return text_stream_fail(table->stream, err, ERROR_INVALID, csv->line,
                                "the file ends within the row that begins here: %zu fields of %zu; "
                                "it was cut, so export it again",
                                csv->count, table->width);
    if (is_too_wide(table))
        return csv_table_refuse(table, "it has %zu fields where the header line has %zu names",
                                csv->count, table->width);
    return format->take(table, err);
}

static bool read_rows(struct csv_table *table, const struct csv_table_format *format,
                      struct error *err)
{
    enum csv_read result = csv_reader_next_header(&table->csv, err);
    if (result == CSV_END)
        return text_stream_fail(table->stream, err, ERROR_INVALID, 1, "the file is empty");
    if (result == CSV_FAILED)
        return false;
    table->whats = csv_reader_columns(&table->csv, format->columns);
    table->width = table->csv.count;
    while ((result = csv_reader_next(&table->csv, err)) == CSV_ROW)
        if (!take_row(table, format, err))
            return false;
    return result == CSV_END;
}

bool csv_table_read(const struct csv_table_format *format, void *context, struct input *input,
                    const struct record_sink *sink, const struct format_warnings *warnings,
                    struct format_counts *counts, struct error *err)
{
    const char *slash = strrchr(input_name(input), '/');
    struct csv_table table = {.stream = text_stream_new(input, warnings),
                              .sink = sink,
                              .counts = counts,
                              .file = slash == NULL ? input_name(input) : slash + 1,
                              .context = context};
    csv_reader_begin(&table.csv, input, table.stream);
    struct error fault = {0};
    bool ok = read_rows(&table, format, &fault);
    if (format->finish != NULL && !format->finish(&table, err))
        ok = false;
    if (fault.kind != ERROR_NONE)
        error_set(err, fault.kind, "%s", fault.message);
    free(table.whats);
    draft_release(&table.draft);
    csv_reader_release(&table.csv);
    text_stream_free(table.stream);
    return ok;
}

bool csv_table_numbers(struct csv_table *table, double *out, int count)
{
    for (int what = 0; what < count; what++) {
        size_t index = csv_table_index(table, what);
        bool is_number;
        out[what] = csv_reader_number(&table->csv, index, &is_number);
        if (!is_number) {
            csv_table_refuse(table, "\"%.40s\" in field %zu is no number that we can be sure of",
                             csv_reader_field(&table->csv, index), index + 1);
            return false;
        }
    }
    return true;
}
