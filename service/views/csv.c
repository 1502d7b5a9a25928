#include "service/views/csv.h"

#include <math.h>
#include <string.h>

struct csv csv_line_begin(struct buffer *out, bool header)
{
    return (struct csv){.out = out, .header = header};
}

void csv_end(struct csv *csv)
{
    buffer_text(csv->out, "\r\n");
    csv->filled = false;
}

/* Puts the comma before a field, and in a header the name; true if the value is wanted. */
static bool begin_field(struct csv *csv, const char *name)
{
    if (csv->filled)
        buffer_byte(csv->out, ',');
    csv->filled = true;
    if (csv->header)
        buffer_text(csv->out, name);
    return !csv->header;
}

static bool needs_quotes(const char *text, size_t length)
{
    return length > 0 &&
           (strpbrk(text, ",\"\r\n") != NULL || text[0] == ' ' || text[length - 1] == ' ');
}

static void put_quoted(struct buffer *out, const char *text)
{
    buffer_byte(out, '"');
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        buffer_append(out, text, (size_t)(quote - text));
        buffer_text(out, "\"\"");
    }
    buffer_text(out, text);
    buffer_byte(out, '"');
}

void csv_text(struct csv *csv, const char *name, const char *value)
{
    if (!begin_field(csv, name) || value == NULL)
        return;
    if (needs_quotes(value, strlen(value)))
        put_quoted(csv->out, value);
    else
        buffer_text(csv->out, value);
}

void csv_real(struct csv *csv, const char *name, double value)
{
    if (begin_field(csv, name) && isfinite(value))
        buffer_number(csv->out, value);
}

void csv_line_count(struct csv *csv, const char *name, long long value)
{
    if (begin_field(csv, name) && value >= 0)
        buffer_printf(csv->out, "%lld", value);
}

void csv_truth(struct csv *csv, const char *name, bool value)
{
    if (begin_field(csv, name))
        buffer_text(csv->out, value ? "true" : "false");
}

void csv_texts(struct csv *csv, const char *name, const char *const *values)
{
    struct buffer joined = {0};
    for (size_t i = 0; values != NULL && values[i] != NULL; i++) {
        buffer_text(&joined, i == 0 ? "" : "; ");
        buffer_text(&joined, values[i]);
    }
    csv_text(csv, name, buffer_string(&joined));
    buffer_release(&joined);
}
