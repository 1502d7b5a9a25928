#include "service/command/pool_input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "service/command/pool_input_inside.h"

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

bool pool_column_of(const char *name, enum column *out)
{
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
        if (strcmp(name, column_names[i].name) == 0) {
            *out = column_names[i].column;
            return true;
        }
    }
    return false;
}

const char *pool_column_name(enum column column)
{
    size_t i = 0;
    while (column_names[i].column != column)
        i++;
    return column_names[i].name;
}

double *pool_study_number(struct pool_study *study, enum column column)
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

struct pool_study pool_study_empty(void)
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

const char *pool_study_fault(const struct pool_study *s, const char **field)
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

int pool_next_byte(struct pool_reader *r)
{
    int byte = getc(r->file);
    if (byte == '\n')
        r->line++;
    return byte;
}

void pool_put_back(struct pool_reader *r, int byte)
{
    if (byte == EOF)
        return;
    if (byte == '\n')
        r->line--;
    ungetc(byte, r->file);
}

int pool_peek_past_space(struct pool_reader *r)
{
    int byte;
    do {
        byte = pool_next_byte(r);
    } while (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
    pool_put_back(r, byte);
    return byte;
}

struct pool_reader *pool_reader_open(FILE *file, const char *name,
                                     const struct pool_analysis *defaults, struct error *err)
{
    struct pool_reader *r = memory_alloc(sizeof *r);
    *r = (struct pool_reader){.file = file, .name = name, .defaults = defaults, .line = 1};
    int byte = pool_peek_past_space(r);
    r->form = byte == '{' ? POOL_FORM_OBJECTS : byte == '[' ? POOL_FORM_ARRAY : POOL_FORM_CSV;
    if (byte == EOF)
        error_set(err, ERROR_INVALID, "%s: there is nothing in it", name);
    else if (byte == '[')
        pool_next_byte(r);
    else if (byte != '{')
        pool_header_read(r, err);
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
        read = pool_next_from_csv(reader, arena, out, err);
        break;
    case POOL_FORM_ARRAY:
        read = pool_next_from_array(reader, arena, out, err);
        break;
    case POOL_FORM_OBJECTS:
        read = pool_next_from_objects(reader, arena, out, err);
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
    return !reader->ended && pool_peek_past_space(reader) != EOF;
}
