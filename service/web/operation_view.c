#include "service/web/operation_view.h"

#include <ctype.h>
#include <string.h>

#include "service/http/query.h"
#include "service/views/html.h"

/* Doubles as people write them: jansson's own precision tells 0.1 as 0.10000000000000001. */
#define EXAMPLE_FLAGS (JSON_ENCODE_ANY | JSON_REAL_PRECISION(15))

bool operation_find(const struct reference *reference, const char *id, struct operation *out)
{
    const char *path;
    const char *method;
    json_t *methods;
    json_t *value;
    json_object_foreach(json_object_get(reference->document, "paths"), path, methods)
    {
        json_object_foreach(methods, method, value)
        {
            const char *own = reference_text(value, "operationId");
            *out = (struct operation){path, method, value};
            if (own != NULL && strcmp(own, id) == 0)
                return true;
        }
    }
    return false;
}

/* ---- examples ---- */

static const char *first_key(const json_t *object)
{
    void *at = json_object_iter((json_t *)object);
    return at == NULL ? NULL : json_object_iter_key(at);
}

/* The name of the example that is shown: the first of the first parameter that has any. */
static const char *example_name(const struct reference *reference,
                                const struct operation *operation)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(operation->value, "parameters"), index, one)
    {
        const json_t *parameter = reference_follow(reference, one);
        const char *name = first_key(json_object_get(parameter, "examples"));
        if (name != NULL)
            return name;
    }
    return NULL;
}

/* The value of that example as text in the arena; NULL where it has none of that name. */
static const char *example_text(const struct reference *reference, const json_t *has_examples,
                                const char *name)
{
    const json_t *example =
        name == NULL ? NULL : json_object_get(json_object_get(has_examples, "examples"), name);
    const json_t *value = json_object_get(example, "value");
    if (value == NULL)
        return NULL;
    if (json_is_string(value))
        return arena_strdup(reference->arena, json_string_value(value));
    char *text = json_dumps(value, EXAMPLE_FLAGS);
    const char *kept = arena_strdup(reference->arena, text);
    free(text);
    return kept;
}

/* The path with the example's parts in their places. */
static const char *example_path(const struct reference *reference,
                                const struct operation *operation, const char *name)
{
    const char *path = operation->path;
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(operation->value, "parameters"), index, one)
    {
        const json_t *parameter = reference_follow(reference, one);
        const char *place =
            arena_printf(reference->arena, "{%s}", reference_text(parameter, "name"));
        const char *at = strstr(path, place);
        const char *value = example_text(reference, parameter, name);
        if (at != NULL && value != NULL)
            path = arena_printf(reference->arena, "%.*s%s%s", (int)(at - path), path,
                                percent_encode(value, reference->arena), at + strlen(place));
    }
    return path;
}

static const char *example_target(const struct reference *reference,
                                  const struct operation *operation)
{
    const char *name = example_name(reference, operation);
    const char *target = example_path(reference, operation, name);
    char between = '?';
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(operation->value, "parameters"), index, one)
    {
        const json_t *parameter = reference_follow(reference, one);
        const char *value = example_text(reference, parameter, name);
        if (value == NULL || strcmp(reference_text(parameter, "in"), "query") != 0)
            continue;
        target = arena_printf(reference->arena, "%s%c%s=%s", target, between,
                              reference_text(parameter, "name"),
                              percent_encode(value, reference->arena));
        between = '&';
    }
    return target;
}

static const json_t *body_of(const struct operation *operation)
{
    const json_t *content =
        json_object_get(json_object_get(operation->value, "requestBody"), "content");
    return json_object_get(content, "application/json");
}

/* ---- the call ---- */

static bool needs_token(const struct operation *operation)
{
    return json_array_size(json_object_get(operation->value, "security")) > 0;
}

/* As it stands between single quotes of a shell. */
static const char *quoted(const char *text, struct arena *arena)
{
    struct buffer out = {0};
    for (const char *at = text; *at != '\0'; at++)
        buffer_append(&out, *at == '\'' ? "'\\''" : at, *at == '\'' ? 4 : 1);
    const char *kept = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return kept;
}

void operation_put_call(const struct reference *reference, const struct operation *operation)
{
    const json_t *body = body_of(operation);
    const char *example =
        example_text(reference, body, first_key(json_object_get(body, "examples")));
    buffer_text(reference->out, "<pre><code>curl '");
    buffer_byte(reference->out, ORIGIN_MARK);
    html_put(reference->out, "%s'", example_target(reference, operation));
    if (needs_token(operation))
        buffer_text(reference->out, " \\\n  -H \"Authorization: Bearer $TOKEN\"");
    if (example != NULL)
        html_put(reference->out, " \\\n  -H 'Content-Type: application/json' \\\n  -d '%s'",
                 quoted(example, reference->arena));
    buffer_text(reference->out, "</code></pre>\n");
}

