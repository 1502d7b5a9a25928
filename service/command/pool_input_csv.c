#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "service/command/pool_input_inside.h"

static bool says_nothing(const char *text)
{
    return text[0] == '\0' || strcmp(text, "NA") == 0 || strcmp(text, "null") == 0;
}

/* Reads a row, quotes taken off, fields ended by NUL. False at the end of the file or on an error.
 */
static bool row_read(struct pool_reader *r, struct buffer *text, struct row *row, struct error *err)
{
    size_t starts[POOL_MAX_COLUMNS] = {0};
    bool quoted = false;
    buffer_clear(text);
    row->count = 1;
    row->line = r->line;
    int byte = pool_next_byte(r);
    if (byte == EOF)
        return false;
    for (; byte != EOF && (quoted || byte != '\n'); byte = pool_next_byte(r)) {
        if (text->length >= POOL_MAX_ROW_BYTES)
            return error_set(err, ERROR_LIMIT, "%s:%zu: row is longer than %d bytes", r->name,
                             row->line, POOL_MAX_ROW_BYTES);
        if (byte == '\0')
            return error_set(err, ERROR_INVALID, "%s:%zu: a NUL byte; is this CSV?", r->name,
                             r->line);
        if (byte == '"') {
            int after = quoted ? pool_next_byte(r) : 0;
            if (quoted && after == '"') {
                buffer_byte(text, '"');
                continue;
            }
            if (quoted)
                pool_put_back(r, after);
            quoted = !quoted;
        } else if (byte == ',' && !quoted) {
            if (row->count == POOL_MAX_COLUMNS)
                return error_set(err, ERROR_LIMIT, "%s:%zu: more than %d columns", r->name,
                                 row->line, POOL_MAX_COLUMNS);
            buffer_byte(text, '\0');
            starts[row->count++] = text->length;
        } else if (byte != '\r' || quoted) {
            buffer_byte(text, (char)byte);
        }
    }
    if (quoted)
        return error_set(err, ERROR_INVALID, "%s:%zu: a quote is not closed", r->name, row->line);
    buffer_byte(text, '\0');
    for (size_t i = 0; i < row->count; i++)
        row->fields[i] = text->bytes + starts[i];
    return true;
}

static bool row_is_blank(const struct row *row)
{
    return row->count == 1 && row->fields[0][0] == '\0';
}

bool pool_header_read(struct pool_reader *r, struct error *err)
{
    struct buffer text = {0};
    struct row row;
    bool seen[COLUMN_COUNT] = {false};
    bool good = row_read(r, &text, &row, err);
    for (size_t i = 0; good && i < row.count; i++) {
        const char *name = row.fields[i];
        /* Spreadsheets put a byte order mark first. */
        if (i == 0 && strncmp(name, "\xEF\xBB\xBF", 3) == 0)
            name += 3;
        if (!pool_column_of(name, &r->columns[i]))
            good = error_set(err, ERROR_INVALID,
                             "%s:1: column %zu is called \"%.40s\"; known are id, label, measure, "
                             "n1, m1, sd1, n2, m2, sd2, ai, ci, yi, vi, x, g",
                             r->name, i + 1, name);
        else if (seen[r->columns[i]])
            good = error_set(err, ERROR_INVALID, "%s:1: column \"%s\" stands there twice", r->name,
                             name);
        else
            seen[r->columns[i]] = true;
    }
    r->column_count = row.count;
    buffer_release(&text);
    return good;
}

/* A decimal number or nothing; hexadecimal, inf and nan are not numbers here. */
static bool number_read(const char *text, double *out)
{
    *out = NAN;
    if (says_nothing(text))
        return true;
    if (text[strspn(text, "0123456789+-.eE ")] != '\0')
        return false;
    char *end;
    *out = strtod(text, &end);
    end += strspn(end, " ");
    return *end == '\0' && end != text && isfinite(*out);
}

static const char *row_text(const struct pool_reader *r, const struct row *row, enum column column)
{
    for (size_t i = 0; i < row->count && i < r->column_count; i++) {
        if (r->columns[i] == column)
            return row->fields[i];
    }
    return "";
}

