/*
 * Ratings as resources of the protocol: whole, where the tools' answers are shortened.
 *
 *     touchstone://ratings/{intervention}/{condition}   what /v1/ratings/… answers for the pair
 *     touchstone://ratings/{question}                   one question, whole
 */
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/api/nearest.h"
#include "service/api/shapes.h"
#include "service/views/sign.h"
#include "service/worlds/mcp/method.h"

enum { PAGE = 100 };

static const char scheme[] = "touchstone://ratings/";
static const char media_type[] = "application/json";

/* ---- the list: pairs with a rating, in the order of the catalog ---- */

static const char *uri_of(const struct question *question, struct arena *arena)
{
    return arena_printf(arena, "%s%s/%s", scheme, question->intervention->id,
                        question->condition->id);
}

static bool begins_pair(const struct catalog *catalog, size_t index)
{
    const struct question *question = catalog_question(catalog, index);
    const struct question *before = index == 0 ? NULL : catalog_question(catalog, index - 1);
    return before == NULL || before->intervention != question->intervention ||
           before->condition != question->condition;
}

static void put_pair(struct json_writer *json, const struct catalog *catalog,
                     const struct question *question, struct arena *arena)
{
    const struct headline *headline =
        catalog_headline(catalog, question->intervention, question->condition, NULL, arena);
    const char *badge = verdict_badge(headline->verdict);
    json_begin_object(json);
    json_field_text(json, "uri", uri_of(question, arena));
    json_field_text(
        json, "name",
        arena_printf(arena, "%s/%s", question->intervention->id, question->condition->id));
    json_field_text(
        json, "title",
        arena_printf(arena, "%s for %s", question->intervention->name, question->condition->plain));
    json_field_text(json, "description",
                    headline->rating == NULL
                        ? badge
                        : arena_printf(arena, "%s (%s certainty)", badge,
                                       sign_certainty_words(headline->certainty)));
    json_field_text(json, "mimeType", media_type);
    json_end_object(json);
}

/* The cursor is the address of the last pair given; false if it is of none. */
static bool start_after(const struct mcp_call *call, size_t *out)
{
    const struct catalog *catalog = call->request->catalog;
    const json_t *cursor = mcp_param(call->message, "cursor");
    *out = 0;
    if (cursor == NULL)
        return true;
    for (size_t i = 0; json_is_string(cursor) && i < catalog_rating_count(catalog); i++)
        if (strcmp(uri_of(catalog_question(catalog, i), call->request->arena),
                   json_string_value(cursor)) == 0)
            *out = i + 1;
    return *out != 0;
}

bool mcp_list_resources(const struct mcp_call *call, struct json_writer *json,
                        struct mcp_fault *fault, struct error *err)
{
    const struct catalog *catalog = call->request->catalog;
    const struct question *last = NULL;
    size_t given = 0;
    size_t i;
    (void)err;
    if (!start_after(call, &i))
        return mcp_unknown_cursor(call, fault);
    json_field_array(json, "resources");
    for (; i < catalog_rating_count(catalog); i++) {
        if (!begins_pair(catalog, i))
            continue;
        if (given++ == PAGE)
            break;
        last = catalog_question(catalog, i);
        put_pair(json, catalog, last, call->request->arena);
    }
    json_end_array(json);
    if (given > PAGE)
        json_field_text(json, "nextCursor", uri_of(last, call->request->arena));
    return true;
}

/* ---- the templates ---- */

static void put_template(struct json_writer *json, const char *rest, const char *name,
                         const char *title, const char *description, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "uriTemplate", arena_printf(arena, "%s%s", scheme, rest));
    json_field_text(json, "name", name);
    json_field_text(json, "title", title);
    json_field_text(json, "description", description);
    json_field_text(json, "mimeType", media_type);
    json_end_object(json);
}

