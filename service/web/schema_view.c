#include "service/web/schema_view.h"

#include <string.h>

#include "service/views/html.h"

/* ---- the document ---- */

const char *reference_text(const json_t *value, const char *key)
{
    return json_string_value(json_object_get(value, key));
}

const char *reference_name(const json_t *value)
{
    const char *target = reference_text(value, "$ref");
    return target == NULL ? NULL : strrchr(target, '/') + 1;
}

const json_t *reference_follow(const struct reference *reference, const json_t *value)
{
    const char *target = reference_text(value, "$ref");
    const json_t *at = reference->document;
    if (target == NULL)
        return value;
    for (const char *part = strchr(target, '/'); part != NULL; part = strchr(part, '/')) {
        size_t length = strcspn(++part, "/");
        at = json_object_get(at, arena_strndup(reference->arena, part, length));
    }
    return at;
}

void reference_put_text(const struct reference *reference, const char *text)
{
    bool code = false;
    for (const char *at = text; *at != '\0';) {
        size_t plain = strcspn(at, "`");
        html_text_length(reference->out, at, plain);
        at += plain;
        if (*at == '`') {
            code = !code;
            buffer_text(reference->out, code ? "<code>" : "</code>");
            at++;
        }
    }
    if (code)
        buffer_text(reference->out, "</code>");
}

/* ---- types in words ---- */

static const char *type_words(const char *type)
{
    static const struct {
        const char *type, *words;
    } names[] = {{"integer", "whole number"}, {"boolean", "true or false"}, {"array", "list"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(type, names[i].type) == 0)
            return names[i].words;
    return type;
}

static void put_one_type(const struct reference *reference, const json_t *schema, const char *type)
{
    const json_t *items = json_object_get(schema, "items");
    const json_t *values = json_object_get(schema, "additionalProperties");
    buffer_text(reference->out, type_words(type));
    if (strcmp(type, "array") == 0 && items != NULL) {
        buffer_text(reference->out, " of ");
        schema_put_type(reference, items);
    }
    if (strcmp(type, "object") == 0 && json_is_object(values)) {
        buffer_text(reference->out, " of names, each with ");
        schema_put_type(reference, values);
    }
}

/* One of several shapes, parted by " or " or " and ". */
static void put_several(const struct reference *reference, const json_t *list, const char *between)
{
    size_t index;
    json_t *one;
    json_array_foreach(list, index, one)
    {
        buffer_text(reference->out, index == 0 ? "" : between);
        schema_put_type(reference, one);
    }
}

static void put_choices(const struct reference *reference, const json_t *list)
{
    size_t index;
    json_t *one;
    json_array_foreach(list, index, one)
    {
        char *text = json_dumps(one, JSON_ENCODE_ANY);
        html_put(reference->out, "%s<code>%s</code>", index == 0 ? "" : ", ",
                 json_is_string(one) ? json_string_value(one) : text);
        free(text);
    }
}

static void put_number(const struct reference *reference, const char *before, const json_t *value)
{
    if (json_is_number(value))
        html_put(reference->out, "%s%s", before,
                 arena_printf(reference->arena, "%.10g", json_number_value(value)));
}

static void put_bounds(const struct reference *reference, const json_t *schema)
{
    const char *format = reference_text(schema, "format");
    const json_t *standard = json_object_get(schema, "default");
    if (format != NULL)
        html_put(reference->out, " (%s)", format);
    put_number(reference, " from ", json_object_get(schema, "minimum"));
    put_number(reference, " above ", json_object_get(schema, "exclusiveMinimum"));
    put_number(reference, " to ", json_object_get(schema, "maximum"));
    put_number(reference, " below ", json_object_get(schema, "exclusiveMaximum"));
    put_number(reference, ", else ", standard);
}

static void put_types(const struct reference *reference, const json_t *schema)
{
    const json_t *type = json_object_get(schema, "type");
    size_t index;
    json_t *one;
    if (json_is_string(type))
        put_one_type(reference, schema, json_string_value(type));
    json_array_foreach(type, index, one)
    {
        buffer_text(reference->out, index == 0 ? "" : " or ");
        put_one_type(reference, schema, json_string_value(one));
    }
    put_bounds(reference, schema);
}

void schema_put_type(const struct reference *reference, const json_t *schema)
{
    const json_t *any = json_object_get(schema, "anyOf");
    const char *name = reference_name(schema);
    if (any == NULL)
        any = json_object_get(schema, "oneOf");
    if (name != NULL)
        html_put(reference->out, "<a href=\"#s-%s\">%s</a>", name, name);
    else if (any != NULL)
        put_several(reference, any, " or ");
    else if (json_object_get(schema, "enum") != NULL)
        put_choices(reference, json_object_get(schema, "enum"));
    else if (json_object_get(schema, "const") != NULL)
        html_put(reference->out, "always <code>%s</code>",
                 json_is_string(json_object_get(schema, "const")) ? reference_text(schema, "const")
                 : json_is_true(json_object_get(schema, "const")) ? "true"
                                                                  : "false");
    else
        put_types(reference, schema);
}

/* ---- members ---- */

static bool is_required(const json_t *schema, const char *name)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(schema, "required"), index, one)
    {
        if (strcmp(json_string_value(one), name) == 0)
            return true;
    }
    return false;
}

