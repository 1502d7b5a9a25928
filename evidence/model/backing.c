#include "evidence/model/backing.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "evidence/model/row.h"

const char *const source_kind_names[] = {
    "study",        "guideline", "health-service", "regulator", "payer", "label", "reference",
    "professional", "charity",   "maker",          "clinic",    "news",  "other", NULL};

/* ---- addresses ---- */

static const char *after_scheme(const char *address)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(address, schemes[i], strlen(schemes[i])) == 0)
            return address + strlen(schemes[i]);
    return NULL;
}

/* A host of digits and dots alone has no owner that a reader could judge. */
static bool is_bare_number(const char *host)
{
    for (; *host != '\0' && strchr(":/?#", *host) == NULL; host++)
        if (!isdigit((unsigned char)*host) && *host != '.')
            return false;
    return true;
}

static void check_address(const struct json_reader *at, const char *key, const char *address)
{
    if (address != NULL && after_scheme(address) == NULL)
        json_problem(at, key, "\"%s\" is no http address", address);
}

static void read_citation(const struct json_reader *at, struct citation *out)
{
    json_fields(at, (const char *const[]){"url", "where", "read_at", "kind", NULL});
    *out = (struct citation){
        .url = json_get_text(at, "url", OPTIONAL),
        .where = json_get_text(at, "where", OPTIONAL),
        .read_at = json_get_text(at, "read_at", OPTIONAL),
        .kind = (enum source_kind)row_choice(at, "kind", source_kind_names),
    };
    check_address(at, "url", out->url);
    check_address(at, "read_at", out->read_at);
    if (out->url == NULL && out->read_at == NULL)
        json_problem(at, NULL, "a source needs an address: url, or read_at for a copy");
    if (out->url != NULL && after_scheme(out->url) != NULL &&
        is_bare_number(after_scheme(out->url)))
        json_problem(at, "url", "a bare number is never linked; put it into read_at");
}

/* ---- the backing ---- */

static void read_checked(const struct json_reader *at, struct second_reading *out)
{
    struct json_reader checked = json_get_object(at, "checked", OPTIONAL);
    *out = (struct second_reading){0};
    if (checked.value == NULL)
        return;
    json_fields(&checked, (const char *const[]){"by", "on", "agrees", "note", NULL});
    *out = (struct second_reading){
        .done = true,
        .agrees = json_get_truth(&checked, "agrees"),
        .by = json_get_text(&checked, "by", REQUIRED),
        .on = json_get_text(&checked, "on", REQUIRED),
        .note = json_get_text(&checked, "note", OPTIONAL),
    };
}

void backing_read(const struct json_reader *at, struct backing *out)
{
    ROW_LIST(at, "sources", struct citation, read_citation, out->citations, out->citation_count);
    if (out->citation_count == 0)
        json_problem(at, "sources", "nothing stands here without a source");
    read_checked(at, &out->checked);
    out->doubtful = json_get_text(at, "doubtful", OPTIONAL);
    out->derived = json_get_truth(at, "derived");
}

/* ---- numbers ---- */

static double number_at(const struct json_reader *list, size_t index)
{
    const json_t *value = json_array_get(list->value, index);
    if (json_is_number(value))
        return json_number_value(value);
    struct json_reader element = json_get_element(list, index);
    json_problem(&element, NULL, "must be a number");
    return NAN;
}

struct range range_read(const struct json_reader *at, const char *key)
{
    size_t length = json_get_length(at, key, OPTIONAL);
    struct json_reader list = json_get_list(at, key);
    struct range out = {NAN, NAN};
    if (list.value == NULL)
        return out;
    if (length == 2)
        out = (struct range){number_at(&list, 0), number_at(&list, 1)};
    if (length != 2 || out.low > out.high)
        json_problem(at, key, "must be a list of two numbers, the lower first");
    return out;
}

static void read_values(const struct json_reader *at, struct datum *out)
{
    struct json_reader list = json_get_list(at, "values");
    out->value_count = json_get_length(at, "values", OPTIONAL);
    double *values = arena_array(at->problems->arena, out->value_count, sizeof *values);
    for (size_t i = 0; i < out->value_count; i++)
        values[i] = number_at(&list, i);
    out->values = values;
}

static void read_datum(const struct json_reader *at, struct datum *out)
{
    json_fields(at, (const char *const[]){"name", "group", "value", "ci", "values", "text", NULL});
    *out = (struct datum){
        .name = json_get_text(at, "name", REQUIRED),
        .group = json_get_text(at, "group", OPTIONAL),
        .value = json_get_number(at, "value", OPTIONAL),
        .ci = range_read(at, "ci"),
        .text = json_get_text(at, "text", OPTIONAL),
    };
    read_values(at, out);
    if (!isnan(out->value) + (out->value_count > 0) + (out->text != NULL) != 1)
        json_problem(at, NULL, "a figure has one of value, values and text");
    if (!isnan(out->ci.low) && !(out->ci.low <= out->value && out->value <= out->ci.high))
        json_problem(at, "ci", "the interval does not hold the value");
}

const struct datum *data_read(const struct json_reader *at, const char *key, size_t *count)
{
    const struct datum *data;
    ROW_LIST(at, key, struct datum, read_datum, data, *count);
    return data;
}
