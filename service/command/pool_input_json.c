#include <math.h>
#include <string.h>

#include "evidence/base/json_reader.h"
#include "service/command/pool_input_inside.h"

/* Gives jansson one byte at a time, so that it takes none beyond the value's end. */
static size_t give_byte(void *buffer, size_t size, void *reader)
{
    struct pool_reader *r = reader;
    if (size == 0 || ++r->json_bytes > POOL_MAX_JSON_BYTES)
        return (size_t)-1;
    int byte = pool_next_byte(r);
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
    *study = pool_study_empty();
    if (!json_fields(at, known))
        return;
    for (enum column column = COLUMN_N1; column < COLUMN_X; column++)
        *pool_study_number(study, column) = json_get_number(at, pool_column_name(column), OPTIONAL);
    study->label = json_get_text(at, "label", OPTIONAL);
    study->group = json_get_text(at, "g", OPTIONAL);
    out->has_groups = out->has_groups || study->group != NULL;
    read_x(at, study, &out->moderators);
    const char *field, *fault = pool_study_fault(study, &field);
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

enum pool_read pool_next_from_array(struct pool_reader *r, struct arena *arena,
                                    struct pool_analysis *out, struct error *err)
{
    int byte = pool_peek_past_space(r);
    if (byte == ']') {
        pool_next_byte(r);
        r->ended = true;
        if (pool_peek_past_space(r) != EOF)
            return stop(r, err, "something follows the end of the array");
        return POOL_READ_END;
    }
    if (r->read > 0) {
        if (byte != ',')
            return stop(r, err, "not JSON: ',' or ']' expected");
        pool_next_byte(r);
        byte = pool_peek_past_space(r);
    }
    if (byte != '{')
        return stop(r, err, "not an array of objects");
    return next_value(r, arena, out, err);
}

enum pool_read pool_next_from_objects(struct pool_reader *r, struct arena *arena,
                                      struct pool_analysis *out, struct error *err)
{
    int byte = pool_peek_past_space(r);
    if (byte == EOF)
        return POOL_READ_END;
    if (byte != '{')
        return stop(r, err, "an object must begin with '{'");
    return next_value(r, arena, out, err);
}