static void put_member(const struct reference *reference, const json_t *schema, const char *name,
                       const json_t *member)
{
    const char *description = reference_text(member, "description");
    html_put(reference->out, "<li><code>%s</code>%s ", name,
             is_required(schema, name) ? "" : " (may be absent)");
    schema_put_type(reference, member);
    if (description != NULL) {
        buffer_text(reference->out, ". ");
        reference_put_text(reference, description);
    }
    schema_put_members(reference, member);
    buffer_text(reference->out, "</li>\n");
}

/* The same of each shape that one is made of. */
static void put_members_of_each(const struct reference *reference, const json_t *list)
{
    size_t index;
    json_t *one;
    json_array_foreach(list, index, one) schema_put_members(reference, one);
}

void schema_put_members(const struct reference *reference, const json_t *schema)
{
    const json_t *properties = json_object_get(schema, "properties");
    const char *name;
    json_t *member;
    if (properties != NULL) {
        buffer_text(reference->out, "<ul>");
        json_object_foreach((json_t *)properties, name, member)
            put_member(reference, schema, name, member);
        buffer_text(reference->out, "</ul>");
    }
    if (json_object_get(schema, "items") != NULL)
        schema_put_members(reference, json_object_get(schema, "items"));
    if (json_is_object(json_object_get(schema, "additionalProperties")))
        schema_put_members(reference, json_object_get(schema, "additionalProperties"));
    put_members_of_each(reference, json_object_get(schema, "anyOf"));
    put_members_of_each(reference, json_object_get(schema, "oneOf"));
}

/* A shape that is another one and more. */
static void put_parents(const struct reference *reference, const json_t *schema)
{
    const json_t *parents = json_object_get(schema, "allOf");
    if (parents == NULL)
        return;
    buffer_text(reference->out, "<p>All of ");
    put_several(reference, parents, " and ");
    buffer_text(reference->out, ", and:</p>\n");
}

void schema_put(const struct reference *reference, const char *name, const json_t *schema)
{
    const char *description = reference_text(schema, "description");
    html_put(reference->out, "<details class=\"shape\"><summary><code>%s</code> ", name);
    if (description != NULL)
        reference_put_text(reference, description);
    html_put(reference->out, "</summary><div id=\"s-%s\">\n", name);
    put_parents(reference, schema);
    if (json_object_get(schema, "properties") == NULL) {
        buffer_text(reference->out, "<p>");
        schema_put_type(reference, schema);
        buffer_text(reference->out, "</p>\n");
    }
    schema_put_members(reference, schema);
    buffer_text(reference->out, "</div></details>\n");
}
