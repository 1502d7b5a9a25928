/*
 * POST /mcp: the Model Context Protocol over streamable HTTP. One message in, one out, always as
 * plain JSON; nothing is remembered between two of them.
 *
 * Source: modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http and
 * …/2025-11-25/basic/transports.
 */
#include <string.h>

#include "evidence/base/json_reader.h"
#include "service/api/api.h"
#include "service/worlds/mcp/browser.h"
#include "service/worlds/mcp/endpoint.h"
#include "service/worlds/mcp/method.h"

/* More in one array is refused: each is worth a request. */
enum { BATCH_MOST = 32 };

static void start(struct answer *answer, struct json_writer *json)
{
    answer_json(answer, json);
    answer->cache_control = "no-store"; /* what people tell is not to be kept anywhere */
}

static void answer_fault(struct answer *answer, const json_t *id, const struct mcp_fault *fault)
{
    struct json_writer json;
    start(answer, &json);
    answer->status = fault->status;
    mcp_put_fault(&json, id, fault);
}

/* ---- before the body is looked at ---- */

static bool accepts_json(const struct request *request)
{
    const char *accept = request_header_list(request, "Accept");
    return accept == NULL || header_has_token(accept, "application/json") ||
           header_has_token(accept, "application/*") || header_has_token(accept, "*/*");
}

static bool check_request(const struct request *request, struct mcp_fault *fault)
{
    struct arena *arena = request->arena;
    if (!browser_may_ask(request))
        return mcp_fault(fault, arena, 403, MCP_INVALID_REQUEST,
                         "Invalid request: pages of another origin may not ask here");
    if (!request_is_type(request, "application/json"))
        return mcp_fault(fault, arena, 415, MCP_INVALID_REQUEST,
                         "Invalid request: send the message as Content-Type: application/json");
    if (!accepts_json(request))
        return mcp_fault(fault, arena, 406, MCP_INVALID_REQUEST,
                         "Invalid request: answers are application/json; send Accept: "
                         "application/json, text/event-stream");
    if (request->catalog == NULL)
        return mcp_fault(fault, arena, 503, MCP_INTERNAL_ERROR,
                         "The studies are still being loaded; try again in a moment");
    return true;
}

/* The body, which the caller decrefs; NULL with `fault`. */
static json_t *read_body(const struct request *request, struct mcp_fault *fault)
{
    struct problems problems = {.arena = request->arena};
    json_t *body = json_parse(request->body, request->body_length, NULL, &problems);
    if (body == NULL)
        mcp_fault(fault, request->arena, 400, MCP_PARSE_ERROR, "Parse error: %s",
                  problems.count > 0 ? problems.items[0]->detail : "no JSON");
    return body;
}

/* ---- messages ---- */

/* Notifications and responses are taken and need no answer: there is nothing here that they could
 * be about. False with `fault` for those of a version that is not spoken. */
static bool take_silent(const struct request *request, const struct mcp_message *message,
                        struct mcp_fault *fault)
{
    enum mcp_era era;
    if (!mcp_era_of(request, message, NULL, &era, fault))
        return false;
    if (message->method == NULL && era == MCP_MODERN)
        return mcp_fault(fault, request->arena, 400, MCP_INVALID_REQUEST,
                         "Invalid request: clients send requests and notifications, not responses");
    return true;
}

static bool is_silent(const struct mcp_message *message)
{
    return message->method == NULL || message->id == NULL;
}

static bool answer_one(const struct request *request, const json_t *body, struct answer *answer,
                       struct error *err)
{
    struct mcp_message message;
    struct mcp_fault fault;
    struct json_writer json;
    if (!mcp_message_read(body, request->arena, &message, &fault) ||
        (is_silent(&message) && !take_silent(request, &message, &fault))) {
        answer_fault(answer, message.id, &fault);
        return true;
    }
    start(answer, &json);
    if (!is_silent(&message))
        return mcp_answer(request, &message, &json, &answer->status, err);
    answer->status = 202;
    return true;
}

/* One message of several; what it is answered with, if anything, goes into the open array. */
static bool answer_item(const struct request *request, const json_t *item, struct json_writer *json,
                        struct error *err)
{
    struct mcp_message message;
    struct mcp_fault fault = {0};
    int status;
    bool good = mcp_message_read(item, request->arena, &message, &fault);
    if (good && is_silent(&message))
        return true;
    if (good && strcmp(message.method, "initialize") != 0)
        return mcp_answer(request, &message, json, &status, err);
    if (good)
        mcp_fault(&fault, request->arena, 400, MCP_INVALID_REQUEST,
                  "Invalid request: initialize comes alone");
    mcp_put_fault(json, message.id, &fault);
    return true;
}

static bool answer_batch(const struct request *request, const json_t *body, struct answer *answer,
                         struct error *err)
{
    struct json_writer json;
    size_t i;
    json_t *item;
    start(answer, &json);
    json_begin_array(&json);
    json_array_foreach((json_t *)body, i, item)
    {
        if (!answer_item(request, item, &json, err))
            return false;
    }
    bool silent = !json.filled[json.depth];
    json_end_array(&json);
    if (silent) {
        answer->status = 202;
        buffer_clear(&answer->body);
    }
    return true;
}

static bool check_batch(const struct request *request, const json_t *body, struct mcp_fault *fault)
{
    size_t count = json_array_size(body);
    if (!mcp_takes_batches(request))
        return mcp_fault(fault, request->arena, 400, MCP_INVALID_REQUEST,
                         "Invalid request: one message a request; only 2025-03-26 took several");
    if (count == 0 || count > BATCH_MOST)
        return mcp_fault(fault, request->arena, 400, MCP_INVALID_REQUEST,
                         "Invalid request: an array holds 1 to %d messages", BATCH_MOST);
    return true;
}

bool post_mcp(const struct request *request, struct answer *answer, struct error *err)
{
    struct mcp_fault fault;
    json_t *body = NULL;
    bool good = true;
    if (!check_request(request, &fault) || (body = read_body(request, &fault)) == NULL ||
        (json_is_array(body) && !check_batch(request, body, &fault)))
        answer_fault(answer, NULL, &fault);
    else if (json_is_array(body))
        good = answer_batch(request, body, answer, err);
    else
        good = answer_one(request, body, answer, err);
    json_decref(body);
    return good;
}

/* ---- refusals that come from elsewhere ---- */

bool mcp_refusal(const struct request *request, const struct route *route,
                 const struct refused *refused, struct answer *answer)
{
    (void)route;
    if (request->path == NULL || strcmp(request->path, "/mcp") != 0)
        return false;
    struct mcp_fault fault;
    struct json_writer json;
    mcp_fault(&fault, request->arena, refused->status,
              refused->status >= 500 ? MCP_INTERNAL_ERROR : MCP_INVALID_REQUEST, "%s: %s",
              refused->title, refused->detail == NULL ? "" : refused->detail);
    answer_json(answer, &json);
    answer->content_type = "application/json";
    mcp_put_fault(&json, NULL, &fault);
    return true;
}
