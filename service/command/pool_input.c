#include "service/command/pool_input.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_reader.h"

enum column {
    COLUMN_ID,
    COLUMN_LABEL,
    COLUMN_GROUP,
    COLUMN_MEASURE,
    COLUMN_N1,
    COLUMN_M1,
    COLUMN_SD1,
    COLUMN_N2,
    COLUMN_M2,
    COLUMN_SD2,
    COLUMN_AI,
    COLUMN_CI,
    COLUMN_YI,
    COLUMN_VI,
    COLUMN_X,
    COLUMN_COUNT
};

static const struct {
    const char *name;
    enum column column;
} column_names[] = {
    {"id", COLUMN_ID},       {"analysis_id", COLUMN_ID},
    {"label", COLUMN_LABEL}, {"study", COLUMN_LABEL},
    {"g", COLUMN_GROUP},     {"measure", COLUMN_MEASURE},
    {"n1", COLUMN_N1},       {"m1", COLUMN_M1},
    {"sd1", COLUMN_SD1},     {"n2", COLUMN_N2},
    {"m2", COLUMN_M2},       {"sd2", COLUMN_SD2},
    {"ai", COLUMN_AI},       {"ci", COLUMN_CI},
    {"yi", COLUMN_YI},       {"vi", COLUMN_VI},
    {"x", COLUMN_X},
};

/* A row split in place. */
struct row {
    char *text; /* owned by the reader's buffer */
    const char *fields[POOL_MAX_COLUMNS];
    size_t count;
    size_t line; /* where it began */
};

struct pool_reader {
    FILE *file;
    const char *name;
    const struct pool_analysis *defaults;
    enum pool_form form;
    size_t line;       /* of the next byte, from 1 */
    size_t read;       /* analyses so far */
    size_t json_bytes; /* of the value being read */
    bool ended;
    enum column columns[POOL_MAX_COLUMNS];
    size_t column_count;
    struct buffer pending_text; /* the first row of the next analysis */
    struct row pending;
    bool has_pending;
};

static int next_byte(struct pool_reader *r)
{
    int byte = getc(r->file);
    if (byte == '\n')
        r->line++;
    return byte;
}

static void put_back(struct pool_reader *r, int byte)
{
    if (byte == EOF)
        return;
    if (byte == '\n')
        r->line--;
    ungetc(byte, r->file);
}