bool mcp_list_templates(const struct mcp_call *call, struct json_writer *json,
                        struct mcp_fault *fault, struct error *err)
{
    struct arena *arena = call->request->arena;
    (void)err;
    if (mcp_param(call->message, "cursor") != NULL)
        return mcp_unknown_cursor(call, fault);
    json_field_array(json, "resourceTemplates");
    put_template(json, "{intervention}/{condition}", "rating",
                 "What is known of a treatment for a complaint",
                 "The headline rating of the pair with its studies, and every question behind it. "
                 "Ids as check_treatment gives them.",
                 arena);
    put_template(
        json, "{question}", "question", "One question, rated",
        "One rating whole: effect, certainty by domain, studies, harms. Question ids stand "
        "in the answers of check_treatment and vet_claim.",
        arena);
    json_end_array(json);
    return true;
}

/* ---- reading one ---- */

static bool write_pair(const struct request *request, const char *intervention_id,
                       const char *condition_id, struct json_writer *json)
{
    const struct base *base = catalog_base(request->catalog);
    const struct intervention *intervention = base_intervention(base, intervention_id);
    const struct condition *condition = base_condition(base, condition_id);
    if (intervention == NULL || condition == NULL)
        return false;
    shape_headline(
        json, request->catalog,
        catalog_headline(request->catalog, intervention, condition, NULL, request->arena),
        request->arena);
    return true;
}

static bool write_question(const struct request *request, const char *id, struct json_writer *json)
{
    const struct rating *rating = catalog_find_rating(request->catalog, id);
    if (rating != NULL)
        shape_rating(json, request->catalog, rating, request->arena);
    return rating != NULL;
}

static bool write_contents(const struct request *request, const char *uri, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, 0);
    if (strncmp(uri, scheme, strlen(scheme)) != 0)
        return false;
    const char *rest = uri + strlen(scheme);
    const char *slash = strchr(rest, '/');
    if (slash == NULL)
        return write_question(request, rest, &json);
    const char *intervention = arena_strndup(request->arena, rest, (size_t)(slash - rest));
    return write_pair(request, intervention, slash + 1, &json);
}

/* What may have been meant, for an address of ours. */
static const char *nearest_of(const struct request *request, const char *uri)
{
    struct missing_question missing;
    if (strncmp(uri, scheme, strlen(scheme)) != 0)
        return arena_printf(request->arena, "; addresses here begin with %s", scheme);
    char *id = arena_strdup(request->arena, uri + strlen(scheme));
    char *slash = strchr(id, '/');
    if (slash != NULL)
        *slash = '.';
    nearest_question(request->catalog, id, request->arena, &missing);
    return nearest_words(missing.nearest, request->arena);
}

static bool not_found(const struct mcp_call *call, const char *uri, struct mcp_fault *fault)
{
    struct arena *arena = call->request->arena;
    struct buffer data = {0};
    struct json_writer json;
    mcp_fault(fault, arena, 200,
              call->era == MCP_MODERN ? MCP_INVALID_PARAMS : MCP_NO_SUCH_RESOURCE,
              "Resource not found: %.200s%s", uri, nearest_of(call->request, uri));
    json_writer_init(&json, &data, 0);
    json_begin_object(&json);
    json_field_text(&json, "uri", uri);
    json_end_object(&json);
    fault->data = arena_strndup(arena, data.bytes, data.length);
    buffer_release(&data);
    return false;
}

bool mcp_read_resource(const struct mcp_call *call, struct json_writer *json,
                       struct mcp_fault *fault, struct error *err)
{
    (void)err;
    struct buffer contents = {0};
    const char *uri = mcp_param_text(call->message, "uri");
    if (uri == NULL)
        return mcp_fault(fault, call->request->arena, 200, MCP_INVALID_PARAMS,
                         "Invalid params: \"uri\" must be a text");
    bool found = write_contents(call->request, uri, &contents);
    if (found) {
        json_field_array(json, "contents");
        json_begin_object(json);
        json_field_text(json, "uri", uri);
        json_field_text(json, "mimeType", media_type);
        json_field_text(json, "text", buffer_string(&contents));
        json_end_object(json);
        json_end_array(json);
    }
    buffer_release(&contents);
    return found || not_found(call, uri, fault);
}
