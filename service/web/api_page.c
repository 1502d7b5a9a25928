/* GET /api: the API for those who write programs, written from openapi.json, the same document that
 * /openapi.json serves and tests hold every answer to. */
#include <string.h>

#include "embedded.h"
#include "service/api/api.h"
#include "service/views/html.h"
#include "service/web/layout.h"
#include "service/web/operation_view.h"

static const struct page_head api_head = {
    .title = "The API – Touchstone",
    .description = "Verdicts, claims judged and when to stop, as JSON for your program: every call "
                   "with its parameters, answers and an example, to be tried here.",
    .canonical = "/api",
    .json = "/openapi.json",
    .question = "",
    .module = "api.js",
    .sheet = "api.css"};

/* ---- the first screen ---- */

/* What most programs ask: a question in words, a pair by its ids, a text to be checked. */
static const char *const first_calls[] = {"check", "getHeadline", "vetClaim"};

static void put_first_calls(const struct reference *reference)
{
    buffer_text(reference->out, "<ol class=\"first\">\n");
    for (size_t i = 0; i < sizeof first_calls / sizeof *first_calls; i++) {
        struct operation operation;
        if (!operation_find(reference, first_calls[i], &operation))
            continue;
        html_put(reference->out, "<li><a href=\"#op-%s\">%s</a>\n", first_calls[i],
                 reference_text(operation.value, "summary"));
        operation_put_call(reference, &operation);
        buffer_text(reference->out, "</li>\n");
    }
    buffer_text(reference->out, "</ol>\n");
}

static void put_top(const struct reference *reference)
{
    const json_t *info = json_object_get(reference->document, "info");
    buffer_text(reference->out,
                "<article class=\"api\">\n<h1>The API</h1>\n<p class=\"lead\">All that these pages "
                "tell is there as JSON, for any program, without a key. Three calls answer most "
                "needs:</p>\n");
    put_first_calls(reference);
    buffer_text(reference->out, "<p>");
    reference_put_text(reference, reference_text(info, "description"));
    buffer_text(
        reference->out,
        "</p>\n<ul><li><a href=\"/openapi.json\">The whole as OpenAPI 3.1</a>, to make a client "
        "from</li>\n<li><a href=\"/v1/export/ratings.csv\">All ratings as CSV</a>, and <a "
        "href=\"#op-export\">more exports</a></li>\n<li><a href=\"/v1/changes.atom\">"
        "What changed</a>, for feed readers</li>\n<li><a href=\"/method\">How the verdicts "
        "are made</a>, with every rule that a trace names</li></ul>\n");
}

/* ---- operations by group ---- */

static bool is_tagged(const json_t *operation, const char *tag)
{
    const json_t *tags = json_object_get(operation, "tags");
    return json_array_size(tags) > 0 &&
           strcmp(json_string_value(json_array_get(tags, 0)), tag) == 0;
}

static void put_group(const struct reference *reference, const json_t *tag)
{
    const char *name = reference_text(tag, "name");
    const char *path;
    const char *method;
    json_t *methods;
    json_t *value;
    html_put(reference->out, "<section><h2 class=\"group\">%s</h2>\n<p>%s</p>\n", name,
             reference_text(tag, "description"));
    json_object_foreach(json_object_get(reference->document, "paths"), path, methods)
    {
        json_object_foreach(methods, method, value)
        {
            const struct operation operation = {path, method, value};
            if (is_tagged(value, name))
                operation_put(reference, &operation);
        }
    }
    buffer_text(reference->out, "</section>\n");
}

static void put_groups(const struct reference *reference)
{
    size_t index;
    json_t *tag;
    json_array_foreach(json_object_get(reference->document, "tags"), index, tag)
        put_group(reference, tag);
}

/* ---- refusals and shapes ---- */

static void put_refusals(const struct reference *reference)
{
    const json_t *components = json_object_get(reference->document, "components");
    const char *name;
    json_t *answer;
    buffer_text(reference->out, "<section><h2>Refusals, and what has not changed</h2>\n"
                                "<ul class=\"refusals\">\n");
    json_object_foreach(json_object_get(components, "responses"), name, answer)
    {
        html_put(reference->out, "<li id=\"r-%s\"><code>%s</code> ", name, name);
        reference_put_text(reference, reference_text(answer, "description"));
        buffer_text(reference->out, "</li>\n");
    }
    buffer_text(reference->out, "</ul>\n<p>A refusal is application/problem+json: <a "
                                "href=\"#s-Problem\">Problem</a>.</p></section>\n");
}

static void put_shapes(const struct reference *reference)
{
    const json_t *components = json_object_get(reference->document, "components");
    const char *name;
    json_t *schema;
    buffer_text(reference->out, "<section><h2>Shapes</h2>\n<p>What answers and bodies are made of. "
                                "A member is always there unless it says that it may be absent; "
                                "what is not known is null.</p>\n");
    json_object_foreach(json_object_get(components, "schemas"), name, schema)
        schema_put(reference, name, schema);
    buffer_text(reference->out, "</section>\n");
}

/* ---- the page ---- */

/* The main part with marks for the origin: work enough to be done once a catalog. */
struct written {
    const char *text;
    size_t length;
};

static struct written write_reference(struct arena *arena)
{
    struct buffer out = {0};
    json_t *document = json_loadb((const char *)embedded_service_worlds_openapi_json,
                                  embedded_service_worlds_openapi_json_length, 0, NULL);
    const struct reference reference = {document, &out, arena};
    put_top(&reference);
    layout_open_below(&out);
    put_groups(&reference);
    put_refusals(&reference);
    put_shapes(&reference);
    layout_close_below(&out);
    buffer_text(&out, "</article>\n");
    struct written written = {arena_strndup(arena, buffer_string(&out), out.length), out.length};
    buffer_release(&out);
    json_decref(document);
    return written;
}

static void *make_reference(const struct catalog *catalog, struct arena *arena)
{
    struct written *kept = arena_alloc(arena, sizeof *kept);
    (void)catalog;
    *kept = write_reference(arena);
    return kept;
}

bool get_api_page(const struct request *request, struct answer *answer, struct error *err)
{
    const struct page page = {
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
    (void)err;
    const struct written written = request->catalog == NULL
                                       ? write_reference(request->arena)
                                       : *(const struct written *)catalog_keep(
                                             request->catalog, KEPT_REFERENCE, make_reference);
    layout_headers(answer, false);
    layout_open(&page, &api_head);
    operation_put_origin(page.out, written.text, written.length, request->origin);
    layout_close(&page, &api_head);
    return true;
}