/* The next byte that is no white space, left unread. */
static int peek_past_space(struct pool_reader *r)
{
    int byte;
    do {
        byte = next_byte(r);
    } while (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
    put_back(r, byte);
    return byte;
}

static bool says_nothing(const char *text)
{
    return text[0] == '\0' || strcmp(text, "NA") == 0 || strcmp(text, "null") == 0;
}

/* ---- CSV ---- */

/* Reads a row, quotes taken off, fields ended by NUL. False at the end of the file or on an error.
 */
static bool row_read(struct pool_reader *r, struct buffer *text, struct row *row, struct error *err)
{
    size_t starts[POOL_MAX_COLUMNS] = {0};
    bool quoted = false;
    buffer_clear(text);
    row->count = 1;
    row->line = r->line;
    int byte = next_byte(r);
    if (byte == EOF)
        return false;
    for (; byte != EOF && (quoted || byte != '\n'); byte = next_byte(r)) {
        if (text->length >= POOL_MAX_ROW_BYTES)
            return error_set(err, ERROR_LIMIT, "%s:%zu: row is longer than %d bytes", r->name,
                             row->line, POOL_MAX_ROW_BYTES);
        if (byte == '\0')
            return error_set(err, ERROR_INVALID, "%s:%zu: a NUL byte; is this CSV?", r->name,
                             r->line);
        if (byte == '"') {
            int after = quoted ? next_byte(r) : 0;
            if (quoted && after == '"') {
                buffer_byte(text, '"');
                continue;
            }
            if (quoted)
                put_back(r, after);
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

static bool column_of(const char *name, enum column *out)
{
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
        if (strcmp(name, column_names[i].name) == 0) {
            *out = column_names[i].column;
            return true;
        }
    }
    return false;
}

static bool header_read(struct pool_reader *r, struct error *err)
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
        if (!column_of(name, &r->columns[i]))
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

static double *number_of(struct pool_study *study, enum column column)
{
    switch (column) {
    case COLUMN_N1:
        return &study->n1;
    case COLUMN_M1:
        return &study->m1;
    case COLUMN_SD1:
        return &study->sd1;
    case COLUMN_N2:
        return &study->n2;
    case COLUMN_M2:
        return &study->m2;
    case COLUMN_SD2:
        return &study->sd2;
    case COLUMN_AI:
        return &study->ai;
    case COLUMN_CI:
        return &study->ci;
    case COLUMN_YI:
        return &study->yi;
    case COLUMN_VI:
        return &study->vi;
    case COLUMN_X:
        return &study->x[0];
    case COLUMN_ID:
    case COLUMN_LABEL:
    case COLUMN_GROUP:
    case COLUMN_MEASURE:
    case COLUMN_COUNT:
        break;
    }
    return NULL;
}

static struct pool_study study_empty(void)
{
    struct pool_study study = {.n1 = NAN,
                               .m1 = NAN,
                               .sd1 = NAN,
                               .n2 = NAN,
                               .m2 = NAN,
                               .sd2 = NAN,
                               .ai = NAN,
                               .ci = NAN,
                               .yi = NAN,
                               .vi = NAN};
    for (size_t i = 0; i < POOL_MAX_MODERATORS; i++)
        study.x[i] = NAN;
    return study;
}

/* A number that cannot be, whatever it is pooled to: its name, and what is wrong with it. NULL if
 * all can. */
static const char *study_fault(const struct pool_study *s, const char **field)
{
    const struct {
        const char *name;
        double value;
    } never_below_0[] = {{"n1", s->n1}, {"sd1", s->sd1}, {"n2", s->n2}, {"sd2", s->sd2},
                         {"ai", s->ai}, {"ci", s->ci},   {"vi", s->vi}};
    for (size_t i = 0; i < sizeof never_below_0 / sizeof *never_below_0; i++) {
        *field = never_below_0[i].name;
        if (never_below_0[i].value < 0)
            return "must not be below 0";
    }
    *field = s->ai > s->n1 ? "ai" : "ci";
    return s->ai > s->n1 || s->ci > s->n2 ? "more events than people" : NULL;
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
    *study = study_empty();
    if (row->count != r->column_count)
        return error_set(err, ERROR_INVALID, "%s:%zu: %zu fields under %zu columns", r->name,
                         row->line, row->count, r->column_count);
    for (size_t i = 0; i < row->count; i++) {
        double *number = number_of(study, r->columns[i]);
        if (number != NULL && !number_read(row->fields[i], number))
            return error_set(err, ERROR_INVALID, "%s:%zu: field %zu is \"%.40s\", not a number",
                             r->name, row->line, i + 1, row->fields[i]);
    }
    const char *field, *fault = study_fault(study, &field);
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

static enum pool_read next_from_csv(struct pool_reader *r, struct arena *arena,
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

/* ---- JSON ---- */

/* Gives jansson one byte at a time, so that it takes none beyond the value's end. */
static size_t give_byte(void *buffer, size_t size, void *reader)
{
    struct pool_reader *r = reader;
    if (size == 0 || ++r->json_bytes > POOL_MAX_JSON_BYTES)
        return (size_t)-1;
    int byte = next_byte(r);
    if (byte == EOF)
        return 0;
    *(char *)buffer = (char)byte;
    return 1;
}

static void read_x(const struct json_reader *at, struct pool_study *study, size_t *moderators)
{
    const json_t *x = json_object_get(at->value, "x");
    if (!json_is_array(x)) {
        study->x[0] = json_get_number(at, "x", OPTIONAL);
        if (!isnan(study->x[0]) && *moderators == 0)
            *moderators = 1;
        return;
    }
    size_t count = json_array_size(x);
    if (count > POOL_MAX_MODERATORS) {
        json_problem(at, "x", "holds %zu numbers; at most %d are taken", count,
                     POOL_MAX_MODERATORS);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(x, i);
        if (json_is_number(value))
            study->x[i] = json_number_value(value);
        else if (!json_is_null(value))
            json_problem(at, "x", "must hold numbers");
    }
    if (count > *moderators)
        *moderators = count;
}

static void read_study(const struct json_reader *at, struct pool_analysis *out,
                       struct pool_study *study)
{
    static const char *const known[] = {"label", "n1", "m1", "sd1", "n2", "m2", "sd2",
                                        "ai",    "ci", "yi", "vi",  "x",  "g",  NULL};
    *study = study_empty();
    if (!json_fields(at, known))
        return;
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
        double *number = number_of(study, column_names[i].column);
        if (number != NULL && column_names[i].column != COLUMN_X)
            *number = json_get_number(at, column_names[i].name, OPTIONAL);
    }
    study->label = json_get_text(at, "label", OPTIONAL);
    study->group = json_get_text(at, "g", OPTIONAL);
    out->has_groups = out->has_groups || study->group != NULL;
    read_x(at, study, &out->moderators);
    const char *field, *fault = study_fault(study, &field);
    if (fault != NULL)
        json_problem(at, field, "%s", fault);
}

static void read_studies(const struct json_reader *at, struct pool_analysis *out)
{
    size_t count = json_get_length(at, "studies", REQUIRED);
    if (count > POOL_MAX_STUDIES) {
        json_problem(at, "studies", "%zu are more than the %d that are pooled", count,
                     POOL_MAX_STUDIES);
        return;
    }
    out->studies = arena_array(at->problems->arena, count, sizeof *out->studies);
    struct json_reader list = json_get_list(at, "studies");
    for (size_t i = 0; i < count; i++) {
        struct json_reader study = json_get_element(&list, i);
        read_study(&study, out, &out->studies[i]);
    }
    out->count = count;
}

/* A name from one of our lists; says what there is. */
static void read_names(const struct json_reader *at, struct pool_analysis *out)
{
    const char *measure = json_get_text(at, "measure", OPTIONAL);
    const char *method = json_get_text(at, "method", OPTIONAL);
    const char *test = json_get_text(at, "test", OPTIONAL);
    const char *to = json_get_text(at, "to", OPTIONAL);
    if (measure != NULL) {
        out->measure_known = measure_from_name(measure, &out->measure);
        if (!out->measure_known)
            json_problem(at, "measure", "must be one of MD, SMD, ROM, RR, OR, RD, GEN");
    }
    if (method != NULL && !pool_method_from_name(method, &out->options.method))
        json_problem(at, "method", "must be one of REML, DL, PM, EB, ML, HE, HS, SJ, FE");
    if (test != NULL && !pool_test_from_name(test, &out->options.test))
        json_problem(at, "test", "must be one of z, knha, adhoc");
    if (to != NULL && !correct_to_from_name(to, &out->correction.to))
        json_problem(at, "to", "must be one of only0, all, if0all, none");
}

static void read_numbers(const struct json_reader *at, struct pool_analysis *out)
{
    if (json_has(at, "level")) {
        out->options.level = json_get_number(at, "level", REQUIRED);
        if (!(out->options.level > 0 && out->options.level < 1))
            json_problem(at, "level", "must lie between 0 and 1, as 0.95");
    }
    if (json_has(at, "add")) {
        out->correction.add = json_get_number(at, "add", REQUIRED);
        if (!(out->correction.add >= 0))
            json_problem(at, "add", "must not be below 0");
    }
    if (json_has(at, "drop00"))
        out->correction.drop00 = json_get_truth(at, "drop00");
    out->target = json_get_number(at, "target", OPTIONAL);
}

static bool read_object(const struct json_reader *at, struct pool_analysis *out, struct error *err)
{
    static const char *const known[] = {"id", "measure", "method", "test",    "level", "add",
                                        "to", "drop00",  "target", "studies", NULL};
    if (json_fields(at, known)) {
        out->id = json_get_text(at, "id", OPTIONAL);
        read_names(at, out);
        read_numbers(at, out);
        read_studies(at, out);
    }
    return problems_none(at->problems, err);
}

/* One value from the file, as an element of the array or by itself. */
static enum pool_read next_value(struct pool_reader *r, struct arena *arena,
                                 struct pool_analysis *out, struct error *err)
{
    json_error_t fault;
    size_t line = r->line;
    r->json_bytes = 0;
    json_t *value =
        json_load_callback(give_byte, r, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &fault);
    if (value == NULL) {
        r->ended = true;
        if (r->json_bytes > POOL_MAX_JSON_BYTES)
            error_set(err, ERROR_LIMIT, "%s:%zu: one analysis is longer than %d MB", r->name, line,
                      POOL_MAX_JSON_BYTES >> 20);
        else
            error_set(err, ERROR_INVALID, "%s:%zu: not JSON: %s", r->name,
                      line + (size_t)fault.line - 1, fault.text);
        return POOL_READ_STOP;
    }
    struct problems problems = {.arena = arena};
    struct json_reader root = json_root(NULL, r->name, &problems);
    struct json_reader at = {.value = value,
                             .parent = r->form == POOL_FORM_ARRAY ? &root : NULL,
                             .index = r->read,
                             .file = r->name,
                             .problems = &problems};
    bool good = read_object(&at, out, err);
    if (!good && r->form == POOL_FORM_OBJECTS && line > 1)
        error_while(err, "the analysis on line %zu", line);
    json_decref(value);
    return good ? POOL_READ_ONE : POOL_READ_BAD;
}

static enum pool_read stop(struct pool_reader *r, struct error *err, const char *says)
{
    r->ended = true;
    error_set(err, ERROR_INVALID, "%s:%zu: %s", r->name, r->line, says);
    return POOL_READ_STOP;
}

static enum pool_read next_from_array(struct pool_reader *r, struct arena *arena,
                                      struct pool_analysis *out, struct error *err)
{
    int byte = peek_past_space(r);
    if (byte == ']') {
        next_byte(r);
        r->ended = true;
        if (peek_past_space(r) != EOF)
            return stop(r, err, "something follows the end of the array");
        return POOL_READ_END;
    }
    if (r->read > 0) {
        if (byte != ',')
            return stop(r, err, "not JSON: ',' or ']' expected");
        next_byte(r);
        byte = peek_past_space(r);
    }
    if (byte != '{')
        return stop(r, err, "not an array of objects");
    return next_value(r, arena, out, err);
}

static enum pool_read next_from_objects(struct pool_reader *r, struct arena *arena,
                                        struct pool_analysis *out, struct error *err)
{
    int byte = peek_past_space(r);
    if (byte == EOF)
        return POOL_READ_END;
    if (byte != '{')
        return stop(r, err, "an object must begin with '{'");
    return next_value(r, arena, out, err);
}

/* ---- all forms ---- */

struct pool_reader *pool_reader_open(FILE *file, const char *name,
                                     const struct pool_analysis *defaults, struct error *err)
{
    struct pool_reader *r = memory_alloc(sizeof *r);
    *r = (struct pool_reader){.file = file, .name = name, .defaults = defaults, .line = 1};
    int byte = peek_past_space(r);
    r->form = byte == '{' ? POOL_FORM_OBJECTS : byte == '[' ? POOL_FORM_ARRAY : POOL_FORM_CSV;
    if (byte == EOF)
        error_set(err, ERROR_INVALID, "%s: there is nothing in it", name);
    else if (byte == '[')
        next_byte(r);
    else if (byte != '{')
        header_read(r, err);
    if (err->kind == ERROR_NONE)
        return r;
    pool_reader_close(r);
    return NULL;
}

void pool_reader_close(struct pool_reader *reader)
{
    if (reader == NULL)
        return;
    buffer_release(&reader->pending_text);
    free(reader);
}

enum pool_form pool_reader_form(const struct pool_reader *reader)
{
    return reader->form;
}

/* A file of effects alone needs no measure to be named. */
static bool are_effects(const struct pool_analysis *analysis)
{
    for (size_t i = 0; i < analysis->count; i++) {
        if (!isnan(analysis->studies[i].yi))
            return true;
    }
    return false;
}

static bool complete(const struct pool_reader *r, struct pool_analysis *out, struct error *err)
{
    if (out->count == 0)
        return error_set(err, ERROR_INVALID, "%s: an analysis without studies", r->name);
    if (!out->measure_known && are_effects(out)) {
        out->measure = MEASURE_GEN;
        out->measure_known = true;
    }
    if (!out->measure_known)
        return error_set(err, ERROR_INVALID,
                         "%s: no measure; give \"measure\", or --measure: MD, SMD, ROM, RR, OR, RD "
                         "or GEN",
                         r->name);
    return true;
}

enum pool_read pool_reader_next(struct pool_reader *reader, struct arena *arena,
                                struct pool_analysis *out, struct error *err)
{
    *out = *reader->defaults;
    if (reader->ended)
        return POOL_READ_END;
    enum pool_read read = POOL_READ_END;
    switch (reader->form) {
    case POOL_FORM_CSV:
        read = next_from_csv(reader, arena, out, err);
        break;
    case POOL_FORM_ARRAY:
        read = next_from_array(reader, arena, out, err);
        break;
    case POOL_FORM_OBJECTS:
        read = next_from_objects(reader, arena, out, err);
        break;
    }
    reader->read += read == POOL_READ_ONE || read == POOL_READ_BAD;
    if (read == POOL_READ_ONE && !complete(reader, out, err))
        return POOL_READ_BAD;
    return read;
}

bool pool_reader_more(struct pool_reader *reader)
{
    if (reader->form == POOL_FORM_CSV)
        return reader->has_pending;
    return !reader->ended && peek_past_space(reader) != EOF;
}