/* ---- what it takes ---- */

static void put_parameter(const struct reference *reference, const json_t *parameter)
{
    const char *description = reference_text(parameter, "description");
    bool required = json_is_true(json_object_get(parameter, "required"));
    html_put(reference->out, "<li><code>%s</code> in the %s%s: ", reference_text(parameter, "name"),
             reference_text(parameter, "in"), required ? ", needed" : "");
    schema_put_type(reference, json_object_get(parameter, "schema"));
    if (description != NULL) {
        buffer_text(reference->out, ". ");
        reference_put_text(reference, description);
    }
    buffer_text(reference->out, "</li>\n");
}

static void put_parameters(const struct reference *reference, const struct operation *operation)
{
    size_t index;
    json_t *one;
    const json_t *parameters = json_object_get(operation->value, "parameters");
    if (json_array_size(parameters) == 0)
        return;
    buffer_text(reference->out, "<p><b>Takes</b></p>\n<ul>");
    json_array_foreach(parameters, index, one)
        put_parameter(reference, reference_follow(reference, one));
    buffer_text(reference->out, "</ul>\n");
}

static void put_body(const struct reference *reference, const struct operation *operation)
{
    const json_t *body = body_of(operation);
    if (body == NULL)
        return;
    buffer_text(reference->out, "<p><b>Body</b> (application/json): ");
    schema_put_type(reference, json_object_get(body, "schema"));
    buffer_text(reference->out, "</p>\n");
}

/* ---- what it answers ---- */

static void put_content(const struct reference *reference, const json_t *content)
{
    const char *type;
    json_t *value;
    json_object_foreach((json_t *)content, type, value)
    {
        const json_t *schema = json_object_get(value, "schema");
        html_put(reference->out, " <code>%s</code>: ", type);
        schema_put_type(reference, schema);
        schema_put_members(reference, reference_name(schema) == NULL ? schema : NULL);
    }
}

static void put_answers(const struct reference *reference, const struct operation *operation)
{
    const char *status;
    json_t *answer;
    buffer_text(reference->out, "<p><b>Answers</b></p>\n<ul>");
    json_object_foreach(json_object_get(operation->value, "responses"), status, answer)
    {
        const char *name = reference_name(answer);
        html_put(reference->out, "<li><b>%s</b> ", status);
        if (name != NULL) {
            html_put(reference->out, "<a href=\"#r-%s\">%s</a>", name, name);
        } else {
            reference_put_text(reference, reference_text(answer, "description"));
            put_content(reference, json_object_get(answer, "content"));
        }
        buffer_text(reference->out, "</li>\n");
    }
    buffer_text(reference->out, "</ul>\n");
}

/* ---- the whole ---- */

static const char *in_capitals(const char *method, struct arena *arena)
{
    char *text = arena_strdup(arena, method);
    for (char *at = text; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return text;
}

static void put_head(const struct reference *reference, const struct operation *operation)
{
    const char *description = reference_text(operation->value, "description");
    html_put(reference->out,
             "<details class=\"op\"><summary><b class=\"verb\">%s</b> <code>%s</code> "
             "<span>%s</span></summary><div id=\"op-%s\" data-op=\"%s\">\n",
             in_capitals(operation->method, reference->arena), operation->path,
             reference_text(operation->value, "summary"),
             reference_text(operation->value, "operationId"),
             reference_text(operation->value, "operationId"));
    if (description != NULL) {
        buffer_text(reference->out, "<p>");
        reference_put_text(reference, description);
        buffer_text(reference->out, "</p>\n");
    }
    if (needs_token(operation))
        buffer_text(reference->out, "<p><strong>Needs the operator's token.</strong></p>\n");
}

void operation_put(const struct reference *reference, const struct operation *operation)
{
    put_head(reference, operation);
    put_parameters(reference, operation);
    put_body(reference, operation);
    put_answers(reference, operation);
    operation_put_call(reference, operation);
    if (strcmp(operation->method, "get") == 0 && !needs_token(operation))
        html_put(reference->out, "<p><a href=\"%s\">See this answer</a></p>\n",
                 example_target(reference, operation));
    buffer_text(reference->out, "</div></details>\n");
}

void operation_put_origin(struct buffer *out, const char *text, size_t length, const char *origin)
{
    const char *end = text + length;
    for (const char *at = text; at < end;) {
        const char *mark = memchr(at, ORIGIN_MARK, (size_t)(end - at));
        size_t plain = (size_t)((mark == NULL ? end : mark) - at);
        buffer_append(out, at, plain);
        if (mark != NULL)
            html_text(out, origin);
        at += plain + (mark != NULL);
    }
}