static bool row_study(const struct pool_reader *r, const struct row *row, struct arena *arena,
                      struct pool_analysis *out, struct pool_study *study, struct error *err)
{
    *study = pool_study_empty();
    if (row->count != r->column_count)
        return error_set(err, ERROR_INVALID, "%s:%zu: %zu fields under %zu columns", r->name,
                         row->line, row->count, r->column_count);
    for (size_t i = 0; i < row->count; i++) {
        double *number = pool_study_number(study, r->columns[i]);
        if (number != NULL && !number_read(row->fields[i], number))
            return error_set(err, ERROR_INVALID, "%s:%zu: field %zu is \"%.40s\", not a number",
                             r->name, row->line, i + 1, row->fields[i]);
    }
    const char *field, *fault = pool_study_fault(study, &field);
    if (fault != NULL)
        return error_set(err, ERROR_INVALID, "%s:%zu: %s: %s", r->name, row->line, field, fault);
    const char *label = row_text(r, row, COLUMN_LABEL), *group = row_text(r, row, COLUMN_GROUP);
    study->label = label[0] == '\0' ? NULL : arena_strdup(arena, label);
    study->group = says_nothing(group) ? NULL : arena_strdup(arena, group);
    out->has_groups = out->has_groups || study->group != NULL;
    if (!isnan(study->x[0]))
        out->moderators = 1;
    return true;
}

static bool row_measure(const struct pool_reader *r, const struct row *row,
                        struct pool_analysis *out, struct error *err)
{
    const char *name = row_text(r, row, COLUMN_MEASURE);
    enum measure measure;
    if (name[0] == '\0')
        return true;
    if (!measure_from_name(name, &measure))
        return error_set(err, ERROR_INVALID,
                         "%s:%zu: measure is \"%.20s\"; known are MD, SMD, ROM, RR, OR, RD, GEN",
                         r->name, row->line, name);
    if (out->count > 0 && out->measure_known && out->measure != measure)
        return error_set(err, ERROR_INVALID, "%s:%zu: measure changes within one analysis", r->name,
                         row->line);
    out->measure = measure;
    out->measure_known = true;
    return true;
}

/* Rows that follow until the next id, read into `pending` for the analysis after this. */
static bool advance(struct pool_reader *r, struct error *err)
{
    do {
        r->has_pending = row_read(r, &r->pending_text, &r->pending, err);
    } while (r->has_pending && row_is_blank(&r->pending));
    return r->has_pending;
}

static bool add_study(struct pool_reader *r, struct arena *arena, size_t *room,
                      struct pool_analysis *out, struct error *err)
{
    if (out->count == POOL_MAX_STUDIES)
        return error_set(err, ERROR_LIMIT, "%s:%zu: more than %d studies in one analysis", r->name,
                         r->pending.line, POOL_MAX_STUDIES);
    if (out->count == *room) {
        *room = *room == 0 ? 16 : *room * 2;
        struct pool_study *larger = arena_array(arena, *room, sizeof *larger);
        if (out->count > 0)
            memcpy(larger, out->studies, out->count * sizeof *larger);
        out->studies = larger;
    }
    if (!row_measure(r, &r->pending, out, err) ||
        !row_study(r, &r->pending, arena, out, &out->studies[out->count], err))
        return false;
    out->count++;
    return true;
}

enum pool_read pool_next_from_csv(struct pool_reader *r, struct arena *arena,
                                  struct pool_analysis *out, struct error *err)
{
    struct error reading = {0};
    if (!r->has_pending && !advance(r, &reading)) {
        *err = reading;
        return reading.kind == ERROR_NONE ? POOL_READ_END : POOL_READ_STOP;
    }
    const char *id = arena_strdup(arena, row_text(r, &r->pending, COLUMN_ID));
    out->id = id[0] == '\0' ? NULL : id;
    size_t room = 0;
    bool good = true;
    while (r->has_pending && strcmp(row_text(r, &r->pending, COLUMN_ID), id) == 0) {
        good = good && add_study(r, arena, &room, out, err);
        advance(r, &reading);
    }
    if (reading.kind != ERROR_NONE) {
        *err = reading;
        r->ended = true;
        return POOL_READ_STOP;
    }
    return good ? POOL_READ_ONE : POOL_READ_BAD;
}
